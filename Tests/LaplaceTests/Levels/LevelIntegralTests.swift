// The exact marginal likelihood of a level: integrals known on paper, and fits by quadrature.

import Families
import Foundation
import Laplace
import MixedModel
import Probability
import TestSupport
import Testing

@Suite("Integrals over the random effects of a level")
struct LevelIntegralTests {
  @Test("Gauss-Hermite rules are exact for moments of the normal distribution")
  func moments() {
    let rule = GaussHermite(points: 7)
    // E z^2k = 1, 3, 15, 105, 945, 10395; odd moments are 0.
    let wanted: [Double] = [1, 1, 3, 15, 105, 945, 10395]
    for (half, wanted) in wanted.enumerated() {
      var sum = 0.0
      for (z, weight) in zip(rule.nodes, rule.weights) { sum += weight * pow(z, Double(2 * half)) }
      #expect(abs(sum / wanted - 1) < 1e-12)
    }
    let plane = GaussHermite(points: 3, dimension: 2)
    var product = 0.0
    for i in 0..<9 {
      let (x, y) = (plane.nodes[2 * i], plane.nodes[2 * i + 1])
      product += plane.weights[i] * x * x * x * x * y * y
    }
    #expect(abs(product - 3) < 1e-12)
  }

  /// ∫ Φ(η + σu) φ(u) du = Φ(η/√(1 + σ²)), and its derivatives in η and log σ.
  @Test("one probit value a level has its integral on paper", arguments: [0.3, 1, 2.5])
  func probit(_ sigma: Double) throws {
    let table = try SyntheticTable.binary(levels: 6)
    let model = try makeModel(
      table, ["y ~ 1 + (1 | g)"], families: "bernoulli(probit)"
    ).model
    let likelihoods = try #require(LevelLikelihoods(model))
    let psi = [0.4, log(sigma)]
    var stream = RandomStream(seed: 7)
    let y = model.outcomes[0].response.y
    for (level, part) in likelihoods.models.enumerated() {
      let sign = y[level] == 1 ? 1.0 : -1
      let root = (1 + sigma * sigma).squareRoot()
      let x = sign * 0.4 / root
      let cumulative = 0.5 * erfc(-x / 2.0.squareRoot())
      let slope = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot() / cumulative
      let laplace = try likelihoods.shares(at: psi)[level].value
      var workspace = LaplaceWorkspace(model: part)
      let exact = try LevelIntegral(
        of: part, at: psi, rule: .quadrature(GaussHermite(points: 45)), &workspace)
      // A probit with σ = 2.5 is far from normal: 45 nodes reach 1e-6.
      #expect(abs(laplace + exact.correction - log(cumulative)) < 1e-6)
      #expect(abs(exact.score[0] - slope * sign / root) < 1e-5)
      #expect(abs(exact.score[1] + slope * x * sigma * sigma / (root * root)) < 1e-5)
      let sampled = try LevelIntegral(
        of: part, at: psi, rule: .sampling(dimension: 1, draws: 4000, using: &stream), &workspace)
      #expect(abs(laplace + sampled.correction - log(cumulative)) < 5 * sampled.error)
      #expect(sampled.error > 0 && sampled.error < 0.03)
    }
  }

  @Test("a Gaussian level has no correction, by either rule")
  func gaussian() throws {
    let model = try makeModel(
      Golden.path("data/sleepstudy.csv"), ["Reaction ~ Days + (Days | Subject)"])
    let fit = try fitted(model)
    let likelihoods = try #require(LevelLikelihoods(model))
    let shares = try likelihoods.shares(at: fit.optimum.psi)
    var stream = RandomStream(seed: 3)
    for (level, part) in likelihoods.models.prefix(3).enumerated() {
      var workspace = LaplaceWorkspace(model: part)
      let exact = try LevelIntegral(
        of: part, at: fit.optimum.psi,
        rule: .quadrature(GaussHermite(points: 5, dimension: 2)), &workspace)
      #expect(abs(exact.correction) < 1e-10)
      for (own, wanted) in zip(exact.score, shares[level].score) {
        #expect(abs(own - wanted) < 1e-7 * max(1, abs(wanted)))
      }
      let sampled = try LevelIntegral(
        of: part, at: fit.optimum.psi,
        rule: .sampling(dimension: 2, draws: 50, using: &stream), &workspace)
      #expect(abs(sampled.correction) < 1e-10 && sampled.error < 1e-10)
    }
  }

  /// Reference: adaptive quadrature with 25 nodes; lme4 1.1-31 nAGQ = 25 and GLMMadaptive 0.9.1 agree.
  @Test(
    "and the Newton step leads to the fit by quadrature",
    arguments: [("cbpp", Set(["period"])), ("contraception-ri", Set())])
  func quadrature(_ name: String, _ factors: Set<String>) throws {
    let golden = try Golden.json("ml/\(name)-agq.json")
    let formula = try #require(golden["model"] as? String)
    let data = try #require(golden["data"] as? String).split(separator: "/").last
    let model = try makeModel(
      Golden.path("data/\(data ?? "")"), [formula], factors: factors)
    let likelihoods = try #require(LevelLikelihoods(model))
    let fixed = try #require(golden["fixed"] as? [[String: Any]]).compactMap {
      $0["estimate"] as? Double
    }
    let random = try #require(golden["random"] as? [[String: Any]])
    let sd = try #require(random[0]["sd"] as? Double)
    let best = fixed + [log(sd)]
    // The log likelihood at the reference's estimates.
    var total = 0.0
    let shares = try likelihoods.shares(at: best)
    var slope = [Double](repeating: 0, count: best.count)
    for (level, part) in likelihoods.models.enumerated() {
      var workspace = LaplaceWorkspace(model: part)
      let exact = try LevelIntegral(
        of: part, at: best, rule: .quadrature(GaussHermite(points: 25)), &workspace)
      total += shares[level].value + exact.correction
      for k in slope.indices { slope[k] += exact.score[k] }
    }
    let wanted = try #require(golden["logLik"] as? Double)
    #expect(abs(total - wanted) < 1e-8)
    // Its maximum: the gradient by Fisher's identity vanishes there.
    let fit = try fitted(model)
    for k in slope.indices {
      // The reference's optimizer stopped within 2e-4 standard errors.
      #expect(abs(slope[k]) * (fit.standardError(k) ?? .nan) < 2e-4)
    }
    let result = try LaplaceReliability(fit, likelihoods, seed: 1)
    let check = try #require(result)
    #expect(check.method == .quadrature(points: 25))
    for k in best.indices {
      let error = try #require(fit.standardError(k))
      let wanted = (best[k] - fit.optimum.psi[k]) / error
      // The shifts are up to 0.03 standard errors; one Newton step finds them to 5 % or 0.0005.
      #expect(abs(check.shift[k] / error - wanted) < max(5e-4, 0.05 * abs(wanted)))
    }
  }
}
