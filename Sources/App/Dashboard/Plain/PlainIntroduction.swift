// What is fitted, in lines: said once at the beginning.

import Panes
import RunFolder

/// The first lines of a report.
enum PlainIntroduction {
  static func lines(_ snapshot: DashboardSnapshot) -> [String] {
    let run = snapshot.run
    guard run.state != .foreign else {
      return ["draws of another program: \(run.path), \(run.chains.count) chains"]
    }
    var lines = ["mglmm-tui \(programVersion): run \(run.name) in \(run.path)"]
    guard let request = run.request else { return lines }
    lines.append("data: \(request.dataPath)")
    lines.append("model: \(request.modelText)")
    if let model = run.fitReport?.model {
      for outcome in model.outcomes {
        lines.append(
          "outcome \(outcome.name): family \(outcome.family), link \(outcome.link), "
            + "\(outcome.observations) observations")
      }
      for group in model.groups { lines.append("group \(group.name): \(group.levels) levels") }
    } else if let family = request.family {
      lines.append("family: \(family)")
    }
    for prior in request.priors { lines.append("prior: \(prior)") }
    if request.isPriorOnly { lines.append("draws from the priors alone") }
    switch run.start?.method ?? request.method {
    case .mcmc:
      let chains = run.start?.chains ?? request.chains
      let draws =
        request.until.map { "draws until \($0)" }
        ?? "\(run.start?.draws ?? request.draws) kept draws"
      lines.append(
        "method: Markov chain Monte Carlo, \(chains) chains, \(run.start?.warmup ?? request.warmup) "
          + "warm-up iterations and \(draws) each, seed \(run.start?.seed ?? request.seed)")
    case .ml: lines.append("method: maximum likelihood")
    case .reml: lines.append("method: restricted maximum likelihood")
    case .map: lines.append("method: maximum likelihood penalised by priors")
    }
    return lines
  }
}
