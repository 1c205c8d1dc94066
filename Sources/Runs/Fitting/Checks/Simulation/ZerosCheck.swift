// Whether counts have more zeros, or fewer, than their distribution has.

import Diagnostics
import Glibc

/// Extra zeros and missing zeros of a count outcome.
///
/// Extra zeros are judged beside a distribution with free dispersion, because overdispersed counts have many zeros too: they
/// are a cause only if a mixture with zeros describes the counts better than dispersion alone.
struct ZerosCheck: OutcomeCheck {
  let name = "zero inflation"

  func findings(_ study: OutcomeStudy, seed: UInt64) -> [Finding] {
    guard let kernel = kernel(study) else { return [] }
    let y = study.values.y
    func mixture(_ kernel: CountKernel, _ isInflated: Bool) -> ZeroMixture {
      ZeroMixture(y, predictors: study.predictor, kernel: kernel, isInflated: isInflated)
    }
    let plain = mixture(kernel, false)
    let inflated = mixture(kernel, true)
    var gains = [inflated.logLikelihood - plain.logLikelihood]
    if kernel == .poisson {
      let dispersed = mixture(.negativeBinomial(shape: 5), false)
      let both = mixture(.negativeBinomial(shape: dispersed.shape ?? 5), true)
      gains.append(both.logLikelihood - dispersed.logLikelihood)
    }
    let p = gains.map { p(ofGain: $0) }.max() ?? 1
    let expected = ZeroMixture.zeros(predictors: study.predictor, kernel: kernel)
    let zeros = y.count { $0 == 0 }
    let counts = "\(zeros) zeros where about \(Int(expected.mean.rounded())) are expected"
    let deficit = NormalScore.lower(
      (Double(zeros) + 0.5 - expected.mean) / max(expected.variance, 1e-12).squareRoot())
    return [
      Finding(
        check: "zero inflation", subject: study.label, basis: .probability(p), number: p,
        source: "likelihood ratio of a mixture with zeros (Lambert 1992), at the boundary",
        namesCause: true, gain: max(gains[0], 0),
        meaning: (
          "There are no more zeros than the distribution has.",
          "There are more zeros than counts of this kind have (\(counts)), also beside overdispersion: about \(Int((inflated.share * 100).rounded())) % of the rows can only be zero."
        ),
        advice:
          "Model whether there is any at all apart from how many: a zero-inflated family, or two models (any or none as bernoulli, the positive counts)."
      ),
      Finding(
        check: "zero deficit", subject: study.label,
        basis: expected.mean >= 5 ? .probability(deficit) : .unavailable,
        number: expected.mean >= 5 ? deficit : nil,
        source: "number of zeros, normal approximation", namesCause: true,
        gain: log(1 / max(deficit, 1e-300)),
        meaning: (
          "There are no fewer zeros than the distribution has.",
          expected.mean >= 5
            ? "There are fewer zeros than counts of this kind have (\(counts))."
            : "Fewer than 5 zeros are expected, too few to miss any."
        ), advice: "Try a truncated or hurdle model; ask whether zeros were recorded at all."),
    ]
  }

  private func kernel(_ study: OutcomeStudy) -> CountKernel? {
    let family = study.family
    switch (family.name, family.parameters[0].link) {
    case ("poisson", .log): return .poisson
    case ("negbinomial", .log):
      let model = study.fit.model
      guard model.outcomes[0].predictors[1].isOneNumber else { return nil }
      return .negativeBinomial(
        shape: model.outcomes[0].predictors[1].parameterValue(
          study.fit.optimum.psi, link: family.parameters[1].link))
    case ("binomial", .logit):
      let trials = study.values.trials
      return trials.contains { $0 > 1 } ? .binomial(trials: trials) : nil
    default: return nil
    }
  }

  /// Half of χ²₁: a share of zero is the edge of what it may be (Self & Liang 1987).
  private func p(ofGain gain: Double) -> Double {
    gain > 0 ? 0.5 * NormalScore.twoSided((2 * gain).squareRoot()) : 1
  }
}
