// The limits that convergence statistics are held against.

/// Limits of the convergence checks, all of which can be changed.
package struct ConvergenceThresholds: Sendable, Equatable {
  /// R-hat above which a parameter is suspect: 1.01 (Vehtari and others 2021).
  package var rHat = 1.01
  /// R-hat above which the chains plainly disagree: 1.05 (rstan's limit).
  package var rHatFailed = 1.05
  /// Effective draws that each chain should give in bulk and tail: 100 (Vehtari and others 2021).
  package var effectiveDrawsPerChain = 100.0
  /// Effective draws for each chain below which not even the diagnostics can be trusted: 25 (ours).
  package var effectiveDrawsPerChainFailed = 25.0
  /// The number of divergent transitions that is too many once it is exceeded: 0 (Stan).
  package var divergences = 0
  /// The share of divergent transitions above which a fit has failed: 1 % (ours).
  package var divergentShareFailed = 0.01
  /// The E-BFMI of a chain below which it explores energies badly: 0.3 (CmdStan).
  package var energyFraction = 0.3
  /// The E-BFMI of a chain below which it has failed: 0.2 (rstan).
  package var energyFractionFailed = 0.2

  /// The recommended limits.
  package init() {}
}
