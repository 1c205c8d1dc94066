// From the influence of single groups to verdicts in words.

import Glibc

/// The verdicts on the influence of levels.
package enum InfluenceVerdicts {
  /// Cook's distance above which a level is influential: 1 (Cook & Weisberg 1982).
  package static let distanceThreshold = 1.0
  /// The change of a coefficient, in standard errors, above which a level is influential: 1 (Belsley, Kuh & Welsch 1980,
  /// for small samples), if chance does not give it in a hundred fits.
  package static let coefficientThreshold = 1.0
  /// The same for standard deviations and correlations, whose changes are skewed: 2 (ours).
  package static let covarianceThreshold = 2.0
  /// The change of a coefficient on which no result may rest: 3 standard errors (ours).
  package static let failingThreshold = 3.0
  /// The most levels that get a line of their own.
  private static let lineLimit = 3

  /// A level and what leaving it out changes.
  package struct Level: Sendable {
    let name: String
    let distance: Double?
    let changes: [Double]

    /// A level; `distance` is nil when the other levels do not determine the parameters, changes are in standard errors.
    package init(name: String, distance: Double?, changes: [Double]) {
      self.name = name
      self.distance = distance
      self.changes = changes
    }
  }

  /// One verdict for each influential level, the worst first and at most three, or one that none is.
  package static func verdicts(
    factor: String, levelCount: Int, parameters: [String], isCoefficient: [Bool], levels: [Level]
  ) -> [Verdict] {
    let judged = levels.compactMap { level in
      judge(level, factor, levelCount, parameters, isCoefficient)
    }
    guard judged.isEmpty else {
      return Array(Verdict.mostSeriousFirst(judged).prefix(lineLimit))
    }
    let largest = levels.compactMap(\.distance).max()
    return [
      Verdict(
        check: "influence of groups", subject: factor,
        level: largest == nil ? .unavailable : .ok, number: largest,
        threshold: distanceThreshold, source: "Cook & Weisberg 1982",
        meaning: largest == nil
          ? "The influence of single levels could not be worked out."
          : "No single level of \(factor) decides the results.",
        advice: "")
    ]
  }

  private static func judge(
    _ level: Level, _ factor: String, _ count: Int, _ parameters: [String], _ isCoefficient: [Bool]
  ) -> Verdict? {
    guard let distance = level.distance else {
      return Verdict(
        check: "influence of groups", subject: "\(factor) \(level.name)", level: .warning,
        number: nil, threshold: LevelShare.leastLeft, source: "ours",
        meaning:
          "Without this level the others do not determine the parameters: some rest on it alone.",
        advice:
          "Collect more such levels, or leave the parameter out that only this level informs.",
        namesCause: true)
    }
    let coefficients = parameters.indices.filter { isCoefficient[$0] && level.changes[$0].isFinite }
    let others = parameters.indices.filter { !isCoefficient[$0] && level.changes[$0].isFinite }
    let worst = coefficients.max { abs(level.changes[$0]) < abs(level.changes[$1]) }
    let change = worst.map { abs(level.changes[$0]) } ?? 0
    let other = others.max { abs(level.changes[$0]) < abs(level.changes[$1]) }
    let otherChange = other.map { abs(level.changes[$0]) } ?? 0
    // A level's change has a standard deviation of about 1/√J standard errors; so many are looked at.
    let z = change * Double(count).squareRoot()
    let p = min(1, erfc(z / 2.0.squareRoot()) * Double(count * max(coefficients.count, 1)))
    let isMoved = change > coefficientThreshold && p < 0.01
    guard distance > distanceThreshold || isMoved || otherChange > covarianceThreshold else {
      return nil
    }
    let isFailed = change > failingThreshold && p < 0.01
    let place = isMoved || otherChange <= covarianceThreshold ? worst ?? other : other
    let (number, threshold, source): (Double, Double, String) =
      if isMoved {
        (change, isFailed ? failingThreshold : coefficientThreshold, "Belsley, Kuh & Welsch 1980")
      } else if distance > distanceThreshold {
        (distance, distanceThreshold, "Cook & Weisberg 1982")
      } else {
        (otherChange, covarianceThreshold, "ours")
      }
    let moved = place.map {
      "\(parameters[$0]) moves by \(rounded(level.changes[$0])) standard errors"
    }
    return Verdict(
      check: "influence of groups", subject: "\(factor) \(level.name)",
      level: isFailed ? .failed : .warning, number: number, threshold: threshold, source: source,
      meaning: "Without this level the results change: \(moved ?? "Cook's distance is large").",
      advice: "Check the level's data; report the results with and without it.",
      namesCause: true, evidence: p > 0 ? min(-log10(p), 4) : 4)
  }

  private static func rounded(_ x: Double) -> String {
    let value = (abs(x) * 10).rounded() / 10
    return x < 0 ? "-\(value)" : "\(value)"
  }
}

/// The share of information that the other levels must keep in every direction: 1 % (ours).
enum LevelShare {
  static let leastLeft = 0.01
}
