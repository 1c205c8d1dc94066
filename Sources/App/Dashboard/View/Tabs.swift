// The line of panes, which can be clicked.

import Panes
import TerminalCore

/// The line of panes.
struct Tabs: Drawable {
  var pane: PaneKind

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let shown = shown(columns: area.columns, buffer.charset)
    buffer.write(shown.flatMap(\.pieces), in: area)
  }

  /// The pane whose tab is at a point of the line.
  func kind(at point: Point, in area: Rect, _ charset: Charset) -> PaneKind? {
    var column = area.column
    for tab in shown(columns: area.columns, charset) {
      column += tab.width(charset)
      if point.column < column { return tab.kind }
    }
    return nil
  }

  private struct Tab {
    var kind: PaneKind
    var pieces: [StyledText]

    func width(_ charset: Charset) -> Int {
      pieces.reduce(0) { $0 + displayWidth(of: $1.text, in: charset) }
    }
  }

  private func tabs(_ title: (PaneKind) -> String, gap: String = "") -> [Tab] {
    PaneKind.allCases.map { kind in
      let isFront = kind == pane
      let style = isFront ? Style(.title, .bold) : Style(.muted)
      return Tab(
        kind: kind,
        pieces: [
          StyledText(isFront ? "[" : " ", style),
          StyledText(String(kind.number), isFront ? style : Style(.key)),
          StyledText(" " + title(kind), style), StyledText((isFront ? "]" : " ") + gap, style),
        ])
    }
  }

  /// The tabs as they fit into a number of columns.
  private func shown(columns: Int, _ charset: Charset) -> ArraySlice<Tab> {
    func width(_ tabs: some Sequence<Tab>) -> Int { tabs.reduce(0) { $0 + $1.width(charset) } }
    // The first word of a title tells the pane where the whole title does not fit.
    let firstWord = { (kind: PaneKind) in String(kind.title.prefix { $0 != " " }) }
    let numbers = PaneKind.allCases.map { kind in
      Tab(
        kind: kind,
        pieces: [
          StyledText(
            kind == pane ? "[\(kind.number) \(kind.shortTitle)]" : " \(kind.number)",
            kind == pane ? Style(.title, .bold) : Style(.key))
        ])
    }
    let choices = [
      tabs(\.title, gap: " "), tabs(\.title), tabs(firstWord), tabs(\.shortTitle), numbers,
    ]
    var shown = (choices.first { width($0) <= columns } ?? numbers)[...]
    // Where not even the numbers fit, what is left of the pane in front goes until that shows.
    while let first = shown.first, first.kind != pane,
      width(shown.prefix { $0.kind != pane }) + width(shown.filter { $0.kind == pane }) > columns
    {
      shown = shown.dropFirst()
    }
    return shown
  }
}
