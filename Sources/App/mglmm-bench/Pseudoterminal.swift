// A terminal without a window: a program is started in it and its first picture awaited.

import Glibc

/// What was seen of a program that draws on a terminal.
struct FirstFrame {
  /// Seconds from its start to the first visible character.
  let firstCharacter: Double
  /// Seconds from its start to the last byte before the first pause of 100 ms.
  let wholeFrame: Double
}

/// A program in a pseudoterminal of its own, 120 by 40 cells.
struct Pseudoterminal {
  /// The program's process.
  let child: pid_t
  private let main: Int32

  /// Starts a program in a new terminal.
  init(_ program: String, _ arguments: [String]) throws {
    var (main, side): (Int32, Int32) = (-1, -1)
    var name = [CChar](repeating: 0, count: 256)
    var size = winsize(ws_row: 40, ws_col: 120, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&main, &side, &name, nil, &size) == 0 else {
      throw BenchError("no pseudoterminal")
    }
    close(side)
    self.main = main
    do {
      // A child that held our side would keep the terminal alive.
      guard fcntl(main, F_SETFD, FD_CLOEXEC) == 0 else { throw BenchError("no pseudoterminal") }
      let path = name.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
      child = try ChildProcess.start(
        program, arguments, environment: ["TERM=xterm-256color"], isSession: true
      ) { actions in
        // The first terminal that a leader of a session opens becomes its own.
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
      }
    } catch {
      close(main)
      throw error
    }
  }

  /// Reads what the program wrote into `buffer`, waiting at most so many milliseconds: the number of bytes, 0 when
  /// there were none in that time, nil at the end.
  func read(into buffer: inout [UInt8], milliseconds: Int32) -> Int? {
    var wait = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return 0 }
    let count = Glibc.read(main, &buffer, buffer.count)
    return count > 0 ? count : nil
  }

  /// Types a text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(main, bytes, bytes.count)
  }

  /// Ends the program by its key `q`, or by a signal; the processor seconds that it has used.
  @discardableResult func end() -> Double {
    defer { close(main) }
    var usage = rusage()
    _ = write(main, "q", 1)
    var buffer = [UInt8](repeating: 0, count: 4096)
    for attempt in 0..<200 {
      var status: Int32 = 0
      if wait4(child, &status, WNOHANG, &usage) == child {
        return Stopwatch.processorSeconds(usage)
      }
      // What it writes while it ends must be read, or it would wait for us.
      if read(into: &buffer, milliseconds: 10) == nil { usleep(10_000) }
      if attempt == 100 { kill(child, SIGTERM) }
    }
    kill(child, SIGKILL)
    var status: Int32 = 0
    while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
    return Stopwatch.processorSeconds(usage)
  }

  /// Starts a program in a terminal of its own, waits for its first frame, and ends it.
  static func firstFrame(_ program: String, _ arguments: [String]) throws -> FirstFrame {
    let clock = ContinuousClock()
    let begin = clock.now
    let terminal = try Pseudoterminal(program, arguments)
    defer { terminal.end() }
    var scanner = VisibleScanner()
    var (first, last): (Double?, Double?)
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while (clock.now - begin).asSeconds < 10 {
      let wait: Int32 = first == nil ? 1000 : 100
      guard let count = terminal.read(into: &buffer, milliseconds: wait) else { break }
      if count == 0 && first != nil { break }
      guard count > 0 else { continue }
      let now = (clock.now - begin).asSeconds
      last = now
      if scanner.sees(buffer[..<count]), first == nil { first = now }
    }
    guard let first, let last else { throw BenchError("\(program) showed nothing in 10 s") }
    return FirstFrame(firstCharacter: first, wholeFrame: last)
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
