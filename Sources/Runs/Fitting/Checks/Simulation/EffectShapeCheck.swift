// Whether random effects look like draws from a normal distribution: skewness, tails, two humps.

import Diagnostics
import Laplace
import MixedModel
import Predictive

/// Skewness and kurtosis of the conditional modes of each random-effect term, beside those of simulated data.
///
/// Modes of a right model are not normal themselves (they are shrunken, each by another amount), so that only a
/// parametric bootstrap tells what chance does; compare Verbeke & Lesaffre (1996) on why their histogram alone misleads.
struct EffectShapeCheck: OutcomeCheck {
  let name = "shape of random effects"

  /// Fewer levels say nothing about a shape.
  private static let fewestLevels = 20

  func findings(_ study: OutcomeStudy, seed: UInt64) -> [Finding] {
    let effects = study.fit.model.effects
    var terms: [(block: Int, member: Int)] = []
    for (index, block) in effects.blocks.enumerated() where block.levels.count >= Self.fewestLevels
    {
      let lambda = study.fit.lambdas[index]
      for member in block.members.indices {
        let row = (0..<block.size).map { lambda[member + $0 * block.size] }
        // A term without spread has no shape.
        if row.reduce(0, { $0 + $1 * $1 }).squareRoot() > 1e-3 { terms.append((index, member)) }
      }
    }
    guard !terms.isEmpty else { return [] }
    let fits = SimulatedFits(
      study.fit, count: SimulatedFits.affordable(study.values.y.count), seed: seed
    ) { _, point in
      terms.flatMap { term -> [Double] in
        let values = effects.blocks[term.block].levels.indices.map {
          point.effects[effects.index(block: term.block, level: $0, member: term.member)]
        }
        guard let moments = SampleMoments(values) else { return [.nan, .nan] }
        // As normal scores both are nearly normal in simulated data, which raw moments are not.
        return [moments.skewnessScore ?? .nan, moments.kurtosisScore ?? .nan]
      }
    }
    return terms.enumerated().map { place, term in
      finding(study, term, fits, place)
    }
  }

  private func finding(
    _ study: OutcomeStudy, _ term: (block: Int, member: Int), _ fits: SimulatedFits, _ place: Int
  ) -> Finding {
    let block = study.fit.model.effects.blocks[term.block]
    let member = block.members[term.member]
    let subject = "\(study.label): \(member.term) | \(block.group)"
    let scores = [2 * place, 2 * place + 1].map {
      NormalScore.among(fits.column($0), fits.observed[$0])
    }
    guard let skewness = scores[0], let kurtosis = scores[1] else {
      return Finding(
        check: name, subject: subject, basis: .unavailable, number: nil, source: Self.source,
        namesCause: true,
        meaning: ("", "Too few simulated data sets had conditional modes to compare with."),
        advice: "")
    }
    let isSkewed = abs(skewness) > abs(kurtosis)
    let worst = max(abs(skewness), abs(kurtosis))
    // Two looks at the same effects: the smaller p value counts twice.
    let p = min(1, 2 * NormalScore.twoSided(worst))
    let shape =
      isSkewed
      ? "skewed to the \(skewness > 0 ? "right" : "left")"
      : kurtosis < 0 ? "in two groups or flat: too few levels lie in the middle" : "heavy-tailed"
    return Finding(
      check: name, subject: subject, basis: .probability(p), number: p, source: Self.source,
      namesCause: true, gain: worst * worst / 2,
      meaning: (
        "The effects of \(block.group) look like draws from a normal distribution.",
        "The effects of \(block.group) are \(shape), which draws from a normal distribution are not."
      ),
      advice: isSkewed || kurtosis > 0
        ? "Look at the caterpillar plot for single levels apart; add a predictor of \(block.group) that explains them."
        : "Look for a predictor of \(block.group) with two values (a treatment, a site type) and add it to the formula."
    )
  }

  private static let source =
    "skewness and kurtosis of the modes in simulated data (Verbeke & Lesaffre 1996)"
}
