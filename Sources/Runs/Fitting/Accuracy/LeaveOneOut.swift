// Leave-one-out prediction from the draws of a run, observation by observation, on threads of its own.

import Diagnostics
import Families
import MixedModel
import Predictive
import RunFolder
import Synchronization

/// Computes PSIS-LOO from draws; only the densities of one observation are in memory for each thread.
package struct LeaveOneOut: Sendable {
  /// The model.
  package let model: MixedModel
  /// The draws of each chain, as many from each.
  package let draws: [DrawColumns]
  private let columns: [[[Double]]]
  private let reported: ReportedParameters

  /// Draws with columns in the order of the model's reported parameters; chains are cut to the shortest.
  ///
  /// - Throws: when there are no draws.
  package init(model: MixedModel, stores: [DrawStore]) throws(FittingError) {
    try self.init(model: model, columns: stores.filter { $0.count > 0 }.map(\.columns))
  }

  /// The same from columns: for each chain an array of draws for each reported parameter.
  package init(model: MixedModel, columns: [[[Double]]]) throws(FittingError) {
    guard let count = columns.compactMap({ $0.first?.count }).min(), count > 0 else {
      throw FittingError(
        "leaving out observations needs draws, and there are none yet", exitCode: 65)
    }
    self.model = model
    self.columns = columns
    reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    let reported = reported
    draws = columns.map { reported.columns($0).first(count) }
  }

  /// The number of draws, all chains together.
  package var drawCount: Int { draws.reduce(0) { $0 + $1.count } }

  /// The number of observations.
  package static func observationCount(_ model: MixedModel) -> Int {
    model.residualCorrelation == nil ? model.observationCount : model.unitCount
  }

  /// Leaves out one observation after another.
  package func observations(threads: Int = 2) throws(FittingError) -> LooReport {
    let density = PointwiseLogDensity(model)
    let points = try accuracies(threads, order: density.sweepOrder) {
      var workspace = density.makeWorkspace(draws)
      return { index, values in density.write(index, into: &values, &workspace) }
    }
    return LooReport(
      PredictiveAccuracy(points: points, draws: drawCount),
      labels: density.observations.indices.map { label(of: $0, density) })
  }

  /// Leaves out all values of one level of `factor` after another, its random effects integrated out.
  ///
  /// - Throws: when the levels of the factor cannot be left out.
  package func groups(_ factor: String, threads: Int = 2) throws(FittingError) -> LooReport {
    let density: GroupLogDensity
    do {
      density = try GroupLogDensity(model, group: factor)
    } catch {
      throw FittingError("--group \(factor): \(error.message)", exitCode: 65)
    }
    let factors = zip(columns, draws).map { reported.leadingFactors($0, count: $1.count) }
    let points = try accuracies(threads, order: Array(density.levels.indices)) {
      var workspace = density.makeWorkspace(draws, factors: factors)
      return { index, values in density.write(index, into: &values, &workspace) }
    }
    let outcomes = model.outcomes.map(\.name).joined(separator: ", ")
    return LooReport(
      PredictiveAccuracy(points: points, draws: drawCount), leftOut: factor,
      labels: density.levels.indices.map {
        LooLabel(outcome: outcomes, label: density.name(of: $0), level: density.name(of: $0))
      })
  }

  private func label(of index: Int, _ density: PointwiseLogDensity) -> LooLabel {
    let observation = density.observations[index]
    let outcomes = observation.values.map { model.outcomes[$0.outcome] }
    let value = observation.values[0]
    return LooLabel(
      outcome: outcomes.map(\.name).joined(separator: ", "), label: "\(observation.tableRow + 1)",
      level: density.level(of: index) ?? "",
      y: outcomes.count == 1 ? outcomes[0].response.y[value.row] : .nan)
  }

  /// The accuracy of every observation; `make` gives each thread what writes log densities.
  ///
  /// Observations are independent of each other, so that the numbers do not depend on the number of threads.
  private func accuracies(
    _ threads: Int, order: [Int],
    _ make: @escaping @Sendable () -> (Int, inout [Double]) -> Void
  ) throws(FittingError) -> [PointAccuracy] {
    let count = max(1, min(threads, order.count))
    let (chains, total) = (draws.count, drawCount)
    let parts = (0..<count).map { _ in Part() }
    var running: [DedicatedThread] = []
    for (index, part) in parts.enumerated() {
      let own = Array(order[(index * order.count / count)..<((index + 1) * order.count / count)])
      running.append(
        try DedicatedThread {
          let write = make()
          var calculator = AccuracyCalculator(chainCount: chains, drawCount: total)
          var values = [Double](repeating: 0, count: total)
          var found: [(Int, PointAccuracy)] = []
          found.reserveCapacity(own.count)
          for place in own {
            write(place, &values)
            found.append((place, calculator.accuracy(of: values.span)))
          }
          let result = found
          part.points.withLock { $0 = result }
        })
    }
    for thread in running { thread.join() }
    let found = parts.flatMap { $0.points.withLock { $0 } }
    return found.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private final class Part: Sendable {
    let points = Mutex<[(Int, PointAccuracy)]>([])
  }
}

/// What an observation is called in a report.
struct LooLabel {
  var outcome: String
  var label: String
  var level: String
  var y = Double.nan
}

extension LooReport {
  /// The report of an accuracy, with a label for each observation.
  init(_ accuracy: PredictiveAccuracy, leftOut: String? = nil, labels: [LooLabel]) {
    let isGrouped = leftOut != nil
    self.init(
      draws: accuracy.draws, leftOut: leftOut, elpd: accuracy.elpd.value,
      standardError: accuracy.elpd.error, effectiveParameters: accuracy.effectiveParameters.value,
      effectiveParametersError: accuracy.effectiveParameters.error,
      elpdWAIC: isGrouped ? .nan : accuracy.elpdWAIC.value,
      standardErrorWAIC: isGrouped ? .nan : accuracy.elpdWAIC.error,
      effectiveParametersWAIC: isGrouped ? .nan : accuracy.effectiveParametersWAIC.value,
      paretoKThreshold: accuracy.paretoKThreshold,
      points: zip(accuracy.points, labels).map { point, label in
        LooPoint(
          outcome: label.outcome, label: label.label, elpd: point.elpd, paretoK: point.paretoK,
          level: label.level, y: label.y, effectiveParameters: point.effectiveParameters,
          monteCarloError: point.elpdError, effectiveDraws: point.effectiveDraws)
      }, monteCarloError: accuracy.elpdMonteCarloError ?? .nan)
  }

  /// The part that `mglmm-fit --json` prints.
  package var summary: LooSummary {
    LooSummary(
      elpd: elpd, standardError: standardError, effectiveParameters: effectiveParameters,
      looic: -2 * elpd, badParetoK: badPoints.count)
  }

  /// What to say at the end of a fit when some observations cannot be left out reliably.
  var warnings: [FitWarning] {
    let bad = badPoints.count
    guard bad > 0 else { return [] }
    let limit = (paretoKThreshold * 100).rounded() / 100
    return [
      FitWarning(
        code: "pareto-k",
        message: "\(bad) of \(points.count) observations have a Pareto k above \(limit): "
          + "their share of elpd_loo is not reliable",
        advice: "mglmm-fit loo RUN names them; look for outliers, or leave out groups with --group")
    ]
  }

  /// The verdicts on this report for a model with `parameters` parameters, random effects counted.
  package func verdicts(parameters: Int) -> [Verdict] {
    PredictiveAccuracy.verdicts(
      paretoK: points.map(\.paretoK), threshold: paretoKThreshold,
      effectiveParameters: effectiveParameters, parameters: parameters,
      unit: leftOut == nil ? .observations : .groups)
  }
}
