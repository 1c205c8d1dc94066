// A pane with what the user did to it: commands and mouse in, drawing out.

import Panes
import RunFolder
import TerminalCore

/// A pane of a run at a size.
struct PaneSession {
  var kind: PaneKind
  var panes = PaneSet()
  var browsing: Browsing
  var snapshot: DashboardSnapshot
  var size: Size
  var charset: Charset
  /// The pane that the last deed led to.
  private(set) var next: PaneKind?
  private let run: RunSnapshot
  private var cache = DiagnosticCache()

  init(
    _ kind: PaneKind, of run: RunSnapshot, _ columns: Int = 80, _ rows: Int = 21,
    charset: Charset = .braille
  ) {
    self.kind = kind
    self.run = run
    self.charset = charset
    size = Size(columns: columns, rows: rows)
    browsing = PanesTests.browsing(run)
    browsing.charset = charset
    snapshot = DashboardSnapshot(run: run, now: 0)
    refresh()
  }

  /// Computes what is in view, as the dashboard does between two frames.
  private mutating func refresh() {
    let detail = panes.detailInView(of: kind, snapshot, browsing)
    cache.refresh(run, detail: detail, now: 0)
    snapshot.diagnostics = cache.report
  }

  mutating func press(_ commands: PaneCommand...) {
    for command in commands {
      next = panes.update(command, in: kind, snapshot, &browsing, size: size)
      refresh()
    }
  }

  mutating func point(_ pointers: PanePointer...) {
    for pointer in pointers {
      next = panes.handle(pointer, in: kind, snapshot, &browsing, size: size)
      refresh()
    }
  }

  /// A press without motion.
  mutating func click(_ column: Int, _ row: Int) {
    let point = Point(column: column, row: row)
    self.point(.press(point), .release(from: point, to: point))
  }

  mutating func drag(_ start: (Int, Int), _ end: (Int, Int)) {
    let (from, to) = (
      Point(column: start.0, row: start.1), Point(column: end.0, row: end.1)
    )
    point(.press(from), .drag(from: from, to: to), .release(from: from, to: to))
  }

  mutating func show(_ range: PlotRange) -> String? {
    panes.show(range, in: kind, snapshot, browsing)
  }

  func availability(of command: PaneCommand) -> Availability {
    panes.availability(of: command, in: kind, snapshot, browsing)
  }

  var text: String {
    var buffer = CellBuffer(size: size, charset: charset)
    panes.draw(kind, snapshot, browsing, into: &buffer, in: buffer.bounds)
    return buffer.asText()
  }

  /// The row of the drawing that holds a text.
  func row(of text: String) -> Int? {
    self.text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
      $0.contains(text)
    }
  }
}

/// Runs whose draws are known on paper.
enum PaperRun {
  /// Two chains of which ten draws are warm-up: `a` is the iteration in chain 1 and half of it in chain
  /// 2; the others are the same with their number added.
  static func counting(_ count: Int = 50, parameters: Int = 3) -> RunSnapshot {
    var run = RunSnapshot(name: "paper", path: "/runs/paper", state: .finished)
    let letters = (0..<parameters).map { "p\($0 + 1)" }
    run.chains = (1...2).map { chain in
      ChainDraws(
        id: chain, names: letters,
        columns: letters.indices.map { place in
          (1...count).map { Double($0) / Double(chain) + Double(place) }
        }, warmupCount: 10, phase: .finished)
    }
    return run
  }
}
