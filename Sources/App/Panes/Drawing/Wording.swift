// Counts, lists and reasons in words.

import RunFolder
import TerminalCore

/// A number with its noun: `1 chain`, `4 chains`, `no divergences`.
func counted(_ count: Int, _ singular: String, _ plural: String? = nil) -> String {
  let noun = count == 1 ? singular : plural ?? singular + "s"
  return "\(count == 0 ? "no" : Format.grouped(count)) \(noun)"
}

/// What a pane needs before it can show anything.
enum Need {
  case optimizerSteps, draws, keptDraws, estimates, randomEffects, residuals, predictive, data
}

/// Why there is nothing to see yet, or why there never will be.
func missingWords(_ need: Need, _ snapshot: DashboardSnapshot) -> String {
  let run = snapshot.run
  switch run.state {
  case .failed(let message): return "The fit failed: \(firstLine(message))"
  case .lost:
    return "The worker is gone without a word. mglmm-tui resume \(run.name) goes on from the last "
      + "checkpoint."
  case .foreign:
    return switch need {
    case .residuals: "These are draws of another program; they hold no residuals."
    case .predictive: "These are draws of another program; they hold no data to compare with."
    case .randomEffects: "None of these draws is the standard deviation of a random effect."
    default: "There are no draws in \(run.path) yet."
    }
  case .waiting: return "Waiting for the worker, which is starting."
  case .reading: return "Waiting: the worker is reading the data and building the model."
  default: break
  }
  switch need {
  case .optimizerSteps where run.request?.isPriorOnly == true:
    return "Draws from the prior need no optimizer."
  case .optimizerSteps: return "Waiting for the optimizer's first step."
  case .draws, .keptDraws: return missingDraws(snapshot, isKept: need == .keptDraws)
  case .estimates where !run.state.isLive: return "The run has no estimates."
  case .estimates where run.request?.isPriorOnly == true:
    return "Waiting for the first draws from the prior."
  case .estimates: return "Waiting for the optimizer: estimates are shown once it has ended."
  case .randomEffects:
    return run.fitReport == nil
      ? "Waiting for the optimizer: random effects are shown once it has ended."
      : "The model has no random effects."
  case .predictive where run.request?.isPriorOnly == true:
    return "Draws from the prior are compared with no data."
  case .predictive:
    if !run.state.isLive { return "The run has no predictive checks." }
    return snapshot.isSampled
      ? "Waiting for simulated data: the worker makes them at 100 draws a chain."
      : "Waiting for simulated data: the worker makes them once the optimizer has ended."
  case .data: return "data.csv is not there."
  case .residuals where run.request?.isPriorOnly == true:
    return "Draws from the prior are compared with no data, so there are no residuals."
  case .residuals:
    if !run.state.isLive { return "The run has no residuals." }
    return snapshot.isSampled
      ? "Waiting for residuals: the worker computes them at 100 draws a chain."
      : "Waiting for residuals: the worker computes them once the optimizer has ended."
  }
}

private func missingDraws(_ snapshot: DashboardSnapshot, isKept: Bool) -> String {
  guard snapshot.isSampled else {
    return "This run is fitted by \(methodWords(snapshot.run)), so it has no draws. "
      + "Estimates are in pane \(PaneKind.estimates.number)."
  }
  switch snapshot.run.state {
  case .optimizing:
    return "Waiting for draws: the chains begin when the optimizer has found the mode."
  case .warmup where isKept:
    return "Waiting: the chains are warming up; what is computed from draws begins after that."
  case .stopped: return "The fit was stopped before there were draws."
  case .finished: return "The run ended without draws."
  case .paused: return "The fit is paused before its first draws; p goes on."
  default: return "Waiting for the first draws."
  }
}

/// What a title says of draws from the prior alone, which tell nothing of the data.
func priorWords(_ snapshot: DashboardSnapshot) -> String {
  snapshot.run.request?.isPriorOnly == true ? ", prior only" : ""
}

/// The first line of a message: the others show the place in a formula, which needs its columns kept.
func firstLine(_ message: String) -> String {
  message.split(separator: "\n").first.map(String.init) ?? message
}

/// How a run is fitted, in words.
func methodWords(_ run: RunSnapshot) -> String {
  switch run.start?.method ?? run.fitReport?.method ?? run.request?.method {
  case .reml: "restricted maximum likelihood"
  case .map: "penalised maximum likelihood"
  case .mcmc: "Markov chain Monte Carlo"
  case .ml, nil: "maximum likelihood"
  }
}

/// Which draws numbers rest on: `4 x 812 draws`; chains that have only begun are said to be left out.
func basisWords(_ basis: DrawsBasis, of chains: Int) -> String {
  guard basis.draws > 0 else { return "no draws yet" }
  let used = basis.chains.count
  let left = chains > used ? " (\(used) of \(chains) chains)" : ""
  return "\(used) × \(Format.grouped(basis.draws)) draws\(left)"
}

/// The ends of an interval: `[48.5, 50.9]`.
func intervalText(_ lower: Double?, _ upper: Double?) -> String {
  guard let lower, let upper else { return Format.notAvailable }
  return "[\(Format.significant(lower, digits: 3)), \(Format.significant(upper, digits: 3))]"
}
