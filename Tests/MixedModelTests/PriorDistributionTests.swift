// Prior densities: values on paper, derivatives by differences, supports, and the text that names them.

import Glibc
import MixedModel
import TestSupport
import Testing

@Suite("Prior distributions have the right densities and derivatives")
struct PriorDistributionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let prior: PriorDistribution
    /// Points inside the support.
    let points: [Double]
    /// log f(points[1]) − log f(points[0]), worked out by hand from the density.
    let difference: Double
    let text: String
    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(prior: .flat, points: [-3, 4], difference: 0, text: "flat"),
    Case(
      prior: .normal(mean: 1, sd: 2), points: [1, 5, -3], difference: -2, text: "normal(1, 2)"),
    // (1 + 4/4)^(−5/2)
    Case(
      prior: .studentT(df: 4, location: -1, scale: 0.5), points: [-1, 0, 3],
      difference: -2.5 * log(2), text: "student_t(4, -1, 0.5)"),
    Case(
      prior: .cauchy(location: 0, scale: 3), points: [0, 3, -1], difference: -log(2),
      text: "cauchy(0, 3)"),
    Case(
      prior: .exponential(rate: 2), points: [0.5, 3], difference: -5, text: "exponential(2)"),
    Case(
      prior: .gamma(shape: 3, rate: 0.5), points: [1, 2, 0.1], difference: 2 * log(2) - 0.5,
      text: "gamma(3, 0.5)"),
    Case(
      prior: .inverseGamma(shape: 0.4, scale: 0.3), points: [1, 2, 0.1],
      difference: -1.4 * log(2) + 0.15, text: "inv_gamma(0.4, 0.3)"),
    Case(
      prior: .logNormal(meanLog: 0, sdLog: 0.5), points: [1, M_E, 0.2], difference: -1 - 2,
      text: "lognormal(0, 0.5)"),
    Case(
      prior: .beta(a: 2, b: 4), points: [0.5, 0.25, 0.9], difference: log(0.5) + 3 * log(1.5),
      text: "beta(2, 4)"),
    // f = e^−z/(1 + e^−z)², so f(log 3)/f(0) = (1/3)/(16/9) · 4
    Case(
      prior: .logistic(location: 0, scale: 2), points: [0, 2 * log(3), -3], difference: log(0.75),
      text: "logistic(0, 2)"),
    Case(
      prior: .uniform(low: -1, high: 2), points: [-0.5, 1.5], difference: 0,
      text: "uniform(-1, 2)"),
  ]

  @Test("values differ as on paper", arguments: cases)
  func values(_ example: Case) {
    let values = example.points.map { example.prior.logDensity($0).value }
    #expect(abs(values[1] - values[0] - example.difference) < 1e-14)
  }

  @Test("derivatives are those of differences", arguments: cases)
  func derivatives(_ example: Case) {
    for point in example.points {
      let wanted = Differences.derivative(step: 1e-3) {
        example.prior.logDensity(point + $0).value
      }
      #expect(abs(example.prior.logDensity(point).derivative - wanted) < 1e-9 * max(1, abs(wanted)))
    }
  }

  @Test("outside their support they are zero")
  func supports() {
    let zero: [(PriorDistribution, Double)] = [
      (.exponential(rate: 1), -0.1), (.gamma(shape: 2, rate: 1), 0),
      (.gamma(shape: 2, rate: 1), -1), (.inverseGamma(shape: 1, scale: 1), 0),
      (.logNormal(meanLog: 0, sdLog: 1), 0), (.beta(a: 1, b: 1), 0), (.beta(a: 1, b: 1), 1),
      (.uniform(low: 0, high: 1), 1.1), (.uniform(low: 0, high: 1), -0.1),
    ]
    for (prior, point) in zero { #expect(prior.logDensity(point).value == -.infinity) }
  }

  @Test("the text is what a user would write, and is read as the same prior", arguments: cases)
  func texts(_ example: Case) throws {
    #expect(example.prior.text == example.text)
    guard example.prior != .flat else { return }
    #expect(try PriorStatement.parse("b ~ \(example.text)").distribution == example.prior)
  }
}
