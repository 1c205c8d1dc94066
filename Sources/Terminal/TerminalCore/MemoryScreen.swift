// A screen without a terminal: events come from a script, frames are kept.

/// A screen that plays a script of events and keeps the frames it is shown.
package final class MemoryScreen: Screen {
  package private(set) var size: Size
  package let charset: Charset
  package let colorDepth: ColorDepth
  /// The frames shown so far, oldest first.
  package private(set) var frames: [CellBuffer] = []
  /// The texts put on the clipboard, oldest first.
  package private(set) var copies: [String] = []
  /// How often the program asked to be suspended.
  package private(set) var suspensions = 0
  /// Whether the mouse is reported; true until the program says otherwise.
  package private(set) var usesMouse = true
  private var script: [ScreenEvent]
  private var position = 0

  /// A screen of a size that will report the events in order, and a hangup after the last.
  package init(
    size: Size, charset: Charset = .braille, colorDepth: ColorDepth = .indexed,
    events: [ScreenEvent] = []
  ) {
    self.size = size
    self.charset = charset
    self.colorDepth = colorDepth
    script = events
  }

  /// Adds keys to the end of the script.
  package func type(_ keys: KeyEvent...) {
    script += keys.map { .key($0) }
  }

  /// Adds the characters of a text to the end of the script.
  package func type(_ text: String) {
    script += text.map { .key(.character($0)) }
  }

  /// Adds any events to the end of the script.
  package func post(_ events: ScreenEvent...) {
    script += events
  }

  /// The newest frame as text; empty before the first.
  package var text: String { frames.last?.asText() ?? "" }

  package func present(_ frame: CellBuffer, theme: Theme) { frames.append(frame) }

  package func invalidate() {}

  package func copy(_ text: String) throws(ClipboardError) {
    _ = try ClipboardSequence.text(copying: text, through: .none)
    copies.append(text)
  }

  package func useMouse(_ isOn: Bool) { usesMouse = isOn }

  package func suspend() { suspensions += 1 }

  package func nextEvent(timeout milliseconds: Int?, descriptors: [Int32]) -> ScreenEvent {
    guard position < script.count else { return .hangup }
    defer { position += 1 }
    if case .resized(let size) = script[position] { self.size = size }
    return script[position]
  }
}
