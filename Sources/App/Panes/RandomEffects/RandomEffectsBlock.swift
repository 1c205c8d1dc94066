// A block of random effects as the pane shows it, from draws where there are any, else from the optimizer.

import Diagnostics
import RunFolder

/// A number with its 95% interval, if it has one.
struct IntervalEstimate: Equatable {
  var value: Double
  var lower: Double?
  var upper: Double?
}

/// Standard deviations and correlations of one block of random effects.
struct RandomEffectsBlock: Equatable {
  /// The grouping factor.
  var group: String
  /// Its number of levels and the covariance structure, where they are known.
  var levels: Int?
  var structure: String?
  /// What the dimensions of the block are called.
  var labels: [String]
  var deviations: [IntervalEstimate]
  /// The correlations, row by row; NaN where the block has none.
  var correlations: [IntervalEstimate]

  /// The labels without what is the same in all of them: outcomes alone where all are intercepts.
  var shortLabels: [String] { Panes.shortLabels(labels) }

  /// The blocks of a run: names and structure from the optimizer's report where there is one, from
  /// the names of the parameters otherwise; numbers from draws where there are any.
  static func all(of snapshot: DashboardSnapshot) -> [RandomEffectsBlock] {
    let run = snapshot.run
    if snapshot.hasKeptDraws {
      let named = NamedBlock.all(of: run)
      return named.map { RandomEffectsBlock($0, snapshot.diagnostics) }
    }
    let isSingle = run.fitReport?.model.outcomes.count == 1
    return (run.fitReport?.random ?? []).map { RandomEffectsBlock($0, isSingle: isSingle) }
  }

  /// A block as the optimizer estimated it.
  private init(_ block: RandomBlock, isSingle: Bool) {
    group = block.group
    levels = block.levels
    structure = block.structure
    labels = block.terms.map { NamedBlock.label($0, isSingle: isSingle) }
    deviations = block.standardDeviations.enumerated().map { place, value in
      let isFixed = block.isFixed?[place] ?? false
      let error = isFixed ? nil : block.deviationErrors?[place]
      let interval = WaldInterval(value, error: error ?? .nan, scale: .log)
      return IntervalEstimate(
        value: value, lower: interval?.outer.lowerBound, upper: interval?.outer.upperBound)
    }
    correlations = block.correlations.indices.flatMap { row in
      block.correlations[row].enumerated().map { column, value in
        let error = row == column ? nil : block.correlationErrors?[row][column]
        let interval = WaldInterval(value, error: error ?? .nan, scale: .atanh)
        return IntervalEstimate(
          value: value, lower: interval?.outer.lowerBound, upper: interval?.outer.upperBound)
      }
    }
  }

  /// A block with the posterior means and intervals of its parameters.
  private init(_ block: NamedBlock, _ report: DiagnosticReport) {
    func estimate(_ name: String?) -> IntervalEstimate {
      guard let name, let summary = report[name] else { return IntervalEstimate(value: .nan) }
      return IntervalEstimate(
        value: summary.mean ?? .nan, lower: summary.q2_5, upper: summary.q97_5)
    }
    group = block.group
    levels = block.levels
    structure = block.structure
    labels = block.labels
    deviations = block.deviationNames.map { estimate($0) }
    let count = labels.count
    correlations = (0..<count * count).map { index in
      let (row, column) = (index / count, index % count)
      if row == column { return IntervalEstimate(value: 1) }
      return estimate(block.correlationName(row, column))
    }
  }
}

/// A block of random effects by the names of its parameters, as INTERFACE.md writes them.
struct NamedBlock: Equatable {
  var group: String
  var levels: Int?
  var structure: String?
  var labels: [String]
  /// The names of the standard deviations, `sd_GROUP__COEFFICIENT`.
  var deviationNames: [String]
  /// The coefficients in the names, `math_score_Intercept`.
  private var coefficients: [String]
  private var known: Set<String>

  /// The blocks of a run that has draws.
  static func all(of run: RunSnapshot) -> [NamedBlock] {
    // Without the effects of levels, of which there may be very many.
    let names = run.parameterNames.filter { $0.hasPrefix("sd_") || $0.hasPrefix("cor_") }
    let known = Set(names)
    if let fit = run.fitReport {
      let isSingle = fit.model.outcomes.count == 1
      // Names hold terms without brackets and signs, so they are matched by their order, not made anew.
      var deviations = names.filter { $0.hasPrefix("sd_") }[...]
      guard deviations.count == fit.random.reduce(0, { $0 + $1.terms.count }) else {
        return fromNames(names, known)
      }
      var blocks: [NamedBlock] = []
      for block in fit.random {
        let own = deviations.prefix(block.terms.count)
        deviations = deviations.dropFirst(block.terms.count)
        let stem = "sd_\(block.group)__"
        guard own.allSatisfy({ $0.hasPrefix(stem) }) else { return fromNames(names, known) }
        blocks.append(
          NamedBlock(
            group: block.group, levels: block.levels, structure: block.structure,
            labels: block.terms.map { label($0, isSingle: isSingle) },
            coefficients: own.map { String($0.dropFirst(stem.count)) }, known: known))
      }
      return blocks
    }
    return fromNames(names, known)
  }

  /// Blocks guessed from names alone: one for each grouping factor.
  private static func fromNames(_ names: [String], _ known: Set<String>) -> [NamedBlock] {
    var groups: [String] = []
    var coefficients: [String: [String]] = [:]
    for name in names where name.hasPrefix("sd_") {
      let rest = name.dropFirst(3)
      guard let separator = rest.firstRange(of: "__") else { continue }
      let group = String(rest[..<separator.lowerBound])
      if coefficients[group] == nil { groups.append(group) }
      coefficients[group, default: []].append(String(rest[separator.upperBound...]))
    }
    return groups.map { group in
      let own = coefficients[group] ?? []
      return NamedBlock(
        group: group, levels: nil, structure: nil, labels: own, coefficients: own, known: known)
    }
  }

  private init(
    group: String, levels: Int?, structure: String?, labels: [String], coefficients: [String],
    known: Set<String>
  ) {
    self.group = group
    self.levels = levels
    self.structure = structure
    self.labels = labels
    self.coefficients = coefficients
    self.known = known
    deviationNames = coefficients.map { "sd_\(group)__\($0)" }
  }

  /// The name of the correlation of two dimensions, if the draws have it.
  func correlationName(_ row: Int, _ column: Int) -> String? {
    let (first, second) = (coefficients[row], coefficients[column])
    return ["cor_\(group)__\(first)__\(second)", "cor_\(group)__\(second)__\(first)"]
      .first { known.contains($0) }
  }

  /// A dimension as people read it: `math_score (Intercept)`.
  static func label(_ term: PredictorTerm, isSingle: Bool) -> String {
    var words = isSingle ? [] : [term.outcome]
    if term.parameter != "mu" { words.append(term.parameter) }
    words.append(term.term)
    return words.joined(separator: " ")
  }
}
