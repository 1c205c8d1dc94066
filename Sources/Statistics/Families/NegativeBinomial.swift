// The negative binomial distribution of an overdispersed count, with a linear predictor for the mean and one for the shape.

import Glibc
import LinearAlgebra
import Probability

/// y with mean μ and variance μ + μ² / shape (glmmTMB's nbinom2); `mu` and `shape` by log links.
package struct NegativeBinomialFamily: ResponseFamily {
  package let name = "negbinomial"
  package let parameters = [
    DistributionalParameter("mu", .log), DistributionalParameter("shape", .log),
  ]
  package let isDiscrete = true
  package let isLogConcave = true

  /// The links that are built.
  package static let links: [Link] = [.log]

  /// The counts below this are summed over one by one in `sharedTerm`.
  static let summedRange = 512

  /// The family with its log links.
  package init() {}

  package func check(y: [Double], trials: [Double]?) throws(ResponseError) {
    try ResponseChecks.refuseTrials(trials, of: name)
    try ResponseChecks.requireCounts(y, of: name)
  }

  package func prepare(y: [Double], trials: [Double]?) -> ResponseData {
    let range = min(Int(min(y.max() ?? 0, 1e9)), Self.summedRange)
    // exceedances[k] is the number of y above k, by adding up the histogram from above.
    var exceedances = Array(repeating: 0.0, count: range)
    var large: [Double: Double] = [:]
    var sum = 0.0
    for value in y {
      sum += value
      if value > 0, range > 0 { exceedances[Int(min(value, Double(range))) - 1] += 1 }
      if value > Double(range) { large[value - Double(range), default: 0] += 1 }
    }
    for k in stride(from: range - 2, through: 0, by: -1) { exceedances[k] += exceedances[k + 1] }
    // Sorted, so that sums do not depend on the order of a dictionary.
    let excess = large.keys.sorted()
    let base = SpecialFunctions.logGamma(Double(range) + 1)
    let center = sum / Double(max(y.count, 1))
    return ResponseData(
      y: y, exceedances: exceedances, centering: y.map { SpecialFunctions.logGamma($0 + 1) },
      center: center > 0 ? center : 1,
      largeCounts: LargeCounts(
        excess: excess, multiplicity: excess.map { large[$0] ?? 0 },
        constants: excess.map { base - SpecialFunctions.logGamma($0 + Double(range) + 1) }))
  }

  package func evaluate(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    let rows = RowRange(response, start: start, count: count, predictors: predictors)
    guard predictors.isConstant[1] else {
      return NegativeBinomialVaryingKernel().run(rows, order, into: &derivatives)
    }
    return NegativeBinomialKernel(
      logShape: predictors.values[rowsPerBlock], center: response.center
    ).run(rows, order, into: &derivatives)
  }

  package func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock
  ) {
    let draws = RowDraws(response, row: row, count: count, predictors: predictors)
    NegativeBinomialVaryingKernel().run(draws, order, values: &values, into: &derivatives)
  }

  package func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    NegativeBinomialSharedTerm.evaluate(response, logShape: constantPredictor)
  }

  package func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double {
    NegativeBinomial.logDensity(y, logMean: predictors[0], logShape: predictors[1])
  }

  package func distribution(
    y: Double, trials: Double, predictors: [Double]
  ) -> (below: Double, upTo: Double) {
    let mean = exp(predictors[0])
    let shape = exp(predictors[1])
    return (
      y <= 0 ? 0 : NegativeBinomial.cumulative(y - 1, mean: mean, shape: shape),
      NegativeBinomial.cumulative(y, mean: mean, shape: shape)
    )
  }

  package func mean(trials: Double, predictors: [Double]) -> Double { exp(predictors[0]) }

  package func variance(trials: Double, predictors: [Double]) -> Double {
    let mean = exp(predictors[0])
    return mean + mean * mean * exp(-predictors[1])
  }

  package func simulate(
    trials: Double, predictors: [Double], using stream: inout RandomStream
  ) -> Double {
    stream.nextNegativeBinomial(mean: exp(predictors[0]), shape: exp(predictors[1]))
  }

  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    law.setCounts(count: count, from: block, trials: trials) { row in
      let mean = VectorMath.exp(block.lanes(0, at: row))
      let shape = VectorMath.exp(block.lanes(1, at: row))
      let variance = mean + mean * mean / shape
      let share = mean / (mean + shape)
      return CountLaw(
        start: VectorMath.exp(-shape * VectorMath.log1p(mean / shape)), first: share * shape,
        step: share,
        isInvertible: (mean .<= CountLaw.largestMean) .& (variance .<= CountLaw.largestVariance)
          .& (shape .<= Lanes(repeating: 1e12)))
    }
  }

  package func startingMean(y: Double, trials: Double) -> Double { y + 0.1 }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] {
    var squares = 0.0
    var surplus = 0.0
    for (value, mean) in zip(y, means) {
      squares += mean * mean
      surplus += (value - mean) * (value - mean) - mean
    }
    // Moments: Var = μ + μ² / shape. Without overdispersion the shape is taken as large, not
    // infinite.
    let shape = surplus > 0 ? squares / surplus : 100
    return [log(min(max(shape, 0.05), 100))]
  }
}
