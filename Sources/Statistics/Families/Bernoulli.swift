// The Bernoulli distribution of a yes-or-no response.

import Probability

/// y ~ Bernoulli(μ), y 0 or 1; `mu` by a logit, probit or complementary log-log link.
package struct BernoulliFamily: ResponseFamily {
  package let name = "bernoulli"
  package let isDiscrete = true
  package let isLogConcave = true
  private let binomial: BinomialFamily

  /// The links that are built.
  package static let links = BinomialFamily.links

  /// The family with one of `links`.
  package init(link: Link = .logit) { binomial = BinomialFamily(link: link) }

  package var parameters: [DistributionalParameter] { binomial.parameters }

  package func check(y: [Double], trials: [Double]?) throws(ResponseError) {
    try ResponseChecks.refuseTrials(trials, of: name)
    for (row, value) in y.enumerated() where value != 0 && value != 1 {
      let text = ResponseChecks.text(value)
      let mend =
        value.isFinite
        ? "recode the column to 0 and 1, or use binomial with trials() for counts of successes"
        : "correct it, or leave the cell empty if it is missing"
      throw ResponseError(row: row, message: "bernoulli needs 0 or 1, and this is \(text); \(mend)")
    }
  }

  package func prepare(y: [Double], trials: [Double]?) -> ResponseData { ResponseData(y: y) }

  package func evaluate(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    binomial.evaluate(
      response, start: start, count: count, predictors: predictors, order: order,
      into: &derivatives)
  }

  package func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock
  ) {
    binomial.evaluateDraws(
      response, row: row, count: count, predictors: predictors, order: order, values: &values,
      into: &derivatives)
  }

  package func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    (0, 0, 0)
  }

  package func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double {
    binomial.logDensity(y: y, trials: 1, predictors: predictors)
  }

  package func distribution(
    y: Double, trials: Double, predictors: [Double]
  ) -> (below: Double, upTo: Double) {
    binomial.distribution(y: y, trials: 1, predictors: predictors)
  }

  package func mean(trials: Double, predictors: [Double]) -> Double {
    binomial.mean(trials: 1, predictors: predictors)
  }

  package func variance(trials: Double, predictors: [Double]) -> Double {
    binomial.variance(trials: 1, predictors: predictors)
  }

  package func simulate(
    trials: Double, predictors: [Double], using stream: inout RandomStream
  ) -> Double {
    binomial.simulate(trials: 1, predictors: predictors, using: &stream)
  }

  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    binomial.prepareSimulation(of: block, trials: trials, count: count, into: &law)
  }

  package func startingMean(y: Double, trials: Double) -> Double {
    binomial.startingMean(y: y, trials: 1)
  }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] { [] }
}
