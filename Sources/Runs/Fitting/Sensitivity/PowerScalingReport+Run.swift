// Power scaling of prior and likelihood from the draws of a finished run.

import Diagnostics
import MixedModel
import Predictive
import RunFolder

extension PowerScalingReport {
  /// The most draws that are used, evenly spread: the distances are known to a percent then.
  static let drawLimit = 4000

  /// The sensitivities of the population's parameters, and how many draws they rest on; nil when a density is not finite.
  ///
  /// The prior is that of coefficients, dispersions, standard deviations and correlations on their natural scales; the
  /// distribution of the random effects belongs to the model and is not scaled.
  init?(_ run: FinishedRun, draws: PickedDraws) {
    let prior = run.prepared.priors.including(jacobian: false)
    let logPrior = draws.points.map { prior.logDensity(at: $0) }
    guard
      let scaling = PowerScaling(
        logPrior: logPrior, logLikelihood: draws.logLikelihoods(run.model))
    else { return nil }
    let count = run.model.populationNames.count
    var parameters: [PowerScalingReport.Parameter] = []
    for (name, column) in zip(run.names, draws.columns).prefix(count) {
      guard let found = scaling.sensitivity(of: column) else { continue }
      parameters.append(
        PowerScalingReport.Parameter(
          name: name, prior: found.prior, likelihood: found.likelihood,
          diagnosis: found.diagnosis.rawValue))
    }
    self.init(
      threshold: PowerScalingSensitivity.threshold, paretoK: scaling.paretoK ?? .infinity,
      parameters: parameters)
  }
}

/// Some draws of a run, all chains together, as columns and as points.
struct PickedDraws {
  /// One column for each reported parameter.
  let columns: [[Double]]
  /// ψ of every draw.
  let points: [[Double]]
  private let drawColumns: DrawColumns

  /// At most `limit` draws, evenly spread over all chains; nil when there are none.
  init?(_ run: FinishedRun, limit: Int) {
    let total = run.drawCount
    guard total > 1 else { return nil }
    let wanted = min(limit, total)
    columns = run.names.indices.map { parameter in
      let all = run.stores.flatMap { $0.columns[parameter] }
      return (0..<wanted).map { all[$0 * total / wanted] }
    }
    points = run.drawnPoints(limit: wanted).map(\.psi)
    let reported = ReportedParameters(
      model: run.model, coordinates: EffectCoordinates(layout: run.model.effects))
    drawColumns = reported.columns(columns)
  }

  /// log f(y | β, b) of all data in every draw.
  func logLikelihoods(_ model: MixedModel) -> [Double] {
    let densities = PointwiseLogDensity(model)
    var workspace = densities.makeWorkspace([drawColumns])
    var total = [Double](repeating: 0, count: points.count)
    var own = total
    for observation in densities.sweepOrder {
      densities.write(observation, into: &own, &workspace)
      for i in total.indices { total[i] += own[i] }
    }
    return total
  }
}
