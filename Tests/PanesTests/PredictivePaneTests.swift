// The pane of predictive checks: its views as drawings, its keys, and what it says.

import Foundation
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("The pane of predictive checks shows every view and says what is wrong")
struct PredictivePaneTests {
  private var counts: RunSnapshot {
    var run = SampleRun.likelihood
    run.predictiveReport = SamplePredictive.counts
    return run
  }

  private var withLoo: RunSnapshot {
    var run = SampleRun.finished
    run.looReport = SamplePredictive.loo
    return run
  }

  /// The pane after some commands.
  private func pane(_ commands: [PaneCommand], of run: RunSnapshot) -> PredictivePane {
    var pane = PredictivePane()
    let view = DashboardSnapshot(run: run, now: 0)
    var browsing = Browsing()
    for command in commands {
      #expect(
        pane.availability(of: command, view, browsing).isEnabled, "\(command) is a dead key")
      _ = pane.update(command, view, &browsing, size: Size(columns: 80, rows: 21))
    }
    return pane
  }

  private func text(
    _ commands: [PaneCommand], of run: RunSnapshot, _ columns: Int = 80, _ rows: Int = 21,
    charset: Charset = .braille
  ) -> String {
    var buffer = CellBuffer(size: Size(columns: columns, rows: rows), charset: charset)
    pane(commands, of: run).draw(
      DashboardSnapshot(run: run, now: 0), Browsing(), into: &buffer, in: buffer.bounds)
    return buffer.asText()
  }

  @Test("each view is the drawing in Golden/", arguments: [false, true])
  func views(isAscii: Bool) throws {
    let next = PaneCommand.nextSection
    let sheets: [(String, [PaneCommand], RunSnapshot)] = [
      ("statistics, the fifth", [next, .down, .down, .down, .down], SampleRun.finished),
      ("by predictor", [next, next], SampleRun.finished),
      ("by SES", [next, next, .down], SampleRun.finished),
      ("by group", [next, next, next], SampleRun.finished),
      ("by group, new groups", [next, next, next, .open], SampleRun.finished),
      ("calibration", [next, next, next, next], SampleRun.finished),
      ("bars of two categories", [.right], SampleRun.finished),
      ("bars of counts", [], counts), ("hanging rootogram", [next], counts),
      ("standing rootogram", [next, .up], counts), ("zeros", [next, next, .down], counts),
      ("no statistic", [next, next, .up], counts),
      ("leave-one-out calibration", [.previousSection], counts),
      ("Pareto k", [.previousSection], withLoo),
      ("Pareto k of passes", [.previousSection, .right], withLoo),
    ]
    let charset: Charset = isAscii ? .ascii : .braille
    var drawn = ""
    for (name, commands, run) in sheets {
      drawn += "# \(name)\n\(text(commands, of: run, charset: charset))\n"
    }
    let file = "predictive-views-80x24\(isAscii ? "-ascii" : "").txt"
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try drawn.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/\(file)", withExtension: nil))
    #expect(drawn == (try String(contentsOf: url, encoding: .utf8)), "\(drawn)")
    #expect(!isAscii || drawn.utf8.allSatisfy { $0 < 128 })
  }

  @Test("every view in every size keeps to its area and says something where there is room")
  func sizes() {
    for run in [SampleRun.finished, counts, withLoo] {
      for step in 0..<7 {
        var commands = Array(repeating: PaneCommand.nextSection, count: step)
        for isNew in [false, true] {
          if isNew {
            let can = pane(commands, of: run).availability(
              of: .open, DashboardSnapshot(run: run, now: 0), Browsing())
            guard can.isEnabled else { continue }
            commands.append(.open)
          }
          for (columns, rows) in [(40, 9), (80, 21), (120, 37), (200, 47), (24, 6), (9, 3), (1, 1)]
          {
            for charset in Charset.allCases {
              let drawn = text(commands, of: run, columns, rows, charset: charset)
              if columns >= 40 { #expect(drawn.contains { $0.isLetter }) }
            }
          }
        }
      }
    }
  }

  @Test("what is wrong is said in words, with what was simulated")
  func words() {
    let density = text([], of: SampleRun.finished)
    #expect(density.contains("250 simulations from 4000 posterior draws"))
    #expect(density.contains("the groups of the data"))
    #expect(text([.open], of: SampleRun.likelihood).contains("new groups"))
    #expect(text([], of: SampleRun.likelihood).contains("bootstrap around the estimate"))
    let zeros = text([.nextSection, .nextSection, .down], of: counts)
    #expect(zeros.contains("The data have more zeros than in simulated data."))
    let bars = text([], of: counts)
    #expect(bars.contains("more zeros"))
    let k = text([.previousSection], of: withLoo)
    #expect(k.contains("3 of 120 observations have k above 0.7"))
    for row in ["17", "63", "101"] { #expect(k.contains(row)) }
    #expect(text([.previousSection, .right], of: withLoo).contains("No k is above 0.7"))
  }

  @Test("keys that can do nothing say why")
  func availability() {
    func reason(_ command: PaneCommand, _ commands: [PaneCommand], _ run: RunSnapshot)
      -> Availability
    {
      pane(commands, of: run).availability(
        of: command, DashboardSnapshot(run: run, now: 0), Browsing())
    }
    #expect(
      reason(.left, [], SampleRun.waiting) == .disabled("there are no predictive checks yet"))
    #expect(reason(.left, [], counts) == .disabled("there is one outcome"))
    #expect(
      reason(.open, [], counts) == .disabled("the model has no groups to be drawn anew"))
    #expect(
      reason(.down, [], SampleRun.finished) == .disabled("there is one plot in this view"))
    #expect(reason(.pageDown, [], SampleRun.finished) == .disabled("all of it is in view"))
    #expect(reason(.toggleWarmup, [], SampleRun.finished) == .absent)
    let groups = Array(repeating: PaneCommand.nextSection, count: 3)
    #expect(reason(.down, groups, SampleRun.finished) == .disabled("there is one grouping factor"))
    #expect(reason(.pageDown, groups, SampleRun.finished) == .enabled)
    #expect(pane(groups + [.pageDown], of: SampleRun.finished).firstRow == 13)
    #expect(pane(groups + [.last, .open], of: SampleRun.finished).firstRow == 27)
    #expect(pane(groups + [.last, .right, .left], of: SampleRun.finished).firstRow == 0)
  }

  @Test("without predictive checks the leave-one-out results alone are shown")
  func looAlone() {
    var run = withLoo
    run.predictiveReport = nil
    #expect(text([], of: run).contains("Pareto k"))
  }

  @Test("an outcome keeps its view where the other has it, and the choice of new groups stays")
  func choices() {
    let run = SampleRun.finished
    let pane = pane([.nextSection, .nextSection, .open, .right], of: run)
    #expect(pane.view == .predictor && pane.isNew && pane.outcome == "passed")
    var chosen = PredictivePane()
    chosen.choose(outcome: "passed")
    #expect(chosen.outcome == "passed")
  }
}
