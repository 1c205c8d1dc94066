// Assembles the model frame: families, rows, designs and random-effect blocks of every outcome.

import Tables

/// Assembles the model frame.
struct FrameBuilder {
  private var evaluator: Evaluator
  private var blockBuilder = BlockBuilder()
  private var dropped: [DroppedRows] = []
  private var notes: [String] = []
  private var warnings: [String] = []

  /// A builder of frames from `table`.
  init(table: Table) { evaluator = Evaluator(table: table) }

  /// The frame of `formula`.
  mutating func frame(
    _ formula: ModelFormula, families: [FamilyCall]
  ) throws(FormulaError) -> ModelFrame {
    if let first = formula.later.first { throw first }
    for term in formula.outcomes.flatMap(\.predictors).flatMap(\.random) {
      _ = try term.structure.get()
    }
    let assignment = try FamilyAssignment(formula.outcomes, families: families)
    let plans = assignment.plans
    notes = assignment.notes
    var outcomes: [OutcomeFrame] = []
    for (index, plan) in plans.enumerated() {
      let frame = try outcome(
        index, plan, formula.outcomes[plan.formula], isOnly: plans.count == 1)
      guard !outcomes.contains(where: { $0.name == frame.name }) else {
        throw plan.response.place.error("two outcomes are called '\(frame.name)'")
      }
      outcomes.append(frame)
    }
    for (index, outcome) in formula.outcomes.enumerated() {
      noteCorrelation(of: outcome, plans.filter { $0.formula == index })
    }
    let correlates = try hasResidualCorrelation(formula, outcomes)
    let blocks = try blockBuilder.blocks(rows: outcomes.map(\.rows), evaluator: &evaluator)
    return ModelFrame(
      rowCount: evaluator.table.rowCount, outcomes: outcomes, blocks: blocks,
      hasResidualCorrelation: correlates, dropped: dropped,
      notes: notes.map { $0.escapingControls() },
      warnings: warnings.map { $0.escapingControls() })
  }

  /// Whether residual correlation is asked for, and possible: several Gaussian outcomes.
  private func hasResidualCorrelation(
    _ formula: ModelFormula, _ outcomes: [OutcomeFrame]
  ) throws(FormulaError) -> Bool {
    guard let asked = formula.residualCorrelation else { return false }
    guard outcomes.count > 1 else {
      throw asked.place.error(
        "residual correlation wants at least two outcomes; leave set_rescor(TRUE) out")
    }
    // Without a name for the link the family has its own, which for `gaussian` is the identity.
    if let other = outcomes.first(where: { !$0.family.isGaussianIdentity }) {
      throw asked.place.error(
        "residual correlation is for gaussian outcomes with identity link, and '\(other.label)' is "
          + "\(other.family.name)\(other.family.link.map { "(\($0))" } ?? ""); write set_rescor(FALSE), or "
          + "correlate effects of each row by (1 |r| row)")
    }
    return true
  }

  /// A predictor's variables, calculated on all rows.
  private struct Prepared {
    let formula: PredictorFormula
    var variables: [Variable] = []
    var offsets: [(expression: Expression, values: [Double])] = []
    var random: [[Variable]] = []
    var groups: [Variable] = []
  }

  private mutating func outcome(
    _ index: Int, _ plan: OutcomePlan, _ formula: OutcomeFormula, isOnly: Bool
  ) throws(FormulaError) -> OutcomeFrame {
    let label = plan.response.unwrapped.text
    let name = String(label.filter { $0.isNamePart })
    guard !name.isEmpty else {
      throw plan.response.place.error("the outcome's name has no letter or digit")
    }
    let values = try OutcomeValues(plan, formula.response, evaluator: &evaluator)
    notes += values.notes
    warnings += values.warnings
    var needed = values.expressions
    var factors: [Variable] = []
    var prepared: [Prepared] = []
    for predictor in formula.predictors {
      let ready = try prepare(predictor, response: plan.response)
      prepared.append(ready)
      needed += predictor.fixed.variables + predictor.fixed.offsets
      for term in predictor.random { needed += term.terms.variables + term.group }
      factors += (ready.variables + ready.random.flatMap { $0 } + ready.groups).filter(\.isFactor)
    }
    let use = RowUse(of: needed, factors: factors, table: evaluator.table)
    dropped += use.dropped.map {
      DroppedRows(outcome: name, columns: $0.columns, count: $0.count)
    }
    guard !use.rows.isEmpty else {
      throw plan.response.place.error(
        evaluator.table.rowCount == 0
          ? "the data have no rows"
          : "no row can be used for '\(label)': in every row one of "
            + quotedList(use.dropped.flatMap(\.columns)) + " is missing")
    }
    let checked = try values.checked(on: use.rows, plan, formula.response)
    var predictors: [PredictorFrame] = []
    for (position, ready) in prepared.enumerated() {
      predictors.append(
        try predictor(ready, rows: use.rows, context: isOnly ? "" : "for the outcome '\(label)'"))
      for (number, term) in ready.formula.random.enumerated() {
        try blockBuilder.add(
          term, index: number, formula: plan.formula, outcome: index,
          predictor: (position, ready.formula.parameter), variables: ready.random[number],
          rows: use.rows)
      }
    }
    return OutcomeFrame(
      name: name, label: label, family: plan.family, rows: use.rows, response: checked.response,
      trials: checked.trials, weights: checked.weights, predictors: predictors)
  }

  private mutating func prepare(
    _ predictor: PredictorFormula, response: Expression
  ) throws(FormulaError) -> Prepared {
    var ready = Prepared(formula: predictor)
    for expression in predictor.fixed.variables {
      guard expression.text != response.unwrapped.text else {
        throw expression.place.error(
          "'\(expression.text)' is the outcome and cannot explain itself; leave it out here")
      }
      ready.variables.append(try evaluator.variable(expression))
    }
    for expression in predictor.fixed.offsets {
      ready.offsets.append((expression, try evaluator.numbers(expression)))
    }
    for term in predictor.random {
      var variables: [Variable] = []
      for expression in term.terms.variables {
        variables.append(try evaluator.variable(expression))
      }
      ready.random.append(variables)
      for expression in term.group {
        ready.groups.append(
          Variable(
            label: expression.text, expression: expression,
            values: .factor(try evaluator.categories(expression))))
      }
    }
    return ready
  }

  private func predictor(
    _ ready: Prepared, rows: [Int], context: String
  ) throws(FormulaError) -> PredictorFrame {
    let fixed = ready.formula.fixed
    let matrix = try DesignMatrix(fixed, variables: ready.variables, rows: rows)
    var design: [Double] = []
    design.reserveCapacity(matrix.columns.count * rows.count)
    for column in matrix.columns { design += column.values }
    try requireFullRank(matrix, of: fixed, design: design, rowCount: rows.count, context: context)
    var offset: [Double]?
    for (expression, values) in ready.offsets {
      let own = gather(values, rows)
      try requireFinite(own, of: expression, rows: rows)
      offset = offset.map { sum in sum.indices.map { sum[$0] + own[$0] } } ?? own
    }
    return PredictorFrame(
      parameter: ready.formula.parameter, columnNames: matrix.columns.map(\.name), design: design,
      offset: offset)
  }

  /// Says that a plain term of several outcomes is correlated across them, which users of brms do not expect.
  private mutating func noteCorrelation(of formula: OutcomeFormula, _ plans: [OutcomePlan]) {
    guard plans.count > 1 else { return }
    let names = plans.map(\.response.text).joined(separator: ", ")
    for term in formula.predictors.flatMap(\.random)
    where !term.isSplit && term.identifier == nil && term.structure == .success(.unstructured) {
      let note = "\(term.place.written) is correlated across the outcomes \(names)"
      // A nested grouping factor makes several terms of one that is written.
      if notes.last != note { notes.append(note) }
    }
  }
}
