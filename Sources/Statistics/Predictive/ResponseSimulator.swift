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
    let order = model.outcomes[outcome].dataOrder
    var sum = [Double](repeating: 0, count: order.count)
    addMeans(at: point, order, to: &sum)
    return sum
  }

  /// The mean of E[Y] over several points.
  package func means(over points: [PredictivePoint]) -> [Double] {
    let order = model.outcomes[outcome].dataOrder
    var sum = [Double](repeating: 0, count: order.count)
    for point in points { addMeans(at: point, order, to: &sum) }
    return sum.map { $0 / Double(points.count) }
  }

  private func addMeans(at point: PredictivePoint, _ order: [Int], to sum: inout [Double]) {
    let family = model.outcomes[outcome].family
    var law = ResponseLaw()
    var values = [Double](repeating: 0, count: rowsPerBlock)
    model.forEachBlock(outcome: outcome, coefficients: point.psi, effects: point.effects) {
      block, start, count in
      prepare(block, start, count, &law)
      law.means(family, into: &values)
      for i in 0..<count { sum[order[start + i]] += values[i] }
    }
  }

  /// Var[Y] of every value at a point.
  package func variances(at point: PredictivePoint) -> [Double] {
    let predictors = model.linearPredictors(
      outcome: outcome, coefficients: point.psi, effects: point.effects)
    let trials = model.outcomes[outcome].valuesInDataOrder.trials
    let family = model.outcomes[outcome].family
    var row = [Double](repeating: 0, count: predictors.count)
    return trials.indices.map { i in
      for a in row.indices { row[a] = predictors[a][i] }
      return family.variance(trials: trials[i], predictors: row)
    }
  }

  /// `count` simulated response vectors, one after the other; simulation s uses point s modulo their number and, if
  /// unconditional, random effects of its own.
  package func simulate(
    _ count: Int, from points: [PredictivePoint], kind: SimulationKind,
    using stream: inout RandomStream
  ) -> [Double] {
    simulate(count, from: points, kind: kind, seed: stream.next())
  }

  /// The same from a seed: each simulation has random streams of its own, those of its random effects shared by all
  /// outcomes, so that simulation s of one outcome belongs to simulation s of another.
  ///
  /// Values are not finite where a point is not.
  package func simulate(
    _ count: Int, from points: [PredictivePoint], kind: SimulationKind, seed: UInt64
  ) -> [Double] {
    let rows = model.outcomes[outcome].response.count
    let order = model.outcomes[outcome].dataOrder
    let family = model.outcomes[outcome].family
    var result = [Double](repeating: 0, count: count * rows)
    var values = [Double](repeating: 0, count: rowsPerBlock)
    // One estimate serves all conditional simulations; its distributions are made ready once.
    let fixed: [ResponseLaw]? =
      points.count == 1 && kind == .conditional
      ? laws(points[0].psi, points[0].effects) : nil
    var law = ResponseLaw()
    var factors = CovarianceFactors(layout: model.effects)
    for simulation in 0..<count {
      var stream = SimulationStream(
        seed: seed, stream: Self.streams(kind, outcome) &+ UInt64(simulation))
      func draw(_ law: ResponseLaw, _ start: Int, _ rowCount: Int) {
        law.draw(family, into: &values, using: &stream)
        Self.scatter(
          values.span, rowCount, order.span, start, to: &result, from: simulation * rows)
      }
      if let fixed {
        for (index, law) in fixed.enumerated() { draw(law, index * rowsPerBlock, law.count) }
        continue
      }
      let point = points[simulation % points.count]
      let effects =
        kind == .conditional
        ? point.effects : newEffects(point.psi, &factors, seed: seed, simulation: simulation)
      model.forEachBlock(outcome: outcome, coefficients: point.psi, effects: effects) {
        block, start, rowCount in
        prepare(block, start, rowCount, &law)
        draw(law, start, rowCount)
      }
    }
    return result
  }

  private func laws(_ psi: [Double], _ effects: [Double]) -> [ResponseLaw] {
    var laws: [ResponseLaw] = []
    model.forEachBlock(outcome: outcome, coefficients: psi, effects: effects) {
      block, start, count in
      var law = ResponseLaw()
      prepare(block, start, count, &law)
      laws.append(law)
    }
    return laws
  }

  private func prepare(
    _ block: PredictorBlock, _ start: Int, _ count: Int, _ law: inout ResponseLaw
  ) {
    let outcomes = model.outcomes.span
    let trials = outcomes[outcome].response.trials
    outcomes[outcome].family.prepareSimulation(
      of: block, trials: trials.span.extracting(start...), count: count, into: &law)
  }

  /// Writes the values of sorted rows to their places in the order of the data.
  private static func scatter(
    _ values: Span<Double>, _ count: Int, _ order: Span<Int>, _ start: Int,
    to result: inout [Double], from offset: Int
  ) {
    var target = result.mutableSpan
    for i in 0..<count { target[offset + order[start + i]] = values[i] }
  }

  /// The first of the stream numbers of an outcome's simulations.
  private static func streams(_ kind: SimulationKind, _ outcome: Int) -> UInt64 {
    UInt64(2 * outcome + (kind == .conditional ? 2 : 3)) << 32
  }

  private func newEffects(
    _ psi: [Double], _ factors: inout CovarianceFactors, seed: UInt64, simulation: Int
  ) -> [Double] {
    var stream = RandomStream(seed: seed, stream: 1 << 32 + UInt64(simulation))
    factors.update(psi)
    let u = (0..<model.effects.count).map { _ in stream.nextNormal() }
    var b = u
    factors.effects(of: u, into: &b)
    return b
  }
}
