// Priors through links, at hard edges, and the defaults of parameters that families may have.

import Families
import Glibc
import TestSupport
import Testing

@testable import MixedModel

@Suite("Priors keep to their support, whatever link leads to the parameter")
struct PriorSupportTests {
  private func density(_ terms: PriorDensity.Term..., jacobian: Bool = true) -> PriorDensity {
    PriorDensity(terms: terms, entries: [], includesJacobian: jacobian)
  }

  @Test(
    "the density of a linear predictor is the prior's times the slope of the link",
    arguments: [Link.log, .logit, .probit, .cloglog, .identity, .sqrt])
  func links(_ link: Link) {
    let beta = PriorDistribution.beta(a: 2.5, b: 1.5)
    let prior = density(.parameter(0, link, beta))
    for eta in [-1.3, -0.2, 0.4, 0.9] {
      let x = link.mean(at: eta)
      guard x > 0 && x < 1 else {
        #expect(prior.logDensity(at: [eta]) == -.infinity)
        continue
      }
      let slope = Differences.derivative(step: 1e-3) { link.mean(at: eta + $0) }
      let wanted = beta.logDensity(x).value + log(abs(slope))
      #expect(abs(prior.logDensity(at: [eta]) - wanted) < 1e-9)
      var gradient = [0.0]
      _ = prior.addLogDensity(at: [eta], gradient: &gradient)
      let derivative = Differences.derivative(step: 1e-3) { prior.logDensity(at: [eta + $0]) }
      #expect(abs(gradient[0] - derivative) < 1e-8 * (1 + abs(derivative)))
      let penalty = prior.including(jacobian: false)
      #expect(abs(penalty.logDensity(at: [eta]) - beta.logDensity(x).value) < 1e-13)
    }
  }

  @Test("outside an edge the density is zero, and a start is moved inside")
  func edges() {
    let prior = density(
      .parameter(0, .log, .uniform(low: 0, high: 10)),
      .parameter(1, .log, .uniform(low: 1, high: 3)),
      .coefficient(2, .exponential(rate: 1)), .coefficient(3, .normal(mean: 0, sd: 1)),
      .parameter(4, .log, .beta(a: 1, b: 1)), .coefficient(5, .uniform(low: -1, high: 1)))
    #expect(prior.hasHardEdges)
    let outside = [log(11.0), log(0.5), -3, -3, log(2.0), 5]
    #expect(prior.logDensity(at: outside) == -.infinity)
    let inside = prior.inside(outside)
    #expect(prior.logDensity(at: inside).isFinite)
    #expect(
      distance(inside, [log(9.0), log(1.2), 1, -3, log(0.9), 0.8]) < 1e-14)
    // Beyond an edge, or within three standard errors of one.
    #expect(prior.indicesAtEdges(outside) { _ in 0.1 } == [0, 1, 2, 4, 5])
    #expect(
      prior.indicesAtEdges([log(9.0), log(2.0), 0.2, -3, log(0.5), 0.8]) { _ in 0.1 } == [0, 2, 5])
    let good = [log(2.0), log(2.0), 3, 4, log(0.5), 0.5]
    #expect(prior.inside(good) == good)
    #expect(prior.indicesAtEdges(good) { _ in 0.1 } == [])
  }

  @Test("a barrier goes to minus infinity at hard edges alone, with the right gradient")
  func barrier() {
    let prior = density(
      .parameter(0, .log, .uniform(low: 0, high: 10)), .coefficient(1, .gamma(shape: 2, rate: 1)),
      .coefficient(2, .uniform(low: -1, high: 1)))
    let fenced = prior.withBarrier
    let point = [log(4.0), 0.7, 0.2]
    // log (10 − 4), and log (1 + 0.2) + log (1 − 0.2); zero is no edge of an sd, and a gamma density ends by itself.
    #expect(
      abs(fenced.logDensity(at: point) - prior.logDensity(at: point) - log(6) - log(1.2 * 0.8))
        < 1e-12)
    var gradient = [Double](repeating: 0, count: 3)
    _ = fenced.addLogDensity(at: point, gradient: &gradient)
    let wanted = Differences.gradient(at: point, step: 1e-3) { fenced.logDensity(at: $0) }
    #expect(distance(gradient, wanted) < 1e-9)
    #expect(!density(.parameter(0, .log, .exponential(rate: 1))).hasHardEdges)
    #expect(!density(.parameter(0, .logit, .beta(a: 1, b: 1))).hasHardEdges)
  }

  /// brms 2.23, `get_prior`: parameters without a formula and, for some, with one.
  @Test("defaults of the parameters that a family may have")
  func defaults() throws {
    let model = try makeModel(
      SyntheticData.table(rows: 60), ["y ~ x", "c ~ x"], families: "gaussian,poisson"
    ).model
    let scale = ResponseScale(model.outcomes[0])
    let (measured, counted) = (model.outcomes[0].family, model.outcomes[1].family)
    #expect(scale.dispersion("shape", of: counted).text == "inv_gamma(0.4, 0.3)")
    #expect(scale.dispersion("shape", of: measured).text == "gamma(0.01, 0.01)")
    #expect(scale.dispersion("phi", of: measured).text == "gamma(0.01, 0.01)")
    #expect(scale.dispersion("nu", of: measured).text == "gamma(2, 0.1)")
    for name in ["zi", "hu", "zoi", "coi"] {
      #expect(scale.dispersion(name, of: counted).text == "beta(1, 1)")
      #expect(scale.dispersionIntercept(name).text == "logistic(0, 1)")
    }
    #expect(scale.dispersionIntercept("nu").text == "normal(2.7, 0.8)")
    #expect(scale.dispersionIntercept("phi").text == "student_t(3, 0, 2.5)")
  }
}
