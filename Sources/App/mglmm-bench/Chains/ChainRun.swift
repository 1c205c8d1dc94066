// One run of our own sampler, through the same door as the programs.

import Fitting
import RunFolder

/// Runs of our own sampler.
enum ChainRun {
  /// Reads the data, fits and samples; the report and what all of it cost.
  static func posterior(of request: RunRequest) throws -> (PosteriorReport, Cost) {
    var outcome: FitOutcome?
    let cost = try Stopwatch.cost { outcome = try FitJob(request, sink: NullSink()).run() }
    guard case .posterior(let report, _)? = outcome else {
      throw BenchError("the run of \(request.dataPath) gave no draws")
    }
    return (report, cost)
  }

  /// The same as numbers.
  static func sample(_ request: RunRequest) throws -> EngineRun {
    let (report, cost) = try posterior(of: request)
    return try EngineRun(report, cost)
  }
}

extension EngineRun {
  /// A run of ours; random effects are not reported, so the parameters are the model's own.
  init(_ report: PosteriorReport, _ cost: Cost) throws {
    let parameters = report.parameters
    guard let bulk = parameters.min(by: { $0.bulkESS < $1.bulkESS }),
      let tail = parameters.min(by: { $0.tailESS < $1.tailESS })
    else { throw BenchError("the posterior has no parameters") }
    self.init(
      draws: Double(report.sampler.draws * report.sampler.chains), cost: cost,
      gradients: Double(report.sampler.gradientEvaluations),
      divergences: Double(report.sampler.divergences),
      rHat: parameters.map(\.rHat).max() ?? .nan, bulk: (bulk.name, bulk.bulkESS),
      tail: (tail.name, tail.tailESS))
  }
}
