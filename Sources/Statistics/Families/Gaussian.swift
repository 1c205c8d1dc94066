// The normal distribution of a measurement, with a linear predictor for the mean and one for log σ.

import Glibc
import LinearAlgebra
import Probability

/// y ~ N(μ, σ²); `mu` by an identity, log or inverse link, `sigma` by a log link.
package struct GaussianFamily: ResponseFamily {
  package let name = "gaussian"
  package let parameters: [DistributionalParameter]
  package let isDiscrete = false
  private let link: Link

  /// The links that are built.
  package static let links: [Link] = [.identity, .log, .inverse]

  /// The family with one of `links` for the mean.
  package init(link: Link = .identity) {
    precondition(Self.links.contains(link), "a link the gaussian family has not")
    self.link = link
    parameters = [DistributionalParameter("mu", link), DistributionalParameter("sigma", .log)]
  }

  package var isLogConcave: Bool { link == .identity }

  package func check(y: [Double], trials: [Double]?) throws(ResponseError) {
    try ResponseChecks.refuseTrials(trials, of: name)
    for (row, value) in y.enumerated() where !value.isFinite {
      throw ResponseError(
        row: row,
        message:
          "gaussian needs finite numbers, and this is \(value); leave the cell empty if it is missing"
      )
    }
  }

  package func prepare(y: [Double], trials: [Double]?) -> ResponseData {
    ResponseData(y: y, constants: Array(repeating: -0.9189385332046727, count: y.count))
  }

  package func evaluate(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    // A literal order in each call lets the compiler drop the derivatives that are not wanted.
    switch order {
    case .value:
      sweep(response, start, count, predictors, .value, &derivatives)
    case .first:
      sweep(response, start, count, predictors, .first, &derivatives)
    case .second:
      sweep(response, start, count, predictors, .second, &derivatives)
    case .third:
      sweep(response, start, count, predictors, .third, &derivatives)
    }
  }

  @inline(__always) private func sweep(
    _ response: ResponseData, _ start: Int, _ count: Int, _ predictors: PredictorBlock,
    _ order: DerivativeOrder, _ derivatives: inout DerivativeBlock
  ) -> Double {
    guard link == .identity, predictors.isConstant[1] else {
      return sweepAnyLink(response, start, count, predictors, order, &derivatives)
    }
    let logSigma = predictors.values[rowsPerBlock]
    let inverseSigma = VectorMath.splat(exp(-logSigma))
    let sum = sweepRowPairs(
      response, extra: response.y, start: start, count: count, predictors: predictors,
      order: order, into: &derivatives
    ) { y, _, mean, _ in
      GaussianKernel.derivatives(y, mean: mean, inverseSigma: inverseSigma, order: order)
    }
    return sum - Double(count) * logSigma
  }

  /// The slower way: σ differs between rows, or the link is not the identity.
  private func sweepAnyLink(
    _ response: ResponseData, _ start: Int, _ count: Int, _ predictors: PredictorBlock,
    _ order: DerivativeOrder, _ derivatives: inout DerivativeBlock
  ) -> Double {
    let link = self.link
    return sweepRowPairs(
      response, extra: response.y, start: start, count: count, predictors: predictors,
      order: order, into: &derivatives
    ) { y, _, eta, logSigma in
      let inverseSigma = VectorMath.exp(-logSigma)
      var result: PairDerivatives
      switch link {
      case .log:
        let mean = VectorMath.exp(eta)
        result = GaussianKernel.derivatives(
          y, mean: mean, inverseSigma: inverseSigma, order: .third)
        result.chain(mean, mean, mean)
      case .inverse:
        let mean = VectorMath.splat(1) / eta
        let square = mean * mean
        result = GaussianKernel.derivatives(
          y, mean: mean, inverseSigma: inverseSigma, order: .third)
        result.chain(-square, square * mean * 2, square * square * -6)
      default:
        result = GaussianKernel.derivatives(
          y, mean: eta, inverseSigma: inverseSigma, order: .third)
      }
      result.value -= logSigma
      return result
    }
  }

  package func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    (0, 0, 0)
  }

  package func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double {
    let z = (y - link.mean(at: predictors[0])) * exp(-predictors[1])
    return -0.9189385332046727 - predictors[1] - 0.5 * z * z
  }

  package func distribution(
    y: Double, trials: Double, predictors: [Double]
  ) -> (below: Double, upTo: Double) {
    let p = Normal.cumulative(
      y, mean: link.mean(at: predictors[0]), standardDeviation: exp(predictors[1]))
    return (p, p)
  }

  package func mean(trials: Double, predictors: [Double]) -> Double { link.mean(at: predictors[0]) }

  package func variance(trials: Double, predictors: [Double]) -> Double { exp(2 * predictors[1]) }

  package func simulate(
    trials: Double, predictors: [Double], using stream: inout RandomStream
  ) -> Double {
    link.mean(at: predictors[0]) + exp(predictors[1]) * stream.nextNormal()
  }

  package func startingMean(y: Double, trials: Double) -> Double {
    switch link {
    case .log: max(y, 0.1)
    case .inverse: abs(y) < 0.1 ? (y < 0 ? -0.1 : 0.1) : y
    default: y
    }
  }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] {
    var squares = 0.0
    for (value, mean) in zip(y, means) { squares += (value - mean) * (value - mean) }
    let scale = sqrt(squares / Double(max(y.count, 1)))
    // Data that a mean fits exactly still need a finite start.
    return [log(max(scale, 1e-8))]
  }
}

/// The derivatives of -log σ - (y - μ)² / 2σ² in μ and log σ, without the first term's value.
enum GaussianKernel {
  @inline(__always) static func derivatives(
    _ y: Lanes, mean: Lanes, inverseSigma: Lanes, order: DerivativeOrder
  ) -> PairDerivatives {
    var r = PairDerivatives()
    let z = (y - mean) * inverseSigma
    let square = z * z
    r.value = square * VectorMath.splat(-0.5)
    if order.rawValue >= 1 {
      r.d0 = z * inverseSigma
      r.d1 = square - VectorMath.splat(1)
    }
    if order.rawValue >= 2 {
      r.d00 = -inverseSigma * inverseSigma
      r.d01 = r.d0 * VectorMath.splat(-2)
      r.d11 = square * VectorMath.splat(-2)
    }
    if order.rawValue >= 3 {
      r.d001 = r.d00 * VectorMath.splat(-2)
      r.d011 = r.d0 * VectorMath.splat(4)
      r.d111 = square * VectorMath.splat(4)
    }
    return r
  }
}

extension PairDerivatives {
  /// Turns derivatives in μ into derivatives in η_0, given the first three derivatives of μ in η_0.
  @inline(__always) mutating func chain(_ m1: Lanes, _ m2: Lanes, _ m3: Lanes) {
    d000 = d000 * m1 * m1 * m1 + d00 * m1 * m2 * 3 + d0 * m3
    d001 = d001 * m1 * m1 + d01 * m2
    d011 *= m1
    d00 = d00 * m1 * m1 + d0 * m2
    d01 *= m1
    d0 *= m1
  }
}
