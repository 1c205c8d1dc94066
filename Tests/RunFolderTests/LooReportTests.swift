// Leave-one-out results and comparisons as JSON.

import RunFolder
import Testing

@Suite("Leave-one-out results survive being written and read")
struct LooReportTests {
  private let report = LooReport(
    draws: 4000, leftOut: nil, elpd: -100.5, standardError: 4, effectiveParameters: 3,
    effectiveParametersError: 0.5, elpdWAIC: -100.4, standardErrorWAIC: 4,
    effectiveParametersWAIC: 2.9, paretoKThreshold: 0.7,
    points: [
      LooPoint(
        outcome: "y", label: "1", elpd: -2, paretoK: 0.1, level: "a", y: 3,
        effectiveParameters: 0.2, monteCarloError: 0.01, effectiveDraws: 3500),
      LooPoint(
        outcome: "y", label: "4", elpd: -9, paretoK: .infinity, level: "b", y: 11,
        effectiveParameters: 4, monteCarloError: 2, effectiveDraws: 1),
    ], monteCarloError: 0.2)

  @Test("with an infinite k, which is a failure")
  func roundTrip() throws {
    let back = try LooReport(json: JSONValue(parsing: report.json.prettyText))
    #expect(back == report)
    #expect(back.badPoints.map(\.label) == ["4"])
  }

  @Test("also where the columns of detail are missing, as in a file of an older program")
  func olderFile() throws {
    let text = """
      {"schema": "mglmm-loo/1", "draws": 10, "left_out": "g", "elpd_loo": -3, "se": 1, "p_loo": 1,
       "se_p_loo": 1, "elpd_waic": null, "se_waic": null, "p_waic": null,
       "pareto_k_threshold": 0.7, "pointwise": {"outcome": ["y"], "label": ["a"], "elpd": [-3],
       "pareto_k": [null]}}
      """
    let back = try LooReport(json: JSONValue(parsing: text))
    #expect(back.points[0].paretoK == .infinity && back.points[0].y.isNaN)
    #expect(back.monteCarloError.isNaN && back.leftOut == "g" && back.elpdWAIC.isNaN)
  }

  @Test("a comparison has the members of its kind")
  func comparison() {
    let prediction = ComparisonReport.Prediction(
      elpd: -3, standardError: 1, difference: 0, differenceError: 0, effectiveParameters: 1,
      badParetoK: 0, stackingWeight: 1, pseudoWeight: .nan)
    let text = ComparisonReport(
      criterion: .elpd, observations: 5,
      entries: [ComparisonReport.Entry(run: "a", prediction: prediction)], notes: []
    ).json.prettyText
    #expect(text.contains("\"criterion\": \"elpd_loo\"") && text.contains("\"elpd_diff\": 0"))
    #expect(text.contains("\"pseudo_bma_weight\": null") && !text.contains("AIC"))
  }
}
