// The key table and what is made from it; looks and drawings as the command line asks for them.

import Panes
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard
@testable import RunFolder

@Suite("Footer, help and README say what the key table says")
struct TableTests {
  @Test("no key means two things at once, in any pane and state")
  func noConflicts() {
    for (_, run) in SampleRun.named {
      for kind in PaneKind.allCases {
        var state = DashboardState(
          snapshot: DashboardSnapshot(run: run, now: 0), size: Size(columns: 80, rows: 24))
        state.go(to: kind)
        var owners: [KeyEvent: String] = [:]
        for binding in KeyTable.all where binding.availability(state) != .absent {
          for key in binding.keys {
            #expect(owners[key] == nil, "\(key.name) in \(kind)")
            owners[key] = binding.label
          }
        }
      }
    }
  }

  @Test("every key of a label is a key of the entry, and every entry says what it does")
  func labels() {
    for binding in KeyTable.all {
      #expect(!binding.help.isEmpty && !binding.summary.isEmpty && !binding.keys.isEmpty)
      #expect(!binding.help.hasSuffix("."))
    }
    #expect(KeyTable.markdown().split(separator: "\n").count == KeyTable.all.count + 2)
    #expect(KeyTable.markdown().contains("| `Space` | freeze"))
  }

  @Test("the footer fits, and what does not fit is the least important")
  func footer() {
    for columns in [20, 40, 60, 80, 120] {
      let line = Session(SampleRun.live, columns: columns, rows: 24, []).lastLine
      #expect(displayWidth(of: line) <= columns)
      #expect(line.contains("q leave"))
    }
  }

  @Test("looks are checked, and errors name what there is")
  func looks() throws {
    #expect(try Looks().themes.names.prefix(3) == ["default", "dark", "light"])
    #expect(try Looks(theme: "Light").themes.theme == .light)
    #expect(try Looks(charset: "ascii").charset == .ascii)
    #expect(try Looks(color: "256", refusesColor: false).colorDepth == .indexed)
    #expect(try Looks(color: "256", isMonochrome: true).colorDepth == ColorDepth.none)
    #expect(throws: LooksError.self) { try Looks(theme: "no-such-theme") }
    #expect(throws: LooksError.self) { try Looks(theme: "/no/such.theme") }
    #expect(throws: LooksError.self) { try Looks(charset: "runes") }
    #expect(throws: LooksError.self) { try Looks(color: "many") }
  }

  @Test("a pane is drawn without a terminal at the size asked for")
  func drawing() throws {
    var drawing = PaneDrawing()
    try drawing.set(pane: "residuals")
    try drawing.set(size: "100x30")
    drawing.outcome = "passed"
    let looks = try Looks(charset: "block")
    let text = try drawing.text(
      of: SampleRun.live, looks: looks, depth: .none, now: SampleRun.begin + 10)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 31)
    #expect(text.contains("residuals are not uniform") && !text.contains("\u{1B}"))
    let colored = try drawing.text(
      of: SampleRun.live, looks: looks, depth: .indexed, now: SampleRun.begin + 10)
    #expect(colored.contains("\u{1B}["))
    drawing.isWholeScreen = true
    let whole = try drawing.text(
      of: SampleRun.live, looks: looks, depth: .none, now: SampleRun.begin + 10)
    #expect(whole.contains("[6 Res]") && whole.contains("q leave"))
    drawing.outcome = "height"
    #expect(throws: LooksError.self) {
      try drawing.text(of: SampleRun.live, looks: looks, depth: .none, now: 0)
    }
    for size in ["80", "0x10", "80x", "x", "80x24x2", "-1x5", "5000x10"] {
      #expect(throws: LooksError.self) { try drawing.set(size: size) }
    }
    #expect(throws: LooksError.self) { try drawing.set(pane: "weather") }
  }

  @Test("the list of runs is aligned, newest first, with workers and ages")
  func listing() {
    var request = RunRequest()
    request.dataPath = "/data/edu.csv"
    request.formulas = ["y ~ x"]
    request.method = .mcmc
    func entry(_ name: String, _ state: RunState, _ worker: WorkerIdentity?) -> RunEntry {
      RunEntry(
        folder: RunFolder(path: "/runs/\(name)"), state: state, request: request, worker: worker,
        created: 1000)
    }
    let text = RunListing.text(
      [
        entry("edu-2", .sampling, WorkerIdentity(host: "lab", processID: 77)),
        entry("edu-1", .finished, nil),
      ], now: 1000 + 7300)
    #expect(
      text == """
        #  run    state          begun    method  model
        1  edu-2  sampling (77)  2 h ago  mcmc    edu.csv: y ~ x
        2  edu-1  finished       2 h ago  mcmc    edu.csv: y ~ x

        """)
    let narrow = RunListing.text([entry("edu-1", .finished, nil)], now: 1000, columns: 30)
    #expect(narrow.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 30 })
    #expect(RunListing.age(30) == "just now" && RunListing.age(400_000) == "4 days ago")
  }

  @Test("demonstrations name their data and models")
  func demos() throws {
    #expect(DemoRun.all.map(\.name) == ["edu", "pbc2", "salamanders"])
    let request = try DemoRun.all[0].request()
    #expect(request.dataPath.hasSuffix("demo-data/edu.csv"))
    #expect(request.formulas == ["cbind(math_score, passed) ~ gender + SES + (1 | school_id)"])
    #expect(request.method == .mcmc)
  }
}
