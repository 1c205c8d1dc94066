// Predictive checks of every outcome, for the groups of the data and for new ones.

import Diagnostics
import Families
import Glibc
import MixedModel
import Predictive
import Probability
import RunFolder

/// What predictive checks are made of.
package struct PredictiveOptions: Sendable {
  /// Simulated data sets.
  package var simulations: Int
  package var seed: UInt64
  /// Statistics beside those that suit the outcome.
  package var statistics: [PredictiveStatistic] = []
  /// Columns to look along; the model's own if empty.
  package var columns: [String] = []

  /// Options with the checks that suit the outcomes.
  package init(simulations: Int, seed: UInt64) {
    self.simulations = simulations
    self.seed = seed
  }

  /// As many simulations of that request as a worker has time for beside its chains: fewer of many rows,
  /// and fewer while chains run.
  static func suiting(_ request: RunRequest, _ model: MixedModel, isLast: Bool) -> PredictiveOptions
  {
    let rows = max(1, model.observationCount)
    let affordable = max(20, (isLast ? 4_000_000 : 1_000_000) / rows)
    let wanted = isLast ? request.simulations : min(request.simulations, 100)
    return PredictiveOptions(simulations: max(2, min(wanted, affordable)), seed: request.seed)
  }
}

extension PredictiveReport {
  /// The checks of a model from simulations at the points of `source`.
  ///
  /// - Throws: when simulated responses are not usable, or a column is not in the data.
  package init(
    _ prepared: PreparedModel, source: PredictiveSource, options: PredictiveOptions
  ) throws(FittingError) {
    let model = prepared.model
    let kinds: [SimulationKind] =
      model.effects.count > 0 ? [.conditional, .unconditional] : [.conditional]
    var outcomes: [OutcomePredictive] = []
    // Many outcomes share the room for curves.
    let curves = max(10, min(50, 100 / model.outcomes.count))
    for index in model.outcomes.indices {
      let columns = try PredictiveColumn.all(
        of: prepared, outcome: model.outcomes[index], names: options.columns)
      for kind in kinds {
        outcomes.append(
          try OutcomePredictive(
            model, outcome: index, kind, source, options, columns, curves: curves))
      }
    }
    self.init(
      basis: source.basis, draws: source.draws, simulations: options.simulations,
      seed: options.seed, outcomes: outcomes)
  }
}

extension OutcomePredictive {
  fileprivate init(
    _ model: MixedModel, outcome index: Int, _ kind: SimulationKind, _ source: PredictiveSource,
    _ options: PredictiveOptions, _ columns: [PredictiveColumn], curves: Int
  ) throws(FittingError) {
    let outcome = model.outcomes[index]
    let simulator = ResponseSimulator(model: model, outcome: index)
    // A stream of its own for each outcome and kind, apart from those of residuals.
    var stream = RandomStream(
      seed: options.seed, stream: 2_000_001 + 2 * UInt64(index) + (kind == .conditional ? 0 : 1))
    let observed = outcome.valuesInDataOrder.y
    // Fitted values hold the effects of the groups there are: new groups are not looked at along them.
    let fitted =
      kind == .conditional ? Self.means(simulator, source.points) : observed.map { _ in 0 }
    let input: ResidualInput
    do {
      input = try ResidualInput(
        observed: observed, fitted: fitted,
        simulations: simulator.simulate(
          options.simulations, from: source.points, kind: kind, using: &stream),
        isDiscrete: outcome.family.isDiscrete)
    } catch {
      throw FittingError("predictive checks of '\(outcome.label)': \(error)", exitCode: 65)
    }
    let standard = PredictiveStatistic.standard(for: input)
    let statistics = standard + options.statistics.filter { !standard.contains($0) }
    let bars = input.isDiscrete ? CountBars(input) : nil
    let uniforms = input.observed.map { _ in stream.nextUniform() }
    // Each value predicted without itself, where there are draws to do it with; else from all data.
    let alone =
      kind == .conditional && source.basis == .posterior
      ? LeaveOneOutTransforms.values(
        model, outcome: index, points: source.points, uniforms: uniforms) : nil
    let transforms =
      alone
      ?? SimulatedResiduals(
        input, uniforms: uniforms, seed: options.seed, conditional: kind == .conditional
      ).scaled
    self.init(
      name: outcome.name, isConditional: kind == .conditional, observations: input.count,
      isDiscrete: input.isDiscrete,
      density: bars == nil ? PredictiveDensity(DensityOverlay(input, curves: curves)) : nil,
      bars: bars.map(PredictiveBars.init),
      statistics: StatisticCheck.all(statistics, of: input).map(PredictiveStatisticResult.init),
      series: Self.series(input, columns, isConditional: kind == .conditional),
      calibration: UniformityCurve(transforms).map {
        PredictiveCalibration($0, isLeaveOneOut: alone != nil)
      })
  }

  private static func series(
    _ input: ResidualInput, _ columns: [PredictiveColumn], isConditional: Bool
  ) -> [PredictiveSeries] {
    var series: [PredictiveSeries] = []
    if isConditional {
      series.append(
        PredictiveSeries(PredictiveIntervals(input, along: input.fitted), column: "fitted value"))
    }
    for column in columns {
      switch column {
      case .number(let name, let values):
        series.append(
          PredictiveSeries(PredictiveIntervals(input, along: values), column: name))
      case .factor(let name, let levels, let codes):
        let groups = PredictiveIntervals(input, groups: codes, levelCount: levels.count)
        series.append(PredictiveSeries(groups, column: name, levels: levels))
      }
    }
    return series.filter { $0.total > 0 }
  }

  /// The mean response over at most fifty points, evenly spread.
  private static func means(_ simulator: ResponseSimulator, _ points: [PredictivePoint])
    -> [Double]
  {
    let count = min(50, points.count)
    var sum: [Double] = []
    for index in 0..<count {
      let means = simulator.means(at: points[index * points.count / count])
      sum = sum.isEmpty ? means : zip(sum, means).map { $0 + $1 }
    }
    return sum.map { $0 / Double(count) }
  }
}
