// Tests of dependence on data whose answers are known on paper, or from a slow twin.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Tests of dependence are right on data made for them")
struct DependenceTests {
  @Test("Holm's adjustment by hand")
  func holm() {
    #expect(MultipleTesting.holm([0.01, 0.04, 0.03, 0.5]) == [0.04, 0.09, 0.09, 0.5])
    #expect(MultipleTesting.holm([0.6, 0.7]) == [1, 1])
    #expect(MultipleTesting.holm([]) == [])
  }

  @Test("tails of Student's and Fisher's distributions where they are elementary")
  func tails() {
    // t with one degree of freedom is Cauchy; F(2, d) has the tail (1 + 2 f / d)^(-d / 2).
    for t in [0.3, 1, 4.0] {
      #expect(
        agree(
          DistributionFunctions.studentTwoSided(t, degrees: 1), 1 - 2 * atan(t) / .pi, 1e-12))
      let expected = pow(1 + 2 * t / 7, -3.5)
      #expect(
        agree(DistributionFunctions.fUpper(t, numerator: 2, denominator: 7), expected, 1e-12))
    }
    #expect(abs(DistributionFunctions.normalLower(-1.959963984540054) - 0.025) < 1e-14)
  }

  @Test("Durbin-Watson of four residuals by hand, in the order of time")
  func durbinWatson() throws {
    // In order: 1, 0, 1, 0; less the mean ±½: d = 3 / 1.
    let test = try TemporalTest.run([0, 1, 1, 0], times: [4, 3, 1, 2])
    #expect(test.statistic == 3)
    #expect(test.correlation == -0.75)
    #expect(test.method == .exact)
  }

  @Test("its exact p values are uniform for normal residuals, and close to the normal ones")
  func exactSize() throws {
    var stream = RandomStream(seed: 1)
    var values: [Double] = []
    for _ in 0..<400 {
      let errors = (0..<30).map { _ in stream.normal() }
      values.append(
        try TemporalTest.run(errors, times: (0..<30).map(Double.init), alternative: .greater).p)
    }
    #expect(UniformityTest.run(values).map { $0.p > 0.01 } == true)
    // Three residuals: d = Σ λ z² / Σ z² with λ = 1 and 3, so that P(d < x) = 2/π asin √((x - 1) / 2).
    let test = try TemporalTest.run([0.1, 0.9, 0.4], times: [1, 2, 3], alternative: .greater)
    let expected = 2 / .pi * asin(((test.statistic - 1) / 2).squareRoot())
    #expect(abs(test.p - expected) < 1e-9)
  }

  @Test("Moran's I equals the sums over all pairs written out")
  func moranTwin() throws {
    var stream = RandomStream(seed: 2)
    let n = 37
    let (x, y, u) = (stream.uniforms(n), stream.uniforms(n), stream.uniforms(n))
    let test = try SpatialTest.run(u, x: x, y: y)
    let mean = u.reduce(0, +) / Double(n)
    var weights = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0..<n where i != j { weights[i][j] = 1 / hypot(x[i] - x[j], y[i] - y[j]) }
      let sum = weights[i].reduce(0, +)
      weights[i] = weights[i].map { $0 / sum }
    }
    var (product, squares) = (0.0, 0.0)
    for i in 0..<n {
      squares += (u[i] - mean) * (u[i] - mean)
      for j in 0..<n { product += weights[i][j] * (u[i] - mean) * (u[j] - mean) }
    }
    #expect(agree(test.observed, product / squares, 1e-12))
    // The spread over permutations themselves.
    var values: [Double] = []
    var shuffled = u
    for _ in 0..<2000 {
      shuffled.shuffle(using: &stream)
      values.append(try SpatialTest.run(shuffled, x: x, y: y).observed)
    }
    let average = values.reduce(0, +) / 2000
    let spread = (values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / 1999).squareRoot()
    // Standard errors of a mean and of a standard deviation of 2,000.
    #expect(abs(average - test.expected) < 4 * test.standardDeviation / 2000.0.squareRoot())
    #expect(agree(spread, test.standardDeviation, 0.07))
  }

  @Test("a smooth surface is found, and neighbours in time")
  func power() throws {
    var stream = RandomStream(seed: 3)
    let (x, y) = (stream.uniforms(200), stream.uniforms(200))
    let surface = zip(x, y).map { 0.5 * $0 + 0.2 * $1 + 0.3 * stream.nextUniform() }
    #expect(try SpatialTest.run(surface, x: x, y: y).p < 1e-6)
    let series = stream.autoregression(chains: 1, draws: 200, coefficient: 0.6)[0]
    let test = try TemporalTest.run(series, times: (0..<200).map(Double.init))
    #expect(test.p < 1e-6 && test.statistic < 1.2 && test.correlation > 0.3)
  }

  @Test("what cannot be ordered or has no distance is named")
  func refusals() {
    #expect(throws: AutocorrelationError.repeated(first: 0, second: 2)) {
      try TemporalTest.run([0.1, 0.2, 0.3], times: [1, 2, 1])
    }
    #expect(throws: AutocorrelationError.notFinite(row: 1)) {
      try TemporalTest.run([0.1, 0.2, 0.3], times: [1, .nan, 1])
    }
    #expect(throws: AutocorrelationError.constant) {
      try TemporalTest.run([0.5, 0.5, 0.5], times: [1, 2, 3])
    }
    #expect(throws: AutocorrelationError.repeated(first: 1, second: 3)) {
      try SpatialTest.run([0.1, 0.2, 0.3, 0.4], x: [1, 2, 3, 2], y: [0, 5, 0, 5])
    }
    #expect(throws: AutocorrelationError.tooFewRows(3, needed: 4)) {
      try SpatialTest.run([0.1, 0.2, 0.3], x: [1, 2, 3], y: [0, 5, 0])
    }
  }

  @Test("levels without rows are not there; one level has no spread to compare")
  func levels() throws {
    let test = try #require(
      CategoricalTest.run([0.1, 0.9, 0.5, 0.7], codes: [2, 2, 2, -1], levelCount: 3))
    #expect(test.levels[0] == nil && test.levels[1] == nil)
    let level = try #require(test.levels[2])
    #expect(level.count == 3)
    for (a, b) in zip(level.quartiles, [0.1, 0.3, 0.5, 0.7, 0.9]) { #expect(abs(a - b) < 1e-15) }
    #expect(test.spread == nil)
    #expect(CategoricalTest.run([0.1], codes: [-1], levelCount: 1) == nil)
  }

  @Test("the group sums of three rows by hand, and groups without rows left out")
  func grouped() throws {
    let input = try ResidualInput(
      observed: [1, 2, 3], fitted: [1, 1, 1], simulations: [1, 0, 2, 4, 5, 6],
      isDiscrete: true)
    let sums = try input.grouped(by: [3, 1, 3], aggregate: .sum)
    #expect(
      sums.observed == [2, 4] && sums.fitted == [1, 2] && sums.simulations == [0, 3, 5, 10])
    let means = try input.grouped(by: [3, 1, 3], aggregate: .mean)
    #expect(means.observed == [2, 2] && means.simulations == [0, 1.5, 5, 5])
    #expect(throws: ResidualInputError.noRows) {
      try input.grouped(by: [-1, -1, -1], aggregate: .sum)
    }
  }

  @Test("any summary of the responses can be tested")
  func summary() throws {
    let input = try ResidualInput(
      observed: [5, 1], fitted: [1, 1], simulations: [1, 2, 3, 4, 6, 5, 2, 2], isDiscrete: true)
    let test = SummaryTest.run(input) { $0.max() ?? 0 }
    // Maxima 2, 4, 6, 2 beside 5.
    #expect(test.statistic == 5 / 3.5)
    #expect(test.p == 0.5)
    #expect(SummaryTest.run(input, alternative: .greater) { $0.max() ?? 0 }.p == 0.25)
    #expect(DispersionTest.refit(sumOfSquares: 3, refits: []) == nil)
    #expect(
      DispersionTest.refit(sumOfSquares: 3, refits: [1, 2, 3, 4], alternative: .greater)
        == TestResult(statistic: 1.2, p: 0.5))
  }

  @Test("correlation of two outcomes: known on paper, calibrated without and found with one")
  func outcomes() throws {
    // Scores ±z, 0 and their negatives: a correlation of minus one.
    let exact = try #require(
      OutcomeCorrelation.run([0.1, 0.5, 0.9, 0.3], [0.9, 0.5, 0.1, 0.7], simulations: 250))
    #expect(abs(exact.correlation + 1) < 1e-12 && exact.p < 1e-9)
    var stream = RandomStream(seed: 4)
    var values: [Double] = []
    var covered = 0
    for _ in 0..<400 {
      let test = try #require(
        OutcomeCorrelation.run(stream.uniforms(50), stream.uniforms(50), simulations: 250))
      values.append(test.p)
      if test.interval.contains(0) { covered += 1 }
    }
    #expect(UniformityTest.run(values).map { $0.p > 0.01 } == true)
    // 380 expected, standard error 4.4.
    #expect((362...396).contains(covered))
    let shared = stream.uniforms(500)
    let found = try #require(
      OutcomeCorrelation.run(
        shared.map { 0.5 * $0 + 0.5 * stream.nextUniform() },
        shared.map { 0.5 * $0 + 0.5 * stream.nextUniform() }, simulations: 250))
    #expect(found.p < 1e-9 && found.interval.contains(0.5))
    #expect(OutcomeCorrelation.run([0.5, 0.5, 0.5, 0.5], [0, 1, 0.1, 0.2], simulations: 9) == nil)
  }

  @Test("rotation makes a known covariance the identity, and leaves uncorrelated rows alone")
  func rotation() throws {
    let input = try ResidualInput(
      observed: [2, 3], fitted: [0, 0], simulations: [2, 1, 4, 6], isDiscrete: false)
    // [4 2; 2 5] has the factor [2 0; 1 2].
    let rotated = try ResidualRotation(covariance: [4, 2, 2, 5], rows: 2).rotated(input)
    #expect(rotated.observed == [1, 1])
    #expect(rotated.simulations == [1, 0, 2, 2])
    // A covariance of rank one is made definite instead of refused.
    _ = try ResidualRotation(covariance: [1, 1, 1, 1], rows: 2).rotated(input)
    #expect(throws: ResidualRotation.Failure.noCovariance) {
      try ResidualRotation(covariance: [0, 0, 0, 0], rows: 2)
    }
  }

  @Test("grouped responses are uncorrelated after rotation by other simulations' covariance")
  func rotatedGroups() throws {
    var stream = RandomStream(seed: 5)
    // 40 groups of 5 rows that share an effect.
    func column() -> [Double] {
      (0..<40).flatMap { _ -> [Double] in
        let effect = 2 * stream.normal()
        return (0..<5).map { _ in effect + stream.normal() }
      }
    }
    func columns(_ count: Int) -> [Double] { (0..<count).flatMap { _ in column() } }
    let codes = (0..<200).map { $0 / 5 }
    let zero = [Double](repeating: 0, count: 200)
    let first = try ResidualInput(
      observed: column(), fitted: zero, simulations: columns(400), isDiscrete: false)
    let second = try ResidualInput(
      observed: column(), fitted: zero, simulations: columns(400), isDiscrete: false)
    let rotated = try ResidualRotation(covarianceOf: first, within: codes).rotated(second)
    // The correlation of the first two rows of a group over simulations and groups: 0.8 before, 0 after.
    func correlation(_ input: ResidualInput) -> Double {
      var (xy, xx, yy) = (0.0, 0.0, 0.0)
      for simulation in 0..<400 {
        for group in 0..<40 {
          let x = input.simulations[simulation * 200 + group * 5]
          let y = input.simulations[simulation * 200 + group * 5 + 1]
          (xy, xx, yy) = (xy + x * y, xx + x * x, yy + y * y)
        }
      }
      return xy / (xx * yy).squareRoot()
    }
    #expect(abs(correlation(second) - 0.8) < 0.03)
    #expect(abs(correlation(rotated)) < 0.03)
    #expect(throws: ResidualRotation.Failure.tooFewSimulations(rows: 200, simulations: 40)) {
      try ResidualRotation(
        covarianceOf: ResidualInput(
          observed: column(), fitted: zero, simulations: columns(40), isDiscrete: false),
        within: [Int](repeating: 0, count: 200))
    }
  }
}
