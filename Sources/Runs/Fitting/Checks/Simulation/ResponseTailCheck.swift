// Whether Gaussian residuals have heavy tails, a long side, or a few rows far out.

import Diagnostics
import Glibc
import Laplace
import MixedModel
import Predictive

/// Tails, skewness and outlying rows of the residuals of a Gaussian outcome, told apart.
///
/// Few rows far out are the cause if the rest is normal without them; else the distribution as a whole has other tails.
struct ResponseTailCheck: OutcomeCheck {
  let name = "tails of the response"

  /// At most this share of the rows are single outliers.
  private static let mostShare = 0.02
  private static let fewestMost = 3

  func findings(_ study: OutcomeStudy, seed: UInt64) -> [Finding] {
    let outcome = study.fit.model.outcomes[0]
    guard outcome.isGaussian, study.values.y.count >= 30 else { return [] }
    let residuals = PearsonResiduals.of(
      study.fit.model, outcome: 0, at: .init(psi: study.fit.optimum.psi, effects: study.fit.modes))
    guard let all = SampleMoments(residuals), let kurtosis = all.kurtosisScore,
      let skewness = all.skewnessScore
    else { return [] }
    let most = max(Self.fewestMost, Int(Self.mostShare * Double(residuals.count)))
    let outliers = OutlyingValues(residuals, most: most)
    let kept = residuals.indices.filter { !outliers.places.contains($0) }.map { residuals[$0] }
    let rest = SampleMoments(kept)
    let restKurtosis = rest?.kurtosisScore ?? 0
    let restSkewness = rest?.skewnessScore ?? 0
    // With the rows left out the rest is judged; it is trimmed, so that only clear tails count against it.
    let areSingle =
      !outliers.places.isEmpty && abs(restKurtosis) < 2.6 && outliers.places.count < most
    return [
      outlying(study, residuals, outliers, kept, areSingle),
      tails(study, residuals, areSingle ? restKurtosis : kurtosis, areSingle ? kept : residuals),
      skewed(study, areSingle ? restSkewness : skewness),
    ]
  }

  private func outlying(
    _ study: OutcomeStudy, _ residuals: [Double], _ outliers: OutlyingValues, _ kept: [Double],
    _ areSingle: Bool
  ) -> Finding {
    func sum(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    let count = max(outliers.places.count, 1)
    let n = Double(residuals.count)
    let ratio = (sum(residuals) / n) / max(sum(kept) / Double(max(kept.count, 1)), 1e-300)
    let rows = outliers.places.prefix(5).map { String($0 + 1) }.joined(separator: ", ")
    let more = outliers.places.count > 5 ? " and \(outliers.places.count - 5) more" : ""
    return Finding(
      check: "outlying rows", subject: study.label,
      basis: .probability(areSingle ? outliers.p : 1), number: outliers.p,
      source: "generalised extreme Studentized deviate (Rosner 1983)", namesCause: true,
      gain: areSingle ? 0.5 * n * log(ratio) / Double(count) : nil,
      meaning: (
        "No single row lies far from what the model says.",
        "\(outliers.places.count == 1 ? "One row lies" : "\(outliers.places.count) rows lie") far from what the model says (observation \(rows)\(more)); the others are as they should be."
      ),
      advice:
        "Look at these rows for slips of the pen; fit once without them and compare the estimates."
    )
  }

  private func tails(
    _ study: OutcomeStudy, _ residuals: [Double], _ score: Double, _ values: [Double]
  ) -> Finding {
    let p = NormalScore.twoSided(score)
    let tail = StudentTail(values)
    let degrees = tail.map { Int($0.degrees.isFinite ? $0.degrees.rounded() : 100) } ?? 100
    return Finding(
      check: "heavy tails", subject: study.label, basis: .probability(p), number: p,
      source: "kurtosis of the residuals (Anscombe & Glynn 1983)", namesCause: true,
      gain: score > 0 ? tail?.gain : score * score / 4,
      meaning: (
        "The residuals have the tails of a normal distribution.",
        score > 0
          ? "The residuals have heavier tails than a normal distribution, like Student's t with about \(degrees) degrees of freedom."
          : "The residuals have lighter tails than a normal distribution: the response may have bounds or two humps."
      ),
      advice: score > 0
        ? "A Student family would suit; until then compare with the estimates on ranks or on a transformed response."
        : "Look at the density overlay for bounds or a second hump, and for a predictor that is missing."
    )
  }

  private func skewed(_ study: OutcomeStudy, _ score: Double) -> Finding {
    let p = NormalScore.twoSided(score)
    let isPositive = study.values.y.allSatisfy { $0 > 0 }
    return Finding(
      check: "skewed response", subject: study.label, basis: .probability(p), number: p,
      source: "skewness of the residuals (D'Agostino 1970)", namesCause: true,
      gain: score * score / 2,
      meaning: (
        "The residuals are as symmetric as those of a normal distribution.",
        "The residuals are skewed to the \(score > 0 ? "right" : "left")."
      ),
      advice: isPositive && score > 0
        ? "Try log(\(study.label)) as the response, or a family for positive values."
        : "Try another scale of the response, or a family whose variance changes with its mean.")
  }
}
