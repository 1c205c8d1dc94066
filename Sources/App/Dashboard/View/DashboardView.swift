// The whole screen as a function of the state.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// The screen as it should look now.
  package func frame() -> CellBuffer {
    var buffer = CellBuffer(size: size, charset: charset)
    draw(into: &buffer)
    return buffer
  }

  private func draw(into buffer: inout CellBuffer) {
    let layout = layout
    buffer.draw(Header(state: self), in: layout.header)
    buffer.draw(Tabs(pane: pane), in: layout.tabs)
    panes.draw(pane, snapshot, browsing, into: &buffer, in: layout.front)
    if let split, let other = layout.other {
      panes.draw(split.other, snapshot, browsing, into: &buffer, in: other)
      drawTitle(pane, isFront: true, into: &buffer, in: layout.frontTitle)
      drawTitle(split.other, isFront: false, into: &buffer, in: layout.otherTitle)
    }
    if !layout.statement.isEmpty {
      let statement = panes.statement(of: pane, snapshot, browsing)
      buffer.draw(StatementLine(statement: statement, now: snapshot.now), in: layout.statement)
    }
    buffer.draw(Footer(state: self), in: layout.footer)
    if isFullScreen { drawFullScreenLine(into: &buffer) }
    switch mode {
    case .help(let help):
      buffer.draw(HelpOverlay(state: self, help: help), in: HelpOverlay.area(in: size))
    case .export(let menu): buffer.draw(menu, in: Rect(size))
    case .confirmStop: buffer.draw(StopQuestion(name: snapshot.run.name), in: Rect(size))
    case .command(let line):
      let menu = CommandMenu(state: self, text: line.text)
      buffer.draw(menu, in: menu.area(above: layout.footer, in: size))
    case .browsing, .filter: break
    }
  }

  /// The name of one of two panes, with a pointer at the one that the keys go to.
  private func drawTitle(
    _ kind: PaneKind, isFront: Bool, into buffer: inout CellBuffer, in area: Rect
  ) {
    let style = isFront ? Style(.title, .bold) : Style(.muted)
    let pointer = isFront ? String(buffer.charset.pointer) : " "
    buffer.write("\(pointer) \(kind.number) \(kind.title)", in: area, style)
  }

  /// What is typed or said has the last line of a pane that has the whole screen.
  private func drawFullScreenLine(into buffer: inout CellBuffer) {
    guard message != nil || mode != .browsing else { return }
    let line = Rect(size).splitBottom(1).bottom
    buffer.fill(line)
    buffer.draw(Footer(state: self), in: line)
  }

  /// The pane in front under the line about the run, without tabs and keys.
  package func paneFrame(size: Size) -> CellBuffer {
    var buffer = CellBuffer(size: size, charset: charset)
    let parts = Rect(size).splitTop(size.rows >= 4 ? 1 : 0)
    buffer.draw(Header(state: self), in: parts.top)
    panes.draw(pane, snapshot, browsing, into: &buffer, in: parts.rest)
    return buffer
  }
}
