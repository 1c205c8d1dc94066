// What one transition of a chain has to report.

/// One iteration's figures, as CmdStan's sampler columns have them.
package struct TransitionInfo: Codable, Equatable, Sendable {
  /// log π at the new position, up to the density's constant (`lp__`).
  package var logDensity: Double
  /// The mean acceptance probability over the trajectory, in [0, 1] (`accept_stat__`).
  package var acceptStatistic: Double
  /// The step size of this transition (`stepsize__`).
  package var stepSize: Double
  /// The number of completed doublings (`treedepth__`).
  package var treeDepth: Int
  /// The number of leapfrog steps, one gradient each (`n_leapfrog__`).
  package var leapfrogCount: Int
  /// The Hamiltonian at the new position with the momentum it was reached with (`energy__`).
  package var energy: Double
  /// Why the trajectory ended.
  package var termination: Termination

  /// Whether the trajectory ended in a divergence (`divergent__`).
  package var divergent: Bool { termination == .divergence }
}
