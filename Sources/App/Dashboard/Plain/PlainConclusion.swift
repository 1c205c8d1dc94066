// How a run ended, in lines: verdicts, parameters, residuals and what to do next.

import Panes
import RunFolder
import TerminalCore

/// The last lines of a report.
enum PlainConclusion {
  static func lines(_ snapshot: DashboardSnapshot) -> [String] {
    let run = snapshot.run
    var lines = [ending(snapshot)]
    let verdicts = VerdictSentences(snapshot)
    if !verdicts.lines.isEmpty {
      lines.append("verdicts: \(verdicts.tally)")
      lines += verdicts.lines
    }
    let estimates = EstimateSentences.lines(snapshot)
    if !estimates.isEmpty {
      lines.append("parameters: \(estimates.count), without the effects of single levels")
      lines += estimates
    }
    lines += ResidualSentences.lines(run)
    return lines + next(run, verdicts).map { "next: \($0)" }
  }

  private static func ending(_ snapshot: DashboardSnapshot) -> String {
    let run = snapshot.run
    let time = snapshot.elapsed.map { " after \(Format.duration($0))" } ?? ""
    switch run.state {
    case .finished:
      if snapshot.hasKeptDraws {
        return "finished\(time): \(run.chains.count) chains, "
          + "\(run.chains.reduce(0) { $0 + $1.keptCount }) kept draws in all, "
          + "\(run.divergences) divergences"
      }
      guard let fit = run.fitReport else { return "finished\(time)" }
      return "finished\(time): \(fit.converged ? "converged" : "did not converge"), log-likelihood "
        + "\(Format.fixed(fit.logLikelihood, decimals: 4)), \(fit.degreesOfFreedom) parameters, "
        + "AIC \(Format.fixed(fit.aic, decimals: 2)), BIC \(Format.fixed(fit.bic, decimals: 2))"
    case .stopped: return "stopped on request\(time)"
    case .failed(let message): return "failed\(time): \(message)"
    case .lost: return "the worker is gone without a word\(time)"
    case .foreign:
      return "all chains have ended: \(run.chains.count) chains, "
        + "\(run.chains.reduce(0) { $0 + $1.keptCount }) draws after warm-up, "
        + "\(run.divergences) divergences"
    default: return "\(run.state.word)\(time)"
    }
  }

  private static func next(_ run: RunSnapshot, _ verdicts: VerdictSentences) -> [String] {
    let name = run.path.contains(" ") ? "'\(run.path)'" : run.path
    switch run.state {
    case .foreign: return verdicts.advice
    case .failed: return ["mend the data or the model as said above and start again"]
    case .stopped, .lost:
      return verdicts.advice + ["mglmm-tui resume \(name) goes on where the run ended"]
    default: break
    }
    var lines = verdicts.advice
    if verdicts.wantsMoreDraws, let draws = run.plannedDraws {
      lines.append("mglmm-tui extend \(name) \(2 * draws) doubles the draws of each chain")
    }
    if run.residualReport != nil {
      lines.append("mglmm-fit residuals \(name) tests the residuals in full")
    }
    lines.append(
      "mglmm-tui show \(name) --pane NAME draws a pane; mglmm-tui \(name) opens it again")
    return lines
  }
}
