// What a response family must answer; every family is one file beside this one.

import Probability

/// A parameter of a response distribution that has a linear predictor of its own.
package struct DistributionalParameter: Sendable, Equatable {
  /// The name as brms has it: `mu`, `sigma`, `shape`.
  package let name: String
  /// The link from the parameter to its linear predictor.
  package let link: Link
  /// A parameter from its name and link.
  package init(_ name: String, _ link: Link) {
    self.name = name
    self.link = link
  }
}

/// Why a column cannot be the response of a family.
package struct ResponseError: Error, Sendable, Equatable {
  /// The row, counted from 0 in the values that were checked.
  package let row: Int
  /// What is wrong and the mend, without a full stop: "poisson needs whole numbers from 0 up, and this is −1".
  package let message: String
  /// An error at a row.
  package init(row: Int, message: String) {
    self.row = row
    self.message = message
  }
}

/// A response distribution with its link: density, derivatives, simulation and distribution function.
///
/// The linear predictors η_0 … η_{m−1} belong to `parameters` in order, μ first, each through its own link.
package protocol ResponseFamily: Sendable {
  /// The name users know: `gaussian`, `bernoulli`, `binomial`, `poisson`, `negbinomial`.
  var name: String { get }
  /// The distributional parameters, `mu` first.
  var parameters: [DistributionalParameter] { get }
  /// Whether the response takes separate values (residuals are then randomised).
  var isDiscrete: Bool { get }
  /// Whether log f is concave in η_0 for every y, so that Newton steps need no damping for indefiniteness.
  var isLogConcave: Bool { get }

  /// Checks that every value can be a response of this family.
  func check(y: [Double], trials: [Double]?) throws(ResponseError)

  /// The response made ready for `evaluate`: padded, with the constants of each row.
  func prepare(y: [Double], trials: [Double]?) -> ResponseData

  /// Returns Σ log f over rows `start ..< start + count` without the constants of `prepare` and without the
  /// terms of `sharedTerm` when these apply, and writes the derivatives up to `order`.
  ///
  /// - Precondition: `start` is a multiple of `laneCount`, `count <= rowsPerBlock`.
  func evaluate(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double

  /// Writes log f of the value in `row`, with every constant, at each of `count` draws of the linear predictors, and
  /// the derivatives up to `order` (`value` or `second`): a predictor block holds draws here in the place of rows.
  ///
  /// `values` has room for `rowsPerBlock`; what stands after `count` values is undefined.
  ///
  /// - Precondition: `count <= rowsPerBlock`.
  func evaluateDraws(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock,
    order: DerivativeOrder, values: inout [Double], into derivatives: inout DerivativeBlock)

  /// The terms of Σ log f that depend only on predictors that are constant over all rows, summed over all rows at
  /// once, with their first and second derivative in predictor 1; `evaluate` leaves them out when
  /// `predictors.isConstant[1]`. Zero for families without such terms.
  func sharedTerm(_ response: ResponseData, constantPredictor: Double) -> (
    value: Double, first: Double, second: Double
  )

  /// log f(y) for one value with every constant; the slow twin of `evaluate`, written for exactness.
  func logDensity(y: Double, trials: Double, predictors: [Double]) -> Double

  /// P(Y < y) and P(Y ≤ y); equal for a continuous family.
  func distribution(y: Double, trials: Double, predictors: [Double]) -> (
    below: Double, upTo: Double
  )

  /// E[Y], on the scale of y (trials times the probability for a binomial).
  func mean(trials: Double, predictors: [Double]) -> Double

  /// Var[Y].
  func variance(trials: Double, predictors: [Double]) -> Double

  /// A random response.
  func simulate(trials: Double, predictors: [Double], using stream: inout RandomStream) -> Double

  /// Makes the distributions of `count` rows ready to be drawn from.
  ///
  /// - Parameters:
  ///   - block: the linear predictors of the rows.
  ///   - trials: the trials of the rows, padded to whole lanes.
  func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw)

  /// A rough μ for an observation, inside the range of the link, to start an optimizer from.
  func startingMean(y: Double, trials: Double) -> Double

  /// A rough value of the linear predictors after `mu` (log σ, log shape …), from y and fitted means.
  func startingDispersion(y: [Double], trials: [Double], means: [Double]) -> [Double]
}
