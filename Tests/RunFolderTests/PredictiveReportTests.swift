// predictive.json: round trips, and files whose arrays do not fit together.

import Testing

@testable import RunFolder

@Suite("Predictive checks survive their file, and files that do not fit are errors")
struct PredictiveReportTests {
  static let report = PredictiveReport(
    basis: .normalApproximation, draws: 0, simulations: 3, seed: .max,
    outcomes: [
      OutcomePredictive(
        name: "count", isConditional: false, observations: 4, isDiscrete: true,
        density: PredictiveDensity(
          grid: [0, 1], observed: [0.5, 0.25], replicated: [[0.5, 0.125], [0.25, 0.25]]),
        bars: PredictiveBars(
          first: -2, width: 5, opensBelow: false, opensAbove: true, observed: [3, 1],
          mean: [2.5, 1.5], lower: [1, 0.5], upper: [4, 2]),
        statistics: [
          PredictiveStatisticResult(
            name: "share:>5", observed: 0.25, pAtLeast: 0.5, pTwoSided: 1, values: [0.25, 0, 0.5])
        ],
        series: [
          PredictiveSeries(
            column: "site", levels: ["a", "b"], total: 60, outsideCount: 7, position: [0, 1],
            count: [3, 1], observed: [1, 2],
            quantiles: [[0, 1], [0.5, 1.5], [1, 2], [1.5, 2.5], [2, 3]]),
          PredictiveSeries(
            column: "fitted value", levels: nil, total: 1, outsideCount: 0, position: [1.5],
            count: [4], observed: [1.25], quantiles: [[0.5], [0.75], [1], [1.25], [2]]),
        ],
        calibration: PredictiveCalibration(
          isLeaveOneOut: true, count: 4, points: [0.5], difference: [0.25], lower: [-0.5],
          upper: [0.5]))
    ])

  @Test("the report survives, as a file and as text")
  func survives() throws {
    let folder = try TemporaryFolder()
    let run = RunFolder(path: folder.path)
    #expect(try run.predictiveReport() == nil)
    try run.write(Self.report)
    #expect(try run.predictiveReport() == Self.report)
    let text = Self.report.json.prettyText
    #expect(text.contains("\"schema\": \"mglmm-predictive/1\""))
    #expect(text.contains("\"basis\": \"normal-approximation\""))
    #expect(text.contains("\"p_two_sided\": 1"))
    #expect(text.contains("\"leave_one_out\": true"))
  }

  @Test("the watcher shows it, and its next version")
  func watched() throws {
    let folder = try TemporaryFolder()
    var request = RunRequest()
    request.dataPath = "/d.csv"
    let run = try RunFolder.create(for: request, at: folder.file("run"))
    var watcher = RunWatcher(folder: run)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.predictiveReport == nil)
    try run.write(Self.report)
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.predictiveReport == Self.report)
    #expect(try !watcher.refresh())
    try folder.write("{", to: "run/predictive.json")
    _ = try watcher.refresh()
    #expect(watcher.snapshot.problems.count == 1)
    #expect(watcher.snapshot.predictiveReport == Self.report, "the last good one stays")
  }

  @Test("arrays of unequal length and impossible bars are errors", arguments: 0..<12)
  func hostile(_ fault: Int) throws {
    var outcome = Self.report.outcomes[0]
    switch fault {
    case 0: outcome.density?.observed = [1]
    case 1: outcome.density?.replicated[1] = [1, 2, 3]
    case 2: outcome.bars?.mean = []
    case 3: outcome.bars?.lower = [1]
    case 4: outcome.bars?.width = 0
    case 5: outcome.bars?.first = .max
    case 6: outcome.series[0].levels = ["a"]
    case 7: outcome.series[0].count = [1, 2, 3]
    case 8: outcome.series[1].quantiles[3] = []
    case 9: outcome.series[1].observed = [1, 2]
    case 10: outcome.calibration?.lower = []
    default: outcome.calibration?.difference = [1, 2]
    }
    var report = Self.report
    report.outcomes = [outcome]
    let text = report.json.compactText
    #expect(throws: JSONError.self) { try PredictiveReport(json: JSONValue(parsing: text)) }
  }

  @Test("a basis that is not known is named")
  func basis() {
    #expect(
      throws: JSONError(shape: "\"basis\" is none of posterior, normal-approximation, estimate")
    ) {
      try PredictiveReport(
        json: JSONValue(
          parsing: #"{"schema":"mglmm-predictive/1","basis":"guess","draws":0}"#))
    }
  }
}
