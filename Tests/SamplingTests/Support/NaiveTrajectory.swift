// The No-U-Turn trajectory as the papers write it: recursive, allocating, with a textbook leapfrog.

import Glibc
import Probability

@testable import Sampling

/// A point of phase space.
struct PhasePoint {
  var q: [Double]
  var p: [Double]
  var gradient: [Double]
  var logDensity: Double

  var energy: Double { dot(p, p) / 2 - logDensity }
}

func naiveLeapfrog<Target: LogDensity>(
  _ target: inout Target, _ point: PhasePoint, _ stepSize: Double
) -> PhasePoint {
  var next = point
  for i in next.q.indices {
    next.p[i] += stepSize / 2 * next.gradient[i]
    next.q[i] += stepSize * next.p[i]
  }
  next.logDensity = value(of: &target, at: next.q, gradient: &next.gradient)
  for i in next.q.indices { next.p[i] += stepSize / 2 * next.gradient[i] }
  return next
}

/// Recursive doubling with the three U-turn checks at every merge, as Stan's `base_nuts` makes
/// them.
struct NaiveTrajectory<Target: LogDensity> {
  var target: Target
  let stepSize: Double
  let limits: TrajectoryLimits
  private var startEnergy = 0.0
  private var leapfrogs = 0
  private var acceptance = 0.0
  private var diverged = false

  private struct Subtree {
    var first: PhasePoint
    var last: PhasePoint
    var momentumSum: [Double]
  }

  init(target: Target, stepSize: Double, limits: TrajectoryLimits) {
    self.target = target
    self.stepSize = stepSize
    self.limits = limits
  }

  mutating func run(from start: PhasePoint, directions: UInt64) -> TrajectoryOutcome {
    startEnergy = start.energy
    var whole = Subtree(first: start, last: start, momentumSum: start.p)
    func outcome(_ depth: Int, _ termination: Termination) -> TrajectoryOutcome {
      TrajectoryOutcome(
        depth: depth, leapfrogCount: leapfrogs, acceptStatistic: acceptance / Double(leapfrogs),
        termination: termination)
    }
    for depth in 0..<limits.maximumDepth {
      let forward = (directions >> UInt64(depth)) & 1 == 1
      let end = forward ? whole.last : whole.first
      guard let subtree = build(depth, from: end, step: forward ? stepSize : -stepSize) else {
        return outcome(depth, diverged ? .divergence : .turning)
      }
      // In order of time, as Stan has it: backward half, forward half.
      let later = forward ? subtree : whole
      var earlier = forward ? whole : subtree
      if !forward { swap(&earlier.first, &earlier.last) }
      let turning = turns(earlier, later)
      whole = Subtree(
        first: earlier.first, last: later.last,
        momentumSum: zip(earlier.momentumSum, later.momentumSum).map { $0 + $1 })
      if turning { return outcome(depth + 1, .turning) }
    }
    return outcome(limits.maximumDepth, .maximumDepth)
  }

  private mutating func build(_ depth: Int, from point: PhasePoint, step: Double) -> Subtree? {
    if depth == 0 {
      let next = naiveLeapfrog(&target, point, step)
      leapfrogs += 1
      let error = next.energy - startEnergy
      if !(error <= limits.maximumEnergyError) {
        diverged = true
        return nil
      }
      acceptance += min(1, exp(-error))
      return Subtree(first: next, last: next, momentumSum: next.p)
    }
    guard let left = build(depth - 1, from: point, step: step),
      let right = build(depth - 1, from: left.last, step: step), !turns(left, right)
    else { return nil }
    return Subtree(
      first: left.first, last: right.last,
      momentumSum: zip(left.momentumSum, right.momentumSum).map { $0 + $1 })
  }

  private func turns(_ left: Subtree, _ right: Subtree) -> Bool {
    func goesOn(_ a: [Double], _ b: [Double], _ rho: [Double]) -> Bool {
      dot(a, rho) > 0 && dot(b, rho) > 0
    }
    func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
    return
      !(goesOn(left.first.p, right.last.p, sum(left.momentumSum, right.momentumSum))
      && goesOn(left.first.p, right.first.p, sum(left.momentumSum, right.first.p))
      && goesOn(left.last.p, right.last.p, sum(right.momentumSum, left.last.p)))
  }
}
