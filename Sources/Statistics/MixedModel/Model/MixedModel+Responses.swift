// The same model with other responses, to be fitted to simulated data.

import Families

extension MixedModel {
  /// The model with the values of every outcome replaced; rows, designs and effects stay.
  ///
  /// - Parameter responses: for each outcome its values in the order of the data.
  package func replacing(responses: [[Double]]) -> MixedModel {
    precondition(responses.count == outcomes.count, "values for each outcome")
    let replaced = zip(outcomes, responses).map { outcome, values in
      let order = outcome.dataOrder
      precondition(values.count == order.count, "a value for each row")
      let response = outcome.response
      return ModelOutcome(
        name: outcome.name, label: outcome.label, family: outcome.family,
        response: outcome.family.prepare(
          y: order.map { values[$0] },
          trials: response.hasTrials ? Array(response.trials.prefix(response.count)) : nil),
        tableRows: outcome.tableRows, predictors: outcome.predictors, runs: outcome.runs,
        randomPredictors: outcome.randomPredictors)
    }
    return MixedModel(
      outcomes: replaced, effects: effects, residualCorrelation: residualCorrelation,
      layout: layout, observationCount: observationCount, unitCount: unitCount)
  }

  /// For each outcome the row of the table that each value comes from, in the order of the data.
  package func rowsInDataOrder(outcome index: Int) -> [Int] { outcomes[index].tableRows.sorted() }
}
