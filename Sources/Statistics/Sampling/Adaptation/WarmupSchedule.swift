// The plan of the warm-up, as data: what is adapted when.

/// A stretch of warm-up iterations with one purpose.
package struct WarmupPhase: Equatable, Sendable {
  /// What a phase is for.
  package enum Purpose: UInt8, Sendable {
    /// Only the step size is adapted.
    case stepSize
    /// Draws are collected as well, and the metric is replaced when the phase ends.
    case metric
  }

  /// What the phase is for.
  package let purpose: Purpose
  /// Its length.
  package let iterations: Int

  /// A phase of a purpose and a length.
  package init(_ purpose: Purpose, iterations: Int) {
    self.purpose = purpose
    self.iterations = iterations
  }
}

/// The phases of a warm-up in order.
///
/// ```
/// stepSizeOnly   |ssssssssssssssssssssssss|
/// windowed       |sss|m|mm|mmmm|mmmmmmm|ss|    windows double (Stan's reference manual)
/// growing        |m|mm|mmm|mmmmmmmmmmm|sss|    windows grow by half from ten draws (after nutpie)
/// ```
package struct WarmupSchedule: Equatable, Sendable {
  /// How the iterations are divided.
  package enum Kind: Sendable {
    /// One phase for the step size: for a preconditioner that fits.
    case stepSizeOnly
    /// Stan's plan: 75 iterations, windows of 25, 50, 100 draws and so on, 50 iterations.
    ///
    /// Warm-ups shorter than 150 are divided into 15%, 75% and 10%.
    case windowed
    /// Windows growing by half from 10 draws, then 15% for the step size.
    case growing
  }

  /// The phases, none of them empty.
  package let phases: [WarmupPhase]

  /// A plan for a number of iterations, which may be zero.
  package init(iterations: Int, kind: Kind) {
    precondition(iterations >= 0, "\(iterations) iterations")
    switch kind {
    case .stepSizeOnly: self.init([WarmupPhase(.stepSize, iterations: iterations)])
    case .windowed: self.init(Self.windowed(iterations))
    case .growing: self.init(Self.growing(iterations))
    }
  }

  /// A plan of one's own; empty phases are dropped.
  package init(_ phases: [WarmupPhase]) { self.phases = phases.filter { $0.iterations > 0 } }

  /// The length of the warm-up.
  package var iterations: Int { phases.reduce(0) { $0 + $1.iterations } }

  /// The phase of iteration `index` (from zero), and whether it is its last; nil after the warm-up.
  package func phase(at index: Int) -> (phase: WarmupPhase, isLast: Bool)? {
    var end = 0
    for phase in phases {
      end += phase.iterations
      if index < end { return (phase, index == end - 1) }
    }
    return nil
  }

  /// The same plan up to iteration `index`, and another kind of plan for what is left of it.
  package func replacingRest(from index: Int, with kind: Kind) -> WarmupSchedule {
    var kept: [WarmupPhase] = []
    var left = index
    for phase in phases where left > 0 {
      kept.append(WarmupPhase(phase.purpose, iterations: min(phase.iterations, left)))
      left -= phase.iterations
    }
    let rest = WarmupSchedule(iterations: max(0, iterations - index), kind: kind)
    return WarmupSchedule(kept + rest.phases)
  }

  private static func windowed(_ total: Int) -> [WarmupPhase] {
    if total < 20 { return [WarmupPhase(.stepSize, iterations: total)] }
    var (first, window, last) = (75, 25, 50)
    if first + window + last > total {
      first = total * 15 / 100
      last = total / 10
      window = total - first - last
    }
    let middle = windows(total: total - first - last, first: window) { 2 * $0 }
    return [WarmupPhase(.stepSize, iterations: first)] + middle
      + [WarmupPhase(.stepSize, iterations: last)]
  }

  private static func growing(_ total: Int) -> [WarmupPhase] {
    let last = (total * 15 + 99) / 100
    let middle = windows(total: total - last, first: 10) { $0 * 3 / 2 }
    return middle + [WarmupPhase(.stepSize, iterations: last)]
  }

  /// Growing windows that fill `total`; one that leaves too little for the next takes the rest.
  private static func windows(
    total: Int, first: Int, next: (Int) -> Int
  ) -> [WarmupPhase] {
    var phases: [WarmupPhase] = []
    var left = total
    var size = first
    while left > 0 {
      let following = next(size)
      if left - size < following { size = left }
      phases.append(WarmupPhase(.metric, iterations: size))
      left -= size
      size = following
    }
    return phases
  }
}
