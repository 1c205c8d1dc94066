// The energies a Hamiltonian sampler visits against those that one transition can reach.

/// Two histograms over the same bins: marginal energies and energy transitions.
///
/// Where the transitions are much narrower than the marginal distribution, a chain wanders slowly
/// between energies (Betancourt 2016); their ratio of variances is about the E-BFMI.
package struct EnergyComparison: Sendable, Equatable {
  /// The ends of the bins, symmetric about zero.
  package let range: ClosedRange<Double>
  /// The share of energies less their mean in each bin.
  package let marginal: [Double]
  /// The share of differences of successive energies in each bin.
  package let transition: [Double]

  /// The comparison of the energies of several chains; nil where there are fewer than three, one is
  /// not finite, or all are the same.
  package init?(energies chains: [[Double]], bins: Int) {
    precondition(bins > 0, "a histogram needs bins")
    let all = chains.flatMap(\.self)
    guard all.count >= 3, SplitSeries.isUsable(all) else { return nil }
    let mean = all.reduce(0) { $0 + ($1 - all[0]) } / Double(all.count) + all[0]
    let marginal = all.map { $0 - mean }
    let transition = chains.flatMap { chain in
      zip(chain.dropFirst(), chain).map { $0 - $1 }
    }
    let reach = (marginal + transition).reduce(0) { max($0, abs($1)) }
    func shares(_ values: [Double]) -> [Double] {
      var counts = Array(repeating: 0.0, count: bins)
      for value in values {
        counts[min(Int((value / reach + 1) / 2 * Double(bins)), bins - 1)] += 1
      }
      return counts.map { $0 / Double(max(1, values.count)) }
    }
    range = -reach...reach
    self.marginal = shares(marginal)
    self.transition = shares(transition)
  }
}
