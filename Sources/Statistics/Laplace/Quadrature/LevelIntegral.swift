// The exact marginal likelihood of one level beside its Laplace approximation, with gradients.

import Glibc
import LinearAlgebra
import MixedModel
import Probability

/// How the integral over a level's random effects is done.
package enum LevelRule: Sendable {
  /// Adaptive Gauss-Hermite quadrature.
  case quadrature(GaussHermite)
  /// Importance sampling: standardised proposals, q numbers each, and the logarithm of φ over the proposal's density.
  case sampling(proposals: [Double], logWeights: [Double])

  /// `draws` proposals from a multivariate t with `degreesOfFreedom`, in antithetic pairs.
  package static func sampling(
    dimension q: Int, draws: Int, degreesOfFreedom nu: Double = 7, using stream: inout RandomStream
  ) -> LevelRule {
    var proposals: [Double] = []
    var logWeights: [Double] = []
    let constant =
      SpecialFunctions.logGamma((nu + Double(q)) / 2) - SpecialFunctions.logGamma(nu / 2)
      - 0.5 * Double(q) * log(nu / 2)
    for _ in 0..<(draws / 2) {
      let scale = (nu / 2 / stream.nextGamma(shape: nu / 2)).squareRoot()
      let z = (0..<q).map { _ in stream.nextNormal() * scale }
      let square = z.reduce(0) { $0 + $1 * $1 }
      let logT = constant - 0.5 * (nu + Double(q)) * log1p(square / nu)
      for sign in [1.0, -1.0] {
        proposals += z.map { sign * $0 }
        logWeights.append(-0.5 * square - logT)
      }
    }
    return .sampling(proposals: proposals, logWeights: logWeights)
  }
}

/// log ∫ f(y | β, Λu) φ(u) du of one level against its Laplace approximation.
///
/// With û the mode, H = LL' the curvature, u = û + L⁻ᵀz and h the joint log density,
/// ```
/// log exact − log Laplace = log Σ_i W_i exp(h(u_i) − h(û) + z_i'z_i/2)
/// ∂ log exact / ∂ψ        = Σ_i ω_i ∂ log f(y | β, Λu_i) / ∂ψ,     ω_i ∝ W_i exp(…)
/// ```
/// (adaptive quadrature: Pinheiro & Bates 1995; the gradient by Fisher's identity, Louis 1982). With importance sampling
/// W_i are the ratios φ/t divided by their sum, so that a Gaussian integrand gives exactly 0 under either rule.
package struct LevelIntegral: Sendable {
  /// log exact − log Laplace.
  package let correction: Double
  /// ∂/∂ψ of log exact.
  package let score: [Double]
  /// With importance sampling the standard error of `correction`; else 0.
  package let error: Double
  /// With importance sampling the gradients from the first and the second half of the draws; else empty.
  package let halfScores: [[Double]]
  /// With importance sampling the logarithms of the importance ratios; else empty.
  package let logRatios: [Double]

  /// The integral of the only level of `model`.
  ///
  /// - Throws: `LaplaceFailure` when the level has no mode at ψ.
  package init(
    of model: MixedModel, at psi: [Double], rule: LevelRule, _ workspace: inout LaplaceWorkspace
  ) throws(LaplaceFailure) {
    let peak = try workspace.findModes(of: model, at: psi)
    var integrand = LevelIntegrand(model, psi, workspace, peak: peak)
    switch rule {
    case .quadrature(let rule):
      let sum = integrand.sum(rule.nodes, rule.weights.map { log($0) }, 0..<rule.weights.count)
      correction = sum.logTotal
      score = sum.score
      error = 0
      halfScores = []
      logRatios = []
    case .sampling(let proposals, let logWeights):
      let (n, half) = (logWeights.count, logWeights.count / 2)
      let base = Self.logSum(logWeights, 0..<n)
      let first = integrand.sum(proposals, logWeights, 0..<half)
      let second = integrand.sum(proposals, logWeights, half..<n)
      let total = Self.logSum([first.logTotal, second.logTotal], 0..<2)
      let share = exp(first.logTotal - total)
      correction = total - base
      score = zip(first.score, second.score).map { share * $0 + (1 - share) * $1 }
      halfScores = [first.score, second.score]
      let terms = first.logTerms + second.logTerms
      logRatios = terms
      // Delta method for a ratio of sums; a pair of antithetic draws counts as one.
      var sum = 0.0
      for i in stride(from: 0, to: n - 1, by: 2) {
        let pair = (i...(i + 1)).map { exp(terms[$0] - total) - exp(logWeights[$0] - base) }
        sum += (pair[0] + pair[1]) * (pair[0] + pair[1])
      }
      error = sum.squareRoot()
    }
  }

  static func logSum(_ values: [Double], _ range: Range<Int>) -> Double {
    let largest = values[range].max() ?? 0
    guard largest.isFinite else { return largest }
    return largest + log(values[range].reduce(0) { $0 + exp($1 - largest) })
  }
}

/// The joint density of one level and its gradient in ψ, around the mode.
private struct LevelIntegrand {
  let model: MixedModel
  let psi: [Double]
  let center: [Double]
  let peak: Double
  let factor: ArrowFactor
  var factors: CovarianceFactors
  var rows: RowWorkspace
  var u: [Double]
  var b: [Double]

  /// Σ_i W_i exp(…) over some nodes, and the weighted mean gradient.
  struct Sum {
    var logTotal = -Double.infinity
    var score: [Double]
    var logTerms: [Double] = []
  }

  init(_ model: MixedModel, _ psi: [Double], _ workspace: LaplaceWorkspace, peak: Double) {
    self.model = model
    self.psi = psi
    self.peak = peak
    center = workspace.modes
    factor = workspace.factor
    factors = CovarianceFactors(layout: model.effects)
    factors.update(psi)
    rows = RowWorkspace(model: model)
    u = center
    b = center
  }

  /// The gradients are added up relative to the largest term so far, so that none overflows.
  mutating func sum(_ nodes: [Double], _ logWeights: [Double], _ range: Range<Int>) -> Sum {
    let (q, triangle) = (center.count, factor)
    var result = Sum(score: Array(repeating: 0, count: psi.count))
    var lambdaSums = model.effects.blocks.map {
      [Double](repeating: 0, count: $0.size * $0.size)
    }
    var (largest, total) = (-Double.infinity, 0.0)
    for i in range {
      var square = 0.0
      for r in 0..<q {
        u[r] = nodes[i * q + r]
        square += u[r] * u[r]
      }
      var span = u.mutableSpan
      triangle.solveLowerTransposed(&span)
      var prior = 0.0
      for r in 0..<q {
        u[r] += center[r]
        prior += u[r] * u[r]
      }
      factors.effects(of: u, into: &b)
      model.gradientPass(coefficients: psi, effects: b, &rows)
      let term = logWeights[i] + rows.logLikelihood - 0.5 * prior - peak + 0.5 * square
      result.logTerms.append(term)
      guard term > -.infinity else { continue }
      if term > largest {
        let shrink = exp(largest - term)
        total *= shrink
        for k in result.score.indices { result.score[k] *= shrink }
        for k in lambdaSums.indices {
          for l in lambdaSums[k].indices { lambdaSums[k][l] *= shrink }
        }
        largest = term
      }
      add(exp(term - largest), &result.score, &lambdaSums)
      total += exp(term - largest)
    }
    guard total > 0 else { return result }
    result.logTotal = largest + log(total)
    pullBack(lambdaSums, into: &result.score)
    for k in result.score.indices { result.score[k] /= total }
    return result
  }

  /// Adds w ∂h/∂β to `score` and w Z'∂ u' to the sums of each block's Λ.
  private func add(_ weight: Double, _ score: inout [Double], _ sums: inout [[Double]]) {
    for k in rows.coefficientGradient.indices { score[k] += weight * rows.coefficientGradient[k] }
    for (index, block) in model.effects.blocks.enumerated() {
      for c in 0..<block.size {
        for r in c..<block.size {
          sums[index][r + c * block.size] +=
            weight * rows.effectGradient[block.offset + r] * u[block.offset + c]
        }
      }
    }
  }

  private func pullBack(_ sums: [[Double]], into score: inout [Double]) {
    var target = score.mutableSpan
    for (index, block) in model.effects.blocks.enumerated() {
      let range = block.thetaOffset..<(block.thetaOffset + block.covariance.parameterCount)
      let (sum, lambda) = (sums[index], factors.lambdas[index])
      block.covariance.pullBack(
        sum.span, psi.span.extracting(range), lambda.span, into: &target, at: block.thetaOffset)
    }
  }
}
