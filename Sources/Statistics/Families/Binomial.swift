// The binomial distribution of a number of successes in a number of trials.

import Glibc
import LinearAlgebra
import Probability

/// y ~ Binomial(trials, μ); `mu` by a logit, probit or complementary log-log link.
///
/// Without trials y is 0 or 1.
package struct BinomialFamily: ResponseFamily {
  package let name = "binomial"
  package let parameters: [DistributionalParameter]
  package let isDiscrete = true
  package let isLogConcave = true
  private let link: Link

  /// The links that are built.
  package static let links: [Link] = [.logit, .probit, .cloglog]

  /// The family with one of `links`.
  package init(link: Link = .logit) {
    precondition(Self.links.contains(link), "a link the binomial family has not")
    self.link = link
    parameters = [DistributionalParameter("mu", link)]
  }

  package func check(y: [Double], trials: [Double]?) throws(ResponseError) {
    if let trials {
      for (row, value) in trials.enumerated() {
        if value.isFinite, value >= 0, value == value.rounded() { continue }
        throw ResponseError(
          row: row,
          message:
            "binomial needs whole numbers of trials, and this is \(ResponseChecks.text(value)); "
            + "correct the column named in trials()")
      }
      try ResponseChecks.requireCounts(y, of: name)
      for (row, value) in y.enumerated() where value > trials[row] {
        throw ResponseError(
          row: row,
          message:
            "binomial needs no more successes than trials, and this is \(ResponseChecks.text(value))"
            + " of \(ResponseChecks.text(trials[row])); check which column is which")
      }
      return
    }
    for (row, value) in y.enumerated() where value != 0 && value != 1 {
      let text = ResponseChecks.text(value)
      let mend =
        value > 0 && value < 1
        ? "give the successes and their number, y | trials(n)"
        : "give the number of trials, y | trials(n), or cbind(success, failure)"
      throw ResponseError(
        row: row, message: "binomial without trials needs 0 or 1, and this is \(text); \(mend)")
    }
  }

  package func prepare(y: [Double], trials: [Double]?) -> ResponseData {
    guard let trials else { return ResponseData(y: y) }
    var constants: [Double] = []
    var centering: [Double] = []
    for (k, n) in zip(y, trials) {
      // The kernel's value is taken relative to its largest, where the probability equals k / n.
      let largest = k == 0 || k == n ? 0 : k * log(k / n) + (n - k) * log1p(-k / n)
      centering.append(largest)
      constants.append(
        k == 0 || k == n
          ? 0
          : SpecialFunctions.stirlingError(n) - SpecialFunctions.stirlingError(k)
            - SpecialFunctions.stirlingError(n - k)
            + 0.5 * (log(n / (2 * Double.pi * k)) - log(n - k)))
    }
    return ResponseData(y: y, trials: trials, constants: constants, centering: centering)
  }

  package func evaluate(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    let rows = RowRange(response, start: start, count: count, predictors: predictors)
    return switch (link, response.hasTrials) {
    case (.probit, false): ProbitKernelOfSingleTrials().run(rows, order, into: &derivatives)
    case (.probit, true): ProbitKernel().run(rows, order, into: &derivatives)
    case (.cloglog, _): ComplementaryLogLogKernel().run(rows, order, into: &derivatives)
    case (_, false): LogitKernelOfSingleTrials().run(rows, order, into: &derivatives)
    case (_, true): LogitKernel().run(rows, order, into: &derivatives)
    }
  }

  package func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock
  ) {
    let draws = RowDraws(response, row: row, count: count, predictors: predictors)
    switch (link, response.hasTrials) {
    case (.probit, false):
      ProbitKernelOfSingleTrials().run(draws, order, values: &values, into: &derivatives)
    case (.probit, true): ProbitKernel().run(draws, order, values: &values, into: &derivatives)
    case (.cloglog, _):
      ComplementaryLogLogKernel().run(draws, order, values: &values, into: &derivatives)
    case (_, false):
      LogitKernelOfSingleTrials().run(draws, order, values: &values, into: &derivatives)
    case (_, true): LogitKernel().run(draws, order, values: &values, into: &derivatives)
    }
  }

  package func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    (0, 0, 0)
  }

  package func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double {
    let eta = predictors[0]
    let logP: Double
    let logQ: Double
    switch link {
    case .probit:
      logP = Normal.cumulative(eta, log: true)
      logQ = Normal.cumulative(eta, upperTail: true, log: true)
    case .cloglog:
      let h = exp(eta)
      logP = eta < -36 ? eta : SpecialFunctions.logOneMinusExp(h)
      logQ = -h
    default:
      logP = -SpecialFunctions.softplus(-eta)
      logQ = -SpecialFunctions.softplus(eta)
    }
    return Binomial.logDensity(
      y, trials: trials, p: link.mean(at: eta), q: link.complement(at: eta), logP: logP, logQ: logQ
    )
  }

  package func distribution(
    y: Double, trials: Double, predictors: [Double]
  ) -> (below: Double, upTo: Double) {
    let p = link.mean(at: predictors[0])
    let q = link.complement(at: predictors[0])
    /// P(Y <= k), counted in failures where the probability is near 1 and its complement holds the
    /// digits.
    func upTo(_ k: Double) -> Double {
      if k < 0 { return 0 }
      if k >= trials { return 1 }
      return p <= 0.5
        ? Binomial.cumulative(k, trials: trials, probability: p)
        : Binomial.cumulative(trials - k - 1, trials: trials, probability: q, upperTail: true)
    }
    return (upTo(y - 1), upTo(y))
  }

  package func mean(trials: Double, predictors: [Double]) -> Double {
    trials * link.mean(at: predictors[0])
  }

  package func variance(trials: Double, predictors: [Double]) -> Double {
    trials * link.mean(at: predictors[0]) * link.complement(at: predictors[0])
  }

  package func simulate(
    trials: Double, predictors: [Double], using stream: inout RandomStream
  ) -> Double {
    let p = link.mean(at: predictors[0])
    if trials == 1 { return stream.nextUniform() < p ? 1 : 0 }
    return p <= 0.5
      ? stream.nextBinomial(trials: trials, probability: p)
      : trials
        - stream.nextBinomial(
          trials: trials, probability: min(link.complement(at: predictors[0]), 0.5))
  }

  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    law.setCounts(count: count, from: block, trials: trials) { row in
      let eta = block.lanes(0, at: row)
      let (p, q) = (link.mean(at: eta), link.complement(at: eta))
      let n = trials.lanes(at: row)
      // The rarer outcome is counted: failures where successes are more likely.
      let isFlipped = p .> q
      let rare = p.replacing(with: q, where: isFlipped)
      let odds = rare / q.replacing(with: p, where: isFlipped)
      let one = Lanes(repeating: 1)
      return CountLaw(
        start: VectorMath.exp(n * VectorMath.log1p(-rare)), first: n * odds, step: -odds,
        offset: Lanes.zero.replacing(with: n, where: isFlipped),
        sign: one.replacing(with: -one, where: isFlipped),
        isInvertible: (n * rare .<= CountLaw.largestMean) .& (eta .== eta))
    }
  }

  package func startingMean(y: Double, trials: Double) -> Double { (y + 0.5) / (trials + 1) }

  package func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double] { [] }
}
