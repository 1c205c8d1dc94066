// Refits that ask whether random effects lack a slope, a grouping factor or a group mean.

import Formula
import Tables

/// A slope that varies between the levels of a grouping factor.
struct RandomSlopeCheck: RefitCheck {
  let name = "random slope"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    study.formula.groupings.flatMap { grouping -> [Remedy] in
      guard let levels = study.levels(of: grouping.columns),
        levels.count * 2 <= study.table.rowCount, levels.count > 3
      else { return [] }
      return numbers(study).compactMap { name, values in
        guard !grouping.slopes.contains(name),
          WithinGroups.varies(values, levels.codes, count: levels.count),
          let scaled = ColumnMath.standardized(values)
        else { return nil }
        let column = "slope_of_\(name)"
        let quoted = SingleOutcomeFormula.quoted(name)
        return Remedy(
          check: self.name, subject: "\(study.label), \(name) by \(grouping.name)",
          source: "likelihood ratio; Stram & Lee 1994", judgement: .ratio(isBoundary: true),
          columns: [(column, .numeric(scaled))],
          meaning: (
            "The effect of \(name) is the same in every \(grouping.name), as far as the data tell.",
            "The effect of \(name) varies between levels of \(grouping.name), and the model says that it does not."
          ),
          advice: "Try (1 + \(quoted) | \(grouping.name)).",
          change: { formula throws(FormulaError) in
            try formula.addingSlope(of: column, by: grouping.name)
          })
      }
    }
  }

  /// Numeric covariates, and categories of two levels as 0 and 1.
  private func numbers(_ study: OutcomeStudy) -> [(String, [Double])] {
    study.formula.covariates.compactMap { name in
      switch study.table[name] {
      case .numeric(let values): (name, values)
      case .factor(let factor) where factor.levels.count == 2: (name, factor.codes.map(Double.init))
      default: nil
      }
    }
  }
}

/// The difference between the effect of a covariate within groups and between them (Mundlak 1978).
struct WithinBetweenCheck: RefitCheck {
  let name = "within and between groups"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    study.formula.groupings.flatMap { grouping -> [Remedy] in
      guard let levels = study.levels(of: grouping.columns), levels.count > 5,
        levels.count * 2 <= study.table.rowCount
      else { return [] }
      return study.numericCovariates.compactMap { name, values in
        let means = ColumnMath.groupMeans(values, levels.codes, count: levels.count)
        guard WithinGroups.varies(values, levels.codes, count: levels.count),
          ColumnMath.deviation(means) > 1e-4 * ColumnMath.deviation(values),
          let scaled = ColumnMath.standardized(means)
        else { return nil }
        let column = "mean_of_\(name)_by_\(grouping.columns.joined(separator: "_"))"
        return Remedy(
          check: self.name, subject: "\(study.label), \(name) by \(grouping.name)",
          source: "Mundlak 1978, likelihood ratio", judgement: .ratio(isBoundary: false),
          columns: [(column, .numeric(scaled))],
          meaning: (
            "The effect of \(name) is the same within and between levels of \(grouping.name).",
            "Levels of \(grouping.name) with a higher mean of \(name) differ by more or less than its effect says: the effect mixes two."
          ),
          advice:
            "Add the mean of \(name) in each \(grouping.name) as a column to the data and to the formula.",
          change: { formula throws(FormulaError) in
            try formula.adding(SingleOutcomeFormula.quoted(column))
          })
      }
    }
  }
}

/// A grouping factor that the model lacks, from the columns of the original file that it does not use.
struct RandomEffectCheck: RefitCheck {
  let name = "missing random effect"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    let rows = study.table.rowCount
    let known = study.formula.groupings.compactMap { study.levels(of: $0.columns)?.codes }
    let used = study.formula.groupings.flatMap(\.columns)
    var candidates: [(columns: [String], codes: [Int], count: Int)] = []
    for name in study.others.names where isCategory(study.others[name]) {
      guard !study.responses.contains(name), !study.isRecoding(name) else { continue }
      for columns in [[name]] + used.filter({ $0 != name }).map({ [$0, name] }) {
        guard let levels = study.levels(of: columns), levels.count >= 5,
          levels.count * 3 <= rows * 2,
          !known.contains(where: { Self.isSame($0, levels.codes) }),
          !candidates.contains(where: { Self.isSame($0.codes, levels.codes) })
        else { continue }
        candidates.append((columns, levels.codes, levels.count))
      }
    }
    return candidates.map { columns, codes, count in
      let shown = columns.map(SingleOutcomeFormula.quoted).joined(separator: ":")
      let column = "group_\(columns.joined(separator: "_"))"
      let factor = Factor(
        levels: (0..<count).map { "\($0)" }, codes: codes.map { Int32($0) })
      return Remedy(
        check: name, subject: "\(study.label), \(columns.joined(separator: ":"))",
        source: "likelihood ratio; Self & Liang 1987", judgement: .ratio(isBoundary: true),
        columns: [(column, .factor(factor))],
        meaning: (
          "Rows of the same \(shown) are not more alike than the model says.",
          "Rows of the same \(shown) are alike, and the model takes them for independent; standard errors are too small."
        ),
        advice: "Try + (1 | \(shown)).",
        change: { formula throws(FormulaError) in
          try formula.adding("(1 | \(SingleOutcomeFormula.quoted(column)))")
        })
    }
  }

  /// Whether a column may name groups: a category, or whole numbers.
  private func isCategory(_ column: Column?) -> Bool {
    switch column {
    case .factor: true
    case .numeric(let values): values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
    case nil: false
    }
  }

  /// Whether two codings make the same groups.
  private static func isSame(_ a: [Int], _ b: [Int]) -> Bool {
    var (forth, back): ([Int: Int], [Int: Int]) = ([:], [:])
    for (x, y) in zip(a, b) {
      if let known = forth[x], known != y { return false }
      if let known = back[y], known != x { return false }
      (forth[x], back[y]) = (y, x)
    }
    return true
  }
}

/// Variation within groups.
enum WithinGroups {
  /// Whether values vary within at least two groups.
  static func varies(_ values: [Double], _ codes: [Int], count: Int) -> Bool {
    let means = ColumnMath.groupMeans(values, codes, count: count)
    let scale = ColumnMath.deviation(values)
    guard scale > 0 else { return false }
    let varying = Set(
      values.indices.filter { abs(values[$0] - means[$0]) > 1e-6 * scale }.map { codes[$0] })
    return varying.count > 1
  }
}
