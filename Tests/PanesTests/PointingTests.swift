// The mouse and the readings in the panes of convergence, residuals, random effects and estimates.

import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("What lies under the pointer is chosen, opened, sorted or read")
struct PointingTests {
  @Test("convergence: a title sorts, a row is chosen and then opened, and its growth is read")
  func convergence() {
    var session = PaneSession(.convergence, of: PaperRun.counting(60, parameters: 5), 120, 37)
    #expect(session.text.contains("ESS by draws: p1"))
    let top = session.row(of: "95% interval")!
    session.click(5, top)
    #expect(session.text.contains("sorted by parameter"))
    session.click(5, top)
    #expect(session.text.contains("sorted by parameter, reversed"))
    session.click(5, top + 2)
    #expect(session.browsing.parameter == "p4" && session.next == nil)
    #expect(session.text.contains("ESS by draws: p4"))
    session.press(.toggleReadout)
    #expect(session.text.contains("100 draws  bulk ESS"))
    session.press(.pin)
    #expect(session.row(of: "◆ p4") == top + 1)
    let point = Point(column: 5, row: top + 1)
    session.point(.press(point))
    #expect(session.next == .trace, "a press on the row in front opens its trace")
  }

  @Test("residuals: the cursor goes up the order of residuals, and a press finds the nearest")
  func residuals() throws {
    var run = PaperRun.counting(20)
    // Residuals 0.05, 0.15 ... 0.85, 0.97 in rows 1 to 10, predictions falling.
    let scaled = (0..<9).map { (Double($0) + 0.5) / 10 } + [0.97]
    run.residualReport = ResidualReport(
      simulations: 250, isConditional: true, seed: 1,
      outcomes: [
        OutcomeResiduals(
          name: "y", scaled: scaled, lower: scaled, upper: scaled,
          fitted: (0..<10).map { 100 - Double($0) }, tests: ResidualTests())
      ])
    var session = PaneSession(.residuals, of: run, 120, 37)
    session.press(.toggleReadout)
    #expect(session.text.contains("row 10: 0.970, expected 0.950"))
    #expect(session.text.contains("row 10: predicted 91.00"))
    session.press(.readoutLeft)
    #expect(session.text.contains("row 9: 0.850, expected 0.850"))
    session.press(.dismiss)
    #expect(!session.text.contains("expected 0."))
    // The lower left end of the diagonal is the smallest residual, which has the largest prediction.
    let axis = try #require(session.row(of: "0.0┤"))
    session.point(.press(Point(column: 9, row: axis - 1)))
    #expect(session.text.contains("row 1: 0.050") || session.text.contains("row 2: 0.150"))
    #expect(session.text.contains("predicted 100.0") || session.text.contains("predicted 99.00"))
  }

  @Test("random effects: a press in the matrix reads a pair, a press on a level chooses it")
  func randomEffects() {
    var session = PaneSession(.randomEffects, of: SampleRun.likelihood, 120, 37)
    session.press(.toggleReadout)
    #expect(session.text.contains("cor(math_score, passed)"))
    session.press(.dismiss)
    #expect(!session.text.contains("cor(math_score, passed) 0."))
    session.press(.nextSection)
    var pane = RandomEffectsPane()
    pane.view = .levels
    func point(_ pointer: PanePointer) {
      _ = pane.handle(pointer, session.snapshot, &session.browsing, size: session.size)
    }
    let rows = pane.caterpillar(session.snapshot)?.rows.map(\.level) ?? []
    // The heading and the frame are above the first level.
    point(.press(Point(column: 5, row: 6)))
    #expect(rows.count == 60 && pane.level == rows[4])
    point(.wheelDown(Point(column: 5, row: 6)))
    #expect(pane.level == rows[5])
  }

  @Test("no press at any cell stops a pane", arguments: PaneKind.allCases)
  func everywhere(_ kind: PaneKind) {
    for run in [PaperRun.counting(30), SampleRun.likelihood, SampleRun.waiting] {
      var session = PaneSession(kind, of: run, 80, 24)
      for row in stride(from: 0, to: 26, by: 3) {
        for column in stride(from: 0, to: 84, by: 11) {
          let point = Point(column: column, row: row)
          for pointer in [
            PanePointer.press(point), .drag(from: point, to: .zero),
            .release(from: point, to: .zero), .wheelDown(point), .doublePress(point),
          ] {
            _ = session.panes.handle(
              pointer, in: kind, session.snapshot, &session.browsing, size: session.size)
          }
        }
      }
      #expect(!session.text.isEmpty)
    }
  }
}
