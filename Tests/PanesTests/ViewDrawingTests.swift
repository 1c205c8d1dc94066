// Every view of the panes of draws and of the sampler as a drawing, and what their keys do.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

/// Drawings of all views of one pane at one size, as they stand in a file of Golden/.
struct ViewSheet: CustomTestStringConvertible, Sendable {
  var kind: PaneKind
  var screen: Size
  var charset = Charset.braille

  var testDescription: String { file }

  var file: String {
    let glyphs = charset == .braille ? "" : "-\(charset.rawValue)"
    return "\(kind.rawValue)-views-\(screen.columns)x\(screen.rows)\(glyphs).txt"
  }

  var count: Int { kind == .trace ? TraceMode.allCases.count : SamplerView.allCases.count }

  func drawn() -> String {
    (0..<count).map { index in
      let text = ViewSheet.drawing(
        kind, view: index, of: SampleRun.finished, screen.columns, screen.rows - 3, charset)
      return "# view \(index + 1)\n\(text)\n"
    }.joined()
  }

  /// A view of a pane, reached by its key.
  static func drawing(
    _ kind: PaneKind, view: Int, of run: RunSnapshot, _ columns: Int, _ rows: Int,
    _ charset: Charset = .braille, after commands: [PaneCommand] = []
  ) -> String {
    let size = Size(columns: columns, rows: rows)
    var panes = PaneSet()
    var choices = browsing(run)
    let view = Array(repeating: PaneCommand.nextSection, count: view)
    let derived = snapshot(run, detail: .sampler)
    for command in view + commands {
      _ = panes.update(command, in: kind, derived, &choices, size: size)
    }
    return PanesTests.drawing(
      kind, of: run, columns, rows, charset: charset, panes: panes, browsing: choices)
  }

  static let all: [ViewSheet] = [PaneKind.trace, .sampler].flatMap { kind in
    [(40, 12), (80, 24), (120, 40), (200, 50)].map {
      ViewSheet(kind: kind, screen: Size(columns: $0.0, rows: $0.1))
    }
      + [Charset.ascii, .block].map {
        ViewSheet(kind: kind, screen: Size(columns: 80, rows: 24), charset: $0)
      }
  }
}

@Suite("Every view of draws and sampler looks as drawn")
struct ViewDrawingTests {
  @Test("a view is the drawing in Golden/", arguments: ViewSheet.all)
  func matches(_ sheet: ViewSheet) throws {
    let drawn = sheet.drawn()
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try drawn.write(toFile: "\(folder)/\(sheet.file)", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/\(sheet.file)", withExtension: nil),
      "there is no drawing \(sheet.file)")
    let golden = try String(contentsOf: url, encoding: .utf8)
    #expect(drawn == golden, "\(sheet.file) is now\n\(drawn)")
  }

  @Test("no view draws outside its area at any size", arguments: [PaneKind.trace, .sampler])
  func staysInside(_ kind: PaneKind) {
    for view in 0..<7 {
      for (columns, rows) in [(0, 0), (1, 1), (3, 20), (20, 3), (25, 6), (56, 8), (99, 9)] {
        let text = ViewSheet.drawing(kind, view: view, of: SampleRun.finished, columns, rows)
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
      }
    }
  }

  @Test("views go round in both directions and name themselves")
  func round() {
    let run = SampleRun.finished
    let first = ViewSheet.drawing(.trace, view: 0, of: run, 80, 21)
    #expect(ViewSheet.drawing(.trace, view: 7, of: run, 80, 21) == first)
    let back = ViewSheet.drawing(.trace, view: 0, of: run, 80, 21, after: [.previousSection])
    #expect(back.contains("ESS by draws") && back.contains("400 wanted"))
    for (index, mode) in TraceMode.allCases.enumerated() {
      #expect(ViewSheet.drawing(.trace, view: index, of: run, 80, 21).contains(mode.title))
    }
    for (index, view) in SamplerView.allCases.enumerated() {
      #expect(ViewSheet.drawing(.sampler, view: index, of: run, 80, 21).contains(view.title))
    }
  }

  @Test("what only a trace can do is not offered by the other views")
  func availability() {
    let run = SampleRun.finished
    let view = snapshot(run)
    var choices = browsing(run)
    var panes = PaneSet()
    let size = Size(columns: 80, rows: 21)
    #expect(panes.availability(of: .zoomIn, in: .trace, view, choices) == .enabled)
    #expect(panes.availability(of: .nextSection, in: .trace, view, choices) == .enabled)
    _ = panes.update(.nextSection, in: .trace, view, &choices, size: size)
    for command in [PaneCommand.zoomIn, .left, .right, .toggleWarmup] {
      #expect(panes.availability(of: command, in: .trace, view, choices) == .absent)
    }
    #expect(panes.availability(of: .down, in: .trace, view, choices) == .enabled)
    let waiting = snapshot(SampleRun.waiting)
    #expect(
      PaneSet().availability(of: .nextSection, in: .sampler, waiting, browsing(SampleRun.waiting))
        == .disabled("no draws yet"))
    #expect(panes.availability(of: .sortColumn, in: .sampler, view, choices) == .absent)
  }

  @Test("in the pairs the arrows choose both parameters, and divergent draws have their own glyph")
  func pairs() {
    let run = SampleRun.finished
    func pairs(_ commands: [PaneCommand] = []) -> String {
      ViewSheet.drawing(.sampler, view: 1, of: run, 80, 21, .ascii, after: commands)
    }
    let first = pairs()
    #expect(first.contains("2 divergent transitions, marked x"))
    #expect(first.contains("most related to divergences"))
    #expect(pairs([.down]) != first && pairs([.right]) != first)
    #expect(pairs([.down, .up]) == first)
    #expect(pairs([.right, .left]).contains("most related") == false, "then it is chosen")
    let few = ViewSheet.drawing(.sampler, view: 2, of: run, 80, 21, .ascii)
    #expect(few.contains("marked x"))
    #expect(ViewSheet.drawing(.sampler, view: 2, of: run, 80, 21, .ascii, after: [.right]) != few)
  }

  @Test("a sampler that reports nothing of itself shows that, not zeros")
  func foreign() {
    var run = SampleRun.foreign
    run.chains = run.chains.map { chain in
      let names = chain.names.filter { !$0.hasSuffix("__") }
      return ChainDraws(id: chain.id, names: names, columns: names.compactMap { chain[$0] })
    }
    for (view, word) in [
      (0, "no energies"), (1, "divergences not available"), (2, "divergences not available"),
      (3, "no step sizes"), (4, "no acceptance statistics"),
    ] {
      let text = ViewSheet.drawing(.sampler, view: view, of: run, 100, 21)
      #expect(text.contains(word), "view \(view + 1)")
    }
    // A Stan run has all of them.
    for view in 0..<5 {
      let text = ViewSheet.drawing(.sampler, view: view, of: SampleRun.foreign, 100, 21)
      #expect(!text.lowercased().contains("not available"), "view \(view + 1)")
    }
  }

  @Test("draws from the prior alone are marked in the titles")
  func priorOnly() {
    var run = SampleRun.finished
    run.request?.isPriorOnly = true
    for kind in [PaneKind.trace, .convergence, .sampler] {
      #expect(drawing(kind, of: run, 80, 21).contains(", prior only"), "\(kind)")
      #expect(!drawing(kind, of: SampleRun.finished, 80, 21).contains("prior only"))
    }
  }
}
