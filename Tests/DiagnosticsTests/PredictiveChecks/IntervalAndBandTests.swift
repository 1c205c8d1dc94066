// Intervals along predictors and by group, and the band of a distribution function.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Intervals and bands hold what they say")
struct IntervalAndBandTests {
  @Test("bins and groups worked out on paper")
  func paper() throws {
    let input = try predictiveInput([1, 2, 3, 4], [[1, 1, 1, 1], [3, 3, 3, 3]])
    let bins = PredictiveIntervals(input, along: [7, 7, 9, 9])
    #expect(bins.position == [7, 9] && bins.count == [2, 2] && bins.observed == [1.5, 3.5])
    for (quantile, want) in zip(bins.quantiles, [1.1, 1.5, 2, 2.5, 2.9]) {
      for value in quantile { #expect(abs(value - want) < 1e-14) }
    }
    #expect(bins.outside == [1])
    #expect(abs(bins.distance(1) - 1.5 / 0.9) < 1e-14 && abs(bins.distance(0) - 0.5 / 0.9) < 1e-14)
    let groups = PredictiveIntervals(input, groups: [2, 0, 2, -1], levelCount: 4)
    #expect(groups.position == [0, 2] && groups.count == [1, 2] && groups.observed == [2, 2])
    #expect(groups.keeping([1]).position == [2])
  }

  @Test("many rows share bins of equal size, equal values stay together, missing ones are left out")
  func binning() throws {
    let n = 100
    let zero = [Double](repeating: 0, count: n)
    let input = try predictiveInput((0..<n).map(Double.init), [zero, zero])
    let bins = PredictiveIntervals(
      input, along: (0..<n).map { Double(($0 * 37) % n) }, maximumBins: 10)
    #expect(bins.count == Array(repeating: 10, count: 10))
    #expect(bins.position == (0..<10).map { 4.5 + 10 * Double($0) })
    let tied = PredictiveIntervals(
      input, along: (0..<n).map { $0 < 55 ? 1 : Double($0) }, maximumBins: 10)
    #expect(tied.count[0] == 55 && tied.count.reduce(0, +) == n)
    var gaps = (0..<n).map(Double.init)
    gaps[3] = .nan
    #expect(PredictiveIntervals(input, along: gaps).count.reduce(0, +) == n - 1)
    #expect(PredictiveIntervals(input, along: zero.map { _ in .nan }).position.isEmpty)
  }

  @Test("of bins of a right model a tenth lies outside")
  func coverage() throws {
    var stream = RandomStream(seed: 21)
    func responses() -> [Double] { (0..<900).map { _ in stream.normal() } }
    let input = try predictiveInput(responses(), (0..<400).map { _ in responses() })
    let bins = PredictiveIntervals(
      input, along: (0..<900).map(Double.init), maximumBins: 900)
    #expect(bins.count.allSatisfy { $0 == 1 })
    // Binomial(900, 0.1): four standard deviations are 36.
    #expect(abs(bins.outside.count - 90) < 36, "\(bins.outside.count)")
  }

  @Test("a band at one point is the central binomial interval")
  func onePoint() {
    // P(2 <= X <= 8) = 0.9785 and P(3 <= X <= 7) = 0.8906 for X ~ Binomial(10, 1/2).
    let band = UniformBand(count: 10, pieces: 2)
    #expect(band.points == [0.5] && band.lower == [2] && band.upper == [8])
    // P(40 <= X <= 60) = 0.9648, P(41 <= X <= 59) = 0.9431 for X ~ Binomial(100, 1/2).
    let larger = UniformBand(count: 100, pieces: 2)
    #expect(larger.lower == [40] && larger.upper == [60])
  }

  @Test(
    "the whole curve of uniform values stays inside with the stated probability",
    arguments: [30, 400, 3000])
  func simultaneous(count: Int) throws {
    var stream = RandomStream(seed: UInt64(count))
    let band = UniformBand(count: count)
    let repeats = 1000
    var inside = 0
    for _ in 0..<repeats {
      var counts = [Int](repeating: 0, count: 40)
      for _ in 0..<count { counts[Int(stream.nextUniform() * 40)] += 1 }
      var (sum, holds) = (0, true)
      for i in band.points.indices {
        sum += counts[i]
        if sum < band.lower[i] || sum > band.upper[i] { holds = false }
      }
      if holds { inside += 1 }
    }
    // Standard error 0.7%; whole numbers make small samples cover more.
    #expect(inside >= 925 && inside <= 985, "\(inside)")
  }

  @Test("shapes of departures are told apart, and uniform values have none")
  func shapes() throws {
    var stream = RandomStream(seed: 4)
    let u = stream.uniforms(500)
    func shape(_ map: (Double) -> Double) throws -> UniformityCurve.Shape {
      try #require(UniformityCurve(u.map(map))).shape
    }
    #expect(try shape { $0 } == .uniform)
    #expect(try shape { 0.5 - 0.5 * cos(.pi * $0) } == .tooNarrow)
    #expect(try shape { 0.25 + $0 / 2 } == .tooWide)
    #expect(try shape { $0 * $0 } == .tooHigh)
    #expect(try shape { $0.squareRoot() } == .tooLow)
    #expect(UniformityCurve([]) == nil)
    let curve = try #require(UniformityCurve([0.2, 0.6, 0.7]))
    // At 1/2 one of three values lies below.
    let middle = try #require(curve.points.firstIndex(of: 0.5))
    #expect(abs(curve.difference[middle] - (1.0 / 3 - 0.5)) < 1e-15)
    let verdict = try #require(UniformityCurve(u.map { $0 * $0 })).verdict(
      outcome: "y", isLeaveOneOut: true)
    #expect(verdict.level == .warning && verdict.meaning == "The predictions are too high.")
  }
}
