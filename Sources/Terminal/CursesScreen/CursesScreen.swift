// The terminal as a screen: frames go out through ncurses, keys and signals come in.

import CNcurses
import Glibc
import TerminalCore

/// What the user may decide about the terminal.
package struct CursesOptions: Sendable {
  /// The colours to use.
  ///
  /// If `nil`, as many as the terminal says it has; none where `NO_COLOR` is set, whatever is said
  /// here. See ``DirectColor`` for when that is true colour.
  package var colorDepth: ColorDepth?
  /// The glyphs to use; what the locale allows if `nil`.
  package var charset: Charset?
  /// Whether clicks and the wheel are reported; selecting text then needs the shift key.
  package var usesMouse = true
  /// A file that standard error goes to while the screen is on; it would spoil the screen.
  package var standardErrorFile: String?
  /// How long to wait after Escape for the rest of a key's sequence, in milliseconds; more on slow
  /// lines.
  package var escapeDelay = 25

  /// Everything as the terminal and the locale say.
  package init() {}
}

/// Why there is no screen.
package enum CursesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Standard input or output is not a terminal.
  case notATerminal
  /// No description of this terminal nor of a common one could be found.
  case unknownTerminal(String)
  /// The terminal is one of lines, such as "dumb".
  case cannotPlaceCursor(String)
  /// The system refused something; what, and the number of the error.
  case system(String, errno: Int32)

  /// One line for the user.
  package var description: String {
    switch self {
    case .notATerminal: "standard input and output must be a terminal"
    case .unknownTerminal(let name):
      "there is no description of the terminal \"\(name)\", nor of xterm (set TERM, or install ncurses-base)"
    case .cannotPlaceCursor(let name):
      "the terminal \"\(name)\" cannot place its cursor; set TERM, or draw a pane as text with mglmm-tui show"
    case .system(let what, let number): "\(what): \(String(cString: strerror(number)))"
    }
  }
}

/// The terminal of this process, from ``init(_:)`` to ``end()``; there may be one at a time, and it
/// belongs to the thread that made it.
package final class CursesScreen: Screen {
  package private(set) var size: Size
  package let charset: Charset
  package let colorDepth: ColorDepth
  /// What the user should know about how the terminal is used, such as that its own description was
  /// not found; `nil` if there is nothing to say.
  package let note: String?

  package private(set) var output = ScreenOutput()

  private let wakeups: Int32
  private var usesMouse: Bool
  private var pairs: ColorPairs
  private var shown: CellBuffer?
  private var shownTheme: Theme?
  private var hasEnded = false

  /// Takes over the terminal.
  package init(_ options: CursesOptions = CursesOptions()) throws(CursesError) {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    charset = CursesScreen.prepareLocale(wanting: options.charset)
    guard nc_save_terminal() == 0 else { throw .system("the terminal", errno: errno) }
    if let file = options.standardErrorFile, nc_redirect_errors(file) != 0 {
      throw .system(file, errno: errno)
    }
    // Before ncurses, which leaves alone the signals that are already handled.
    wakeups = nc_catch_signals()
    guard wakeups >= 0 else {
      let reason = errno
      nc_restore_errors()
      throw .system("a pipe for signals", errno: reason)
    }
    use_tioctl(true)
    guard let terminal = CursesScreen.start(wanted: options.colorDepth) else {
      nc_release_signals()
      nc_restore_errors()
      throw .unknownTerminal(CursesScreen.environment("TERM") ?? "")
    }
    guard nc_can_place_cursor() else {
      _ = endwin()
      nc_release_signals()
      nc_restore_errors()
      throw .cannotPlaceCursor(CursesScreen.environment("TERM") ?? "")
    }
    note = terminal.note
    usesMouse = options.usesMouse
    _ = set_escdelay(Int32(max(1, options.escapeDelay)))
    _ = cbreak()
    _ = noecho()
    _ = nonl()
    nc_pass_control_keys()
    _ = curs_set(0)
    let window = nc_stdscr()
    _ = nodelay(window, true)
    _ = keypad(window, true)
    _ = leaveok(window, true)
    pairs = ColorPairs()
    colorDepth = CursesScreen.depth(wanted: options.colorDepth, offered: pairs.depth)
    size = Size(columns: Int(nc_columns()), rows: Int(nc_lines()))
    if usesMouse { startMouse() }
  }

  deinit { end() }

  /// Gives the terminal back as it was; more than once does no harm.
  package func end() {
    guard !hasEnded else { return }
    hasEnded = true
    stopMouse()
    _ = endwin()
    nc_release_signals()
    nc_restore_errors()
  }

  package func invalidate() {
    shown = nil
    _ = clearok(nc_stdscr(), true)
  }

  package func present(_ frame: CellBuffer, theme: Theme) {
    guard !hasEnded else { return }
    let window = nc_stdscr()
    let old = shownTheme == theme ? shown : nil
    if old?.fullSize != frame.fullSize { _ = werase(window) }
    if shownTheme != theme { pairs.forgetStyles() }
    var line: [cchar_t] = []
    var cells = 0
    for run in frame.changes(since: old) where run.row < size.rows && run.column < size.columns {
      line.removeAll(keepingCapacity: true)
      cells += run.cells.count
      for cell in run.cells where !cell.isContinuation {
        let looks = pairs.looks(of: cell.style, theme: theme, depth: colorDepth)
        var output = cchar_t()
        let mark = cell.hasMark ? cell.mark.value : 0
        if nc_set_cell(&output, cell.scalar.value, mark, looks.attributes, looks.pair) == ERR {
          _ = nc_set_cell(&output, 0x20, 0, looks.attributes, looks.pair)
        }
        line.append(output)
      }
      _ = mvwadd_wchnstr(window, Int32(run.row), Int32(run.column), line, Int32(line.count))
    }
    _ = wnoutrefresh(window)
    flush(cells: cells)
    shown = frame
    shownTheme = theme
  }

  /// Writes what changed, and takes note of what that cost.
  private func flush(cells: Int) {
    let start = ContinuousClock.now
    let bytes = nc_update()
    output.seconds += (ContinuousClock.now - start) / .seconds(1)
    // Where ncurses wrote by itself: a character of three bytes for each cell that changed, and as much for colours.
    output.bytes += bytes >= 0 ? Int(bytes) : 6 * cells
  }

  package var isReady: Bool {
    var line = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    return poll(&line, 1, 0) != 0
  }

  package var hasEvent: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 0) > 0
  }

  package func nextEvent(timeout milliseconds: Int?, descriptors: [Int32]) -> ScreenEvent {
    let deadline = milliseconds.map { Clock.milliseconds + max(0, $0) }
    while true {
      if let event = signalEvent() ?? keyEvent() { return event }
      var waited = [pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)]
      for descriptor in [wakeups] + descriptors {
        waited.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      }
      let left = deadline.map { max(0, $0 - Clock.milliseconds) }
      let count = poll(&waited, nfds_t(waited.count), left.map { Int32(clamping: $0) } ?? -1)
      if count < 0 {
        // A signal: its note is looked at next.
        if errno == EINTR { continue }
        return .hangup
      }
      if waited[1].revents != 0 {
        nc_drain_wakeups()
        continue
      }
      if waited[0].revents != 0 {
        // To be asked first: afterwards what was there has been read.
        let isLost = hasLostTerminal(waited[0])
        if let event = keyEvent() { return event }
        if isLost { return .hangup }
      }
      let ready = waited.dropFirst(2).filter { $0.revents != 0 }.map(\.fd)
      if !ready.isEmpty { return .readable(ready) }
      if count == 0 { return .timeout }
    }
  }

  package func useMouse(_ isOn: Bool) {
    guard !hasEnded, isOn != usesMouse else { return }
    if usesMouse { stopMouse() }
    usesMouse = isOn
    if usesMouse { startMouse() }
  }

  package func suspend() {
    guard !hasEnded else { return }
    stopMouse()
    _ = endwin()
    nc_stop_process()
    resume()
  }

  /// Takes the terminal over again after the program was stopped.
  private func resume() {
    _ = reset_prog_mode()
    _ = curs_set(0)
    if usesMouse { startMouse() }
    _ = adoptSize()
    invalidate()
  }
}

extension CursesScreen {
  /// What a signal that came means; `nil` if none came.
  private func signalEvent() -> ScreenEvent? {
    if nc_take_signal(SIGHUP) { return .hangup }
    for signal in [SIGTERM, SIGINT, SIGQUIT] where nc_take_signal(signal) {
      return .terminated(signal: signal)
    }
    if nc_take_signal(SIGTSTP) {
      suspend()
      return .resumed
    }
    if nc_take_signal(SIGCONT) {
      resume()
      return .resumed
    }
    if nc_take_signal(SIGWINCH), adoptSize() { return .resized(size) }
    return nil
  }

  /// Takes over the size that the system knows; whether it is another.
  private func adoptSize() -> Bool {
    var (columns, rows) = (Int32(0), Int32(0))
    guard nc_terminal_size(&columns, &rows) else { return false }
    let now = Size(columns: Int(columns), rows: Int(rows))
    guard now != size else { return false }
    _ = resizeterm(rows, columns)
    size = now
    shown = nil
    return true
  }

  /// The next key or click that is there already; `nil` if there is none.
  private func keyEvent() -> ScreenEvent? {
    while true {
      switch KeyReader.next() {
      case .none: return nil
      case .ignored: continue
      case .event(let event): return event
      case .resize:
        if adoptSize() { return .resized(size) }
      }
    }
  }

  /// Whether a terminal that has something to read in fact has nothing any more.
  private func hasLostTerminal(_ waited: pollfd) -> Bool {
    if Int32(waited.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    return Int32(waited.revents) & POLLIN != 0 && nc_bytes_waiting(STDIN_FILENO) <= 0
  }

  private func startMouse() {
    nc_use_mouse()
    // Reports while a button is held; ncurses itself asks for presses and releases only.
    CursesScreen.send("\u{1B}[?1002h")
  }

  private func stopMouse() {
    guard usesMouse else { return }
    CursesScreen.send("\u{1B}[?1002l")
    nc_release_mouse()
  }

  private static func send(_ sequence: String) {
    var sequence = sequence
    _ = sequence.withUTF8 { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}

/// The time since some moment, for deadlines.
private enum Clock {
  static var milliseconds: Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1000 + now.tv_nsec / 1_000_000
  }
}
