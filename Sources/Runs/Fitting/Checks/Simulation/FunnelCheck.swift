// Whether the sampler failed where a standard deviation is small: the neck of a funnel.

import Diagnostics
import Glibc
import Predictive
import RunFolder

/// Standard deviations of random effects that the data hardly tell from zero, and at whose small values chains get stuck.
///
/// Two signs: divergent draws lie where the standard deviation is small; or chains disagree on it while its draws span
/// more than a factor of 20, from next to nothing to far from it (Neal 2003; Betancourt & Girolami 2015).
struct FunnelCheck: ModelCheck {
  let name = "funnel"

  /// Fewer divergent draws are not enough to say where they lie.
  private static let fewest = 5
  /// The span of the middle 95 % of draws, as a ratio of its ends, from which on a deviation reaches into the neck.
  private static let span = 20.0

  func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    let run = context.run
    let deviations = run.names.indices.filter { run.names[$0].hasPrefix("sd_") }
    guard !run.stores.isEmpty, !deviations.isEmpty else { return [] }
    let divergent = run.stores.flatMap(\.divergent)
    let count = divergent.count { $0 }
    var found: [Finding] = []
    for index in deviations {
      let values = run.stores.flatMap { $0.columns[index] }
      if count >= Self.fewest, divergent.count == values.count {
        let z = RankSum.score(values, isFirst: divergent)
        if z < -3 {
          found.append(
            finding(
              run.names[index], number: z, threshold: -3, gain: z * z / 2,
              "The \(count) divergent draws lie where this standard deviation is small"))
          continue
        }
      }
      if let span = Self.stuckSpan(run, index) {
        found.append(
          finding(
            run.names[index], number: span, threshold: Self.span, gain: 1e3,
            "Chains disagree on this standard deviation, whose draws span a factor of \(Int(min(span, 1e9)))"
          ))
      }
    }
    guard found.isEmpty else { return found }
    return [
      Finding(
        check: name, subject: nil, basis: .judged(.ok), number: Double(count),
        threshold: Double(Self.fewest), source: Self.source, namesCause: true,
        meaning: ("The sampler had no trouble where standard deviations are small.", ""), advice: ""
      )
    ]
  }

  /// The span of a standard deviation on which chains disagree, if it reaches into the neck of a funnel; else nil.
  static func stuckSpan(_ run: FinishedRun, _ index: Int) -> Double? {
    guard run.names[index].hasPrefix("sd_") else { return nil }
    let summary = DrawsSummary.summarize(run.stores.map { $0.columns[index] })
    guard let low = summary.q2_5, let high = summary.q97_5, let rHat = summary.rHat,
      rHat > ConvergenceThresholds().rHatFailed, high > 0
    else { return nil }
    let span = high / max(low, 1e-12)
    return span > Self.span ? span : nil
  }

  private func finding(
    _ name: String, number: Double, threshold: Double, gain: Double, _ sign: String
  ) -> Finding {
    Finding(
      check: self.name, subject: name, basis: .judged(.failed), number: number,
      threshold: threshold, source: Self.source, namesCause: true, gain: gain,
      meaning: (
        "",
        "\(sign): the data hardly tell it from zero, and the posterior narrows to a funnel there."
      ),
      advice:
        "Give it a prior that keeps it from zero (--prior 'sd ~ gamma(2, 1)'), raise --target-acceptance to 0.95, or drop the effect."
    )
  }

  private static let source = "Neal (2003), Betancourt & Girolami (2015); limits ours"
}
