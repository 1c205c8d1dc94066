// The list of runs: scripted keys, and the drawing.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard
@testable import RunFolder

@Suite("The list of runs is sorted, filtered, marked, and leads to other runs and comparisons")
struct RunListTests {
  private func entry(
    _ name: String, _ state: RunState, _ method: FitMethod, created: Double, share: Double? = nil
  ) -> RunEntry {
    var request = RunRequest()
    request.dataPath = "/data/\(name.prefix(3)).csv"
    request.formulas = ["y ~ x + (1 | \(name.suffix(1)))"]
    request.method = method
    return RunEntry(
      folder: RunFolder(path: "/runs/\(name)"), state: state, request: request, worker: nil,
      created: created, share: share)
  }

  private var entries: [RunEntry] {
    [
      entry("edu-3", .finished, .ml, created: 3000),
      entry("edu-2", .sampling, .mcmc, created: 2000, share: 0.25),
      entry("pbc-1", .failed(message: "no"), .mcmc, created: 1000),
      entry("edu-1", .lost, .mcmc, created: 500),
    ]
  }

  private func list(_ keys: String, current: String = "/runs/pbc-1") -> (RunList, RunListAnswer) {
    var list = RunList(current: current)
    list.refresh(entries, others: 7)
    var answer = RunListAnswer.none
    for name in keys.split(separator: " ") {
      guard let key = KeyEvent(named: String(name)) else { continue }
      answer = list.handle(key, page: 10)
    }
    return (list, answer)
  }

  @Test("live runs come first, then the newest; s and S change the order")
  func order() {
    #expect(list("").0.shown.map(\.name) == ["edu-2", "edu-3", "pbc-1", "edu-1"])
    #expect(list("s").0.shown.map(\.name) == ["edu-1", "edu-2", "edu-3", "pbc-1"])
    #expect(list("s S").0.shown.map(\.name) == ["pbc-1", "edu-3", "edu-2", "edu-1"])
    #expect(
      list("s s").0.shown.map(\.state.word) == ["failed", "finished", "sampling", "worker lost"])
    #expect(list("s s s s").0.order == .newest)
  }

  @Test("the run that is open is in front; j, k and Enter choose another")
  func choosing() {
    #expect(list("enter").1 == .open("/runs/pbc-1"))
    #expect(list("k enter").1 == .open("/runs/edu-3"))
    #expect(list("j j j enter").1 == .open("/runs/edu-1"))
    #expect(list("g enter").1 == .open("/runs/edu-2"))
    #expect(list("G k pgdn enter").1 == .open("/runs/edu-1"))
    #expect(list("esc").1 == .close && list("q").1 == .close)
    if case .refuse = list("z").1 {} else { Issue.record("a key without use says so") }
  }

  @Test("the filter looks at name, state, method and model; Esc takes it off before it closes")
  func filter() {
    #expect(list("/ e d u enter").0.shown.map(\.name) == ["edu-2", "edu-3", "edu-1"])
    #expect(list("/ m c m c space e d u enter").0.shown.map(\.name) == ["edu-2", "edu-1"])
    #expect(list("/ l o s t enter enter").1 == .open("/runs/edu-1"))
    #expect(list("/ x x enter enter").1 == .none)
    #expect(list("/ e d u enter esc").0.filter.isEmpty && list("/ e d u enter esc").1 == .none)
    #expect(list("/ e d u esc").0.filter.isEmpty)
    #expect(list("/ a backspace backspace").0.typing == nil)
  }

  @Test("Space marks up to four runs, C compares them in the order of marking")
  func marking() {
    #expect(list("g space space C").1 == .compare(["/runs/edu-2", "/runs/edu-3"]))
    #expect(list("G space g space C").1 == .compare(["/runs/edu-1", "/runs/edu-2"]))
    #expect(list("g space g space").0.marked.isEmpty)
    #expect(list("g space space space space").0.marked.count == 4)
    // Without marks: the one in front beside the one that is open.
    #expect(list("g C").1 == .compare(["/runs/pbc-1", "/runs/edu-2"]))
    if case .refuse = list("C").1 {} else { Issue.record("a run is not compared with itself") }
    var (kept, _) = list("g space space")
    kept.refresh([entry("edu-3", .finished, .ml, created: 3000)], others: 0)
    #expect(kept.marked == ["/runs/edu-3"], "a run that is gone takes its mark along")
  }

  @Test("five runs are more than are compared")
  func tooMany() {
    var list = RunList(current: "")
    list.refresh((1...5).map { entry("edu-\($0)", .finished, .ml, created: Double($0)) }, others: 0)
    var answers: [RunListAnswer] = []
    for _ in 1...5 { answers.append(list.handle(.character(" "), page: 10)) }
    #expect(list.marked.count == 4)
    if case .refuse = answers[4] {} else { Issue.record("the fifth is refused") }
  }

  @Test("the list is drawn at every size, in ASCII with nothing but ASCII")
  func drawing() throws {
    var (list, _) = list("g space")
    for (columns, rows) in [(40, 12), (80, 24), (120, 40), (200, 50), (400, 100), (12, 4), (0, 0)] {
      for charset in Charset.allCases {
        var buffer = CellBuffer(size: Size(columns: columns, rows: rows), charset: charset)
        buffer.draw(
          RunListOverlay(list: list, now: 4000), in: RunListOverlay.area(in: buffer.fullSize))
        let text = buffer.asText()
        if columns >= 40 { #expect(text.contains("edu-2") && text.contains("sampling")) }
        if charset == .ascii {
          #expect(text.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
        }
      }
    }
    var buffer = CellBuffer(size: Size(columns: 110, rows: 9))
    list.refresh(entries, others: 7)
    buffer.draw(RunListOverlay(list: list, now: 4000), in: buffer.bounds)
    let text = buffer.asText() + "\n"
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try text.write(toFile: "\(folder)/runs-110x9.txt", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/runs-110x9.txt", withExtension: nil))
    #expect(try String(contentsOf: url, encoding: .utf8) == text)
  }

  @Test("R opens the list in the dashboard, and Esc closes it; C opens it, too")
  func session() {
    let open = Session(SampleRun.live, keys("R"))
    #expect(open.text.contains("Runs") && open.text.contains("no runs here"))
    #expect(Session(SampleRun.live, keys("C")).text.contains("no runs here"))
    #expect(Session(SampleRun.live, keys("R esc")).state.mode == .browsing)
  }
}
