// E-BFMI: how well momentum resampling explores the energies of a Hamiltonian chain.

/// The energy diagnostic of Hamiltonian Monte Carlo.
package enum EnergyFraction {
  /// The estimated Bayesian fraction of missing information of one chain, from its energies in
  /// order.
  ///
  /// (Σ (E_i - E_{i-1})² / N) / var(E), var with denominator N - 1 (Betancourt 2016, as rstan
  /// computes it). Nil with fewer than three energies, with one that is not finite, or when they
  /// are all the same.
  package static func eBFMI(energies: [Double]) -> Double? {
    guard energies.count >= 3, SplitSeries.isUsable(energies) else { return nil }
    let n = Double(energies.count)
    let mean = energies.reduce(0, +) / n
    let variance = energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let steps = zip(energies.dropFirst(), energies).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    }
    return steps / n / variance
  }
}
