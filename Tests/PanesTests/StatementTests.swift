// What every pane says of itself, in every state of a run.

import Diagnostics
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@Suite("Every pane says in words what it shows, on how many draws, how old, and what is wrong")
struct StatementTests {
  /// The line of a pane, ten seconds after the run began.
  private func line(
    _ kind: PaneKind, of run: RunSnapshot, commands: [PaneCommand] = [], filter: String = "",
    problems: Int = 1
  ) -> String {
    var panes = PaneSet()
    var choices = browsing(run)
    choices.setFilter(filter)
    for command in commands {
      _ = panes.update(
        command, in: kind, snapshot(run), &choices, size: Size(columns: 80, rows: 21))
    }
    let detail = panes.detailInView(of: kind, snapshot(run), choices)
    let view = snapshot(run, detail: detail)
    return panes.statement(of: kind, view, choices).text(now: view.now, problems: problems)
  }

  @Test("the table of statements: live, finished, empty, failed, foreign")
  func table() {
    let live = SampleRun.live
    let finished = SampleRun.finished
    let rows: [(PaneKind, RunSnapshot, String)] = [
      (
        .overview, live,
        "verdicts: 4 failed, 1 warned, 14 passed, preliminary, 2 × 398 draws, 10 parameters, now, "
          + "✗ R-hat of b_passed_Intercept 1.225 (limit 1.01) (+4)"
      ),
      (.progress, live, "progress of 4 chains, 1210 of 4800 iterations, now"),
      (
        .trace, live,
        "trace of b_math_score_Intercept, without warm-up, 2 × 398 draws, now"
      ),
      (
        .convergence, live,
        "convergence of 11 parameters, sorted by worst, 2 × 398 draws, now, ✗ 1 of 10 parameters has "
          + "R-hat above 1.01 (+2)"
      ),
      (
        .randomEffects, live,
        "standard deviations and correlations by school_id, 2 effects, posterior means, 2 × 398 draws, "
          + "now"
      ),
      (
        .residuals, live,
        "residuals of math_score against the prediction, 300 observations, 250 simulations from 250 draws, "
          + "random effects found, seed 1, ✗ with passed: the outcomes go together in a row beyond their "
          + "random effects: a residual correlation is missing, p < 0.001"
      ),
      (
        .estimates, live,
        "10 estimates in the model's order, posterior means, 2 × 398 draws, now, "
          + "✗ R-hat of b_passed_Intercept 1.225 above 1.01"
      ),
      (.sampler, live, "energy, 810 draws"),
      (.model, live, "model of edu-2027-01-15-1, 3926 observations"),
      (
        .trace, finished, "trace of b_math_score_Intercept, without warm-up, 4 × 1000 draws"
      ),
      (
        .overview, SampleRun.checked,
        "verdicts: 1 failed, 2 warned, 2 passed, 1 not available, 1000 draws of each chain, "
          + "✗ R-hat of b_passed_Intercept 1.123 (limit 1.01) (+2)"
      ),
      (
        .convergence, SampleRun.likelihood,
        "estimates of the optimizer, laplace, 3926 observations"
      ),
      (.trace, SampleRun.waiting, "trace, Waiting for the worker, which is starting"),
      (
        .trace, SampleRun.failed,
        "trace, ✗ the fit failed: there is no column 'sess' in edu.csv; did you mean 'SES'?"
      ),
      (
        .residuals, SampleRun.foreign,
        "residuals, These are draws of another program; they hold no residuals"
      ),
      (.trace, SampleRun.foreign, "trace of b_math_score_Intercept, 4 × 250 draws"),
      (.model, SampleRun.foreign, "model of output"),
    ]
    for (kind, run, expected) in rows {
      #expect(line(kind, of: run) == expected, "\(kind) of \(run.name), \(run.state)")
    }
  }

  @Test("every pane says something in every state, without a full stop before a comma")
  func everywhere() {
    for (name, run) in SampleRun.named {
      for kind in PaneKind.allCases {
        let text = line(kind, of: run, problems: 3)
        #expect(!text.isEmpty && !text.contains(".,") && !text.contains("  "), "\(name): \(text)")
        if name == "failed" { #expect(text.contains("the fit failed"), "\(kind): \(text)") }
        if name == "lost" { #expect(text.contains("the worker is gone"), "\(kind): \(text)") }
      }
    }
  }

  @Test("numbers that rest on fewer draws than there are say on how many, and how old they are")
  func behind() {
    var run = SampleRun.finished
    var cache = DiagnosticCache()
    cache.refresh(run, now: SampleRun.begin)
    for chain in run.chains.indices {
      let old = run.chains[chain]
      run.chains[chain] = ChainDraws(
        id: old.id, names: old.names, columns: old.columns.map { $0 + $0.suffix(500) },
        warmupCount: old.warmupCount, phase: old.phase, stepSize: old.stepSize)
    }
    run.state = .sampling
    var report = cache.report
    report.basis = DrawsBasis(chains: run.chains.map { (id: $0.id, draws: $0.keptCount) })
    let view = DashboardSnapshot(run: run, diagnostics: report, now: SampleRun.begin + 240)
    let statement = PaneSet().statement(of: .estimates, view, browsing(run))
    #expect(
      statement.text(now: view.now, problems: 0)
        == "10 estimates in the model's order, posterior means, on 4 × 1000 of 1500 draws, 4 min old"
        + " (+1)")
    let predictive = PaneSet().statement(of: .predictive, view, browsing(run))
    #expect(predictive.basis == "250 simulations from 4000 of 6000 posterior draws")
    // The end of a run does not make old numbers new.
    run.state = .finished
    let ended = DashboardSnapshot(run: run, diagnostics: report, now: SampleRun.begin + 240)
    let last = PaneSet().statement(of: .estimates, ended, browsing(run))
    #expect(last.computed == SampleRun.begin)
  }

  @Test("results of a live run are as old as their files, those of an ended run have no age")
  func ages() {
    var run = SampleRun.live
    run.resultTimes = [.residuals: SampleRun.begin + 4, .predictive: SampleRun.begin - 60]
    let view = snapshot(run)
    let panes = PaneSet()
    #expect(panes.statement(of: .residuals, view, browsing(run)).age(now: view.now) == "6 s old")
    #expect(panes.statement(of: .predictive, view, browsing(run)).age(now: view.now) == "70 s old")
    run.state = .finished
    let ended = snapshot(run)
    #expect(panes.statement(of: .residuals, ended, browsing(run)).age(now: ended.now) == nil)
  }

  @Test("views, filters and the chain in front are part of what is shown")
  func choices() {
    let run = SampleRun.finished
    #expect(
      line(.trace, of: run, commands: [.cycleChain, .toggleWarmup], filter: "^sd").hasPrefix(
        "trace of sd_school_id__math_score_Intercept, chain 1 in front, with warm-up, filter ^sd "
          + "(2 of 11)"))
    #expect(line(.trace, of: run, commands: [.nextSection]).hasPrefix("ranks by chain of b_math"))
    #expect(line(.residuals, of: run, commands: [.nextSection]).contains("residuals of passed"))
    #expect(line(.sampler, of: run).contains("! divergences 2 (limit 0)"))
    #expect(
      line(.model, of: run, commands: [.nextSection])
        == "data of edu-2027-01-15-1, 5 columns, 1975 rows, ! missing values in math_score, passed")
  }

  @Test("ages are told in words")
  func ageWords() {
    let words = [0, 1.4, 12, 89, 200, 4000, 7200, 200_000, -3].map(PaneStatement.age)
    #expect(
      words == [
        "now", "now", "12 s old", "89 s old", "3 min old", "67 min old", "2 h old", "2 days old",
        "now",
      ])
  }
}
