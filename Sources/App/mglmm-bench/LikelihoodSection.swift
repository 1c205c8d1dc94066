// Seconds of a fit by maximum likelihood with standard errors, beside glmmTMB and lme4 where these are installed.

import Fitting
import Laplace
import MixedModel
import RunFolder

/// Maximum likelihood on real data, the data being read beforehand.
enum LikelihoodSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Maximum likelihood with standard errors: median seconds, data in memory",
      columns: [
        "case", "seconds", "processor", "log-likelihood", "evaluations", "passes", "glmmTMB",
        "times", "lme4", "times",
      ])
    let cases = LikelihoodCase.all.filter {
      Repository.dataset($0.data) != nil && settings.includes($0.name)
    }
    let peers = PeerFits.measure(cases, repetitions: settings.choose(5, quick: 1))
    for item in cases {
      guard let path = Repository.dataset(item.data) else { continue }
      var request = RunRequest()
      request.dataPath = path
      request.formulas = [item.formula]
      request.factors = item.factors
      let model = try PreparedModel(request).model
      var last: (fit: MaximumLikelihoodFit, passes: Int)?
      let cost = try Stopwatch.medianCost(repetitions: settings.choose(5, quick: 1)) {
        last = try fit(model)
      }
      guard let last else { continue }
      table.rows.append(
        [
          .text(item.name), .number(cost.wall), .number(cost.processor),
          .text(NumberText.fixed(last.fit.logLikelihood, decimals: 5)),
          .count(last.fit.optimum.evaluations), .count(last.passes),
        ] + peerCells(item, peers, own: cost.wall))
    }
    let missing = LikelihoodCase.all.count { Repository.dataset($0.data) == nil }
    if missing > 0 { table.remarks.append("\(missing) cases left out: their data are not here") }
    table.remarks.append(
      "evaluations: log-likelihood with exact gradient; passes: sweeps over all rows")
    table.remarks += peers.remarks
    return [table]
  }

  private static func fit(_ model: MixedModel) throws -> (MaximumLikelihoodFit, Int) {
    let approximation = LaplaceApproximation(model: model)
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    let (optimum, workspace) = try optimizer.run { _ in true }
    return (try MaximumLikelihoodFit(approximation, optimum, workspace), workspace.passCount)
  }

  private static func peerCells(_ item: LikelihoodCase, _ peers: PeerFits, own: Double) -> [Cell] {
    ["glmmTMB", "lme4"].flatMap { engine -> [Cell] in
      guard item.peer != nil else { return [.absent("no such model"), .absent("")] }
      if engine == "lme4" && item.peer?.isForLme4 == false {
        return [.absent("no such model"), .absent("")]
      }
      switch peers.result(engine, item.name) {
      case .seconds(let seconds): return [.number(seconds), .number(seconds / own)]
      case .absent(let reason): return [.absent(reason), .absent("")]
      }
    }
  }
}
