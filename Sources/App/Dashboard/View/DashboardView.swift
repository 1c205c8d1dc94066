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
    let layout = DashboardLayout(size)
    buffer.draw(Header(state: self), in: layout.header)
    buffer.draw(Tabs(pane: pane), in: layout.tabs)
    panes.draw(pane, snapshot, browsing, into: &buffer, in: layout.pane)
    buffer.draw(Footer(state: self), in: layout.footer)
    switch mode {
    case .help(let scroll):
      buffer.draw(
        HelpOverlay(state: self, scroll: scroll), in: HelpOverlay.area(in: size))
    case .confirmStop: buffer.draw(StopQuestion(name: snapshot.run.name), in: Rect(size))
    default: break
    }
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
