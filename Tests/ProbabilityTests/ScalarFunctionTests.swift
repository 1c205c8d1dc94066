// The scalar functions against values known on paper.

import Foundation
import Probability
import Testing

@Suite("Scalar special and distribution functions give known values")
struct ScalarFunctionTests {
  @Test("Stirling's error joins its two formulas and matches factorials")
  func stirlingError() {
    // log 1! - log(sqrt(2 pi) / e) = 1 - log(2 pi) / 2.
    #expect(abs(SpecialFunctions.stirlingError(1) - (1 - 0.5 * log(2 * Double.pi))) < 1e-15)
    #expect(
      abs(SpecialFunctions.stirlingError(14.9999999) - SpecialFunctions.stirlingError(15)) < 1e-10)
    // log 20! is known exactly: 2432902008176640000.
    let reference = log(2_432_902_008_176_640_000) - 0.5 * log(2 * Double.pi * 20) - 20 * log(20)
    #expect(abs(SpecialFunctions.stirlingError(20) - (reference + 20)) < 1e-13)
  }

  @Test("the deviance part is exact where x is near m and far from it")
  func deviancePart() {
    #expect(SpecialFunctions.deviancePart(7, 7) == 0)
    #expect(SpecialFunctions.deviancePart(0, 3) == 3)
    let direct = 10 * log(10.0 / 4) + 4 - 10
    #expect(abs(SpecialFunctions.deviancePart(10, 4) - direct) < 1e-14)
    // (x - m)^2 / 2m to leading order: 1 / 2e12, less a sixth of 1e-24.
    #expect(abs(SpecialFunctions.deviancePart(1e12 + 1, 1e12) / 5e-13 - 1) < 1e-9)
  }

  @Test("binomial coefficients")
  func logChoose() {
    #expect(abs(SpecialFunctions.logChoose(52, 5) - log(2_598_960)) < 1e-13)
    #expect(SpecialFunctions.logChoose(10, 0) == 0)
    #expect(abs(SpecialFunctions.logChoose(1e9, 1) - log(1e9)) < 1e-13)
  }

  @Test("quantiles undo distribution functions")
  func quantiles() {
    #expect(abs(Normal.quantile(0.975) - 1.959963984540054) < 1e-14)
    #expect(abs(ChiSquare.quantile(0.95, degreesOfFreedom: 1) - 3.841458820694124) < 1e-12)
    #expect(abs(StudentT.quantile(0.975, degreesOfFreedom: 3) - 3.182446305284263) < 1e-12)
    #expect(abs(BetaDistribution.cumulative(0.3, 1, 1) - 0.3) < 1e-15)
    #expect(abs(GammaDistribution.cumulative(2, shape: 1) - (1 - exp(-2))) < 1e-15)
    #expect(Poisson.quantile(Poisson.cumulative(4, mean: 3.3), mean: 3.3) == 4)
    #expect(Binomial.quantile(0.5, trials: 10, probability: 0.5) == 5)
    #expect(
      abs(
        FDistribution.cumulative(4, numerator: 1, denominator: 7)
          - (1 - 2 * StudentT.cumulative(-2, degreesOfFreedom: 7))) < 1e-14)
    #expect(
      abs(NegativeBinomial.cumulative(0, mean: 2, shape: 3) - pow(3.0 / 5, 3)) < 1e-15)
  }

  @Test("log densities of counts add up to one")
  func normalisation() {
    func total(_ density: (Double) -> Double) -> Double {
      (0..<2000).reduce(0) { $0 + exp(density(Double($1))) }
    }
    #expect(abs(total { Poisson.logDensity($0, mean: 300) } - 1) < 1e-12)
    #expect(abs(total { Binomial.logDensity($0, trials: 1500, probability: 0.4) } - 1) < 1e-12)
    #expect(
      abs(
        total { NegativeBinomial.logDensity($0, logMean: log(20), logShape: log(0.7)) } - 1)
        < 1e-12)
    #expect(
      abs(
        total { NegativeBinomial.logDensity($0, logMean: log(300), logShape: log(1e12)) } - 1)
        < 1e-12)
  }

  @Test("impossible counts have density 0")
  func impossible() {
    #expect(Poisson.logDensity(1.5, mean: 2) == -.infinity)
    #expect(Poisson.logDensity(-1, mean: 2) == -.infinity)
    #expect(Binomial.logDensity(4, trials: 3, probability: 0.5) == -.infinity)
    #expect(NegativeBinomial.logDensity(0.5, logMean: 0, logShape: 0) == -.infinity)
  }
}
