// A terminal without a window: a program is started in it and its first picture awaited.

import Glibc

/// What was seen of a program that draws on a terminal.
struct FirstFrame {
  /// Seconds from its start to the first visible character.
  let firstCharacter: Double
  /// Seconds from its start to the last byte before the first pause of 100 ms.
  let wholeFrame: Double
}

/// A pseudoterminal of 120 by 40 cells.
enum Pseudoterminal {
  /// Starts a program in a terminal of its own, waits for its first frame, and ends it by its key `q`, or by a signal.
  static func firstFrame(_ program: String, _ arguments: [String]) throws -> FirstFrame {
    var (main, side): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&main, &side, &name, nil, &size) == 0 else {
      throw BenchError("no pseudoterminal")
    }
    close(side)
    defer { close(main) }
    // A child that held our side would keep the terminal alive.
    guard fcntl(main, F_SETFD, FD_CLOEXEC) == 0 else { throw BenchError("no pseudoterminal") }
    let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    let clock = ContinuousClock()
    let begin = clock.now
    let child = try ChildProcess.start(
      program, arguments, environment: ["TERM=xterm-256color"], isSession: true
    ) { actions in
      // The first terminal that a leader of a session opens becomes its own.
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    var scanner = VisibleScanner()
    var (first, last): (Double?, Double?)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while (clock.now - begin).asSeconds < 10 {
      var wait = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
      let ready = poll(&wait, 1, first == nil ? 1000 : 100)
      if ready == 0 && first != nil { break }
      guard ready > 0 else { continue }
      let count = read(main, &buffer, buffer.count)
      if count <= 0 { break }
      let now = (clock.now - begin).asSeconds
      last = now
      if scanner.sees(buffer[..<count]), first == nil { first = now }
    }
    end(child, main)
    guard let first, let last else { throw BenchError("\(program) showed nothing in 10 s") }
    return FirstFrame(firstCharacter: first, wholeFrame: last)
  }

  private static func end(_ child: pid_t, _ terminal: Int32) {
    _ = write(terminal, "q", 1)
    for attempt in 0..<200 {
      var status: Int32 = 0
      if waitpid(child, &status, WNOHANG) == child { return }
      // What it writes while it ends must be read, or it would wait for us.
      var buffer = [UInt8](repeating: 0, count: 4096)
      var wait = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      if poll(&wait, 1, 10) > 0 { _ = read(terminal, &buffer, buffer.count) }
      if attempt == 100 { kill(child, SIGTERM) }
    }
    kill(child, SIGKILL)
    ChildProcess.wait(for: child)
  }
}

/// Tells visible characters from escape sequences.
private struct VisibleScanner {
  private enum State { case plain, escape, control, string }
  private var state = State.plain

  /// Whether `bytes`, read after those before, hold a visible character.
  mutating func sees(_ bytes: ArraySlice<UInt8>) -> Bool {
    for byte in bytes {
      switch state {
      case .plain:
        if byte == 0x1B { state = .escape } else if byte > 0x20 && byte != 0x7F { return true }
      case .escape:
        state =
          switch byte {
          case UInt8(ascii: "["): .control
          case UInt8(ascii: "]"), UInt8(ascii: "P"): .string
          case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "#"): .escape
          default: .plain
          }
      case .control:
        if byte >= 0x40 && byte <= 0x7E { state = .plain }
      case .string:
        if byte == 0x07 { state = .plain } else if byte == 0x1B { state = .escape }
      }
    }
    return false
  }
}
