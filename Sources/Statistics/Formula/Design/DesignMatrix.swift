// Builds the columns of a linear predictor, with R's coding of factors and R's names.

import Tables

/// Columns of a linear predictor on the rows used.
struct DesignMatrix: Sendable {
  /// One column: its name, the term that made it (nil for the intercept) and its values.
  struct Column: Sendable {
    let name: String
    let term: Int?
    let values: [Double]
  }

  /// More columns than any sensible predictor has; a grouping variable among the fixed effects would make them.
  private static let mostColumns = 2000

  private(set) var columns: [Column] = []

  /// The columns of `fixed` on `rows`.
  ///
  /// - Parameters:
  ///   - variables: the variables of `fixed`, in its order, on all rows of the table.
  ///   - rows: the rows used, in which nothing is missing.
  init(_ fixed: FixedTerms, variables: [Variable], rows: [Int]) throws(FormulaError) {
    var sources: [Source] = []
    for variable in variables { sources.append(try Source(variable, rows: rows)) }
    if fixed.hasIntercept {
      columns.append(
        Column(name: "(Intercept)", term: nil, values: Array(repeating: 1, count: rows.count)))
    }
    let codings = fixed.fullCodings(isFactor: variables.map(\.isFactor))
    for (index, term) in fixed.terms.enumerated() {
      var total = columns.count
      var product = 1
      for (variable, isFull) in zip(term.variables, codings[index]) {
        product *= sources[variable].columnCount(isFull: isFull)
        guard product + total <= Self.mostColumns else {
          throw term.place.error(
            "'\(fixed.label(of: term))' makes more than \(Self.mostColumns) columns; effects of the "
              + "levels of a grouping factor g are written (1 | g)")
        }
      }
      total += product
      columns += try termColumns(
        index, term.variables.map { sources[$0] }, codings[index], rowCount: rows.count)
    }
  }

  /// The products of the columns of a term's variables, those of the first changing fastest.
  private func termColumns(
    _ term: Int, _ sources: [Source], _ codings: [Bool], rowCount: Int
  ) throws(FormulaError) -> [Column] {
    var product: [Column] = []
    for (position, (source, isFull)) in zip(sources, codings).enumerated() {
      let own = try source.columns(isFull: isFull)
      if position == 0 {
        product = own.map { Column(name: $0.name, term: term, values: $0.values) }
        continue
      }
      product = own.flatMap { right in
        product.map { left in
          Column(
            name: left.name + ":" + right.name, term: term,
            values: (0..<rowCount).map { left.values[$0] * right.values[$0] })
        }
      }
    }
    return product
  }
}

/// A variable on the rows used, ready to be coded.
private struct Source {
  let variable: Variable
  /// The factor on the rows used, without levels that do not occur there.
  let factor: Factor?
  let numeric: [(name: String, values: [Double])]

  init(_ variable: Variable, rows: [Int]) throws(FormulaError) {
    self.variable = variable
    switch variable.values {
    case .factor(let factor):
      self.factor = factor.restricted(to: rows)
      numeric = []
    case .numeric(let columns, let suffixes):
      factor = nil
      var gathered: [(name: String, values: [Double])] = []
      for (column, suffix) in zip(columns, suffixes) {
        let values = gather(column, rows)
        try requireFinite(values, of: variable.expression, rows: rows)
        gathered.append((variable.label + suffix, values))
      }
      numeric = gathered
    }
  }

  func columnCount(isFull: Bool) -> Int {
    factor.map { isFull ? $0.levels.count : $0.levels.count - 1 } ?? numeric.count
  }

  func columns(isFull: Bool) throws(FormulaError) -> [(name: String, values: [Double])] {
    guard let factor else { return numeric }
    guard factor.levels.count > 1 || isFull else {
      throw variable.expression.place.error(
        "'\(variable.label)' has one level"
          + (factor.levels.first.map { ", '\($0)'," } ?? "")
          + " in the rows used: it cannot have an effect; leave it out")
    }
    return ((isFull ? 0 : 1)..<factor.levels.count).map { level in
      (
        variable.label + factor.levels[level],
        factor.codes.map { Int($0) == level ? 1 : 0 }
      )
    }
  }
}

/// The elements of `values` at `rows`.
func gather(_ values: [Double], _ rows: [Int]) -> [Double] {
  rows.count == values.count ? values : rows.map { values[$0] }
}

/// Throws when a number on the rows used is infinite or undefined, naming the row and what it was made of.
func requireFinite(
  _ values: [Double], of expression: Expression, rows: [Int]
) throws(FormulaError) {
  guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
  let value = values[index]
  throw expression.place.error(
    "'\(expression.text)' is \(value.isNaN ? "not a number" : value > 0 ? "infinite" : "minus infinity")"
      + " in row \(rows[index] + 1) of the data")
}
