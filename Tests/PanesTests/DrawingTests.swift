// Every pane as a drawing, in every state and at the sizes that must look right.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

/// Drawings of one pane at one size, as they stand in a file of Golden/.
struct DrawingSheet: CustomTestStringConvertible, Sendable {
  var kind: PaneKind
  var screen: Size
  var charset = Charset.braille
  /// What the user has pressed, and what that shows.
  var commands: [PaneCommand] = []
  var view = ""
  var states = ["waiting", "optimizing", "live", "finished", "failed", "likelihood"]

  var testDescription: String { file }

  var file: String {
    let glyphs = charset == .braille ? "" : "-\(charset.rawValue)"
    return "\(kind.rawValue)\(view)-\(screen.columns)x\(screen.rows)\(glyphs).txt"
  }

  /// The pane as large as the dashboard makes it on such a screen: two lines of header, one of keys.
  func drawn() -> String {
    states.map { name in
      let run = SampleRun.named.first { $0.name == name }?.run ?? SampleRun.waiting
      var panes = PaneSet()
      var choices = browsing(run)
      for command in commands {
        _ = panes.update(command, in: kind, snapshot(run), &choices, size: screen)
      }
      let text = drawing(
        kind, of: run, screen.columns, screen.rows - 3, charset: charset, panes: panes,
        browsing: choices)
      return "# \(name)\n\(text)\n"
    }.joined()
  }

  /// Holds the drawing against the one in Golden/, or writes it where new ones are wanted.
  func compare() throws {
    let text = drawn()
    // To take over new drawings after looking at them: MGLMM_WRITE_DRAWINGS=<folder> swift test ...
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try text.write(toFile: "\(folder)/\(file)", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/\(file)", withExtension: nil),
      "there is no drawing \(file)")
    let golden = try String(contentsOf: url, encoding: .utf8)
    #expect(text == golden, "\(file) is now\n\(text)")
  }

  /// A run with priors, slopes and verdicts beside one that has only begun and one without draws.
  private static let everything = ["live", "likelihood", "checked"]

  static let all: [DrawingSheet] =
    PaneKind.allCases.filter { $0 != .model }.flatMap { kind in
      [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)].map {
        DrawingSheet(kind: kind, screen: $0)
      }
    } + [
      DrawingSheet(kind: .progress, screen: Size(columns: 40, rows: 12)),
      DrawingSheet(kind: .convergence, screen: Size(columns: 40, rows: 12)),
      DrawingSheet(kind: .overview, screen: Size(columns: 40, rows: 12), states: everything),
      DrawingSheet(kind: .estimates, screen: Size(columns: 40, rows: 12), states: everything),
      DrawingSheet(kind: .randomEffects, screen: Size(columns: 40, rows: 12), states: everything),
      DrawingSheet(kind: .overview, screen: Size(columns: 200, rows: 50), states: everything),
      DrawingSheet(
        kind: .overview, screen: Size(columns: 100, rows: 30), charset: .block, states: ["checked"]),
      DrawingSheet(kind: .estimates, screen: Size(columns: 160, rows: 50), states: ["checked"]),
      DrawingSheet(kind: .randomEffects, screen: Size(columns: 121, rows: 40), states: ["checked"]),
      DrawingSheet(
        kind: .randomEffects, screen: Size(columns: 100, rows: 30),
        commands: [.nextSection, .right, .down, .down], view: "-levels", states: everything),
      DrawingSheet(
        kind: .randomEffects, screen: Size(columns: 60, rows: 20), charset: .ascii,
        commands: [.nextSection, .sortColumn], view: "-levels", states: ["checked"]),
      DrawingSheet(
        kind: .estimates, screen: Size(columns: 100, rows: 30),
        commands: [.nextSection, .sortColumn],
        view: "-table", states: everything),
    ]
    + PaneKind.allCases.filter { $0 != .model }.map {
      DrawingSheet(
        kind: $0, screen: Size(columns: 80, rows: 24), charset: .ascii,
        states: ["live", "likelihood"])
    }
}

@Suite("Every pane looks as drawn in every state")
struct DrawingTests {
  @Test("a pane is the drawing in Golden/", arguments: DrawingSheet.all)
  func matches(_ sheet: DrawingSheet) throws { try sheet.compare() }

  @Test("ASCII drawings hold nothing but ASCII", arguments: PaneKind.allCases)
  func ascii(_ kind: PaneKind) {
    for (_, run) in SampleRun.named {
      let text = drawing(kind, of: run, 100, 30, charset: .ascii)
      #expect(text.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
    }
  }

  @Test(
    "no pane draws outside its area, at any size and in any state", arguments: PaneKind.allCases)
  func staysInside(_ kind: PaneKind) {
    for (name, run) in SampleRun.named {
      let view = snapshot(run)
      let browsing = browsing(run)
      for (columns, rows) in sizes {
        let full = Size(columns: columns + 4, rows: rows + 4)
        var buffer = CellBuffer(size: full, filledWith: Cell("x"))
        let area = Rect(column: 2, row: 2, columns: columns, rows: rows)
        PaneSet().draw(kind, view, browsing, into: &buffer, in: area)
        for row in 0..<full.rows {
          for column in 0..<full.columns {
            let point = Point(column: column, row: row)
            guard !area.contains(point) else { continue }
            #expect(buffer[point] == Cell("x"), "\(name) \(columns)x\(rows) at \(column),\(row)")
          }
        }
      }
    }
  }

  private let sizes: [(Int, Int)] =
    (0...14).map { ($0, $0) } + [(1, 40), (40, 1), (3, 20), (20, 3), (25, 6), (56, 8), (72, 15)]
    + [(99, 9), (100, 8), (140, 50), (200, 60), (400, 100)]

  @Test("what a pane waits for is said in words while there is nothing to show")
  func waitingWords() {
    for kind in PaneKind.allCases {
      let text = drawing(kind, of: SampleRun.waiting, 80, 21)
      #expect(text.contains("Waiting"), "\(kind)")
    }
    #expect(drawing(.trace, of: SampleRun.optimizing, 80, 21).contains("the mode"))
    #expect(drawing(.residuals, of: SampleRun.optimizing, 80, 21).contains("100 draws"))
    for kind in PaneKind.allCases {
      let text = drawing(kind, of: SampleRun.failed, 80, 21)
      #expect(text.contains("no column 'sess'"), "\(kind)")
    }
    #expect(drawing(.progress, of: SampleRun.lost, 120, 21).contains("mglmm-tui resume edu"))
    #expect(drawing(.residuals, of: SampleRun.foreign, 80, 21).contains("another program"))
  }

  @Test("a fit without draws shows its estimates and says so")
  func estimates() {
    let text = drawing(.convergence, of: SampleRun.likelihood, 120, 37)
    #expect(text.contains("no draws") && text.contains("estimate") && text.contains("gendermale"))
    #expect(!text.contains("R-hat"))
  }
}
