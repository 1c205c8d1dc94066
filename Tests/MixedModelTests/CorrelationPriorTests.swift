// The LKJ prior through the parameters t: its marginal distributions by quadrature, no simulation.

import Glibc
import TestSupport
import Testing

@testable import MixedModel

@Suite("The prior of correlations is LKJ, change of variables included")
struct CorrelationPriorTests {
  private func prior(size: Int, eta: Double, jacobian: Bool = true) -> PriorDensity {
    PriorDensity(
      terms: [.correlation(start: 0, size: size, eta: eta)], entries: [], includesJacobian: jacobian
    )
  }

  private func value(_ prior: PriorDensity, _ t: [Double]) -> Double {
    var unused = [Double](repeating: 0, count: t.count)
    return prior.addLogDensity(at: t, gradient: &unused)
  }

  @Test("of two effects the density of ρ is (1 − ρ²)^(η−1)", arguments: [0.5, 1, 2, 4.5])
  func twoEffects(_ eta: Double) {
    let prior = prior(size: 2, eta: eta)
    let gaps = [-4, -1, -0.2, 0, 0.7, 3].map { t in
      let rho = t / (1 + t * t).squareRoot()
      // dρ/dt = (1 + t²)^(−3/2)
      return value(prior, [t]) + 1.5 * log(1 + t * t) - (eta - 1) * log(1 - rho * rho)
    }
    for gap in gaps { #expect(abs(gap - gaps[0]) < 1e-13) }
  }

  @Test("of two effects (ρ + 1)/2 is Beta(η, η): moments by quadrature", arguments: [1, 2, 4.5])
  func twoEffectMoments(_ eta: Double) {
    let prior = prior(size: 2, eta: eta)
    var (mass, second, fourth) = (0.0, 0.0, 0.0)
    // t = tan φ makes the line an interval.
    for (phi, weight) in simpson(from: -0.5 * .pi, to: 0.5 * .pi) {
      let f = weight * exp(value(prior, [tan(phi)])) / (cos(phi) * cos(phi))
      mass += f
      second += f * sin(phi) * sin(phi)  // ρ = sin φ
      fourth += f * sin(phi) * sin(phi) * sin(phi) * sin(phi)
    }
    #expect(abs(second / mass - 1 / (2 * eta + 1)) < 1e-7)
    #expect(abs(fourth / mass - 3 / ((2 * eta + 1) * (2 * eta + 3))) < 1e-7)
  }

  /// For k effects every ρ has (ρ + 1)/2 ~ Beta(a, a) with a = η + k/2 − 1 (Lewandowski, Kurowicka & Joe 2009), so
  /// E ρ² = 1/(2a + 1) and E ρ⁴ = 3/((2a + 1)(2a + 3)); ρ_32 comes from both rows, so it tests their powers together.
  @Test("of three effects every correlation has the LKJ marginal", arguments: [1, 2, 3.5])
  func threeEffects(_ eta: Double) {
    let prior = prior(size: 3, eta: eta)
    var mass = 0.0
    var moments = [Double](repeating: 0, count: 6)
    let turns = 24  // the rule is exact for the trigonometric polynomials below
    for (phi, weight) in simpson(from: -0.5 * .pi, to: 0.5 * .pi, intervals: 64) {
      for (radius, radialWeight) in simpson(from: 0, to: 0.5 * .pi, intervals: 64) {
        for turn in 0..<turns {
          let angle = 2 * .pi * Double(turn) / Double(turns)
          let r = tan(radius)
          let t = [tan(phi), r * cos(angle), r * sin(angle)]
          // dt₁ = dφ/cos²φ; the plane of row 3 in polar coordinates, dr = d(radius)/cos².
          let f =
            weight * radialWeight * exp(value(prior, t)) * r
            / (cos(phi) * cos(phi) * cos(radius) * cos(radius))
          let norm = (1 + r * r).squareRoot()
          let rho = [
            sin(phi), t[1] / norm, (t[1] * sin(phi) + t[2] * cos(phi)) / norm,
          ]
          mass += f
          for (place, value) in rho.enumerated() {
            moments[place] += f * value * value
            moments[place + 3] += f * value * value * value * value
          }
        }
      }
    }
    let a = eta + 0.5
    for place in 0..<3 {
      #expect(abs(moments[place] / mass - 1 / (2 * a + 1)) < 1e-6)
      #expect(abs(moments[place + 3] / mass - 3 / ((2 * a + 1) * (2 * a + 3))) < 1e-6)
    }
  }

  /// Simpson's rule, a hair inside the ends where tangents are infinite.
  private func simpson(from low: Double, to high: Double, intervals n: Int = 400) -> [(
    Double, Double
  )] {
    let (low, high) = (low + 1e-9, high - 1e-9)
    let h = (high - low) / Double(n)
    return (0...n).map { i in
      (low + Double(i) * h, h / 3 * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2))
    }
  }

  @Test("as a penalty it is (η − 1) log |R|", arguments: 2...4)
  func penalty(_ k: Int) throws {
    let covariance = UnstructuredCovariance(size: k)
    let t = CovarianceParametrisationTests.parameters(covariance, seed: 5).dropFirst(k)
    let theta = Array(repeating: 0, count: k) + t
    let summary = CovarianceSummary(
      lambda: CovarianceParametrisationTests.factor(covariance, theta), size: k)
    let determinant = DenseMatrix(order: k, summary.correlations).logDeterminant
    #expect(
      abs(value(prior(size: k, eta: 3, jacobian: false), Array(t)) - 2 * determinant) < 1e-12)
  }

  @Test("its gradient is that of differences", arguments: 2...5)
  func gradient(_ k: Int) {
    let t = CovarianceParametrisationTests.parameters(UnstructuredCovariance(size: k), seed: 6)
      .suffix(k * (k - 1) / 2)
    for jacobian in [true, false] {
      let prior = prior(size: k, eta: 1.7, jacobian: jacobian)
      var gradient = [Double](repeating: 0, count: t.count)
      _ = prior.addLogDensity(at: Array(t), gradient: &gradient)
      let wanted = Differences.gradient(at: Array(t)) { value(prior, $0) }
      #expect(distance(gradient, wanted) < 1e-10)
    }
  }
}
