// Two to four runs side by side: what they share, what differs, and what must not be compared.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

/// A drawing of a comparison at one size, as it stands in a file of Golden/.
struct ComparisonSheet: CustomTestStringConvertible, Sendable {
  var size: Size
  var charset: Charset

  var testDescription: String { file }
  var file: String { "compare-\(size.columns)x\(size.rows)-\(charset.rawValue).txt" }

  static let all: [ComparisonSheet] = [(40, 12), (80, 24), (120, 40), (160, 50), (200, 60)].flatMap
  {
    columns, rows in
    Charset.allCases.map { ComparisonSheet(size: Size(columns: columns, rows: rows), charset: $0) }
  }
}

@Suite("Runs are compared fact by fact and parameter by parameter")
struct ComparisonTests {
  private static func snapshot(_ run: RunSnapshot) -> DashboardSnapshot {
    var cache = DiagnosticCache()
    cache.refresh(run, now: SampleRun.begin + 10)
    return DashboardSnapshot(
      run: run, diagnostics: cache.report, now: SampleRun.begin + 10)
  }

  private static let finished = snapshot(SampleRun.finished)
  private static let live = snapshot(SampleRun.live)
  private static let likelihood = snapshot(SampleRun.likelihood)

  /// The likelihood fit with another formula and other numbers.
  private static var smaller: DashboardSnapshot {
    var run = SampleRun.likelihood
    run.name = "edu-2027-01-15-2"
    run.request?.formulas = ["cbind(math_score, passed) ~ SES + (1 | school_id)"]
    run.fitReport?.fixed.removeAll { $0.name.term == "gendermale" }
    run.fitReport?.logLikelihood = -8031.5
    run.fitReport?.aic = 16078.875
    run.fitReport?.bic = 16129.2
    return snapshot(run)
  }

  @Test("the screen is the drawing in Golden/", arguments: ComparisonSheet.all)
  func drawings(_ sheet: ComparisonSheet) throws {
    var state = ComparisonState(
      [Self.finished, Self.smaller, Self.live], size: sheet.size, charset: sheet.charset)
    var text = state.frame().asText() + "\n"
    _ = state.handle(.tab)
    text += state.frame().asText() + "\n"
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      try text.write(toFile: "\(folder)/\(sheet.file)", atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/\(sheet.file)", withExtension: nil),
      "there is no drawing \(sheet.file)")
    #expect(try String(contentsOf: url, encoding: .utf8) == text, "\(sheet.file) is now\n\(text)")
    if sheet.charset == .ascii {
      #expect(text.utf8.allSatisfy { $0 == 10 || (32..<127).contains($0) })
    }
  }

  @Test("draws and likelihood fits share parameters by outcome and term")
  func shared() {
    let comparison = ParameterComparison([Self.finished, Self.smaller])
    #expect(comparison.shared.map(\.label).contains("SES"))
    #expect(comparison.alone(in: 0).map(\.label) == ["gendermale", "gendermale"])
    #expect(comparison.alone(in: 1).isEmpty)
    let same = ParameterComparison([Self.finished, Self.live, Self.likelihood])
    #expect(same.shared.count == 10 && same.parameters.count == 10)
    #expect(same.shared.allSatisfy { $0.count == 3 })
  }

  private func facts(_ runs: [DashboardSnapshot]) -> [String: ComparisonFact] {
    Dictionary(
      ComparisonFacts(runs).sections.flatMap(\.facts).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test("facts that differ are marked, those that are alike are not")
  func differences() throws {
    let facts = facts([Self.likelihood, Self.smaller])
    #expect(facts["formula"]?.differs == true && facts["family"]?.differs == false)
    #expect(facts["SHA-256"]?.differs == false)
    #expect(facts["AIC less best"]?.values == ["0.00", "16.00"])
    #expect(facts["largest R-hat"] == nil, "what no run has is left out")
    // The optimizer's likelihood beside draws is only that of the mode.
    #expect(self.facts([Self.finished, Self.likelihood])["AIC"]?.values == ["–", "16062.88"])
  }

  private func loo(_ shift: Double, count: Int = 240, label: String = "") -> LooReport {
    var report = SamplePredictive.loo
    report.points = report.points.prefix(count).enumerated().map { place, point in
      var point = point
      // Differences of shift and 0 by turns: a mean of shift / 2.
      point.elpd += place % 2 == 0 ? shift : 0
      point.label += label
      return point
    }
    report.elpd = report.points.reduce(0) { $0 + $1.elpd }
    return report
  }

  @Test("elpd differences are paired, with the standard error known on paper")
  func prediction() {
    let comparison = LooComparison([loo(0), loo(-0.5), nil])
    // 240 differences, half of them -0.5: sum -60, sd 0.5 sqrt(n / (4 (n - 1))), se = sqrt(n) sd = 3.88.
    #expect(comparison.differences == ["0.0 (best)", "-60.0 (se 3.9)", "–"])
    #expect(comparison.problem == nil && comparison.close.isEmpty && !comparison.hasFewObservations)
    let close = LooComparison([loo(-0.01), loo(0)])
    #expect(close.close == [0])
    let other = LooComparison([loo(0), loo(-0.5, label: "x")])
    #expect(other.problem?.contains("do not predict the same points") == true)
    #expect(other.differences[1].contains("no se"))
    #expect(LooComparison([loo(0), loo(0, count: 60)]).problem != nil)
    #expect(LooComparison([loo(0), nil]).differences == ["–", "–"])
  }

  private func notes(_ runs: [RunSnapshot]) -> [ComparisonNote] {
    ComparisonNotes(runs.map { DashboardSnapshot(run: $0, now: SampleRun.begin) }).all
  }

  @Test("other data, other methods, live runs and bad Pareto k are told")
  func cautions() {
    var other = SampleRun.likelihood
    other.request?.dataSHA256 = "9c2e"
    let differing = notes([SampleRun.likelihood, other])
    #expect(
      differing.first?.judgement == .bad && differing.first?.words.contains("SHA-256") == true)
    #expect(notes([SampleRun.likelihood, SampleRun.likelihood]).isEmpty)
    var fewer = SampleRun.likelihood
    fewer.fitReport?.observations = 3900
    #expect(notes([SampleRun.likelihood, fewer]).first?.words.contains("rows") == true)
    var restricted = SampleRun.likelihood
    restricted.request?.method = .reml
    restricted.start?.method = .reml
    #expect(
      notes([SampleRun.likelihood, restricted]).contains { $0.words.contains("different methods") })
    #expect(
      notes([SampleRun.live, SampleRun.finished]).contains {
        $0.words.contains("A is still running")
      })
    #expect(
      notes([SampleRun.foreign, SampleRun.finished]).contains { $0.words.contains("is not known") })
    var predicted = SampleRun.finished
    predicted.looReport = loo(0)
    #expect(notes([predicted, predicted]).contains { $0.words.contains("Pareto k of A, B") })
  }

  @Test("keys scroll, change parts, open a run and go back")
  func handling() {
    var state = ComparisonState(
      [Self.finished, Self.smaller], size: Size(columns: 80, rows: 16), charset: .braille)
    let top = state.frame().asText()
    #expect(state.handle(.down) == .none && state.frame().asText() != top)
    _ = state.handle(.up)
    #expect(state.frame().asText() == top)
    _ = state.handle(.end)
    let end = state.frame().asText()
    _ = state.handle(.pageDown)
    #expect(state.frame().asText() == end)
    _ = state.handle(.tab)
    #expect(state.part == .estimates && state.frame().asText().contains("math_score"))
    #expect(state.handle(.character("2")) == .open(1) && state.handle(.character("3")) == .none)
    #expect(state.handle(.escape) == .close && state.handle(.character("C")) == .close)
    for columns in [0, 1, 9, 25, 150, 300] {
      for rows in [0, 1, 5, 7, 40] {
        state.size = Size(columns: columns, rows: rows)
        for key in [KeyEvent.end, .tab, .up, .pageUp, .home] { _ = state.handle(key) }
        #expect(state.frame().cells.count == columns * rows)
      }
    }
  }

  @Test("written out, all facts and all shared parameters are there")
  func text() {
    let text = ComparisonText.text(
      [Self.finished, Self.smaller], columns: 100, charset: .ascii)
    for word in [
      "A edu-2027-01-15-1", "B edu-2027-01-15-2", "*formula", "largest R-hat", "logLik",
      "Estimates, 50% and 95% intervals", "Correlations by school_id", "A alone has gendermale",
    ] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("a comparison on a screen is left with Esc, and leads to a run")
  func loop() throws {
    let folder = NSTemporaryDirectory() + "compare-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var request = RunRequest()
    request.dataPath = "/data/edu.csv"
    request.formulas = ["y ~ x"]
    let paths = try (1...2).map {
      try RunFolder.create(for: request, at: "\(folder)/run-\($0)").path
    }
    func play(_ names: String) throws -> (ComparisonEnd, MemoryScreen) {
      let screen = MemoryScreen(size: Size(columns: 100, rows: 30), events: keys(names))
      let runs = try ComparedRuns(paths: paths, now: 0)
      return (ComparisonLoop(screen: screen, runs: runs, theme: Theme.builtIn[0]).run(), screen)
    }
    let (end, screen) = try play("j tab esc")
    #expect(end == .closed && screen.text.contains("run-1") && screen.text.contains("run-2"))
    #expect(try play("2").0 == .open(paths[1]))
    #expect(try play("j").0 == .hangup)
    #expect(throws: RunError.self) { try ComparedRuns(paths: ["/no/such"], now: 0) }
  }
}
