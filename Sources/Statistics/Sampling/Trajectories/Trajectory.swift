// The doubling scheme of the No-U-Turn sampler, without recursion and without physics.

import Glibc

/// Why a trajectory ended.
package enum Termination: String, Codable, Sendable {
  /// It turned back on itself, or would have in the next doubling.
  case turning
  /// It reached the maximum tree depth.
  case maximumDepth
  /// The energy error passed its bound or was not a number: the integrator failed here.
  case divergence
}

/// Where a trajectory must end at the latest.
struct TrajectoryLimits: Equatable, Sendable {
  /// The greatest number of doublings.
  var maximumDepth: Int
  /// The energy error H − H₀ beyond which a trajectory counts as divergent.
  var maximumEnergyError: Double
}

/// How a trajectory went.
struct TrajectoryOutcome: Equatable, Sendable {
  /// The number of completed doublings.
  var depth: Int
  /// The number of leapfrog steps, those of a rejected last doubling included.
  var leapfrogCount: Int
  /// The mean of min(1, exp(H₀ − H)) over all steps.
  var acceptStatistic: Double
  var termination: Termination
}

/// Builds one trajectory by repeated doubling and leaves the draw in `dynamics`.
///
/// Bit d of `directions` says in which direction the trajectory of 2^d points doubles. A new
/// subtree of 2^d leaves is built leaf by leaf; pieces of equal length are merged as in a binary
/// counter, which makes the same comparisons in the same order as the recursion of Hoffman & Gelman
/// (2014, Algorithm 3). Within a subtree the candidate is a multinomial draw (Betancourt 2017,
/// arXiv:1701.02434, appendix A), kept up to date as leaves arrive; at the top level the newer half
/// is preferred (biased progressive sampling, ibid.). A subtree that turns or diverges is rejected
/// whole.
func buildTrajectory<Dynamics: TrajectoryDynamics>(
  with dynamics: inout Dynamics, directions: UInt64, limits: TrajectoryLimits
) -> TrajectoryOutcome {
  var logWeight = 0.0
  var leapfrogCount = 0
  var acceptanceSum = 0.0

  func outcome(_ depth: Int, _ termination: Termination) -> TrajectoryOutcome {
    TrajectoryOutcome(
      depth: depth, leapfrogCount: leapfrogCount,
      acceptStatistic: acceptanceSum / Double(leapfrogCount), termination: termination)
  }

  for depth in 0..<limits.maximumDepth {
    let direction: Direction = (directions >> UInt64(depth)) & 1 == 1 ? .forward : .backward
    var subtreeLogWeight = -Double.infinity
    dynamics.beginSubtree()
    for leaf in 1...(1 << depth) {
      let logWeightOfLeaf = dynamics.step(direction)
      leapfrogCount += 1
      guard logWeightOfLeaf.isFinite, logWeightOfLeaf >= -limits.maximumEnergyError else {
        return outcome(depth, .divergence)
      }
      acceptanceSum += min(1, exp(logWeightOfLeaf))
      subtreeLogWeight = logAddExp(subtreeLogWeight, logWeightOfLeaf)
      dynamics.considerLeaf(probability: exp(logWeightOfLeaf - subtreeLogWeight))
      dynamics.pushLeaf()
      for _ in 0..<leaf.trailingZeroBitCount where dynamics.mergePieces() {
        return outcome(depth, .turning)
      }
    }
    dynamics.considerCandidate(probability: min(1, exp(subtreeLogWeight - logWeight)))
    logWeight = logAddExp(logWeight, subtreeLogWeight)
    if dynamics.joinSubtree(direction) { return outcome(depth + 1, .turning) }
  }
  return outcome(limits.maximumDepth, .maximumDepth)
}

/// log(exp(a) + exp(b)), without overflow; −∞ stands for zero.
func logAddExp(_ a: Double, _ b: Double) -> Double {
  let (low, high) = a < b ? (a, b) : (b, a)
  return low == -.infinity ? high : high + log1p(exp(low - high))
}
