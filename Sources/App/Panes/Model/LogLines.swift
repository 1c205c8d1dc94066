// What happened in a run, each with its time, and the end of the worker's log.

import RunFolder
import TerminalCore

/// Events and log as rows of a given width.
struct LogLines {
  private let run: RunSnapshot

  init(_ run: RunSnapshot) { self.run = run }

  /// All rows, the newest last.
  func rows(columns: Int) -> [[StyledText]] {
    let events = run.happenings.sorted { $0.time < $1.time }
    let begin = run.startTime ?? events.first?.time ?? 0
    var rows: [[StyledText]] = []
    if !events.isEmpty {
      rows.append([StyledText("Events, by the time since the start", Style(.heading, .bold))])
    }
    for event in events {
      let (text, judgement) = words(event.event)
      let time = "+" + Format.duration(max(0, event.time - begin))
      let label = String(repeating: " ", count: max(0, 10 - time.count)) + time + "  "
      for (place, line) in wrapped(text, columns: max(8, columns - 12)).enumerated() {
        rows.append([
          StyledText(place == 0 ? label : String(repeating: " ", count: 12), Style(.muted)),
          StyledText(line, Style(judgement >= .doubtful ? judgement.role : .text)),
        ])
      }
    }
    if !run.logTail.isEmpty {
      rows.append([StyledText("log.txt", Style(.heading, .bold))])
      rows += run.logTail.flatMap { wrapped($0, columns: max(1, columns)) }
        .map { [StyledText($0, Style(.muted))] }
    }
    if rows.isEmpty {
      let text =
        run.state == .foreign ? "Draws of another program have no log." : "The log is empty."
      rows = [[StyledText(text, Style(.muted))]]
    }
    return rows
  }

  private func words(_ event: FitEvent) -> (String, Judgement) {
    switch event {
    case .started(let start):
      (
        "mglmm-fit \(start.version) begins, process \(start.worker.processID) on "
          + "\(start.worker.host)", .none
      )
    case .phase(let phase): (words(phase), .none)
    case .fitted(let logLikelihood, let seconds):
      (
        "optimizer ended after \(Format.duration(seconds)): log-likelihood "
          + Format.fixed(logLikelihood, decimals: 3), .none
      )
    case .warning(let warning):
      ("! \(warning.message)" + (warning.advice.isEmpty ? "" : " \(warning.advice)"), .doubtful)
    case .note(let text): (text, .none)
    case .check(let check):
      ("looked at \(counted(check.figures.draws, "draw")) a chain: \(check.text)", .none)
    case .paused: ("paused", .none)
    case .resumed: ("goes on", .none)
    case .extended(let draws): ("extended to \(counted(draws, "draw")) a chain", .none)
    case .finished(let seconds, let cpu):
      (
        "finished after \(Format.duration(seconds)), \(Format.duration(cpu)) of processor time",
        .none
      )
    case .stopped: ("stopped on request", .doubtful)
    case .failed(let message, _): ("failed: \(firstLine(message))", .bad)
    case .optimizer, .chain, .checkpoint: ("", .none)
    }
  }

  private func words(_ phase: FitPhase) -> String {
    switch phase {
    case .reading: "reading the data"
    case .building: "building the model"
    case .optimizing: "optimizing"
    case .warmup: "warming up"
    case .sampling: "sampling"
    case .residuals: "computing residuals"
    case .predictive: "simulating for predictive checks"
    case .loo: "leave-one-out prediction"
    case .saving: "saving"
    }
  }
}
