// The tests of residuals with what they say in words.

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
  static func all(of outcome: OutcomeResiduals) -> [ResidualTestRow] {
    let tests = outcome.tests
    let spread = tests.dispersion?.statistic ?? .nan
    let zeros = tests.zeroInflation?.statistic ?? .nan
    let bent = (tests.quantiles?.byQuantile ?? []).count { $0 < 0.05 }
    let bending =
      switch bent {
      case 0: "quartiles change"
      case 1: "one quartile of three changes"
      default: "\(bent) quartiles of three change"
      }
    return [
      row(
        "uniformity", tests.uniformity, "D",
        good: "residuals are uniform, as they should be",
        bad: "residuals are not uniform: the distribution does not fit"),
      row(
        "dispersion", tests.dispersion, "ratio",
        good: "data spread as the model says",
        bad: spread > 1
          ? "data spread more than the model says" : "data spread less than the model says"
      ),
      row(
        "outliers", tests.outliers, "",
        good: "no more extreme observations than expected",
        bad: "extreme observations are not as many as expected"),
      row(
        "zeros", tests.zeroInflation, "ratio",
        good: "as many zeros as the model says",
        bad: zeros > 1 ? "more zeros than the model says" : "fewer zeros than the model says"),
      row(
        "quantiles", tests.quantiles.map { TestResult(statistic: .nan, p: $0.p) }, "",
        good: "no change along the prediction",
        bad: "\(bending) along the prediction"),
    ]
  }

  private static func row(
    _ name: String, _ test: TestResult?, _ statistic: String, good: String, bad: String
  ) -> ResidualTestRow {
    guard let test, test.p.isFinite else {
      return ResidualTestRow(
        name: name, statistic: "", p: nil, judgement: .none, words: "does not apply here")
    }
    // Five tests are looked at together, and large samples find harmless deviations.
    let judgement: Judgement = test.p < 0.001 ? .bad : test.p < 0.05 ? .doubtful : .good
    let number = Format.compact(test.statistic, digits: 3)
    return ResidualTestRow(
      name: name,
      statistic: test.statistic.isFinite
        ? (statistic.isEmpty ? number : "\(statistic) \(number)") : "",
      p: test.p, judgement: judgement, words: judgement == .good ? good : bad)
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
