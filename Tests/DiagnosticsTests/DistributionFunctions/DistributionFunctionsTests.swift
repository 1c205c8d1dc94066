// The distribution functions against values known on paper and from SciPy.

import Foundation
import Testing

@testable import Diagnostics

/// SciPy values: scipy 1.17 `norm.ppf`, `betainc`, `betaincinv`, `chi2.sf`, `binomtest`,
/// `kstwo.cdf`, `special.kolmogorov`.
@Suite("Distribution functions are accurate in the middle and in the tails")
struct DistributionFunctionsTests {
  typealias D = DistributionFunctions

  @Test(
    "normal quantiles agree with SciPy to 1e-14",
    arguments: [
      (1e-300, -37.0470962993612), (1e-12, -7.034483825301131), (0.0013, -3.0114537584997843),
      (0.2, -0.8416212335729142), (0.9, 1.2815515655446004), (1 - 1e-10, 6.361340889697422),
    ] as [(Double, Double)])
  func normalQuantile(p: Double, expected: Double) {
    #expect(agree(D.normalQuantile(p), expected, 1e-14))
  }

  @Test("the normal quantile has its limits")
  func normalLimits() {
    #expect(D.normalQuantile(0) == -.infinity)
    #expect(D.normalQuantile(1) == .infinity)
    #expect(D.normalQuantile(0.5) == 0)
    #expect(D.normalQuantile(1.5).isNaN)
    #expect(agree(D.normalTwoSided(-1.959963984540054), 0.05, 1e-14))
  }

  @Test(
    "the incomplete beta function agrees with SciPy to 1e-11",
    arguments: [
      (0.3, 2.0, 3.0, 0.3483), (0.5, 1501, 1501, 0.5), (0.05, 206.3, 3800.2, 0.3410307230843673),
      (1e-3, 0.5, 2.5, 0.05365765469181354), (0.999, 40, 2, 0.9992010191652443),
    ] as [(Double, Double, Double, Double)])
  func beta(x: Double, a: Double, b: Double, expected: Double) {
    // Parameters in the thousands lose digits in the logarithms of gamma functions.
    #expect(agree(D.betaProbability(x, a, b), expected, 1e-11))
    #expect(agree(D.betaUpperProbability(1 - x, b, a), expected, 1e-11))
    #expect(abs(D.betaUpperProbability(x, a, b) - (1 - expected)) < 1e-11)
  }

  @Test(
    "beta quantiles agree with SciPy to 1e-12",
    arguments: [
      (0.1586553, 1501.0, 1501.0, 0.4908743339544717),
      (0.8413447, 206.3, 3800.2, 0.054980394678248036), (0.3, 1.2, 9, 0.05280855859878201),
      (0.025, 3, 148, 0.0041436252812205475),
    ] as [(Double, Double, Double, Double)])
  func betaQuantile(p: Double, a: Double, b: Double, expected: Double) {
    #expect(agree(D.betaQuantile(p, a, b), expected, 1e-12))
  }

  @Test("Beta(1, 1) is uniform and Beta(2, 1) is its square")
  func betaOnPaper() {
    #expect(agree(D.betaProbability(0.37, 1, 1), 0.37, 1e-14))
    #expect(agree(D.betaProbability(0.37, 2, 1), 0.37 * 0.37, 1e-14))
    #expect(agree(D.betaQuantile(0.49, 2, 1), 0.7, 1e-14))
  }

  @Test(
    "chi-squared tails agree with SciPy to 1e-11",
    arguments: [
      (956.020341123733, 198.0, 1.2961069187927103e-99, 1.0),
      (3.2, 1, 0.07363827012030258, 0.9263617298796974),
      (0.7, 8, 0.9995266502566493, 0.0004733497433506927),
      (150, 198, 0.9954201891391407, 0.004579810860859386),
    ] as [(Double, Double, Double, Double)])
  func chiSquared(x: Double, degrees: Double, upper: Double, lower: Double) {
    #expect(agree(D.chiSquaredUpper(x, degrees: degrees), upper, 1e-11))
    #expect(agree(D.chiSquaredLower(x, degrees: degrees), lower, 1e-11))
  }

  @Test("the chi-squared distribution of two degrees is exponential")
  func chiSquaredOnPaper() {
    #expect(agree(D.chiSquaredUpper(5, degrees: 2), exp(-2.5), 1e-14))
  }

  @Test(
    "exact binomial tests agree with SciPy to 1e-10",
    arguments: [
      (3, 150, 0.00797, 0.11883969415077768), (22, 200, 2 / 251.0, 1.9519057678431808e-18),
      (0, 150, 1 / 251.0, 1), (7, 10, 0.5, 0.34375), (40, 10_000, 2 / 251.0, 1.190402721774009e-06),
      (130, 10_000, 2 / 251.0, 1.9453018278627896e-07),
    ] as [(Int, Int, Double, Double)])
  func binomial(count: Int, trials: Int, probability: Double, expected: Double) {
    let p = D.binomialTest(count: count, trials: trials, probability: probability)
    #expect(agree(p, expected, 1e-10))
  }

  @Test("the Kolmogorov distribution of one and two numbers is the one worked out by hand")
  func kolmogorovOnPaper() {
    // One number: P(max(U, 1 - U) < d) = 2 d - 1 from 1/2 on.
    #expect(agree(D.kolmogorovExact(0.8, count: 1), 0.6, 1e-14))
    // Two numbers: 8 (d - 1/4)² between 1/4 and 1/2, and 1 - 2 (1 - d)² from 1/2 on.
    #expect(agree(D.kolmogorovExact(0.4, count: 2), 8 * 0.15 * 0.15, 1e-13))
    #expect(agree(D.kolmogorovExact(0.9, count: 2), 0.98, 1e-13))
  }

  @Test(
    "exact Kolmogorov probabilities agree with SciPy to 1e-12",
    arguments: [
      (0.2, 10, 0.25128096000000005), (0.13, 20, 0.15442314399836213),
      (0.05, 99, 0.04496924317100303), (0.3, 50, 0.9998264673979728),
    ] as [(Double, Int, Double)])
  func kolmogorov(distance: Double, count: Int, expected: Double) {
    #expect(agree(D.kolmogorovExact(distance, count: count), expected, 1e-12))
  }

  @Test(
    "the Kolmogorov limit agrees with SciPy to 1e-12 from 1 on, below as R's one term does",
    arguments: [
      (0.3, 0.9999906941986655, 1e-12), (0.66, 0.776363380087464, 1e-9),
      (0.9999, 0.2701068819688554, 2e-4), (1.2, 0.11224966667072497, 1e-12),
      (4.116, 3.8536146403812256e-15, 1e-12),
    ] as [(Double, Double, Double)])
  func kolmogorovLimit(x: Double, expected: Double, tolerance: Double) {
    #expect(agree(DistributionFunctions.kolmogorovLimitUpper(x), expected, tolerance))
  }
}
