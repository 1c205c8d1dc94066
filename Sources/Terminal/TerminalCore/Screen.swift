// Where frames go and events come from: a terminal, or memory in tests.

/// What can happen while a screen waits.
package enum ScreenEvent: Hashable, Sendable {
  case key(KeyEvent)
  case mouse(MouseEvent)
  /// The screen has another size now; the next frame must be drawn for it.
  case resized(Size)
  /// The program was suspended and goes on.
  case resumed
  /// These descriptors of those waited for can be read.
  case readable([Int32])
  /// Nothing happened in the time given.
  case timeout
  /// The terminal has gone away.
  case hangup
  /// The program was asked to end, by this signal.
  case terminated(signal: Int32)
}

/// A place that shows frames and reports events; it belongs to one thread.
package protocol Screen: AnyObject {
  /// The size frames should have now.
  var size: Size { get }
  /// The glyphs that the screen can show.
  var charset: Charset { get }
  /// The colours that the screen can show.
  var colorDepth: ColorDepth { get }
  /// Shows a frame; writes only what changed since the last one.
  func present(_ frame: CellBuffer, theme: Theme)
  /// Draws everything anew with the next frame, as after foreign output on the terminal.
  func invalidate()
  /// Waits for an event, at most for so many milliseconds (for ever if `nil`), and also until one of
  /// the descriptors can be read.
  func nextEvent(timeout milliseconds: Int?, descriptors: [Int32]) -> ScreenEvent
  /// Puts a text on the clipboard of the user's terminal.
  func copy(_ text: String) throws(ClipboardError)
  /// Reports clicks and the wheel from now on, or leaves the mouse to the terminal.
  func useMouse(_ isOn: Bool)
  /// Suspends the program, as Ctrl-Z does; returns when it goes on.
  func suspend()
}

extension Screen {
  /// An empty frame of the size and charset of the screen.
  package func makeFrame() -> CellBuffer { CellBuffer(size: size, charset: charset) }
}
