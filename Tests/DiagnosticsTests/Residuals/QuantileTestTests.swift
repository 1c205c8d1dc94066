// The quantile test: its parts on paper, its size, its power and its curves.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("The quantile test has the size it claims and sees what it should")
struct QuantileTestTests {
  @Test("Benjamini and Hochberg's example by hand")
  func adjustment() {
    let adjusted = MultipleTesting.benjaminiHochberg([0.01, 0.04, 0.03, 0.5])
    let expected = [0.04, 0.16 / 3, 0.16 / 3, 0.5]
    for (a, b) in zip(adjusted, expected) { #expect(agree(a, b, 1e-14)) }
  }

  @Test("ranks are averaged over ties and divided by the largest")
  func ranks() {
    let transform = RankTransform([10, 5, 10, 7])
    #expect(transform.values == [3.5 / 3.5, 1 / 3.5, 3.5 / 3.5, 2 / 3.5])
    #expect(transform.distinctCount == 3)
    #expect(transform.order == [1, 3, 0, 2])
  }

  @Test("polynomials are orthonormal and orthogonal to a constant, with ties too")
  func polynomials() {
    var stream = RandomStream(seed: 1)
    let x = RankTransform((0..<500).map { _ in (stream.normal() * 10).rounded() }).values
    let columns = OrthonormalPolynomials.columns(x, degree: 8)
    for (i, a) in columns.enumerated() {
      #expect(abs(a.reduce(0, +)) < 1e-9)
      for (j, b) in columns.enumerated() {
        let product = zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-9)
      }
    }
  }

  @Test("the distribution of the shape statistic is that of simulated squares")
  func shapeDistribution() {
    var stream = RandomStream(seed: 2)
    var values: [Double] = []
    for _ in 0..<20_000 {
      values.append(QuantileScoreTest.shape(scores: (0..<8).map { _ in stream.normal() }))
    }
    // p values of the statistic's own distribution are uniform.
    let test = UniformityTest.run(values)
    #expect(test.map { $0.p > 0.01 } == true)
    #expect(QuantileScoreTest.shape(scores: []) == 1)
    #expect(agree(QuantileScoreTest.shape(scores: [1, 2]), exp(-2.5), 1e-12))
  }

  @Test("uniform residuals are rejected at about five per cent", arguments: [60, 300])
  func size(count: Int) throws {
    var stream = RandomStream(seed: 3)
    var rejections = 0
    for _ in 0..<200 {
      let test = try #require(
        QuantileTest.run(
          stream.uniforms(count), predictor: stream.uniforms(count), pointCount: 2))
      if test.p < 0.05 { rejections += 1 }
    }
    print("quantile test on \(count) uniform residuals: \(rejections) of 200 rejected")
    #expect((2...20).contains(rejections))
  }

  @Test("each quantile's own p value is calibrated at one, five and twenty per cent")
  func calibration() throws {
    var stream = RandomStream(seed: 4)
    var values: [Double] = []
    for _ in 0..<1_000 {
      let test = try #require(
        QuantileTest.run(
          stream.uniforms(250), predictor: stream.uniforms(250), probabilities: [0.25],
          pointCount: 2))
      values.append(test.shapeP[0])
    }
    for level in [0.01, 0.05, 0.2] {
      let share = Double(values.count { $0 < level }) / 1_000
      // Four standard errors of a share of 1,000.
      #expect(abs(share - level) < 4 * (level * (1 - level) / 1_000).squareRoot())
    }
  }

  @Test("a trend, a bend, a funnel and a shift are found, each by its part")
  func power() throws {
    var stream = RandomStream(seed: 5)
    let x = stream.uniforms(1_000)
    let u = stream.uniforms(1_000)
    func run(_ residual: (Double, Double) -> Double) throws -> QuantileTest {
      try #require(QuantileTest.run(zip(x, u).map(residual), predictor: x))
    }
    let trend = try run { x, u in 0.6 * u + 0.4 * x }
    #expect(trend.shapeP[1] < 1e-6)
    let bend = try run { x, u in 0.7 * u + 1.2 * (x - 0.5) * (x - 0.5) }
    #expect(bend.shapeP[1] < 1e-4)
    let funnel = try run { x, u in 0.5 + (u - 0.5) * (0.3 + 0.7 * x) }
    #expect(funnel.shapeP[0] < 1e-4 && funnel.shapeP[2] < 1e-4)
    let shift = try run { _, u in u * u }
    #expect(shift.levelP.allSatisfy { $0 < 1e-4 })
    #expect(shift.shapeP.allSatisfy { $0 > 0.001 })
    #expect(shift.p < 1e-4)
  }

  @Test("curves follow the true quantiles and their bands cover them")
  func curves() throws {
    var stream = RandomStream(seed: 6)
    let x = stream.uniforms(2_000)
    // Quantile q at rank t is 0.2 + 0.2 sin(3 t) + 0.4 q.
    let scaled = x.map { 0.2 + 0.2 * sin(3 * $0) + 0.4 * stream.nextUniform() }
    let test = try #require(QuantileTest.run(scaled, predictor: x))
    #expect(test.curves.count == 3)
    for curve in test.curves {
      #expect(curve.x.count == 101 && curve.y.count == 101)
      var covered = 0
      for i in curve.x.indices {
        let truth = 0.2 + 0.2 * sin(3 * curve.x[i]) + 0.4 * curve.probability
        #expect(abs(curve.y[i] - truth) < 0.04)
        #expect(curve.lower[i] < curve.y[i] && curve.y[i] < curve.upper[i])
        if curve.lower[i] < truth && truth < curve.upper[i] { covered += 1 }
      }
      #expect(covered > 75)
    }
  }

  @Test("bands of uniform residuals cover the true quantile about 95 times in 100")
  func coverage() throws {
    var stream = RandomStream(seed: 7)
    var (covered, points) = (0, 0)
    for _ in 0..<100 {
      let test = try #require(
        QuantileTest.run(stream.uniforms(200), predictor: stream.uniforms(200), pointCount: 21))
      for curve in test.curves {
        for i in curve.x.indices {
          points += 1
          if curve.lower[i] <= curve.probability && curve.probability <= curve.upper[i] {
            covered += 1
          }
        }
      }
    }
    let share = Double(covered) / Double(points)
    print("coverage of quantile bands: \(share)")
    #expect((0.90...0.99).contains(share))
  }

  @Test("few distinct values, one value, ties and extreme residuals are not a crash")
  func degenerate() throws {
    var stream = RandomStream(seed: 8)
    let uniform = stream.uniforms(120)
    for distinct in 1...12 {
      let predictor = (0..<120).map { Double($0 % distinct) }
      let test = try #require(QuantileTest.run(uniform, predictor: predictor))
      #expect(test.p > 1e-4 && test.p <= 1)
      #expect(test.curves.isEmpty == (distinct == 1))
      #expect(test.curves.allSatisfy { $0.y.allSatisfy(\.isFinite) })
      #expect(test.curves.allSatisfy { $0.upper.allSatisfy(\.isFinite) })
    }
    for value in [0.0, 0.5, 1.0] {
      let test = try #require(
        QuantileTest.run(Array(repeating: value, count: 50), predictor: stream.uniforms(50)))
      #expect(test.p < 1e-3)
      #expect(test.shapeP == [1, 1, 1])
      #expect(test.curves.allSatisfy { $0.y.allSatisfy { abs($0 - value) < 0.1 } })
    }
    let halves = (0..<60).map { $0 < 30 ? 0.0 : 1.0 }
    let split = try #require(QuantileTest.run(halves, predictor: stream.uniforms(60)))
    #expect(split.curves.allSatisfy { $0.y.allSatisfy(\.isFinite) })
    #expect(QuantileTest.run([0.1, 0.2], predictor: [1, 2]) == nil)
  }
}
