// Whether chains sit in different places, as when a posterior has more than one mode.

import Diagnostics
import Glibc

/// Chains that hardly overlap in a parameter.
struct ChainAgreementCheck: ModelCheck {
  let name = "chains apart"

  /// Distance of the farthest chain means in pooled within-chain standard deviations: at 3, two normal chains share 13 %
  /// of their mass.
  private static let limit = 3.0

  func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    let run = context.run
    let stores = run.stores.filter { $0.count >= 10 }
    guard stores.count > 1 else { return [] }
    var worst: (name: String, distance: Double) = ("", 0)
    // Chains stuck in the neck of a funnel are another fault, which has a check of its own.
    for index in run.names.indices
    where !run.names[index].hasPrefix("r_") && FunnelCheck.stuckSpan(run, index) == nil {
      let means = stores.map { ColumnMath.mean($0.columns[index]) }
      let variances = stores.map { pow(ColumnMath.deviation($0.columns[index]), 2) }
      let within = ColumnMath.mean(variances).squareRoot()
      let range = (means.max() ?? 0) - (means.min() ?? 0)
      guard within > 0 || range > 0 else { continue }
      let distance = within > 0 ? range / within : .infinity
      if distance > worst.distance { worst = (run.names[index], distance) }
    }
    guard !worst.name.isEmpty else { return [] }
    return [
      Finding(
        check: name, subject: worst.distance > Self.limit ? worst.name : nil,
        basis: .judged(worst.distance > Self.limit ? .failed : .ok), number: worst.distance,
        threshold: Self.limit, source: "distance of chain means in their sds; limit ours",
        namesCause: true, gain: worst.distance > Self.limit ? 1e3 : nil,
        meaning: (
          "All chains are in the same place.",
          "Chains are in different places in this parameter: the posterior has more than one mode, or a chain is stuck."
        ),
        advice:
          "Look at its trace. Two solutions that are equally good need a stronger prior or another parametrisation; a stuck chain needs a longer warm-up."
      )
    ]
  }
}
