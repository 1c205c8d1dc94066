// A dashboard in a pseudoterminal that is typed into, timed, and watched for what it costs.

import Glibc

/// A program on a terminal, with a stopwatch.
final class WatchedScreen {
  private let terminal: Pseudoterminal
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  /// What it wrote last, without what came long before.
  private var recent = ""
  private let clock = ContinuousClock()
  private let begin: ContinuousClock.Instant
  private var isEnded = false

  /// What a program costs in a second.
  struct Costs {
    /// Bytes to the terminal.
    var bytes: Double
    /// Seconds of the processor.
    var processor: Double
  }

  init(_ program: String, _ arguments: [String]) throws {
    begin = clock.now
    terminal = try Pseudoterminal(program, arguments)
  }

  @discardableResult func end() -> Double {
    guard !isEnded else { return 0 }
    isEnded = true
    return terminal.end()
  }

  /// Reads what it writes for so many seconds; the number of bytes.
  func listen(seconds: Double) -> Int {
    let start = clock.now
    var total = 0
    while true {
      let left = seconds - (clock.now - start).asSeconds
      guard left > 0, let count = read(milliseconds: Int32(max(1, left * 1000))) else {
        return total
      }
      total += count
    }
  }

  private func read(milliseconds: Int32) -> Int? {
    guard let count = terminal.read(into: &buffer, milliseconds: milliseconds) else { return nil }
    recent = String((recent + String(decoding: buffer[..<count], as: UTF8.self)).suffix(20_000))
    return count
  }

  /// Seconds from its start until it has read everything: it reads no more, but for a glance at small files.
  func waitUntilRead(limit: Double) throws -> Double {
    var last = (bytes: -1e9, time: 0.0)
    while (clock.now - begin).asSeconds < limit {
      _ = listen(seconds: 0.05)
      let now = (clock.now - begin).asSeconds
      let bytes = readBytes ?? 0
      if bytes > last.bytes + 50_000 {
        last = (bytes, now)
      } else if now - last.time > 1.5 {
        return last.time
      }
    }
    throw BenchError("the dashboard was still reading after \(limit) s")
  }

  /// Waits until it uses less than a twentieth of a core.
  func waitUntilQuiet(limit: Double) throws {
    while (clock.now - begin).asSeconds < limit {
      if costs(seconds: 1).processor < 0.05 { return }
    }
    throw BenchError("the dashboard was still computing after \(limit) s")
  }

  /// Seconds from each key to the first byte of the answer.
  func answers(_ keys: [String], pause: Double) -> [Double] {
    keys.compactMap { key in
      _ = listen(seconds: pause)
      let start = clock.now
      terminal.type(key)
      guard let count = read(milliseconds: 2000), count > 0 else { return nil }
      return (clock.now - start).asSeconds
    }
  }

  /// What it costs, over some seconds.
  func costs(seconds: Double, while work: (() throws -> Void)? = nil) rethrows -> Costs {
    let start = (clock.now, processorSeconds ?? 0)
    var bytes = 0
    while (clock.now - start.0).asSeconds < seconds {
      try work?()
      bytes += listen(seconds: work == nil ? seconds : 0.05)
    }
    let wall = (clock.now - start.0).asSeconds
    return Costs(
      bytes: Double(bytes) / wall, processor: ((processorSeconds ?? 0) - start.1) / wall)
  }

  /// The largest memory it has had, in megabytes; nil where the kernel does not say.
  var peakMegabytes: Double? { number(after: "VmHWM:", in: "status").map { $0 / 1000 * 1.024 } }

  /// All bytes that it has read.
  var readBytes: Double? { number(after: "rchar:", in: "io") }

  /// The processor seconds of all its threads.
  private var processorSeconds: Double? {
    // In clock ticks of a hundredth of a second: fields 14 and 15, counted after the name in brackets.
    guard let text = TextFile.read("/proc/\(terminal.child)/stat"),
      let close = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return nil
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }

  private func number(after word: String, in file: String) -> Double? {
    guard let text = TextFile.read("/proc/\(terminal.child)/\(file)") else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(word) {
      let fields = line.split { $0 == " " || $0 == "\t" }
      return fields.count > 1 ? Double(fields[1]) : nil
    }
    return nil
  }
}
