// Copying to the clipboard of the terminal, past ncurses.

import Glibc
import TerminalCore

extension CursesScreen {
  /// Puts a text on the terminal's clipboard; whether the terminal allows that, it does not say.
  package func copy(_ text: String) throws(ClipboardError) {
    let sequence = try ClipboardSequence.text(
      copying: text, through: Multiplexer(environment: CursesScreen.environment))
    // Between two frames, which ncurses has written to the end, so that nothing is torn apart.
    var rest = Array(sequence.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .notWritten }
      rest = rest.dropFirst(written)
    }
  }
}
