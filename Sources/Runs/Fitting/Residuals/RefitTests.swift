// The dispersion test by refits: Pearson residuals of the fit beside those of fits to simulated data.

import Diagnostics
import Laplace
import MixedModel
import Predictive
import RunFolder

extension FinishedRun {
  /// The dispersion test of every outcome by `options.refits` fits to data simulated from the estimate with new random
  /// effects.
  ///
  /// - Throws: when the model cannot be fitted again.
  func refitTests(_ options: ResidualOptions, seed: UInt64) throws(FittingError) -> [FurtherTest] {
    let fit = try likelihood().fit
    let estimate = PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)
    let observed = Self.squares(model, estimate)
    let refits = try ParallelMap.results(options.refits, threads: request.threads) {
      index throws(FittingError) -> [Double]? in
      let data = model.replacing(
        responses: model.outcomes.indices.map {
          ResponseSimulator(model: model, outcome: $0).simulate(
            1, from: [estimate], kind: .unconditional,
            seed: seed &+ UInt64(index + 1) &* 0xD1B5_4A32_D192_ED03)
        })
      // A simulated data set may have no maximum, as when all its responses are equal; such fits are counted.
      guard let fit = try? likelihood(of: data).fit else { return nil }
      return Self.squares(data, PredictivePoint(psi: fit.optimum.psi, effects: fit.modes))
    }
    let kept = refits.compactMap { $0 }
    let failed = refits.count - kept.count
    return try model.outcomes.indices.map { index throws(FittingError) in
      guard
        let test = DispersionTest.refit(
          sumOfSquares: observed[index], refits: kept.map { $0[index] })
      else {
        throw FittingError(
          "--refit \(options.refits): no simulated data set could be fitted; the model is too large for its data",
          exitCode: 65)
      }
      let words = ResidualWords.meaning(
        of: .dispersion, isGood: test.p >= 0.05, statistic: test.statistic ?? 1)
      return FurtherTest(
        test: "refit", outcome: model.outcomes[index].name, along: "\(kept.count) refits",
        statistic: test.statistic, p: test.p,
        meaning: failed == 0 ? words : "\(words); \(failed) of \(refits.count) refits failed")
    }
  }

  /// The dispersion test of every outcome by Pearson's chi-squared statistic at the estimate.
  ///
  /// Degrees of freedom are the values less the outcome's coefficients and standard deviations; the random effects count
  /// for nothing, so that for mixed models the test leans towards underdispersion, as DHARMa says of its own.
  ///
  /// - Throws: when the model cannot be fitted again.
  func pearsonTests() throws(FittingError) -> [FurtherTest] {
    let fit = try likelihood().fit
    let point = PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)
    return model.outcomes.indices.compactMap { index in
      let outcome = model.outcomes[index]
      let residuals = PearsonResiduals.of(model, outcome: index, at: point)
      let coefficients = outcome.predictors.reduce(0) { $0 + $1.columnNames.count }
      let deviations = model.effects.blocks.flatMap(\.members).count { $0.outcome == index }
      let degrees = residuals.count - coefficients - deviations
      guard
        let test = DispersionTest.pearson(
          residuals: residuals, degreesOfFreedom: Double(degrees), alternative: .twoSided)
      else { return nil }
      return FurtherTest(
        test: "pearson", outcome: outcome.name, along: "\(degrees) degrees of freedom",
        statistic: test.statistic, p: test.p,
        meaning: ResidualWords.meaning(
          of: .dispersion, isGood: test.p >= 0.05, statistic: test.statistic ?? 1)
          + (model.effects.count > 0 ? "; leans towards underdispersion with random effects" : ""))
    }
  }

  /// For each outcome Σ (y - E[Y])² / Var[Y].
  private static func squares(_ model: MixedModel, _ point: PredictivePoint) -> [Double] {
    model.outcomes.indices.map { index in
      let simulator = ResponseSimulator(model: model, outcome: index)
      let (means, variances) = (simulator.means(at: point), simulator.variances(at: point))
      let y = model.outcomes[index].valuesInDataOrder.y
      return y.indices.reduce(0) {
        $0 + (y[$1] - means[$1]) * (y[$1] - means[$1]) / variances[$1]
      }
    }
  }
}
