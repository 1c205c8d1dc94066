// Effective draws per second of the processor, everything from reading the data to the last draw included.

import Fitting
import RunFolder

/// Four chains on two threads, through the same door as the programs.
enum ChainSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "MCMC: 4 chains on 2 threads, mode finding and warm-up included",
      columns: [
        "case", "draws", "processor s", "wall s", "gradients", "us each", "a draw", "bulk ESS",
        "tail ESS", "bulk ESS a second", "gradients an ESS", "divergences", "R-hat",
      ])
    var worst: [String] = []
    for item in ChainCase.all where settings.includes(item.name) {
      guard let path = Repository.dataset(item.data) else {
        table.remarks.append("\(item.name): its data are not here")
        continue
      }
      var request = item.request(path)
      request.draws = settings.choose(1000, quick: 200)
      // The first run pages the program in; the medians are over the runs after it.
      _ = try sample(request)
      let runs = try (0..<settings.choose(3, quick: 1)).map { run in
        request.seed = UInt64(run + 1)
        return try sample(request)
      }
      func median(_ value: (ChainRun) -> Double) -> Double { Stopwatch.median(runs.map(value)) }
      let draws = Double(request.draws * request.chains)
      table.rows.append([
        .text(item.name), .count(request.draws * request.chains),
        .number(median { $0.cost.processor }), .number(median { $0.cost.wall }),
        .number(median { $0.gradients }),
        .number(median { $0.cost.processor * 1e6 / $0.gradients }),
        .number(median { $0.gradients / draws }), .number(median { $0.bulk.value }),
        .number(median { $0.tail.value }),
        .number(median { $0.bulk.value / $0.cost.processor }),
        .number(median { $0.gradients / $0.bulk.value }),
        .number(median { $0.divergences }), .text(NumberText.fixed(median(\.rHat), decimals: 4)),
      ])
      if let last = runs.last {
        worst.append("\(item.name) \(last.bulk.name) and \(last.tail.name)")
      }
    }
    table.remarks += [
      "medians of 3 runs with seeds 1, 2, 3; gradients of warm-up and sampling; us each: all processor time by gradients",
      "ESS: the smallest over fixed effects, sds, correlations and dispersions; lowest bulk and tail: "
        + worst.joined(separator: "; "),
    ]
    return [table]
  }

  private static func sample(_ request: RunRequest) throws -> ChainRun {
    var outcome: FitOutcome?
    let cost = try Stopwatch.cost { outcome = try FitJob(request, sink: NullSink()).run() }
    guard case .posterior(let report, _)? = outcome else {
      throw BenchError("the run of \(request.dataPath) gave no draws")
    }
    return try ChainRun(report, cost)
  }
}

/// One finished run in numbers.
private struct ChainRun {
  let cost: Cost
  let gradients: Double
  let divergences: Double
  let rHat: Double
  let bulk: (name: String, value: Double)
  let tail: (name: String, value: Double)

  init(_ report: PosteriorReport, _ cost: Cost) throws {
    self.cost = cost
    gradients = Double(report.sampler.gradientEvaluations)
    divergences = Double(report.sampler.divergences)
    // Random effects are not reported, so these are the model's own parameters.
    let parameters = report.parameters
    rHat = parameters.map(\.rHat).max() ?? .nan
    guard let bulk = parameters.min(by: { $0.bulkESS < $1.bulkESS }),
      let tail = parameters.min(by: { $0.tailESS < $1.tailESS })
    else { throw BenchError("the posterior has no parameters") }
    self.bulk = (bulk.name, bulk.bulkESS)
    self.tail = (tail.name, tail.tailESS)
  }
}
