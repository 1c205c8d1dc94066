// The numbers behind every pane: complete, of one shape, and those that are drawn.

import Diagnostics
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@Suite("Every pane gives the numbers that it shows")
struct PaneTableTests {
  /// Snapshots with all that is derived from them, made once for each run.
  private static let finished = derived(SampleRun.finished)
  private static let checked = derived(SampleRun.checked)
  private static let likelihood = snapshot(SampleRun.likelihood)

  private static func derived(_ run: RunSnapshot) -> DashboardSnapshot {
    var cache = DiagnosticCache()
    let now = SampleRun.begin + 10
    for detail in [DetailRequest.draws(parameter: run.parameterNames[0]), .sampler] {
      cache.refresh(run, detail: detail, now: now)
    }
    return DashboardSnapshot(run: run, diagnostics: cache.report, now: now)
  }

  private func tables(
    _ kind: PaneKind, of view: DashboardSnapshot, after commands: [PaneCommand] = []
  ) -> [PaneTable] {
    var panes = PaneSet()
    var choices = browsing(view.run)
    for command in commands {
      _ = panes.update(command, in: kind, view, &choices, size: Size(columns: 80, rows: 24))
    }
    return panes.tables(of: kind, view, choices)
  }

  private func value(_ table: PaneTable?, _ column: String, row: Int) -> PaneTable.Value? {
    guard let table, let place = table.columns.firstIndex(of: column), row < table.rows.count else {
      return nil
    }
    return table.rows[row][place]
  }

  @Test("rows are as long as the header and names are given once", arguments: PaneKind.allCases)
  func shapes(_ kind: PaneKind) {
    let waiting = DashboardSnapshot(run: SampleRun.waiting, now: SampleRun.begin)
    for source in [Self.finished, Self.checked, Self.likelihood, waiting] {
      for view in 0..<7 {
        let all = tables(
          kind, of: source, after: Array(repeating: PaneCommand.nextSection, count: view))
        #expect(Set(all.map(\.name)).count == all.count)
        for table in all {
          #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.name)")
        }
      }
    }
  }

  @Test("a run that has nothing yet gives no numbers but what is known of its chains")
  func waiting() {
    let waiting = DashboardSnapshot(run: SampleRun.waiting, now: SampleRun.begin)
    for kind in PaneKind.allCases where kind != .progress && kind != .model {
      #expect(tables(kind, of: waiting).allSatisfy { $0.rows.isEmpty }, "\(kind)")
    }
    #expect(tables(.progress, of: waiting).map(\.name) == ["chains"])
    #expect(tables(.model, of: waiting).map(\.name) == ["model"], "what was asked for is known")
  }

  @Test("pane 0 gives the model as facts, and each prior with its quantiles")
  func model() {
    let all = tables(.model, of: Self.checked)
    #expect(all.first?.rows.contains { $0[0] == .text("formula") } == true)
    let priors = all.first { $0.name == "priors" }
    let report = SampleRun.checked.priorReport?.parameters ?? []
    #expect(priors?.rows.count == report.count && !report.isEmpty)
    #expect(value(priors, "q50", row: 0) == report[0].quantiles.map { .number($0[2]) })
  }

  @Test("the wheel moves in panes without pointers of their own")
  func wheel() {
    var panes = PaneSet()
    var choices = browsing(Self.finished.run)
    _ = panes.update(
      .nextSection, in: .sampler, Self.finished, &choices, size: Size(columns: 80, rows: 24))
    let before = choices.parameter
    _ = panes.handle(
      .wheelDown(Point(column: 5, row: 5)), in: .sampler, Self.finished, &choices,
      size: Size(columns: 80, rows: 24))
    #expect(choices.parameter != before)
  }

  @Test(
    "draws are given with chain, iteration and warm-up, pinned parameters beside the one in front")
  func draws() {
    let run = SampleRun.finished
    var choices = browsing(run)
    choices.togglePin("b_passed_SES")
    let table = PaneSet().tables(of: .trace, Self.finished, choices)[0]
    #expect(
      table.columns == ["chain", "iteration", "warmup", "b_math_score_Intercept", "b_passed_SES"])
    #expect(table.rows.count == 4 * 1200)
    let chain = run.chains[1]
    #expect(
      table.rows[1200 + 199] == [
        .number(2), .number(200), .number(1), .number(chain["b_math_score_Intercept"]![199]),
        .number(chain["b_passed_SES"]![199]),
      ])
    #expect(table.rows[1200 + 200][2] == .number(0))
    let growth = tables(.trace, of: Self.finished, after: [.previousSection])
    #expect(growth.map(\.name) == ["growth", "draws"] && growth[0].rows.count == 20)
  }

  @Test("convergence is in the order of the table, with its judgement")
  func convergence() {
    let run = SampleRun.finished
    let table = tables(.convergence, of: Self.finished)[0]
    #expect(table.rows.count == run.parameterNames.count + 1, "lp__ too")
    let summary = Self.finished.diagnostics["sigma_math_score"]
    let row = table.rows.first { $0[0] == .text("sigma_math_score") }
    #expect(row?[6] == .init(summary?.rHat) && row?[1] == .init(summary?.mean))
    let reversed = tables(.convergence, of: Self.finished, after: [.sortReverse])[0]
    #expect(reversed.rows.first == table.rows.last)
    let estimates = tables(.convergence, of: Self.likelihood)[0]
    #expect(estimates.rows.count == 7 && value(estimates, "estimate", row: 1) == .number(1.6124))
    #expect(value(estimates, "p", row: 6) == .missing, "a dispersion has no test")
  }

  @Test("estimates, standard deviations, correlations and levels have their intervals")
  func estimates() {
    let fitted = tables(.estimates, of: Self.likelihood)[0]
    #expect(value(fitted, "term", row: 1) == .text("gendermale"))
    #expect(value(fitted, "estimate", row: 1) == .number(1.6124))
    let drawn = tables(.estimates, of: Self.checked)[0]
    #expect(drawn.columns.contains("rhat") && drawn.columns.contains("contraction"))
    let effects = tables(.randomEffects, of: Self.likelihood)
    #expect(effects.map(\.name) == ["sds", "correlations", "levels"])
    #expect(value(effects[0], "sd", row: 0) == .number(4.118))
    #expect(value(effects[1], "correlation", row: 0) == .number(0.583))
    #expect(effects[2].rows.count == 120, "sixty schools, two effects")
    let levels = tables(.randomEffects, of: Self.likelihood, after: [.nextSection])
    #expect(levels.first?.name == "levels")
  }

  @Test("residuals are given row by row with their tests")
  func residuals() throws {
    let run = SampleRun.finished
    let outcome = try #require(run.residualReport?.outcomes[1])
    let all = tables(.residuals, of: Self.finished, after: [.nextSection])
    let rows = try #require(all.first { $0.name == "residuals" })
    #expect(rows.rows.count == outcome.scaled.count)
    #expect(value(rows, "scaled", row: 4) == .number(outcome.scaled[4]))
    #expect(value(rows, "lower", row: 4) == .number(outcome.lower[4]))
    let tests = try #require(all.first { $0.name == "tests" })
    #expect(value(tests, "statistic", row: 0) == .init(outcome.tests.uniformity?.statistic))
    #expect(value(tests, "p", row: 1) == .init(outcome.tests.dispersion?.p))
  }

  @Test("predictive checks, sampler and progress give what each view shows")
  func views() {
    let names = (0..<5).map { view in
      tables(
        .predictive, of: Self.finished, after: Array(repeating: .nextSection, count: view)
      ).map(\.name)
    }
    #expect(names[0] == ["density"] && names[1] == ["statistics", "simulated"])
    #expect(names[2] == ["means"] && names[3] == ["means"] && names[4] == ["calibration"])
    var withLoo = Self.finished
    withLoo.run.looReport = SamplePredictive.loo
    let loo = tables(.predictive, of: withLoo, after: Array(repeating: .nextSection, count: 5))
    #expect(loo.map(\.name) == ["pareto", "loo"] && loo[0].rows.count == 120)
    let sampler = (0..<5).map { view in
      tables(
        .sampler, of: Self.finished, after: Array(repeating: .nextSection, count: view)
      ).first?.name
    }
    #expect(sampler == ["energy", "pairs", "relations", "draws", "chains"])
    let progress = tables(.progress, of: Self.finished)
    #expect(progress.map(\.name) == ["optimizer", "chains"])
    #expect(progress[0].rows.count == 18 && progress[1].rows.count == 4)
    let verdicts = tables(.overview, of: Self.checked)[0]
    #expect(value(verdicts, "level", row: 0) == .text("failed"))
    #expect(verdicts.rows.count == SampleRun.checked.checkReport!.lines.count)
  }
}
