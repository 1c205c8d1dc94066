// The test for more responses outside their simulations than chance gives.

import Probability

/// The result of a test on the number of outliers.
package struct OutlierTest: Sendable, Equatable {
  /// How the p value was found.
  package enum Method: Sendable, Equatable {
    /// An exact binomial test of residuals in the outermost 1 / (S + 1), right for continuous
    /// responses.
    case binomial
    /// Each of some simulations in turn takes the place of the data, right for discrete responses
    /// too.
    case bootstrap
  }

  /// The ends at which outliers are counted.
  package enum Margin: Sendable, Equatable { case both, upper, lower }

  /// The number of outliers.
  package let count: Int
  /// The number of residuals.
  package let observations: Int
  /// The share of outliers to be expected if the model is right.
  package let expectedFrequency: Double
  /// The p value.
  package let p: Double
  /// The limits of 95 %: Clopper-Pearson's about the observed share, or the bootstrapped range of
  /// the expected one.
  package let interval: ClosedRange<Double>
  /// How the p value was found.
  package let method: Method

  /// The share of outliers.
  package var frequency: Double { Double(count) / Double(observations) }

  /// The binomial test of the residuals outside (1 / (S + 1), 1 - 1 / (S + 1)), S being the number
  /// of simulations.
  ///
  /// Nil without residuals or without simulations.
  package static func binomial(
    _ residuals: SimulatedResiduals, margin: Margin = .both
  ) -> OutlierTest? {
    guard residuals.simulations > 0, !residuals.scaled.isEmpty else { return nil }
    let edge = 1 / Double(residuals.simulations + 1)
    let low = residuals.scaled.count { $0 < edge }
    let high = residuals.scaled.count { $0 > 1 - edge }
    let n = residuals.scaled.count
    let (count, expected) =
      switch margin {
      case .both: (low + high, 2 * edge)
      case .upper: (high, edge)
      case .lower: (low, edge)
      }
    let interval = DistributionFunctions.clopperPearson(count: count, trials: n)
    return OutlierTest(
      count: count, observations: n, expectedFrequency: expected,
      p: DistributionFunctions.binomialTest(count: count, trials: n, probability: expected),
      interval: interval.lower...interval.upper, method: .binomial)
  }

  /// The bootstrap test of the residuals that are exactly 0 or 1.
  ///
  /// Simulation i takes the place of the data, and S columns drawn with replacement from the others
  /// that of the simulations, for i up to `repetitions` or S.
  package static func bootstrap(
    _ residuals: SimulatedResiduals, input: ResidualInput, repetitions: Int = 100,
    using stream: inout RandomStream
  ) -> OutlierTest {
    let simulations = input.simulationCount
    let count = min(repetitions, simulations)
    let draws = (0..<count).map { data in
      var isDrawn = Array(repeating: false, count: simulations)
      for _ in 0..<simulations {
        let other = Int.random(in: 0..<simulations - 1, using: &stream)
        isDrawn[other < data ? other : other + 1] = true
      }
      return isDrawn.indices.filter { isDrawn[$0] }
    }
    let frequencies = OutlierCounter.counts(input, drawn: draws).map {
      Double($0) / Double(input.count)
    }
    let observed = residuals.extremeCount
    let sorted = frequencies.sorted()
    let range = sorted[Int(0.025 * Double(count - 1))]...sorted[Int(0.975 * Double(count - 1))]
    return OutlierTest(
      count: observed, observations: input.count,
      expectedFrequency: frequencies.reduce(0, +) / Double(count),
      p: Alternative.twoSided.pValue(
        of: Double(observed) / Double(input.count), among: frequencies),
      interval: range, method: .bootstrap)
  }

  /// DHARMa's choice: binomial for continuous responses and beyond 500 rows, else bootstrap.
  package static func automatic(
    _ residuals: SimulatedResiduals, input: ResidualInput, using stream: inout RandomStream
  ) -> OutlierTest? {
    input.isDiscrete && input.count <= 500
      ? bootstrap(residuals, input: input, using: &stream) : binomial(residuals)
  }
}
