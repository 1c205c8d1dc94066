// Whether the preconditioner suits the posterior, judged from an early stretch of the warm-up.

import Glibc

/// Watches early transitions and says whether the whitened posterior behaves as a normal would.
///
/// Four signs, each with its own cure in mind:
/// - the step size cannot settle: mean acceptance stays below 0.6 of its target;
/// - more than a tenth of the transitions diverge (a few do while the step size is found): the mode
///   is not where the mass is, or there is a funnel;
/// - trees are more than one doubling deeper than a standard normal of this dimension needs, so
///   that a draw costs more than twice the gradients of an exact whitening;
/// - E-BFMI below 0.3 (Betancourt 2016, arXiv:1604.00695): momenta are too small a push for the
///   spread of energies.
///
/// Forty transitions cannot see everything: a funnel whose neck is not visited in them passes.
package struct PreconditionerFit: Equatable, Sendable {
  /// What was found.
  package enum Verdict: UInt8, Sendable, CaseIterable {
    /// Too few transitions yet.
    case undecided
    /// The whitened posterior is close enough to a standard normal.
    case fits
    /// Acceptance stays far below its target.
    case lowAcceptance
    /// Too many divergences.
    case divergences
    /// Trajectories are much longer than they would be in a standard normal.
    case deepTrees
    /// The energy moves too slowly between transitions.
    case poorEnergy
  }

  /// The first iterations, in which the chain comes in from its starting point, are not judged.
  package static let settlingIterations = 20
  /// The number of transitions that are judged; the verdict falls after `settlingIterations +
  /// judgedIterations`.
  package static let judgedIterations = 40

  /// What was found so far.
  package internal(set) var verdict = Verdict.undecided
  var seen = 0
  var acceptanceSum = 0.0
  var depthSum = 0
  var divergences = 0
  var energyMean = 0.0
  var energySquares = 0.0  // Σ (E − Ē)²
  var energySteps = 0.0  // Σ (Eₜ − Eₜ₋₁)²
  var lastEnergy = 0.0

  init() {}

  /// The depth that trees reach in a standard normal of this dimension with a well tuned step size.
  ///
  /// A trajectory turns after a time of about π and the step size is near n^−¼ (Beskos et al.
  /// 2013), so 2^d ≈ π n^¼; sampled standard normals of 1 to 1000 coordinates stay within 0.2 of
  /// it.
  static func expectedDepth(dimension: Int) -> Double {
    log2(Double.pi * pow(Double(max(1, dimension)), 0.25))
  }

  /// Learns from a transition; returns true once, when the verdict falls.
  mutating func record(
    _ info: TransitionInfo, dimension: Int, targetAcceptance: Double
  ) -> Bool {
    guard verdict == .undecided else { return false }
    seen += 1
    let judged = seen - Self.settlingIterations
    defer { lastEnergy = info.energy }
    guard judged > 0 else { return false }
    acceptanceSum += info.acceptStatistic
    depthSum += info.treeDepth
    divergences += info.divergent ? 1 : 0
    let deviation = info.energy - energyMean
    energyMean += deviation / Double(judged)
    energySquares += deviation * (info.energy - energyMean)
    if judged > 1 { energySteps += (info.energy - lastEnergy) * (info.energy - lastEnergy) }
    guard judged == Self.judgedIterations else { return false }
    verdict = judge(dimension: dimension, targetAcceptance: targetAcceptance)
    return true
  }

  private func judge(dimension: Int, targetAcceptance: Double) -> Verdict {
    let count = Double(Self.judgedIterations)
    if Double(divergences) > 0.1 * count { return .divergences }
    if acceptanceSum / count < 0.6 * targetAcceptance { return .lowAcceptance }
    let depth = Double(depthSum) / count
    if depth > Self.expectedDepth(dimension: dimension) + 1 { return .deepTrees }
    if energySteps < 0.3 * energySquares { return .poorEnergy }
    return .fits
  }
}
