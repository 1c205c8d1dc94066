// One outcome of a run as a fitted model of its own, with the columns for changes of it.

import Families
import Formula
import Glibc
import Laplace
import MixedModel
import Predictive
import Tables

/// One outcome with its own formula and random effects, fitted by maximum likelihood.
///
/// The marginal model of an outcome is what the joint model says of it alone, so that changes of it can be tested without
/// the other outcomes.
struct OutcomeStudy: Sendable {
  /// The outcome as written.
  let label: String
  /// Its formula.
  let formula: SingleOutcomeFormula
  /// Its family.
  let family: any ResponseFamily
  /// The rows of the data that are used, and only these, in their order.
  let table: Table
  /// The same rows of columns that the model does not use; empty without the original data.
  let others: Table
  /// The responses of other outcomes, which explain nothing here.
  let responses: Set<String>
  /// The fit.
  let fit: MaximumLikelihoodFit
  /// The values and their trials.
  let values: (y: [Double], trials: [Double])
  /// The linear predictor of the mean without random effects.
  let fixedPart: [Double]
  /// The linear predictor of the mean with random effects.
  let predictor: [Double]

  /// The study of one outcome of a run.
  ///
  /// - Throws: when the outcome cannot be fitted alone.
  init(_ context: CheckContext, outcome index: Int) throws(FittingError) {
    let prepared = context.run.prepared
    let formulas: [SingleOutcomeFormula]
    do { formulas = try prepared.formula.singleOutcomes(families: prepared.familyCalls) } catch {
      throw FittingError(error)
    }
    let outcome = prepared.model.outcomes[index]
    let rows = prepared.model.rowsInDataOrder(outcome: index)
    let used = prepared.table.selecting(rows)
    var others: [(name: String, column: Column)] = []
    if let original = context.original, original.rowCount == prepared.table.rowCount {
      for name in original.names where prepared.table[name] == nil {
        if let column = original[name] { others.append((name, DataColumns.select(column, rows))) }
      }
    }
    try self.init(
      label: outcome.label, formula: formulas[index], table: used,
      others: Table(rowCount: rows.count, columns: others),
      responses: Set(
        prepared.model.outcomes.flatMap {
          $0.label.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(
            String.init)
        }))
  }

  /// A study of a formula on data.
  init(
    label: String, formula: SingleOutcomeFormula, table: Table, others: Table,
    responses: Set<String>
  ) throws(FittingError) {
    self.label = label
    self.formula = formula
    self.table = table
    self.others = others
    self.responses = responses
    fit = try Self.fit(formula, table)
    let model = fit.model
    family = model.outcomes[0].family
    values = model.outcomes[0].valuesInDataOrder
    let psi = fit.optimum.psi
    fixedPart =
      model.linearPredictors(
        outcome: 0, coefficients: psi, effects: [Double](repeating: 0, count: model.effects.count)
      )[0]
    predictor = model.linearPredictors(outcome: 0, coefficients: psi, effects: fit.modes)[0]
  }

  /// The fit of a formula by maximum likelihood.
  static func fit(
    _ formula: SingleOutcomeFormula, _ table: Table
  ) throws(FittingError) -> MaximumLikelihoodFit {
    do {
      let frame = try ModelFrame(formula.model, families: [formula.family], table: table)
      let family = try ResponseFamilies.named(formula.family.name, link: formula.family.link)
      let model = try MixedModel(frame, families: [family])
      return try LikelihoodRun(model, sink: NullSink()).fit
    } catch {
      throw FittingError(error)
    }
  }
}

extension Table {
  /// Some rows of a table.
  func selecting(_ rows: [Int]) -> Table {
    Table(
      rowCount: rows.count,
      columns: names.compactMap { name in
        self[name].map { (name, DataColumns.select($0, rows)) }
      })
  }
}

extension OutcomeStudy {
  /// The study of the outcome with a change of its model.
  ///
  /// - Throws: when the changed model cannot be fitted to all rows.
  func changed(by remedy: Remedy) throws -> OutcomeStudy {
    var data = table
    for column in remedy.columns { data[column.name] = column.column }
    return try OutcomeStudy(
      label: label, formula: try remedy.change(formula), table: data, others: others,
      responses: responses)
  }

  /// The numeric covariates that stand in the fixed part as they are, with at least three different values.
  var numericCovariates: [(name: String, values: [Double])] {
    formula.covariates.compactMap { name in
      guard case .numeric(let values) = table[name], Set(values.prefix(200)).count > 2 else {
        return nil
      }
      return (name, values)
    }
  }

  /// Whether a column that the model does not use is the outcome in other words, such as whether it is above zero: it goes
  /// up or down with it everywhere, or its categories are stretches of it.
  func isRecoding(_ name: String) -> Bool {
    switch others[name] {
    case .numeric(let column):
      let rows = column.indices.filter { !column[$0].isNaN }
      let order = rows.sorted { (values.y[$0], column[$0]) < (values.y[$1], column[$1]) }
      let steps = zip(order, order.dropFirst())
      // Rows of one value of the outcome have one value of its recoding.
      guard steps.allSatisfy({ values.y[$0] != values.y[$1] || column[$0] == column[$1] }) else {
        return false
      }
      return steps.allSatisfy { column[$0] <= column[$1] }
        || steps.allSatisfy { column[$0] >= column[$1] }
    case .factor(let factor):
      let rows = factor.codes.indices.filter { factor.codes[$0] >= 0 }
      let order = rows.sorted {
        (values.y[$0], factor.codes[$0]) < (values.y[$1], factor.codes[$1])
      }
      let changes = zip(order, order.dropFirst()).count { factor.codes[$0] != factor.codes[$1] }
      let levels = Set(rows.map { factor.codes[$0] }).count
      return changes == levels - 1 && levels * 2 <= rows.count
    case nil: return false
    }
  }

  /// The level of each row of combined columns, counted from 0; nil where a column is missing.
  func levels(of columns: [String]) -> (codes: [Int], count: Int)? {
    let all = columns.compactMap { table[$0] ?? others[$0] }
    guard all.count == columns.count, !all.isEmpty else { return nil }
    let (codes, levels) = DataColumns.levels(of: all)
    return (codes, levels.count)
  }
}

/// Small sums over columns.
enum ColumnMath {
  static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }

  static func deviation(_ values: [Double]) -> Double {
    let mean = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(values.count - 1, 1))).squareRoot()
  }

  /// Centred and scaled to unit deviation; nil where the values do not vary.
  static func standardized(_ values: [Double]) -> [Double]? {
    let known = values.filter { !$0.isNaN }
    let (mean, deviation) = (mean(known), deviation(known))
    guard deviation > 1e-10 * max(abs(mean), 1e-300), deviation.isFinite else { return nil }
    return values.map { ($0 - mean) / deviation }
  }

  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    guard let a = standardized(x), let b = standardized(y) else { return 0 }
    return zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / Double(max(x.count - 1, 1))
  }

  /// The means of values by group, one for each row.
  static func groupMeans(_ values: [Double], _ codes: [Int], count: Int) -> [Double] {
    var (sums, counts) = (
      [Double](repeating: 0, count: count), [Double](repeating: 0, count: count)
    )
    for (row, code) in codes.enumerated() where code >= 0 {
      sums[code] += values[row]
      counts[code] += 1
    }
    return codes.map { $0 < 0 ? .nan : sums[$0] / counts[$0] }
  }
}
