// How fast chains go and how long they still need, from watching their iterations pass.

import RunFolder

/// The speed of one chain.
package struct ChainRate: Sendable, Equatable {
  /// Iterations a second.
  package var iterationsPerSecond: Double
  /// Seconds until the last planned iteration; `nil` when that is not known.
  package var secondsLeft: Double?

  /// A speed, and how long the chain still needs.
  package init(iterationsPerSecond: Double, secondsLeft: Double? = nil) {
    self.iterationsPerSecond = iterationsPerSecond
    self.secondsLeft = secondsLeft
  }
}

/// Measures the speed of chains over the last ten seconds.
package struct RateMeter {
  private struct Reading {
    var time: Double
    var iteration: Int
  }
  private var readings: [Int: [Reading]] = [:]
  private static let window = 10.0

  /// A meter that has seen nothing.
  package init() {}

  /// Takes note of where the chains are at a time, and returns the speeds known now.
  package mutating func observe(_ run: RunSnapshot, now: Double) -> [Int: ChainRate] {
    var rates: [Int: ChainRate] = [:]
    for status in ChainStatus.all(of: run) {
      rates[status.number] = rate(of: status, of: run, now: now)
    }
    return rates
  }

  private mutating func rate(
    of status: ChainStatus, of run: RunSnapshot, now: Double
  ) -> ChainRate? {
    if status.phase == .finished {
      readings[status.number] = nil
      let chain = run.chains.first { $0.id == status.number }
      let seconds = (chain?.warmupSeconds ?? 0) + (chain?.samplingSeconds ?? 0)
      guard seconds > 0 else { return nil }
      return ChainRate(iterationsPerSecond: Double(status.iteration) / seconds, secondsLeft: 0)
    }
    guard run.state.isLive, run.state != .paused else {
      readings[status.number] = nil
      return nil
    }
    var past = readings[status.number] ?? []
    // A resumed worker may begin behind what was seen before.
    if let last = past.last, last.iteration > status.iteration || last.time > now { past = [] }
    if past.last?.time != now { past.append(Reading(time: now, iteration: status.iteration)) }
    while past.count > 2, now - past[1].time >= Self.window { past.removeFirst() }
    readings[status.number] = past
    guard let first = past.first, now - first.time >= 0.2, status.iteration > first.iteration
    else { return nil }
    let speed = Double(status.iteration - first.iteration) / (now - first.time)
    let left = status.total.map { Double(max(0, $0 - status.iteration)) / speed }
    return ChainRate(iterationsPerSecond: speed, secondsLeft: left)
  }
}
