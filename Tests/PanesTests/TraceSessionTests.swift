// Working with traces: reading, zooming, selecting, the grid, the mouse.

import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("A trace is read, zoomed and paged through")
struct TraceSessionTests {
  @Test("the readout names the iteration and the value of each chain, the chain in front first")
  func readout() {
    var session = PaneSession(.trace, of: PaperRun.counting())
    #expect(!session.text.contains("iteration 50"))
    session.press(.toggleReadout)
    #expect(session.text.contains("iteration 50  chain 1: 50.00  2: 25.00"))
    session.press(.readoutLeft)
    #expect(session.text.contains("iteration 49  chain 1: 49.00  2: 24.50"))
    session.press(.readoutLeft, .readoutLeft, .readoutRight)
    #expect(session.text.contains("iteration 48  chain 1: 48.00  2: 24.00"))
    session.press(.cycleChain, .cycleChain)
    #expect(session.text.contains("iteration 48  chain 2: 24.00  1: 48.00"))
    for _ in 0..<200 { session.press(.readoutLeft) }
    #expect(session.text.contains("iteration 11  chain 2: 5.500"))
    session.press(.toggleWarmup)
    for _ in 0..<200 { session.press(.readoutLeft) }
    #expect(session.text.contains("iteration 1 (warm-up)  chain 2: 0.5000  1: 1.000"))
    session.press(.dismiss)
    #expect(!session.text.contains("iteration 1 (warm-up)"))
    #expect(session.availability(of: .dismiss) == .absent)
  }

  @Test("a column of many draws is read as their range")
  func manyDraws() {
    var session = PaneSession(.trace, of: PaperRun.counting(1010, parameters: 1))
    session.press(.toggleReadout)
    // 1000 draws over 74 columns of cells, of which the last holds those from 1003 on or so.
    let line = session.text.split(separator: "\n").first { $0.contains("iterations 1") } ?? ""
    let words = line.split(separator: " ").map(String.init)
    let range = words[words.firstIndex(of: "iterations")! + 1].split(separator: "–")
      .compactMap { Int($0) }
    #expect(range.count == 2 && range[1] == 1010 && (5...15).contains(1010 - range[0]))
    #expect(line.contains("chain 1: \(range[0]) to 1010"), "\(line)")
  }

  @Test("thinned draws are called draws, with how many iterations one stands for")
  func thinned() {
    var run = PaperRun.counting()
    var request = RunRequest()
    request.thin = 5
    run.request = request
    var session = PaneSession(.trace, of: run)
    session.press(.toggleReadout)
    #expect(session.text.contains("draw 50 (one in 5 iterations)"))
  }

  @Test("+ keeps the newest in view, or the cursor where it is; 0 shows all again")
  func zoom() {
    var session = PaneSession(.trace, of: PaperRun.counting())
    session.press(.zoomIn)
    #expect(session.text.contains("iterations 31 to 50"))
    session.press(.left)
    #expect(session.text.contains("iterations 26 to 45"))
    session.press(.zoomReset)
    #expect(session.availability(of: .zoomReset) == .disabled("nothing is zoomed"))
    session.press(.toggleReadout)
    for _ in 0..<200 { session.press(.readoutLeft) }
    session.press(.zoomIn)
    #expect(session.text.contains("iterations 11 to 30"))
    #expect(session.text.contains("iteration 11  chain 1: 11.00"))
  }

  @Test("with the other axis + zooms in on values, which J and K move; another parameter is whole")
  func values() {
    var session = PaneSession(.trace, of: PaperRun.counting())
    // Values reach from 5.5 to 50: the middle half is 16.625 to 38.875.
    session.press(.switchAxis, .zoomIn)
    #expect(session.text.contains("values 16.63 to 38.88"))
    session.press(.panUp)
    // A quarter of 22.25 further.
    #expect(session.text.contains("values 22.19 to 44.44"))
    session.press(.panUp, .panUp, .panUp)
    #expect(session.text.contains("values 27.75 to 50.00"), "no further than there are values")
    #expect(session.availability(of: .left) != .enabled, "all iterations are in view")
    session.press(.down)
    #expect(!session.text.contains("values 2"))
    session.press(.up, .zoomReset)
    #expect(!session.text.contains("values 2"))
  }

  @Test("a drag along the draws, along the values or across both zooms to what was dragged over")
  func drag() throws {
    var session = PaneSession(.trace, of: PaperRun.counting())
    let from = Point(column: 20, row: 8)
    session.point(.press(from), .drag(from: from, to: Point(column: 40, row: 8)))
    #expect(session.text.contains("zoom to iterations"))
    session.point(.release(from: from, to: Point(column: 40, row: 8)))
    #expect(session.text.contains("iterations ") && !session.text.contains("zoom to"))
    #expect(!session.text.contains("values"))
    session.press(.zoomReset)
    session.drag((20, 4), (20, 10))
    #expect(session.text.contains("values") && !session.text.contains("iterations"))
    session.press(.zoomReset)
    session.drag((20, 4), (50, 10))
    #expect(session.text.contains("values") && session.text.contains("iterations"))
    session.point(.doublePress(Point(column: 30, row: 6)))
    #expect(!session.text.contains("values") && !session.text.contains("iterations"))
    // A drag that is given up changes nothing.
    session.point(.press(from), .drag(from: from, to: Point(column: 40, row: 8)))
    session.press(.dismiss)
    #expect(!session.text.contains("zoom to"))
  }

  @Test("the wheel zooms about the pointer and a press reads what is under it")
  func wheelAndPress() throws {
    var session = PaneSession(.trace, of: PaperRun.counting())
    session.click(30, 8)
    let before = try #require(Self.iteration(in: session.text))
    session.point(.wheelUp(Point(column: 30, row: 8)), .wheelUp(Point(column: 30, row: 8)))
    session.press(.dismiss)
    session.click(30, 8)
    let after = try #require(Self.iteration(in: session.text))
    #expect(abs(before - after) <= 1, "\(before) \(after)")
    #expect(session.text.contains("0: all"))
    session.point(.wheelDown(Point(column: 30, row: 8)), .wheelDown(Point(column: 30, row: 8)))
    #expect(!session.text.contains("0: all"))
    // Over the labels of an axis it zooms along that axis.
    session.point(.wheelUp(Point(column: 2, row: 8)))
    #expect(session.text.contains("values"))
  }

  /// The iteration that the readout names.
  private static func iteration(in text: String) -> Int? {
    text.firstMatch(of: #/iteration (\d+)  chain/#).flatMap { Int($0.1) }
  }

  @Test("typed ranges are shown, and words say what is wrong with one")
  func ranges() {
    var session = PaneSession(.trace, of: PaperRun.counting())
    #expect(session.show(PlotRange(draws: 20...35)) == nil)
    #expect(session.text.contains("iterations 20 to 35"))
    #expect(session.show(PlotRange(values: 10...20)) == nil)
    #expect(session.text.contains("values 10.00 to 20.00"))
    #expect(
      session.show(PlotRange(draws: 100...200))
        == "there are iterations 11 to 50; w shows the warm-up")
    #expect(session.show(PlotRange(values: 100...200)) == "the values in view are 10.00 to 35.00")
    session.press(.nextSection)
    #expect(session.show(PlotRange(draws: 20...35))?.contains("traces and densities") == true)
  }

  @Test("the grid shows a page of parameters from the pinned ones on, and Enter one of them large")
  func grid() {
    var session = PaneSession(.trace, of: PaperRun.counting(30, parameters: 9))
    session.press(.last, .pin, .first, .toggleGrid)
    let text = session.text
    #expect(text.contains("Trace, grid") && text.contains("1–4 of 9"))
    #expect(text.contains("◆ p9") && text.contains("p1") && text.contains("p3"))
    #expect(!text.contains("p4"))
    session.press(.down, .right)
    #expect(session.browsing.parameter == "p3")
    session.press(.pageDown)
    #expect(session.text.contains("5–8 of 9") && session.browsing.parameter == "p7")
    session.press(.nextSection)
    #expect(session.text.contains("Density by chain, grid"))
    session.press(.open)
    #expect(session.text.contains("Density by chain: p7"))
    session.press(.nextSection)
    #expect(
      session.availability(of: .toggleGrid)
        == .disabled("a grid shows traces or densities; ] goes on to them"))
    session.press(.previousSection, .toggleGrid)
    session.click(45, 3)
    #expect(session.browsing.parameter == "p5")
    session.click(45, 3)
    #expect(session.text.contains("Density by chain: p5"), "a second press opens it")
  }

  @Test("a press in the list chooses, and the list stays where it is under the mouse")
  func list() {
    var session = PaneSession(.trace, of: PaperRun.counting(30, parameters: 40), 120, 20)
    session.click(5, 10)
    let chosen = session.browsing.parameter
    #expect(chosen == "p9", "the frame and the header are above the first")
    session.click(5, 15)
    #expect(session.browsing.parameter == "p14")
    #expect(session.row(of: "▶ p14") == 15)
    session.point(.wheelDown(Point(column: 5, row: 10)))
    #expect(session.browsing.parameter == "p16")
  }

  @Test("every other view is read too", arguments: TraceMode.allCases)
  func otherViews(_ mode: TraceMode) {
    for charset in Charset.allCases {
      var session = PaneSession(
        .trace, of: PaperRun.counting(210, parameters: 1), charset: charset)
      for _ in 0..<mode.rawValue { session.press(.nextSection) }
      session.press(.toggleReadout)
      let first = session.text
      session.press(.readoutLeft, .readoutLeft)
      #expect(first != session.text || mode == .essGrowth, "\(mode)")
      let word =
        switch mode {
        case .trace: "iteration"
        case .rankHistogram, .rankOverlay: "ranks "
        case .density: "of all below"
        case .cumulativeMean: "mean of"
        case .autocorrelation: "lag "
        case .essGrowth: "bulk ESS"
        }
      #expect(session.text.contains(word), "\(mode)\n\(session.text)")
      session.click(40, 8)
      #expect(session.text.contains(word), "\(mode)\n\(session.text)")
    }
  }

  @Test("numbers under the cursor are those of the draws: half of them lie below the middle")
  func densityReading() {
    // Chain 1 holds 11 ... 210, chain 2 half of these: of 400 draws 50 + 1 lie below 30.25 in chain 2 ...
    var session = PaneSession(.trace, of: PaperRun.counting(210, parameters: 1))
    session.press(.nextSection, .nextSection, .nextSection, .toggleReadout)
    // The cursor begins at the mean: (110.5 + 55.25) / 2 = 82.875, below which lie 72 + 155 draws.
    #expect(session.text.contains("value 82.88") && session.text.contains("56.8% of all below"))
    session.press(.nextSection)
    #expect(session.text.contains("mean of 200 draws  chain 1: 110.5  2: 55.25"))
  }

  @Test("no sequence of keys and presses draws outside or stops the program")
  func robust() {
    var seed: UInt64 = 7
    func random(_ count: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % count
    }
    let commands = PaneCommand.allCases
    for run in [PaperRun.counting(30, parameters: 5), SampleRun.waiting, SampleRun.foreign] {
      var session = PaneSession(.trace, of: run)
      for step in 0..<150 {
        let point = Point(column: random(90), row: random(30))
        let other = Point(column: random(90), row: random(30))
        switch random(8) {
        case 0: session.point(.press(point))
        case 1: session.point(.drag(from: point, to: other))
        case 2: session.point(.release(from: point, to: other))
        case 3: session.point(.wheelUp(point))
        case 4: session.point(.wheelDown(point), .doublePress(other))
        default: session.press(commands[random(commands.count)])
        }
        if step % 10 == 0 {
          session.size = Size(columns: random(130), rows: random(60))
          let text = session.text
          #expect(text.split(separator: "\n").allSatisfy { $0.count <= session.size.columns })
        }
      }
    }
  }
}
