// From the columns of a model frame to a model: rows sorted by the leading factor, effects given their places.

import Families
import Formula
import LinearAlgebra
import Probability

/// Why a model cannot be built from a frame.
package struct ModelError: Error, Sendable, Equatable {
  /// What is wrong and the mend, in one line.
  package let message: String
  /// An error with a message.
  package init(_ message: String) { self.message = message }
}

extension MixedModel {
  /// The model of a frame, with one response family for each outcome.
  ///
  /// The leading grouping factor is the one with the most random effects, so that the corner is smallest; `corner` says
  /// when that is stored sparsely. Of `priors` only those that fix a parameter, `constant(v)`, shape the model;
  /// `PriorDensity` reads the rest.
  ///
  /// - Throws: `ModelError` when a response does not suit its family, when a formula is given for a parameter that the
  ///   family does not have, when residual correlation is asked for beside random effects on a sigma, or when the factors beside the leading one are so entangled that their corner is dense, and too large for that.
  package init(
    _ frame: ModelFrame, families: [any ResponseFamily], priors: [PriorStatement] = [],
    corner: CornerChoice = .automatic
  ) throws(ModelError) {
    precondition(frame.outcomes.count == families.count, "one family for each outcome")
    let effects = try EffectPlan(frame, corner: corner)
    var layout = LayoutBuilder()
    var outcomes: [ModelOutcome] = []
    for (index, outcome) in frame.outcomes.enumerated() {
      let ordering = effects.sortedRows(outcome: index, count: outcome.rows.count)
      outcomes.append(
        try ModelOutcome(
          outcome, family: families[index], index: index, ordering: ordering, effects: effects,
          frame: frame, priors: priors, layout: &layout))
    }
    let coefficientCount = layout.next
    self.outcomes = outcomes
    self.effects = try effects.layout(
      frame: frame, families: families, priors: priors, thetaStart: &layout.next)
    residualCorrelation =
      frame.hasResidualCorrelation
      ? try ResidualCorrelation(of: outcomes, start: &layout.next) : nil
    self.layout = ParameterLayout(
      coefficients: layout.coefficients, coefficientCount: coefficientCount, count: layout.next)
    observationCount = frame.outcomes.reduce(0) { $0 + $1.rows.count }
    unitCount = Set(frame.outcomes.flatMap(\.rows)).count
  }
}

/// Hands out places in ψ.
struct LayoutBuilder {
  var coefficients: [ParameterLayout.Coefficients] = []
  var next = 0

  mutating func reserve(_ count: Int, outcome: Int, predictor: Int) -> Int {
    let start = next
    next += count
    coefficients.append(.init(outcome: outcome, predictor: predictor, range: start..<next))
    return start
  }
}

extension ModelOutcome {
  init(
    _ frame: OutcomeFrame, family: any ResponseFamily, index: Int, ordering: [Int],
    effects: EffectPlan, frame whole: ModelFrame, priors: [PriorStatement],
    layout: inout LayoutBuilder
  ) throws(ModelError) {
    let y = ordering.map { frame.response[$0] }
    let trials = frame.trials.map { values in ordering.map { values[$0] } }
    if frame.weights != nil {
      throw ModelError("weights(): not available yet for '\(frame.label)'; leave them out")
    }
    do {
      try family.check(y: frame.response, trials: frame.trials)
    } catch {
      throw ModelError(
        "outcome '\(frame.label)', row \(frame.rows[error.row] + 1): \(error.message)")
    }
    for predictor in frame.predictors
    where !family.parameters.contains(where: { $0.name == predictor.parameter }) {
      let names = family.parameters.map(\.name).joined(separator: ", ")
      throw ModelError(
        "the family \(family.name) of '\(frame.label)' has no parameter '\(predictor.parameter)'; it has \(names)"
      )
    }
    name = frame.name
    label = frame.label
    self.family = family
    response = family.prepare(y: y, trials: trials)
    tableRows = ordering.map { frame.rows[$0] }
    var predictors: [ModelPredictor] = []
    for (position, parameter) in family.parameters.enumerated() {
      let given = frame.predictors.firstIndex { $0.parameter == parameter.name }
      if given == nil, position > 0,
        let value = priors.constant(parameter.name, [frame.name])
      {
        predictors.append(
          ModelPredictor(
            parameter: parameter.name,
            fixedAt: try parameter.predictor(fixedAt: value, of: frame.label),
            start: layout.next))
        continue
      }
      predictors.append(
        ModelPredictor(
          given.map { frame.predictors[$0] }, parameter: parameter.name, ordering: ordering,
          leading: given.map { effects.leadingColumns(index, $0, ordering, whole) } ?? [],
          corner: given.map { effects.cornerColumns(index, $0, ordering, whole) } ?? [],
          start: layout.reserve(
            given.map { frame.predictors[$0].columnNames.count } ?? 1, outcome: index,
            predictor: position)))
    }
    self.predictors = predictors
    runs = effects.runs(outcome: index, ordering: ordering)
    randomPredictors = predictors.indices.filter { predictors[$0].isRandom }
  }
}

extension ModelPredictor {
  /// A predictor from its frame, or an intercept alone where the formula gives none.
  init(
    _ frame: PredictorFrame?, parameter: String, ordering: [Int], leading: [LeadingColumn],
    corner: [CornerColumn], start: Int
  ) {
    let count = ordering.count
    let padded = paddedToLanes(max(count, 1))
    self.parameter = parameter
    columnNames = frame?.columnNames ?? ["(Intercept)"]
    coefficientOffset = start
    stride = padded
    var columns = [Double](repeating: 0, count: padded * columnNames.count)
    for column in columnNames.indices {
      for (place, row) in ordering.enumerated() {
        columns[column * padded + place] = frame.map { $0.design[column * count + row] } ?? 1
      }
    }
    design = columns
    offset = frame?.offset.map { padColumn($0, ordering) }
    leadingColumns = leading
    cornerColumns = corner
    fixedValue = nil
    isConstant =
      parameter != "mu" && columnNames == ["(Intercept)"] && offset == nil && leading.isEmpty
      && corner.isEmpty
  }
}

/// The values of a column in sorted order, padded with zeros to whole lanes.
func padColumn(_ values: [Double], _ ordering: [Int]) -> [Double] {
  ordering.map { values[$0] }
    + Array(repeating: 0, count: paddedToLanes(max(ordering.count, 1)) - ordering.count)
}

extension ModelPredictor {
  /// A predictor that is the known number `fixedAt` in all rows and has no coefficient.
  init(parameter: String, fixedAt value: Double, start: Int) {
    self.parameter = parameter
    columnNames = []
    coefficientOffset = start
    design = []
    stride = 0
    offset = nil
    leadingColumns = []
    cornerColumns = []
    isConstant = false
    fixedValue = value
  }
}

extension DistributionalParameter {
  /// The linear predictor at which the parameter has a value that the user fixes.
  func predictor(fixedAt value: Double, of outcome: String) throws(ModelError) -> Double {
    let eta = link.predictor(for: value)
    guard eta.isFinite else {
      throw ModelError(
        "\(name) of '\(outcome)' is fixed at \(value), where its link '\(link.rawValue)' is not finite; "
          + "fix it inside its range")
    }
    return eta
  }
}
