// When the influence of a level is worth a word.

import Diagnostics
import RunFolder

/// The limits of influence as they apply to a level of a report.
enum InfluenceLimits {
  /// Whether a level passes a limit.
  static func isLarge(_ level: InfluenceReport.Level, _ isFixed: [Bool]) -> Bool {
    level.distance.isNaN || level.distance > InfluenceVerdicts.distanceThreshold
      || zip(level.changes, isFixed).contains { change, isFixed in
        abs(change)
          > (isFixed
            ? InfluenceVerdicts.coefficientThreshold : InfluenceVerdicts.covarianceThreshold)
      }
  }
}
