// The tests of residuals with what they say in words.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// One test of one outcome's residuals.
struct ResidualTestRow: Equatable {
  var name: String
  var statistic: String
  var p: Double?
  var judgement: Judgement
  var words: String

  /// The tests of an outcome; those that do not apply are said not to.
  ///
  /// - Parameter calibrated: the tests whose p values are right for this kind of simulation; all of them if nil.
  static func all(
    of tests: StoredTests, isConditional: Bool, calibrated: [String]?
  ) -> [ResidualTestRow] {
    let bent = (tests.quantiles?.byQuantile ?? []).count { $0 < 0.05 }
    let quantiles = tests.quantiles.map { StoredTest(statistic: .nan, p: $0.p) }
    let rows: [(ResidualTestName, String, StoredTest?, String)] = [
      (.uniformity, "uniformity", tests.uniformity, "D"),
      (.dispersion, "dispersion", tests.dispersion, "ratio"),
      (.outliers, "outliers", tests.outliers, ""),
      (.zeroInflation, "zeros", tests.zeroInflation, "ratio"),
      (.quantiles, "quantiles", quantiles, ""),
    ]
    return rows.map { test, name, result, statistic in
      guard let result, result.p.isFinite else {
        return ResidualTestRow(
          name: name, statistic: "", p: nil, judgement: .none, words: "does not apply here")
      }
      let number = Format.compact(result.statistic, digits: 3)
      let isTrusted = calibrated?.contains(test.rawValue) ?? true
      let judgement = isTrusted ? judgement(result.p) : .none
      return ResidualTestRow(
        name: name,
        statistic: result.statistic.isFinite
          ? (statistic.isEmpty ? number : "\(statistic) \(number)") : "",
        p: result.p, judgement: judgement,
        words: isTrusted
          ? ResidualWords.meaning(
            of: test, isGood: judgement == .good, statistic: result.statistic, changing: bent)
          : "not calibrated: \(ResidualWords.caution(isConditional: isConditional))")
    }
  }

  /// Five tests are looked at together, and large samples find harmless deviations.
  static func judgement(_ p: Double) -> Judgement {
    p < 0.001 ? .bad : p < 0.05 ? .doubtful : .good
  }

  /// How the residuals of an outcome go together with those of each other one.
  static func correlations(
    of outcome: String, in pairs: [OutcomeCorrelations]
  ) -> [ResidualTestRow] {
    pairs.filter { $0.first == outcome || $0.second == outcome }.map { pair in
      let other = pair.first == outcome ? pair.second : pair.first
      return ResidualTestRow(
        name: "with \(other)", statistic: "r \(Format.compact(pair.correlation, digits: 2))",
        p: pair.p, judgement: judgement(pair.p),
        words: ResidualWords.meaning(ofCorrelation: pair.p))
    }
  }
}

/// The tests as a table.
struct ResidualTestTable: Drawable {
  var rows: [ResidualTestRow]
  /// What was simulated.
  var simulations: String

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let inside = buffer.drawPanel(area, title: "Tests", footnote: simulations)
    let charset = buffer.charset
    var table = Table(
      columns: [
        TableColumn("test", alignment: .left, rank: 0), TableColumn("statistic", rank: 2),
        TableColumn("p", rank: 0),
        TableColumn("", alignment: .left, rank: 1, isFlexible: true),
      ],
      rows: rows.map { row in
        [
          StyledText(row.name), StyledText(row.statistic, Style(.muted)),
          StyledText(row.p.map(Format.pValue) ?? Format.notAvailable),
          StyledText(
            "\(row.judgement.mark(in: charset)) \(row.words)",
            Style(row.judgement == .good ? .text : row.judgement.role)),
        ]
      })
    table.showsHeader = inside.rows > rows.count
    table.draw(into: &buffer, in: inside.inset(left: 1, right: 1))
  }
}
