// Names in wide characters, with marks, and far too long, at every size and in every charset.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Names of any script stay inside their columns")
struct WideNameTests {
  /// A finished run whose names are Chinese, accented by marks, Korean, and very long.
  private static let run: RunSnapshot = {
    var run = SampleRun.finished
    let names = [
      "b_体重_Intercept", "b_caf\u{65}\u{301}_x", "b_몸무게_나이",
      "r_школа__оценка[" + String(repeating: "長", count: 60) + ",Intercept]",
      "sd_体__重_" + String(repeating: "x", count: 200), "cor_体__重__몸", "sigma_é",
    ]
    run.name = "体重-2027-01-15-1"
    run.chains = run.chains.map { chain in
      let kept = chain.names.prefix { $0.hasSuffix("__") }
      return ChainDraws(
        id: chain.id, names: Array(kept) + names,
        columns: (0..<kept.count + names.count).map { chain.columns[$0] },
        warmupCount: chain.warmupCount, phase: chain.phase, stepSize: chain.stepSize)
    }
    return run
  }()

  @Test("every frame has rows of the screen's width and halves that belong together")
  func frames() {
    for charset in Charset.allCases {
      for (columns, rows) in [(12, 6), (40, 12), (41, 13), (60, 50), (80, 24), (121, 41)] {
        for kind in PaneKind.allCases {
          var state = DashboardState(
            snapshot: snapshot, size: Size(columns: columns, rows: rows), charset: charset)
          state.go(to: kind)
          for step in 0..<4 {
            check(state.frame(), "\(charset) \(columns)x\(rows) \(kind) after \(step) steps")
            _ = state.handle(.key(.down))
          }
        }
      }
    }
  }

  private let snapshot: DashboardSnapshot = {
    var cache = DiagnosticCache()
    cache.refresh(Self.run, now: SampleRun.begin + 10)
    return DashboardSnapshot(
      run: Self.run, diagnostics: cache.report, now: SampleRun.begin + 10)
  }()

  private func check(_ frame: CellBuffer, _ place: String) {
    for (row, line) in frame.asText().split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      // What is written has the width that the cells have, so nothing shifts what follows.
      #expect(
        displayWidth(of: String(line), in: frame.charset) <= frame.fullSize.columns,
        "row \(row) of \(place)")
    }
    for row in 0..<frame.fullSize.rows {
      for column in 0..<frame.fullSize.columns {
        let cell = frame.cells[row * frame.fullSize.columns + column]
        guard cell.isContinuation else { continue }
        let left = column > 0 ? frame.cells[row * frame.fullSize.columns + column - 1] : nil
        #expect(left?.width == 2, "half a character at \(column),\(row) of \(place)")
      }
    }
  }

  @Test("a filter finds names of any script, and the footer shows what is typed")
  func filter() {
    let session = Session(Self.run, keys("4 /") + typed("体"))
    #expect(session.state.browsing.parameters.count == 3)
    #expect(session.lastLine.contains("filter /体"))
  }
}
