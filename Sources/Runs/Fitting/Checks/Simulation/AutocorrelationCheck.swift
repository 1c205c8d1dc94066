// Whether residuals that follow each other within a group resemble each other.

import Diagnostics
import Glibc
import MixedModel
import Predictive
import Tables

/// The lag-1 correlation of Pearson residuals within the levels of the leading grouping factor, beside simulated data.
///
/// Rows are taken in the order of a column of times if there is one, else in their own order.
struct AutocorrelationCheck: OutcomeCheck {
  let name = "autocorrelation"

  func findings(_ study: OutcomeStudy, seed: UInt64) -> [Finding] {
    let model = study.fit.model
    let all = model.sequences(outcome: 0)
    let orders = Self.orders(study, all)
    // Where groups are pairs there is no order to speak of.
    guard all.reduce(0, { $0 + max(0, $1.count - 2) }) >= 30 else { return [] }
    let fits = SimulatedFits(
      study.fit, count: SimulatedFits.affordable(study.values.y.count), seed: seed &+ 77
    ) { model, point in
      let residuals = PearsonResiduals.of(model, outcome: 0, at: point)
      return orders.map { LagCorrelation.first(residuals, sequences: $0.sequences) ?? .nan }
    }
    return orders.enumerated().map { place, order in
      let subject = "\(study.label) by \(order.name)"
      guard let z = NormalScore.among(fits.column(place), fits.observed[place]) else {
        return Finding(
          check: name, subject: subject, basis: .unavailable, number: nil, source: Self.source,
          namesCause: true, meaning: ("", "The residuals do not vary."), advice: "")
      }
      let p = NormalScore.twoSided(z)
      let group = model.effects.leadingGroup.map { " within \($0)" } ?? ""
      let expected = fits.column(place).reduce(0, +) / Double(max(fits.replicates.count, 1))
      let r = (fits.observed[place] - expected) * 100
      return Finding(
        check: name, subject: subject, basis: .probability(p), number: p, source: Self.source,
        namesCause: true, gain: z * z / 2,
        meaning: (
          "Residuals that follow each other\(group) are not alike.",
          "Residuals that follow each other\(group) are \(z > 0 ? "alike" : "opposed"): their correlation is \(Int(r.rounded())) % beyond what the model gives."
        ),
        advice: order.isTime
          ? "Let the mean follow \(order.name) more closely, add a random slope of it, or an ar1() structure once it is available; standard errors are too small."
          : "Rows are in some order: add time or place as a predictor, or a random effect of periods; standard errors are too small."
      )
    }
  }

  /// Columns by which rows may follow each other, and the rows of each group in that order.
  private static func orders(
    _ study: OutcomeStudy, _ all: [[Int]]
  ) -> [(name: String, isTime: Bool, sequences: [[Int]])] {
    var result: [(name: String, isTime: Bool, sequences: [[Int]])] = []
    for table in [study.table, study.others] {
      for name in table.names where isTimeLike(name) && result.count < 2 {
        guard case .numeric(let times) = table[name] else { continue }
        let sequences = all.map { rows in
          rows.filter { !times[$0].isNaN }.sorted { (times[$0], $0) < (times[$1], $1) }
        }
        // A column that does not vary within groups gives no order.
        let varies = sequences.filter { rows in
          rows.count > 1 && times[rows[0]] != times[rows[rows.count - 1]]
        }
        if varies.count * 2 > sequences.count { result.append((name, true, sequences)) }
      }
    }
    return result.isEmpty ? [("order of rows", false, all)] : result
  }

  private static let words = [
    "time", "day", "week", "month", "year", "visit", "wave", "occasion", "hour", "minute", "date",
  ]

  private static func isTimeLike(_ name: String) -> Bool {
    let lower = name.lowercased()
    return words.contains { lower.contains($0) }
  }

  private static let source = "lag-1 correlation of residuals in simulated data"
}
