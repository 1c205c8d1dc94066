// Draws panes for the page, one view after the other.

import Panes
import RunFolder
import TerminalCore

/// The panes of a run as figures.
struct ReportFigures {
  let run: RunSnapshot
  private(set) var snapshot: DashboardSnapshot
  var browsing: Browsing
  private var cache = DiagnosticCache()
  private let theme: Theme
  private let now: Double

  /// Columns of a figure: as wide as the page, and narrow enough that traces have no list beside them.
  static let columns = 99

  init(_ run: RunSnapshot, theme: Theme, now: Double) {
    self.run = run
    self.theme = theme
    self.now = now
    cache.refresh(run, now: now)
    var rates = RateMeter()
    snapshot = DashboardSnapshot(
      run: run, diagnostics: cache.report, rates: rates.observe(run, now: now), now: now)
    browsing = Browsing()
    browsing.refresh(from: run)
  }

  /// Computes what a pane shows beyond the statistics of parameters.
  mutating func prepare(_ kind: PaneKind, _ panes: PaneSet) {
    guard let detail = panes.detailInView(of: kind, snapshot, browsing) else { return }
    cache.refresh(run, detail: detail, now: now)
    snapshot.diagnostics = cache.report
  }

  /// A pane as it looks at some height.
  func frame(_ kind: PaneKind, _ panes: PaneSet, rows: Int) -> CellBuffer {
    var buffer = CellBuffer(size: Size(columns: Self.columns, rows: rows))
    panes.draw(kind, snapshot, browsing, into: &buffer, in: buffer.bounds)
    return buffer
  }

  /// A frame as a figure with words under it.
  func figure(_ frame: CellBuffer, _ caption: String) -> String {
    let drawing = SvgDrawing(frame.printed(), theme: theme, title: caption, isEmbedded: true)
    return "<figure>\n\(drawing.text)<figcaption>\(Markup.escaped(caption))</figcaption>\n</figure>"
  }

  /// The tables of a pane by name.
  func tables(_ kind: PaneKind, _ panes: PaneSet = PaneSet()) -> [PaneTable] {
    panes.tables(of: kind, snapshot, browsing)
  }

  /// The states of a pane that a command goes through, until the first comes again; at most so many.
  ///
  /// - Returns: the states, and whether there are more of them.
  func walk(
    _ kind: PaneKind, from panes: PaneSet, by command: PaneCommand, most: Int
  ) -> (states: [PaneSet], isCut: Bool) {
    let size = Size(columns: Self.columns, rows: 24)
    var states = [panes]
    let first = frame(kind, panes, rows: size.rows).cells
    var current = panes
    var choices = browsing
    while current.availability(of: command, in: kind, snapshot, choices).isEnabled {
      _ = current.update(command, in: kind, snapshot, &choices, size: size)
      if frame(kind, current, rows: size.rows).cells == first { break }
      if states.count == most { return (states, true) }
      states.append(current)
    }
    return (states, false)
  }

  /// A state of a pane after a command.
  func after(_ command: PaneCommand, _ kind: PaneKind, _ panes: PaneSet) -> PaneSet? {
    guard panes.availability(of: command, in: kind, snapshot, browsing).isEnabled else {
      return nil
    }
    var next = panes
    var choices = browsing
    _ = next.update(
      command, in: kind, snapshot, &choices, size: Size(columns: Self.columns, rows: 24))
    return next
  }

  /// How the whole of a table can be had.
  func command(_ kind: PaneKind, _ table: PaneTable) -> String {
    "mglmm-tui show \(run.name) --pane \(kind.rawValue) --format csv --table \(table.name)"
  }
}
