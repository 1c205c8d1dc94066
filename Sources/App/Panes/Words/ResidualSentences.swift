// The tests of the residuals as lines that can be read aloud one by one.

import RunFolder
import TerminalCore

/// The tests of each outcome's residuals in words.
package enum ResidualSentences {
  /// A line for each test that was made; none where there are no residuals.
  package static func lines(_ run: RunSnapshot) -> [String] {
    guard let report = run.residualReport else { return [] }
    return report.calibratedOutcomes.flatMap { outcome in
      let tests = outcome.tests
      let all: [(String, TestResult?)] = [
        ("uniformity", tests.uniformity), ("dispersion", tests.dispersion),
        ("outliers", tests.outliers), ("zeros", tests.zeroInflation),
        (
          "change along the prediction",
          tests.quantiles.map { TestResult(statistic: .nan, p: $0.p) }
        ),
      ]
      let known = all.compactMap { name, test in test.map { (name: name, test: $0) } }
      return known.map { sentence($0.name, $0.test, outcome.name) }
    }
  }

  private static func sentence(_ name: String, _ test: TestResult, _ outcome: String) -> String {
    guard test.p.isFinite else { return "residuals of \(outcome), \(name): not available" }
    let p = test.p < 0.001 ? "p below 0.001" : "p \(Format.fixed(test.p, decimals: 3))"
    let statistic =
      test.statistic.isFinite
      ? "statistic \(Format.significant(test.statistic, digits: 3)), " : ""
    // The levels of the page of verdicts.
    let verdict = test.p < 0.001 ? "failed" : test.p < 0.05 ? "doubtful" : "passed"
    return "residuals of \(outcome), \(name): \(statistic)\(p), \(verdict)"
  }
}
