// Whether the sampler failed where a standard deviation is small: the neck of a funnel.

import Diagnostics
import Glibc
import RunFolder

/// Divergent draws held against the others in each standard deviation of random effects.
struct FunnelCheck: ModelCheck {
  let name = "funnel"

  /// Fewer divergent draws are not enough to say where they lie.
  private static let fewest = 5

  func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    let run = context.run
    let divergent = run.stores.flatMap(\.divergent)
    guard !run.stores.isEmpty, divergent.count == run.drawCount else { return [] }
    let count = divergent.count { $0 }
    let deviations = run.names.indices.filter { run.names[$0].hasPrefix("sd_") }
    guard count >= Self.fewest else {
      return deviations.isEmpty
        ? []
        : [
          Finding(
            check: name, subject: nil, basis: .judged(.ok), number: Double(count),
            threshold: Double(Self.fewest), source: "Betancourt & Girolami (2015)",
            namesCause: true,
            meaning: ("The sampler had no trouble where standard deviations are small.", ""),
            advice: "")
        ]
    }
    return deviations.map { index in
      let values = run.stores.flatMap { $0.columns[index] }
      let z = RankSum.score(values, isFirst: divergent)
      // Divergent draws in the lowest part of the sd: clearly lower ranks than chance gives.
      let isFunnel = z < -3
      return Finding(
        check: name, subject: run.names[index], basis: .judged(isFunnel ? .failed : .ok),
        number: z, threshold: -3,
        source: "rank sum of divergent draws (Betancourt & Girolami 2015)",
        namesCause: true, gain: z * z / 2,
        meaning: (
          "Divergent draws are no smaller in this standard deviation than others.",
          "The \(count) divergent draws lie where this standard deviation is small: the data hardly tell it from zero, and the posterior narrows to a funnel there."
        ),
        advice:
          "Give it a prior that keeps it from zero (--prior 'sd ~ gamma(2, 1)'), raise --target-acceptance to 0.95, or drop the effect."
      )
    }
  }
}
