// P values adjusted for there being many, and p values of likelihood ratios.

/// Holm's adjustment of p values (Holm 1979), which holds whatever the dependence between the tests.
package enum HolmAdjustment {
  /// The adjusted p values, in the order given: max over the smaller ones of (m - rank) p, at most 1.
  package static func adjusted(_ p: [Double]) -> [Double] {
    var result = p
    var largest = 0.0
    for (rank, index) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
      largest = max(largest, min(1, Double(p.count - rank) * p[index]))
      result[index] = largest
    }
    return result
  }
}

/// Likelihood-ratio tests.
package enum LikelihoodRatio {
  /// The p value of twice a gain of the log likelihood by `degrees` more parameters.
  ///
  /// - Parameter isBoundary: whether one of them is a variance, which is zero under the null hypothesis; the reference is then
  ///   half χ² with `degrees` and half with one less (Self & Liang 1987; Stram & Lee 1994).
  package static func p(gain: Double, degrees: Int, isBoundary: Bool) -> Double {
    let ratio = 2 * max(gain, 0)
    guard ratio > 0 else { return 1 }
    let whole = DistributionFunctions.chiSquaredUpper(ratio, degrees: Double(degrees))
    guard isBoundary else { return whole }
    let less =
      degrees > 1 ? DistributionFunctions.chiSquaredUpper(ratio, degrees: Double(degrees - 1)) : 0
    return (whole + less) / 2
  }
}
