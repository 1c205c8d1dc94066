// Differences in elpd between runs, with their standard errors where the same points were predicted.

import Diagnostics
import RunFolder
import TerminalCore

/// Differences in elpd between runs.
struct LooComparison {
  /// Each run's difference from the best, in words; "–" for a run without loo.json.
  private(set) var differences: [String]
  /// Why the differences have no standard errors; nil where they have.
  private(set) var problem: String?
  /// Whether a run other than the best predicts about as well, by its place.
  private(set) var close: [Int] = []
  /// Whether there are too few observations for the errors.
  private(set) var hasFewObservations = false

  init(_ reports: [LooReport?]) {
    differences = reports.map { _ in Format.notAvailable }
    let known = reports.enumerated().compactMap { place, report in
      report.map { (place: place, report: $0) }
    }
    guard known.count > 1 else { return }
    let points = known.map { Self.points($0.report) }
    let isPaired = points.allSatisfy { $0.keys == points[0].keys && !$0.labels.isEmpty }
    guard isPaired else {
      let best = known.map(\.report.elpd).max() ?? .nan
      for (place, report) in known {
        differences[place] = Format.fixed(report.elpd - best, decimals: 1) + " (no se)"
      }
      problem =
        "The runs do not predict the same points, so elpd cannot be compared and its difference has "
        + "no standard error."
      return
    }
    let comparison = ModelComparison(pointwise: points.map(\.elpd))
    hasFewObservations = comparison.hasFewObservations
    for (order, entry) in comparison.entries.enumerated() {
      let place = known[entry.model].place
      differences[place] =
        order == 0
        ? "0.0 (best)"
        : "\(Format.fixed(entry.difference, decimals: 1)) (se "
          + "\(Format.fixed(entry.error, decimals: 1)))"
      if order > 0, comparison.isClose(entry) { close.append(place) }
    }
  }

  private struct Points {
    /// Outcome, label and observed value of each point, in a fixed order.
    var keys: [String]
    var labels: [String]
    var elpd: [Double]
  }

  private static func points(_ report: LooReport) -> Points {
    // In an order that does not depend on the order of the outcomes in the formula.
    let ordered = report.points.enumerated().sorted { a, b in
      a.element.outcome == b.element.outcome
        ? a.offset < b.offset : a.element.outcome < b.element.outcome
    }.map(\.element)
    return Points(
      keys: ordered.map { "\($0.outcome)\u{0}\($0.label)\u{0}\($0.y)" } + [report.leftOut ?? ""],
      labels: ordered.map(\.label), elpd: ordered.map(\.elpd))
  }
}
