// Effects of single levels for sample runs, and a finished run that has everything: slopes, priors, verdicts.

import RunFolder

/// Makes conditional modes.
enum SampleLevels {
  /// The modes of two effects of sixty schools, of which some are far from zero.
  static let modes: ConditionalModes = {
    var numbers = SampleNumbers(seed: 60)
    let levels = (1...60).map { ($0 < 10 ? "S0" : "S") + "\($0)" }
    return ConditionalModes(
      group: "school_id", levels: levels,
      terms: [
        PredictorTerm(outcome: "math_score", term: "(Intercept)"),
        PredictorTerm(outcome: "passed", term: "(Intercept)"),
      ], modes: levels.map { _ in [4 * numbers.normal(), 0.7 * numbers.normal()] },
      standardErrors: levels.map { _ in
        [1.2 + 0.4 * numbers.uniform(), 0.3 + 0.1 * numbers.uniform()]
      })
  }()
}

extension SampleRun {
  /// A finished run with intercepts and slopes of twelve schools, priors and the worker's verdicts.
  package static var checked: RunSnapshot {
    var run = started(.finished, .mcmc)
    run.optimizerSteps = steps
    var fit = fitReport(.ml)
    fit.random = [slopes]
    fit.modes = nil
    run.fitReport = fit
    run.endTime = begin + 31
    run.lastEventTime = run.endTime
    run.chains = (1...4).map { SampleChains.chain($0, warmup: 200, kept: 1000, of: parameters) }
    run.residualReport = SampleResiduals.report
    run.priorReport = priors
    run.checkReport = checks
    return run
  }

  private static let members: [(outcome: String, term: String, sd: Double)] = [
    ("math_score", "Intercept", 4.1), ("math_score", "SES", 0.8), ("passed", "Intercept", 0.77),
    ("passed", "SES", 0.2),
  ]
  private static let schools = (1...12).map { ($0 < 10 ? "S0" : "S") + "\($0)" }

  private static var slopes: RandomBlock {
    let size = members.count
    let unit = (0..<size).map { row in (0..<size).map { row == $0 ? 1.0 : 0.3 } }
    return RandomBlock(
      group: "school_id", structure: "us", levels: schools.count,
      terms: members.map {
        PredictorTerm(
          outcome: $0.outcome, term: $0.term == "Intercept" ? "(Intercept)" : $0.term)
      }, standardDeviations: members.map(\.sd), correlations: unit, covariances: unit)
  }

  private static var parameters: [(name: String, mean: Double, sd: Double)] {
    var all = SampleChains.parameters.filter { $0.name.hasPrefix("b_") }
    all.append(("sigma_math_score", 8.04, 0.13))
    let names = members.map { "\($0.outcome)_\($0.term)" }
    all += zip(names, members).map { ("sd_school_id__\($0)", $1.sd, 0.12 * $1.sd) }
    for first in names.indices {
      for second in names.indices.dropFirst(first + 1) {
        all.append(
          (
            "cor_school_id__\(names[first])__\(names[second])",
            0.6 - 0.2 * Double(first + second - 1), 0.11
          ))
      }
    }
    for (place, member) in members.enumerated() {
      for (level, school) in schools.enumerated() {
        let share = Double((level * 5 + place) % 12) / 5.5 - 1
        all.append(
          (
            "r_school_id__\(member.outcome)[\(school),\(member.term)]", 1.6 * member.sd * share,
            0.4 * member.sd
          ))
      }
    }
    return all
  }

  /// Flat on slopes, as by default; the prior of the intercept of the pass contradicts the data.
  private static var priors: PriorReport {
    func normal(_ name: String, _ text: String, _ mean: Double, _ sd: Double) -> ParameterPrior {
      ParameterPrior(
        name: name, prior: text,
        quantiles: [-1.96, -0.674, 0, 0.674, 1.96].map { mean + $0 * sd }, standardDeviation: sd)
    }
    let heavy = [0.08, 0.83, 1.91, 3.56, 10.4]
    return PriorReport(
      draws: 4000,
      parameters: [
        normal("b_math_score_SES", "normal(0, 5)", 0, 5),
        ParameterPrior(
          name: "b_math_score_gendermale", prior: "flat", quantiles: nil, standardDeviation: .nan),
        normal("b_passed_Intercept", "normal(-3, 1)", -3, 1),
        normal("b_passed_gendermale", "normal(0, 0.15)", 0, 0.15),
        normal("b_passed_SES", "normal(0, 2.5)", 0, 2.5),
      ]
        + members.map {
          ParameterPrior(
            name: "sd_school_id__\($0.outcome)_\($0.term)", prior: "student_t(3, 0, 2.5)",
            quantiles: heavy, standardDeviation: 4.3)
        })
  }

  private static var checks: CheckReport {
    func line(
      _ check: String, _ subject: String?, _ level: CheckLevel, _ number: Double,
      _ threshold: Double, _ meaning: String, _ advice: String = ""
    ) -> CheckLine {
      CheckLine(
        check: check, subject: subject, level: level, number: number, threshold: threshold,
        source: "Vehtari et al. 2021", meaning: meaning, advice: advice)
    }
    return CheckReport(
      draws: 1000, seed: 1,
      lines: [
        line(
          "R-hat", "b_passed_Intercept", .failed, 1.1234, 1.01,
          "The chains disagree: they have not reached the same distribution.",
          "Look at the trace plot, run longer, or simplify the random effects."),
        line(
          "residual dispersion", "passed", .warned, 0.016, 0.05,
          "The response varies more than the model says.",
          "Try a family with a dispersion parameter or a random effect by row."),
        line(
          "Pareto k", "passed", .warned, 0.83, 0.7,
          "Two observations are so influential that their share is not reliable.",
          "Look at these rows, or leave them out by refitting."),
        line("divergences", nil, .passed, 0, 0, "No transition diverged."),
        line("E-BFMI", "chain 1", .passed, 0.94, 0.3, "The chain moves freely between energies."),
        line("quadrature", nil, .unavailable, .nan, .nan, "Not for models with slopes."),
      ])
  }
}
