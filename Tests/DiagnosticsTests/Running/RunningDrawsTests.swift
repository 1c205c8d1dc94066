// Running sums against the same statistics from all draws.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Running sums give what all draws give")
struct RunningDrawsTests {
  static func grow(_ chains: [[Double]], in steps: [Int]) -> RunningDraws {
    var running = RunningDraws(chainCount: chains.count)
    var work: [Double] = []
    for end in steps { running.extend(to: end, work: &work) { chains[$0][...] } }
    return running
  }

  /// The effective sample size of whole chains by the sums that define it, up to a lag.
  static func slowESS(_ chains: [[Double]], lags: Int) -> Double {
    let n = chains[0].count
    let means = chains.map { $0.reduce(0, +) / Double(n) }
    let grand = means.reduce(0, +) / Double(means.count)
    let between =
      means.count > 1
      ? means.reduce(0) { $0 + ($1 - grand) * ($1 - grand) } / Double(means.count - 1) : 0
    return InitialMonotoneSequence.effectiveSampleSize(
      length: n, count: chains.count, varianceOfMeans: between, lagLimit: lags
    ) { lag in
      var sum = 0.0
      for (chain, mean) in zip(chains, means) {
        for i in lag..<n { sum += (chain[i] - mean) * (chain[i - lag] - mean) }
      }
      return sum / Double(n * chains.count)
    }
  }

  @Test(
    "however the draws come in: one by one, in hundreds, all at once",
    arguments: [[1, 2, 3, 9, 40, 41, 300], [100, 200, 300], [300], [7, 299, 300]])
  func steps(ends: [Int]) throws {
    var stream = RandomStream(seed: 31)
    let chains = stream.autoregression(chains: 4, draws: 300, coefficient: 0.7).map {
      $0.map { $0 + 1_000 }
    }
    let summary = Self.grow(chains, in: ends).summary { chains[$0][...] }
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    #expect(summary.drawsPerChain == 300 && summary.chains == 4)
    #expect(agree(try #require(summary.mean), try #require(calculator.mean()), 1e-13))
    #expect(agree(try #require(summary.sd), try #require(calculator.standardDeviation()), 1e-11))
    let rHat = calculator.rHatOfRawDraws()
    #expect(agree(try #require(summary.rHat), try #require(rHat), 1e-11))
    #expect(agree(try #require(summary.essMean), Self.slowESS(chains, lags: 32), 1e-9))
  }

  @Test("for any number of draws and chains", arguments: [6, 7, 33, 127, 128, 129, 257, 501])
  func lengths(draws: Int) throws {
    var stream = RandomStream(seed: UInt64(draws))
    for count in [1, 3] {
      let chains = stream.autoregression(chains: count, draws: draws, coefficient: 0.3)
      let summary = Self.grow(chains, in: [draws / 2, draws]).summary { chains[$0][...] }
      var calculator = ConvergenceCalculator()
      calculator.load(chains)
      let rHat = calculator.rHatOfRawDraws()
      #expect(agree(try #require(summary.rHat), try #require(rHat), 1e-11))
      let ess = Self.slowESS(chains, lags: min(32, draws))
      #expect(agree(try #require(summary.essMean), ess, 1e-9))
    }
  }

  @Test("an autoregression that mixes is sized within a tenth of the bulk, a slow one is not small")
  func size() throws {
    var stream = RandomStream(seed: 5)
    for (coefficient, low, high) in [(0.0, 0.9, 1.1), (0.6, 0.85, 1.15), (0.97, 0.8, 4)] {
      let chains = stream.autoregression(chains: 4, draws: 2_000, coefficient: coefficient)
      let summary = Self.grow(chains, in: [2_000]).summary { chains[$0][...] }
      let bulk = try #require(DrawsSummary.summarize(chains).essBulk)
      let ratio = try #require(summary.essMean) / bulk
      #expect(ratio > low && ratio < high, "\(coefficient): \(ratio)")
    }
  }

  @Test("what does not exist is nil: no draws, few, constant, missing, infinite")
  func degenerate() {
    func summary(_ chains: [[Double]]) -> RunningSummary {
      Self.grow(chains, in: [chains[0].count]).summary { chains[$0][...] }
    }
    let none = RunningDraws(chainCount: 2).summary { _ in [] }
    #expect(none == RunningSummary(drawsPerChain: 0, chains: 2))
    let few = summary([[1, 2, 4], [2, 3, 3]])
    #expect(few.mean == 2.5 && few.rHat == nil && few.essMean == nil)
    let constant = summary([Array(repeating: 3, count: 50), Array(repeating: 3, count: 50)])
    #expect(constant.mean == 3 && constant.sd == 0 && constant.rHat == nil)
    #expect(constant.essMean == nil)
    let apart = summary([Array(repeating: 1, count: 50), Array(repeating: 2, count: 50)])
    #expect(apart.rHat == .infinity)
    for bad in [Double.nan, .infinity] {
      var draws = (0..<50).map { Double($0 % 7) }
      draws[20] = bad
      let broken = summary([draws, draws])
      #expect(broken.mean == nil && broken.sd == nil && broken.rHat == nil)
      #expect(broken.essMean == nil)
    }
  }

  @Test("a hundred new draws in four chains cost microseconds, not a look at all draws")
  func speed() {
    var stream = RandomStream(seed: 8)
    let columns = (0..<50).map { _ in
      stream.autoregression(chains: 4, draws: 1_100, coefficient: 0.5)
    }
    var work: [Double] = []
    let clock = ContinuousClock()
    let times = (0..<5).map { _ in
      var running = columns.map { Self.grow($0, in: [1_000]) }
      return clock.measure {
        for index in columns.indices {
          running[index].extend(to: 1_100, work: &work) { columns[index][$0][...] }
          _ = running[index].summary { columns[index][$0][...] }
        }
      } / .microseconds(50)
    }
    let microseconds = times.min() ?? .infinity
    print("running update of a parameter with 4 x 100 new draws: \(microseconds) us")
    // About 6 us alone; other tests and programs share the processor.
    #expect(microseconds < 100)
  }
}
