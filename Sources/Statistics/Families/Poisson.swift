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
    let rows = RowRange(response, start: start, count: count, predictors: predictors)
    return switch link {
    case .sqrt: PoissonRootKernel().run(rows, order, into: &derivatives)
    case .identity: PoissonIdentityKernel().run(rows, order, into: &derivatives)
    default: PoissonLogKernel().run(rows, order, into: &derivatives)
    }
  }

  package func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock
  ) {
    let draws = RowDraws(response, row: row, count: count, predictors: predictors)
    switch link {
    case .sqrt: PoissonRootKernel().run(draws, order, values: &values, into: &derivatives)
    case .identity: PoissonIdentityKernel().run(draws, order, values: &values, into: &derivatives)
    default: PoissonLogKernel().run(draws, order, values: &values, into: &derivatives)
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

  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    law.setCounts(count: count, from: block, trials: trials) { row in
      let eta = block.lanes(0, at: row)
      // An identity link may give a mean below zero, which then counts as zero.
      let mean = VectorMath.larger(link.mean(at: eta), Lanes.zero)
      return CountLaw(
        start: VectorMath.exp(-mean), first: mean, step: Lanes.zero,
        isInvertible: (mean .<= CountLaw.largestMean) .& (eta .== eta))
    }
  }

  package func startingMean(y: Double, trials: Double) -> Double { y + 0.1 }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] { [] }
}
