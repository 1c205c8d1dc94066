// One outcome with its fitted values and simulated responses, checked once.

/// Why simulated responses cannot be turned into residuals.
package enum ResidualInputError: Error, Equatable {
  /// There are no rows.
  case noRows
  /// Fitted values or simulations do not fit the number of observed values.
  case lengthsDiffer(observed: Int, fitted: Int, simulated: Int)
  /// Fewer than two simulations.
  case tooFewSimulations(Int)
  /// An observed or fitted value is missing or infinite; rows count from zero.
  case notFinite(row: Int)
  /// A simulated value is missing or infinite; rows and simulations count from zero.
  case simulationNotFinite(row: Int, simulation: Int)
}

/// The observed responses of one outcome beside their fitted values and simulations; all numbers
/// are finite.
package struct ResidualInput: Sendable {
  /// The observed responses, n of them.
  package let observed: [Double]
  /// The fitted values, in the order and on the scale of the responses.
  package let fitted: [Double]
  /// The simulated responses, n × S, one simulation after another.
  package let simulations: [Double]
  /// Whether the response is discrete; decides only which outlier test is the default.
  package let isDiscrete: Bool
  /// What one pass over the simulations has counted.
  let sweep: SimulationSweep

  /// Checks and keeps the columns, and passes once over the simulations.
  package init(
    observed: [Double], fitted: [Double], simulations: [Double], isDiscrete: Bool
  ) throws(ResidualInputError) {
    let n = observed.count
    guard n > 0 else { throw .noRows }
    guard fitted.count == n, simulations.count.isMultiple(of: n) else {
      throw .lengthsDiffer(observed: n, fitted: fitted.count, simulated: simulations.count)
    }
    guard simulations.count >= 2 * n else { throw .tooFewSimulations(simulations.count / n) }
    for row in 0..<n where !(observed[row].isFinite && fitted[row].isFinite) {
      throw .notFinite(row: row)
    }
    sweep = SimulationSweep(observed: observed, fitted: fitted, simulations: simulations)
    // A value that is not finite spoils the variance of its simulation; with one row there is none.
    if n == 1 || !sweep.variances.allSatisfy(\.isFinite),
      let place = simulations.firstIndex(where: { !$0.isFinite })
    {
      throw .simulationNotFinite(row: place % n, simulation: place / n)
    }
    self.observed = observed
    self.fitted = fitted
    self.simulations = simulations
    self.isDiscrete = isDiscrete
  }

  /// The number of rows, n.
  package var count: Int { observed.count }
  /// The number of simulations, S.
  package var simulationCount: Int { simulations.count / observed.count }

  /// The rows of one simulation.
  func simulation(_ index: Int) -> ArraySlice<Double> {
    simulations[index * count..<(index + 1) * count]
  }
}
