// Adjusted p values and likelihood ratios against numbers known on paper.

import Diagnostics
import Glibc
import Testing

@Suite("P values of many tests and of likelihood ratios")
struct HolmAdjustmentTests {
  @Test("Holm's adjustment of R's own example, in the order given")
  func holm() {
    // R 4.4: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02.
    let adjusted = HolmAdjustment.adjusted([0.01, 0.04, 0.03, 0.005])
    for (value, wanted) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(value - wanted) < 1e-15)
    }
    #expect(HolmAdjustment.adjusted([]) == [])
    #expect(HolmAdjustment.adjusted([0.9, 0.8]) == [1, 1])
  }

  @Test("likelihood ratios, at the boundary half of the reference at zero")
  func ratio() {
    // χ²₁ above 3.841459 has 0.05, χ²₂ above x has exp(-x/2).
    let half = 3.841458820694124 / 2
    #expect(abs(LikelihoodRatio.p(gain: half, degrees: 1, isBoundary: false) - 0.05) < 1e-12)
    #expect(abs(LikelihoodRatio.p(gain: half, degrees: 1, isBoundary: true) - 0.025) < 1e-12)
    let two = LikelihoodRatio.p(gain: half, degrees: 2, isBoundary: true)
    #expect(abs(two - (exp(-half) + 0.05) / 2) < 1e-12)
    #expect(LikelihoodRatio.p(gain: 0, degrees: 1, isBoundary: true) == 1)
    #expect(LikelihoodRatio.p(gain: -1, degrees: 1, isBoundary: false) == 1)
  }
}
