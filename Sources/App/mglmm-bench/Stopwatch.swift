// Seconds by the clock and seconds of the processor, repeated until they can be trusted.

import Glibc

extension Duration {
  /// The duration as a number of seconds.
  var asSeconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }
}

/// What one piece of work cost.
struct Cost {
  /// Seconds by the clock.
  var wall: Double
  /// Seconds of the processor, over all threads of this process.
  var processor: Double
}

/// Measures pieces of work.
enum Stopwatch {
  /// The processor seconds that this process has used.
  static func processorSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return processorSeconds(usage)
  }

  /// The processor seconds in what the system says of a process, its own and those it spent in the system.
  static func processorSeconds(_ usage: rusage) -> Double {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// The cost of one call of `body`.
  static func cost(_ body: () throws -> Void) rethrows -> Cost {
    let clock = ContinuousClock()
    let processor = processorSeconds()
    let begin = clock.now
    try body()
    let wall = (clock.now - begin).asSeconds
    return Cost(wall: wall, processor: processorSeconds() - processor)
  }

  /// The medians of `repetitions` calls of `body`, after one call to warm up.
  static func medianCost(repetitions: Int, _ body: () throws -> Void) rethrows -> Cost {
    try body()
    var costs: [Cost] = []
    for _ in 0..<repetitions { costs.append(try cost(body)) }
    return Cost(wall: median(costs.map(\.wall)), processor: median(costs.map(\.processor)))
  }

  /// The median processor seconds of one call of a short `body`: 25 batches of at least 2 ms each.
  ///
  /// The thread's own clock is read, so that work of other processes does not count.
  static func secondsPerCall(batches: Int = 25, _ body: () -> Void) -> Double {
    var calls = 1
    while true {
      let spent = threadSeconds { for _ in 0..<calls { body() } }
      if spent > 0.002 { break }
      calls = max(calls * 2, min(calls * 1000, Int(Double(calls) * 0.0025 / max(spent, 1e-9))))
    }
    return median(
      (0..<batches).map { _ in
        threadSeconds { for _ in 0..<calls { body() } } / Double(calls)
      })
  }

  private static func threadSeconds(_ body: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let begin = now()
    body()
    return now() - begin
  }

  /// The median; NaN of nothing.
  static func median(_ values: [Double]) -> Double {
    guard !values.isEmpty else { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle])
  }
}
