// What must hold of convergence statistics whatever the draws.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Convergence statistics obey the symmetries of their definitions")
struct ConvergencePropertyTests {
  static func chains(seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed)
    return stream.autoregression(chains: 4, draws: 301, coefficient: 0.6)
  }

  /// Everything about the spread and mixing of draws, nothing about their location.
  static func statistics(_ chains: [[Double]]) -> [Double] {
    let summary = DrawsSummary.summarize(chains)
    return [summary.rHat, summary.essBulk, summary.essTail, summary.mcseMean, summary.mcseSD]
      .compactMap(\.self)
  }

  @Test("the order of the chains does not matter", arguments: 1...5)
  func permutation(seed: UInt64) {
    let chains = Self.chains(seed: seed)
    let plain = Self.statistics(chains)
    let permuted = Self.statistics([chains[2], chains[0], chains[3], chains[1]])
    #expect(plain.count == 5)
    for (a, b) in zip(plain, permuted) { #expect(agree(a, b, 1e-12)) }
  }

  @Test("shifting and scaling the draws changes only their errors, by the scale", arguments: 1...5)
  func affine(seed: UInt64) {
    let chains = Self.chains(seed: seed)
    let plain = Self.statistics(chains)
    let moved = Self.statistics(chains.map { $0.map { -3 * $0 + 17 } })
    let scales = [1.0, 1, 1, 3, 3]
    for index in 0..<5 {
      #expect(agree(plain[index] * scales[index], moved[index], 1e-9))
    }
  }

  @Test("R-hat and bulk size see ranks only: an increasing function changes nothing")
  func monotone() throws {
    let chains = Self.chains(seed: 9)
    let plain = DrawsSummary.summarize(chains)
    let exponential = DrawsSummary.summarize(chains.map { $0.map(exp) })
    #expect(agree(try #require(plain.essBulk), try #require(exponential.essBulk), 1e-12))
  }

  @Test("an effective sample size is at most S log10 S", arguments: [-0.99, -0.9, -0.5, 0, 0.9])
  func bound(coefficient: Double) throws {
    var stream = RandomStream(seed: 11)
    let chains = stream.autoregression(chains: 4, draws: 200, coefficient: coefficient)
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    for ess in [calculator.essMean(), calculator.essBulk(), calculator.essTail()] {
      #expect(try #require(ess) <= 800 * log10(800) * (1 + 1e-12))
    }
  }

  @Test("the effective share of an autoregression is (1 - rho) / (1 + rho)", arguments: [0.3, 0.8])
  func autoregression(coefficient: Double) throws {
    var stream = RandomStream(seed: 12)
    let chains = stream.autoregression(chains: 4, draws: 10_000, coefficient: coefficient)
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    let ess = calculator.essMean()
    let share = try #require(ess) / 40_000
    // The estimate itself has an error of a few per cent at this length.
    #expect(agree(share, (1 - coefficient) / (1 + coefficient), 0.15))
  }

  @Test("a calculator that is used again gives what a new one gives")
  func reuse() {
    var calculator = ConvergenceCalculator()
    let long = Self.chains(seed: 1)
    let short = long.map { Array($0.prefix(50)) }
    for chains in [long, short, [[1, .nan, 2], [1, 2, 3]], long, [[]], short] {
      #expect(calculator.summarize(chains) == DrawsSummary.summarize(chains))
    }
  }

  @Test("no draws, one draw and unequal chains are not a crash")
  func degenerate() {
    for chains: [[Double]] in [[], [[]], [[], []], [[1]], [[1], [2]], [[1, 2], []]] {
      let summary = DrawsSummary.summarize(chains)
      #expect(summary.rHat == nil)
      #expect(summary.essBulk == nil)
      #expect(summary.mcseMean == nil)
    }
    let whole = Self.chains(seed: 3)
    let ragged = whole.enumerated().map { Array($1.prefix(200 + 10 * $0)) }
    let cut = whole.map { Array($0.prefix(200)) }
    #expect(DrawsSummary.summarize(ragged) == DrawsSummary.summarize(cut))
    #expect(EnergyFraction.eBFMI(energies: [1, 1, 1, 1]) == nil)
    #expect(EnergyFraction.eBFMI(energies: [1, 2]) == nil)
    #expect(EnergyFraction.eBFMI(energies: [1, .nan, 2, 3]) == nil)
    #expect(Autocorrelation.correlations(of: [], maximumLag: 3) == nil)
  }

  @Test("a thousand parameters with 4 x 1,000 draws are summarised in well under a second")
  func speed() {
    var stream = RandomStream(seed: 21)
    let parameters = (0..<50).map { index in
      stream.autoregression(
        chains: 4, draws: 1_000, coefficient: [0, 0.3, 0.6, 0.9, 0.97][index % 5])
    }
    var calculator = ConvergenceCalculator()
    let clock = ContinuousClock()
    let seconds = (0..<5).map { _ in
      clock.measure {
        for chains in parameters { _ = calculator.summarize(chains) }
      } / .milliseconds(50)
    }
    let milliseconds = seconds.min() ?? .infinity
    print("summary of a parameter with 4 x 1,000 draws: \(milliseconds) ms")
    // About 0.3 ms alone; other tests and programs share the processor.
    #expect(milliseconds < 5)
  }
}
