// The Poisson distribution of a count.

import Glibc
import LinearAlgebra
import Probability

/// y ~ Poisson(μ); `mu` by a log, square root or identity link.
package struct PoissonFamily: ResponseFamily {
  package let name = "poisson"
  package let parameters: [DistributionalParameter]
  package let isDiscrete = true
  package let isLogConcave = true
  private let link: Link

  /// The links that are built.
  package static let links: [Link] = [.log, .sqrt, .identity]

  /// The family with one of `links`.
  package init(link: Link = .log) {
    precondition(Self.links.contains(link), "a link the poisson family has not")
    self.link = link
    parameters = [DistributionalParameter("mu", link)]
  }

  package func check(y: [Double], trials: [Double]?) throws(ResponseError) {
    try ResponseChecks.refuseTrials(trials, of: name)
    try ResponseChecks.requireCounts(y, of: name)
  }

  package func prepare(y: [Double], trials: [Double]?) -> ResponseData {
    // The kernel's value is taken relative to its largest, y log y - y, where the mean equals y.
    let centering = y.map { $0 == 0 ? 0 : $0 * log($0) - $0 }
    let constants = y.map {
      $0 == 0 ? 0 : -SpecialFunctions.stirlingError($0) - 0.5 * log(2 * Double.pi * $0)
    }
    return ResponseData(y: y, constants: constants, centering: centering)
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
    guard link == .log else {
      return sweepOtherLink(response, start, count, predictors, order, &derivatives)
    }
    return sweepRows(
      response, extra: response.centering, start: start, count: count, predictors: predictors,
      order: order, into: &derivatives
    ) { y, centering, eta in
      let mean = VectorMath.exp(eta)
      var r = DerivativeLanes()
      r.value = multiplyAdd(y, eta, -mean) - centering
      r.first = y - mean
      r.second = -mean
      r.third = -mean
      return r
    }
  }

  private func sweepOtherLink(
    _ response: ResponseData, _ start: Int, _ count: Int, _ predictors: PredictorBlock,
    _ order: DerivativeOrder, _ derivatives: inout DerivativeBlock
  ) -> Double {
    let isRoot = link == .sqrt
    return sweepRows(
      response, extra: response.centering, start: start, count: count, predictors: predictors,
      order: order, into: &derivatives
    ) { y, centering, eta in
      // y log μ - μ with μ = η or η²; y / η is 0 for y = 0 whatever η is.
      let isZero = y .== Lanes()
      let ratio = VectorMath.choose(isZero, Lanes(), y / eta)
      let slope = VectorMath.choose(isZero, Lanes(), ratio / eta)
      let logarithm = VectorMath.log(VectorMath.magnitude(eta))
      let part = VectorMath.choose(isZero, Lanes(), y * logarithm)
      let third = VectorMath.choose(isZero, Lanes(), slope / eta)
      var r = DerivativeLanes()
      if isRoot {
        r.value = part + part - eta * eta - centering
        r.first = (ratio - eta) * 2
        r.second = (slope + 1) * -2
        r.third = third * 4
      } else {
        r.value = VectorMath.choose(
          eta .> Lanes(), part - eta - centering, VectorMath.splat(-.infinity))
        r.first = ratio - 1
        r.second = -slope
        r.third = third * 2
      }
      return r
    }
  }

  package func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    (0, 0, 0)
  }

  package func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double {
    let mean = link.mean(at: predictors[0])
    guard mean > 0 || link != .identity else { return -.infinity }
    return Poisson.logDensity(
      y, mean: mean, logMean: link == .log ? predictors[0] : log(mean))
  }

  package func distribution(
    y: Double, trials: Double, predictors: [Double]
  ) -> (below: Double, upTo: Double) {
    let mean = link.mean(at: predictors[0])
    return (
      y <= 0 ? 0 : Poisson.cumulative(y - 1, mean: mean), Poisson.cumulative(y, mean: mean)
    )
  }

  package func mean(trials: Double, predictors: [Double]) -> Double { link.mean(at: predictors[0]) }

  package func variance(trials: Double, predictors: [Double]) -> Double {
    link.mean(at: predictors[0])
  }

  package func simulate(
    trials: Double, predictors: [Double], using stream: inout RandomStream
  ) -> Double {
    stream.nextPoisson(mean: max(link.mean(at: predictors[0]), 0))
  }

  package func startingMean(y: Double, trials: Double) -> Double { y + 0.1 }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] { [] }
}
