// Refits that ask whether another family suits the values better.

import Families
import Formula
import Glibc
import Laplace
import MixedModel
import Probability
import Tables

/// A wrong family, by AIC on the same data.
struct FamilyCheck: RefitCheck {
  let name = "family"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    let y = study.values.y
    guard let least = y.min(), let most = y.max(), least < most else { return [] }
    let areWhole = y.allSatisfy { $0 == $0.rounded() }
    switch study.family.name {
    case "gaussian" where study.family.parameters[0].link == .identity:
      if areWhole && least == 0 && most == 1 {
        return [discrete(study, "bernoulli", "0 and 1")]
      }
      if areWhole && least >= 0 {
        return Set(y).count > 2
          ? [discrete(study, "poisson", "counts"), discrete(study, "negbinomial", "counts")] : []
      }
      return least > 0 ? [logarithm(study)] : []
    case "poisson":
      let atMost = y.count { $0 == most }
      guard most > 1, most <= 100, atMost >= 3 else { return [] }
      return [bounded(study, most: most)]
    default: return []
    }
  }

  /// Counts are as probable under a gaussian as the unit around each: log Φ((y+½-μ)/σ) - Φ((y-½-μ)/σ), with the difference
  /// to the density worked out at the fitted means.
  private func discrete(_ study: OutcomeStudy, _ family: String, _ what: String) -> Remedy {
    let sigma = sigmas(study)
    var correction = 0.0
    for (row, y) in study.values.y.enumerated() {
      let (mean, sigma) = (study.predictor[row], sigma[row])
      let unit = Self.unitProbability(y, mean, sigma)
      correction +=
        log(max(unit, 1e-300)) - Normal.logDensity(y, mean: mean, standardDeviation: sigma)
    }
    return Remedy(
      check: name, subject: study.label, source: "AIC; Burnham & Anderson 2002",
      judgement: .information, constant: -correction,
      meaning: (
        "A \(family) family does not suit the data better.",
        "The outcome holds \(what), and a \(family) family makes them more probable than a gaussian."
      ),
      advice: "Try family = \(family).",
      change: { $0.changing(family: FamilyCall(name: family)) })
  }

  /// Φ((y+½-μ)/σ) - Φ((y-½-μ)/σ), from the tail where it keeps its digits.
  static func unitProbability(_ y: Double, _ mean: Double, _ sigma: Double) -> Double {
    let z = abs(y - mean)
    return Normal.cumulative(-(z - 0.5) / sigma) - Normal.cumulative(-(z + 0.5) / sigma)
  }

  private func sigmas(_ study: OutcomeStudy) -> [Double] {
    let model = study.fit.model
    let predictors = model.linearPredictors(
      outcome: 0, coefficients: study.fit.optimum.psi, effects: study.fit.modes)
    let link = study.family.parameters[1].link
    return predictors[1].map { link.mean(at: $0) }
  }

  /// A gaussian of log(y); the density of y has the Jacobian 1/y.
  private func logarithm(_ study: OutcomeStudy) -> Remedy {
    let logs = study.values.y.map { log($0) }
    return Remedy(
      check: name, subject: study.label, source: "AIC with Jacobian; Box & Cox 1964",
      judgement: .information, columns: [("log_of_outcome__", .numeric(logs))],
      constant: -logs.reduce(0, +),
      meaning: (
        "The logarithm of the outcome is not closer to normal.",
        "The outcome is positive and its logarithm is much closer to normal than itself: it is skewed, and spreads more where it is larger."
      ),
      advice: "Try log(\(study.label)) as the outcome.",
      change: { formula throws(FormulaError) in
        try formula.changing(response: "log_of_outcome__")
      })
  }

  /// Counts out of at most as many as were ever seen.
  private func bounded(_ study: OutcomeStudy, most: Double) -> Remedy {
    let shown = Int(most)
    return Remedy(
      check: name, subject: study.label, source: "AIC; Burnham & Anderson 2002",
      judgement: .information,
      columns: [
        ("bounded_outcome__", .numeric(study.values.y)),
        ("most__", .numeric(study.values.y.map { _ in most })),
      ],
      meaning: (
        "The counts have no upper bound that shows.",
        "The counts end at \(shown), and a binomial family with \(shown) trials makes them more probable."
      ),
      advice:
        "Try \(study.label) | trials(\(shown)) with family = binomial, if \(shown) is the most possible.",
      change: { formula throws(FormulaError) in
        try formula.changing(family: FamilyCall(name: "binomial"))
          .changing(response: "bounded_outcome__", trials: "most__")
      })
  }
}
