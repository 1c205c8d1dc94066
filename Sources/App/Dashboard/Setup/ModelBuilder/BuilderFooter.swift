// The bottom line of the model builder: keys, or what happened, or what is being typed.

import Panes
import RunFolder
import TerminalCore

/// The bottom line.
struct BuilderFooter: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(left: area.columns > 2 ? 1 : 0)
    switch state.mode {
    case .filter(let line):
      let count = "\(state.listed.count) of \(state.data?.columns.count ?? 0)"
      BottomLine.draw(
        "filter /", line, hint: state.filter.problem ?? "\(count)  Enter keeps, Esc clears",
        isProblem: state.filter.problem != nil, into: &buffer, in: room)
    case .command(let line):
      BottomLine.draw(":", line, hint: hint(line), into: &buffer, in: room)
    case .formula(let line):
      let names = state.names(beginningAt: line)
      if names.isEmpty {
        SetupLine.drawKeys(
          [
            SetupKey("Enter", "keep", ""), SetupKey("Esc", "take back", ""),
            SetupKey("Tab", "complete a name", ""), SetupKey("Ctrl-S", "start", ""),
          ], into: &buffer, in: room)
      } else {
        buffer.write(
          [StyledText("Tab ", Style(.key, .bold)), StyledText(names.joined(separator: "  "))],
          in: room)
      }
    case .browsing, .help, .confirmLeave:
      if let message = state.message {
        BottomLine.draw(message, into: &buffer, in: room)
      } else {
        SetupLine.drawKeys(
          BuilderKeys.footer(
            state.focus, hasModel: state.request.hasModel, isNarrow: area.columns < 60),
          into: &buffer, in: room)
      }
    }
  }

  private func hint(_ line: LineEditor) -> String {
    let candidates = BuilderCommands.candidates(line.text)
    if candidates.count != 1 { return candidates.joined(separator: " ") }
    return BuilderCommands.all.first { $0.name == candidates[0] }.map {
      "\($0.argument)  \($0.help)"
    } ?? ""
  }
}
