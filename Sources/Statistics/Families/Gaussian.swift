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
    let rows = RowRange(response, start: start, count: count, predictors: predictors)
    guard predictors.isConstant[1] else {
      return switch link {
      case .log: GaussianLogKernel().run(rows, order, into: &derivatives)
      case .inverse: GaussianInverseKernel().run(rows, order, into: &derivatives)
      default: GaussianKernel().run(rows, order, into: &derivatives)
      }
    }
    let logSigma = predictors.values[rowsPerBlock]
    let inverseSigma = exp(-logSigma)
    let sum =
      switch link {
      case .log: GaussianLogKernel(inverseSigma).run(rows, order, into: &derivatives)
      case .inverse: GaussianInverseKernel(inverseSigma).run(rows, order, into: &derivatives)
      default: GaussianKernel(inverseSigma).run(rows, order, into: &derivatives)
      }
    return sum - Double(count) * logSigma
  }

  package func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock
  ) {
    let draws = RowDraws(response, row: row, count: count, predictors: predictors)
    switch link {
    case .log: GaussianLogKernel().run(draws, order, values: &values, into: &derivatives)
    case .inverse: GaussianInverseKernel().run(draws, order, values: &values, into: &derivatives)
    default: GaussianKernel().run(draws, order, values: &values, into: &derivatives)
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

  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    law.setNormal(count: count) { row in
      (link.mean(at: block.lanes(0, at: row)), VectorMath.exp(block.lanes(1, at: row)))
    }
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
