// What residuals are computed from, and the residuals of one outcome by one kind of simulation.

import Diagnostics
import Families
import MixedModel
import Predictive
import Probability
import Tables

/// A model with its data and the points to simulate from.
package struct ResidualStudy: Sendable {
  /// The model.
  package let model: MixedModel
  /// The columns of the data, in all rows.
  package let table: Table
  /// One point for an estimate, many for draws.
  package let points: [PredictivePoint]
  /// The number of simulations.
  package let simulations: Int
  /// Fixes simulations and randomised residuals.
  package let seed: UInt64

  /// A study.
  ///
  /// - Throws: when there are too few simulations for any residual.
  package init(
    model: MixedModel, table: Table, points: [PredictivePoint], simulations: Int, seed: UInt64
  ) throws(FittingError) {
    guard simulations >= 2 else { throw Self.tooFewSimulations(simulations) }
    self.model = model
    self.table = table
    self.points = points
    self.simulations = simulations
    self.seed = seed
  }

  /// What is said of a number of simulations that is no use.
  static func tooFewSimulations(_ count: Int) -> FittingError {
    FittingError(
      "--simulations \(count): residuals need at least 2 simulations, and 250 or more to be of use",
      exitCode: 64)
  }

  /// Whether simulations with new random effects differ from those at the ones found.
  package var hasRandomEffects: Bool { model.effects.count > 0 }

  /// The tests that a kind of simulation calibrates for an outcome, by their names in JSON.
  package func calibrated(_ kind: SimulationKind, _ input: ResidualInput) -> [String] {
    ResidualCalibration.calibrated(
      isConditional: kind == .conditional, hasRandomEffects: hasRandomEffects,
      isBinary: input.isDiscrete && input.observed.allSatisfy { $0 == 0 || $0 == 1 }
    ).map(\.rawValue)
  }

  /// Observed, fitted and simulated responses of an outcome.
  ///
  /// Fitted values are means at the random effects found, or at random effects of zero when simulations have new ones.
  ///
  /// - Parameter variant: another number gives simulations that are independent of these.
  package func input(
    outcome index: Int, _ kind: SimulationKind, variant: UInt64 = 0
  ) throws(FittingError) -> ResidualInput {
    let simulator = ResponseSimulator(model: model, outcome: index)
    let outcome = model.outcomes[index]
    do {
      return try ResidualInput(
        observed: outcome.valuesInDataOrder.y, fitted: fitted(simulator, kind),
        simulations: simulator.simulate(
          simulations, from: points, kind: kind, seed: seed &+ variant &* 0x9E37_79B9_7F4A_7C15),
        isDiscrete: outcome.family.isDiscrete)
    } catch {
      throw FittingError(
        "residuals of '\(outcome.label)': \(Self.text(error))", exitCode: 65)
    }
  }

  /// The residuals of an input; the uniform numbers of randomised ones have a stream for each outcome and kind.
  package func residuals(
    _ input: ResidualInput, outcome index: Int, _ kind: SimulationKind
  ) -> SimulatedResiduals {
    var stream = RandomStream(
      seed: seed, stream: 1_000_000 + UInt64(index) + (kind == .conditional ? 0 : 500_000))
    return SimulatedResiduals(
      input, uniforms: input.observed.map { _ in stream.nextUniform() }, seed: seed,
      conditional: kind == .conditional)
  }

  /// The mean response over at most fifty points: a posterior mean to a few percent of its spread.
  private func fitted(_ simulator: ResponseSimulator, _ kind: SimulationKind) -> [Double] {
    let step = max(1, points.count / 50)
    return simulator.means(
      over: stride(from: 0, to: points.count, by: step).map { place in
        let point = points[place]
        return kind == .conditional
          ? point
          : PredictivePoint(
            psi: point.psi, effects: [Double](repeating: 0, count: point.effects.count))
      })
  }

  static func text(_ error: ResidualInputError) -> String {
    switch error {
    case .noRows: "there are no rows"
    case .lengthsDiffer: "the columns have different lengths"
    case .tooFewSimulations(let count):
      "\(count) simulations are too few; give --simulations 250 or more"
    case .notFinite(let row): "observed or fitted value \(row + 1) is not finite"
    case .simulationNotFinite(let row, _):
      "a simulated value of observation \(row + 1) is not finite: the model predicts numbers beyond all bounds; "
        + "rescale predictors or choose tighter priors"
    }
  }
}
