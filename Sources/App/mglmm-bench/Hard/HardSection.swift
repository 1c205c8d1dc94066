// The hard set: what the sampler did on it, and whether the program's warnings say what went wrong.

import Fitting
import RunFolder

/// Models on which samplers fail; nothing that goes wrong may go without a warning.
enum HardSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Hard set: 4 chains on 2 threads, mode finding and warm-up included",
      columns: [
        "case", "draws", "processor s", "wall s", "gradients a draw", "bulk ESS", "of",
        "tail ESS", "of", "bulk ESS a second", "R-hat", "divergences", "E-BFMI", "depth hits",
        "undiagnosed",
      ])
    try TemporaryFolder.with { folder in
      for item in HardCase.all where settings.includes(item.name) {
        if settings.isQuick && item.name == "crossed" {
          table.remarks.append("\(item.name): left out, it takes too long to be quick")
          continue
        }
        guard let path = try item.dataPath(in: folder) else {
          table.remarks.append("\(item.name): its data are not here")
          continue
        }
        var request = item.request(path)
        if settings.isQuick { request.draws = 200 }
        do {
          let (report, cost) = try ChainRun.posterior(of: request)
          table.rows.append(row(item, report, try EngineRun(report, cost)))
          table.remarks.append("\(item.name): \(item.trouble)")
          table.remarks += remarks(report)
        } catch {
          table.rows.append(
            [.text(item.name), .count(0)] + table.columns.dropFirst(2).map { _ in .absent("-") })
          table.remarks.append("\(item.name): \(item.trouble); no draws: \(error)")
        }
      }
    }
    table.remarks.append(
      "undiagnosed: R-hat above 1.01, a divergence, a full tree, E-BFMI below 0.3 or under 400 effective draws"
        + " without its warning")
    return [table]
  }

  private static func row(_ item: HardCase, _ report: PosteriorReport, _ run: EngineRun) -> [Cell] {
    let sampler = report.sampler
    let draws = Double(sampler.draws * sampler.chains)
    return [
      .text(item.name), .count(sampler.draws * sampler.chains), .number(run.cost.processor),
      .number(run.cost.wall), .number(run.gradients / draws), .number(run.bulk.value),
      .text(run.bulk.name), .number(run.tail.value), .text(run.tail.name),
      .number(run.bulk.value / run.cost.processor),
      .text(NumberText.fixed(run.rHat, decimals: 4)), .count(sampler.divergences),
      .number(sampler.ebfmi.min() ?? .nan), .count(sampler.maxTreeDepthHits),
      .text(undiagnosed(report, run).joined(separator: " ")),
    ]
  }

  /// What went wrong and has no warning of its own; "no" when there is nothing.
  private static func undiagnosed(_ report: PosteriorReport, _ run: EngineRun) -> [String] {
    let codes = Set(report.warnings.map(\.code))
    let sampler = report.sampler
    let needed = 100 * Double(sampler.chains)
    let found = [
      // Written so that what is not a number counts as wrong.
      ("rhat", !(run.rHat <= 1.01)), ("divergences", sampler.divergences > 0),
      ("treedepth", sampler.maxTreeDepthHits > 0),
      ("ebfmi", !sampler.ebfmi.allSatisfy { $0 >= 0.3 }),
      ("ess", !(min(run.bulk.value, run.tail.value) >= needed)),
    ]
    let silent = found.filter { $0.1 && !codes.contains($0.0) }.map(\.0)
    return silent.isEmpty ? ["no"] : silent
  }

  /// The sampler that was used and the program's own warnings.
  private static func remarks(_ report: PosteriorReport) -> [String] {
    ["  \(report.sampler.algorithm)"]
      + report.warnings.map { "  warning \($0.code): \($0.message); \($0.advice)" }
  }
}
