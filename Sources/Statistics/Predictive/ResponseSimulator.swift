// Responses simulated from a fitted model or from posterior draws, and the means they scatter around.

import Families
import MixedModel
import Probability

/// Parameters and random effects from which responses can be simulated: an estimate or a draw.
package struct PredictivePoint: Sendable {
  /// ψ.
  package let psi: [Double]
  /// b, in the order of the model's effects.
  package let effects: [Double]
  /// A point from ψ and b.
  package init(psi: [Double], effects: [Double]) {
    self.psi = psi
    self.effects = effects
  }
}

/// Which random effects simulated responses have.
package enum SimulationKind: Sendable, Equatable {
  /// The fitted ones: residuals then judge the distribution within groups.
  case conditional
  /// New ones from N(0, ΛΛ'): residuals then judge the whole model.
  case unconditional
}

/// Simulates the responses of one outcome, in the order of the data.
package struct ResponseSimulator: Sendable {
  /// The model.
  package let model: MixedModel
  /// The outcome's index.
  package let outcome: Int

  /// A simulator of one outcome of a model.
  package init(model: MixedModel, outcome: Int) {
    self.model = model
    self.outcome = outcome
  }

  /// E[Y] of every value at a point.
  package func means(at point: PredictivePoint) -> [Double] {
    let predictors = model.linearPredictors(
      outcome: outcome, coefficients: point.psi, effects: point.effects)
    let trials = model.outcomes[outcome].valuesInDataOrder.trials
    let family = model.outcomes[outcome].family
    var row = [Double](repeating: 0, count: predictors.count)
    return trials.indices.map { i in
      for a in row.indices { row[a] = predictors[a][i] }
      return family.mean(trials: trials[i], predictors: row)
    }
  }

  /// `count` simulated response vectors, one after the other; simulation s uses point s modulo their number and, if
  /// unconditional, random effects of its own.
  package func simulate(
    _ count: Int, from points: [PredictivePoint], kind: SimulationKind,
    using stream: inout RandomStream
  ) -> [Double] {
    let trials = model.outcomes[outcome].valuesInDataOrder.trials
    let family = model.outcomes[outcome].family
    var result: [Double] = []
    result.reserveCapacity(count * trials.count)
    var predictors: [[Double]] = []
    var row = [Double](repeating: 0, count: family.parameters.count)
    for simulation in 0..<count {
      // One estimate serves all conditional simulations; its predictors are computed once.
      if simulation == 0 || points.count > 1 || kind == .unconditional {
        let point = points[simulation % points.count]
        let effects =
          kind == .conditional ? point.effects : newEffects(point.psi, using: &stream)
        predictors = model.linearPredictors(
          outcome: outcome, coefficients: point.psi, effects: effects)
      }
      for i in trials.indices {
        for a in row.indices { row[a] = predictors[a][i] }
        result.append(family.simulate(trials: trials[i], predictors: row, using: &stream))
      }
    }
    return result
  }

  private func newEffects(_ psi: [Double], using stream: inout RandomStream) -> [Double] {
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(psi)
    let u = (0..<model.effects.count).map { _ in stream.nextNormal() }
    var b = u
    factors.effects(of: u, into: &b)
    return b
  }
}
