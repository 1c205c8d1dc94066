// Intervals, contraction, sections and levels: numbers known on paper.

import Diagnostics
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("Estimates are what is said of them")
struct EstimateTests {
  @Test("Wald intervals on four scales, by hand")
  func wald() throws {
    let z = 1.959964
    let plain = try #require(WaldInterval(2, error: 0.5, scale: .identity))
    #expect(abs(plain.outer.lowerBound - (2 - z * 0.5)) < 1e-6)
    #expect(abs(plain.inner.upperBound - (2 + 0.67449 * 0.5)) < 1e-5)
    // exp(log 4 ± 1.96 · 0.4 / 4) = 4 · exp(± 0.196).
    let log = try #require(WaldInterval(4, error: 0.4, scale: .log))
    #expect(abs(log.outer.lowerBound - 3.28806) < 1e-4)
    #expect(abs(log.outer.upperBound - 4.86609) < 1e-4)
    // tanh(atanh 0.6 ± 1.96 · 0.1 / 0.64): atanh 0.6 = log 2 = 0.693147; ± 0.306244.
    let atanh = try #require(WaldInterval(0.6, error: 0.1, scale: .atanh))
    #expect(abs(atanh.outer.lowerBound - 0.36860) < 1e-4)
    #expect(abs(atanh.outer.upperBound - 0.76142) < 1e-4)
    // logit 0.2 = -1.386294; error 0.04 / 0.16 = 0.25; ± 0.489991.
    let logit = try #require(WaldInterval(0.2, error: 0.04, scale: .logit))
    #expect(abs(logit.outer.lowerBound - 0.13284) < 1e-4)
    #expect(abs(logit.outer.upperBound - 0.28981) < 1e-4)
    #expect(WaldInterval(0, error: 0.1, scale: .log) == nil, "a deviation of zero")
    #expect(WaldInterval(1, error: 0.1, scale: .atanh) == nil, "a correlation of one")
    #expect(WaldInterval(1, error: .nan, scale: .identity) == nil)
  }

  @Test("contraction is 1 - var(posterior) / var(prior), and not available without a variance")
  func contraction() {
    func estimate(_ sd: Double, quantiles: [Double]?) -> Estimate {
      var row = Estimate(name: "b", label: "b")
      row.spread = 0.5
      row.prior = ParameterPrior(
        name: "b", prior: "", quantiles: quantiles, standardDeviation: sd)
      return row
    }
    #expect(estimate(1, quantiles: [-2, -1, 0, 1, 2]).contraction == 0.75)
    #expect(estimate(0.25, quantiles: [-2, -1, 0, 1, 2]).contraction == -3)
    #expect(estimate(.nan, quantiles: [-2, -1, 0, 1, 2]).contraction == nil)
    #expect(estimate(.nan, quantiles: nil).priorInterval == nil)
  }

  @Test("sections follow the model: outcomes, deviations, correlations")
  func sections() {
    let view = snapshot(SampleRun.checked)
    let sections = EstimateList.sections(of: view)
    #expect(
      sections.map(\.title) == [
        "math_score", "passed", "Standard deviations by school_id", "Correlations by school_id",
      ])
    #expect(
      sections[0].estimates.map(\.label) == ["(Intercept)", "gendermale", "SES", "sigma"])
    #expect(sections[2].estimates.map(\.label)[3] == "sd passed SES")
    #expect(
      sections[3].estimates.map(\.label).first
        == "cor(math_score (Intercept), math_score SES)")
    #expect(sections[3].estimates.count == 6 && sections[3].range == -1...1)
    let slope = sections[0].estimates[2]
    #expect(slope.point == view.diagnostics["b_math_score_SES"]?.mean)
    #expect(slope.prior?.prior == "normal(0, 5)" && (slope.contraction ?? 0) > 0.99)
    let fitted = EstimateList.sections(of: snapshot(SampleRun.likelihood))
    #expect(fitted.map(\.title).prefix(2) == ["math_score", "passed"])
    #expect(fitted[1].estimates.map(\.label) == ["(Intercept)", "gendermale", "SES"])
    let foreign = EstimateList.sections(of: snapshot(SampleRun.foreign))
    #expect(foreign.map(\.title).contains("Fixed effects"))
    #expect(foreign.flatMap(\.estimates).count == 10)
  }

  @Test("what is said of priors: conflict, flat, contraction")
  func words() {
    let view = snapshot(SampleRun.checked)
    func text(_ name: String) -> String {
      EstimateList.sections(of: view).flatMap(\.estimates).first { $0.name == name }
        .map { EstimateWords($0, view).text } ?? ""
    }
    #expect(text("b_passed_Intercept").contains("conflict"))
    #expect(text("b_math_score_gendermale").contains("flat"))
    #expect(text("b_passed_SES").contains("The data decide (contraction 1.00)"))
    #expect(text("b_passed_gendermale").contains("Prior and data both count"))
    #expect(text("sigma_math_score").contains("the prior is not known"))
  }

  @Test(
    "levels come from names with commas and brackets, sorted by size, signed by their intervals")
  func levels() throws {
    var effects = LevelEffects()
    let isNew = effects.refresh([
      "sd_g__Intercept", "sd_g__y_x", "r_g[a, b [c],Intercept]", "r_g__y[7,x]", "r_odd[1,2]",
    ])
    #expect(isNew)
    #expect(effects[deviation: "sd_g__Intercept"].map(\.level) == ["a, b [c]"])
    #expect(effects[deviation: "sd_g__y_x"].map(\.name) == ["r_g__y[7,x]"])
    let dimensions = LevelEffectDimension.all(of: snapshot(SampleRun.checked))
    #expect(dimensions.count == 4 && dimensions.allSatisfy { $0.rows.count == 12 })
    let rows = dimensions[0].ordered(bySize: true, reversed: false)
    #expect(rows.map(\.point) == rows.map(\.point).sorted(by: >))
    #expect(rows.first?.sign == 1 && rows.last?.sign == -1)
    #expect(rows.contains { $0.sign == 0 })
    #expect(dimensions[0].ordered(bySize: false, reversed: false).first?.level == "S01")
    let modes = LevelEffectDimension.all(of: snapshot(SampleRun.likelihood))
    #expect(modes.count == 2 && modes[0].rows.count == 60)
    let mode = try #require(SampleRun.likelihood.fitReport?.modes?[0])
    #expect(modes[1].rows[3].point == mode.modes[3][1])
    let width = try #require(modes[1].rows[3].outer)
    let error = mode.standardErrors[3][1]
    #expect(abs(width.upperBound - width.lowerBound - 2 * 1.959964 * error) < 1e-5)
  }
}

@Suite("The page of verdicts tells the worst first, and what it rests on")
struct OverviewTests {
  @Test("the worker's verdicts, when there are some")
  func checks() {
    let report = OverviewReport(snapshot(SampleRun.checked))
    #expect(!report.isPreliminary)
    #expect(report.tally == "1 failed, 2 warned, 2 passed, 1 not available")
    #expect(report.lines.map(\.check).prefix(3) == ["R-hat", "residual dispersion", "Pareto k"])
    #expect(report.lines[0].number == "1.123" && report.lines[0].limit == "1.01")
    #expect(report.lines.map(\.pane).prefix(3) == [.trace, .residuals, .predictive])
    #expect(report.basis == "1000 draws of each chain")
  }

  @Test("else those of the draws so far, said to be preliminary")
  func preliminary() {
    let run = SampleRun.live
    var cache = DiagnosticCache()
    cache.refresh(run, inView: ["b_passed_Intercept"], now: 1, budget: .zero)
    let early = OverviewReport(
      DashboardSnapshot(run: run, diagnostics: cache.report, now: SampleRun.begin))
    #expect(early.isPreliminary)
    #expect(
      early.basis == "preliminary, 2 × 398 draws (2 of 2 chains), 1 of 10 parameters computed"
        || early.basis == "preliminary, 2 × 398 draws, 1 of 10 parameters computed")
    #expect(
      !early.lines.contains { $0.subject == "b_passed_Intercept" && $0.judgement == .good },
      "no tick before all are computed")
    let full = OverviewReport(snapshot(run))
    #expect(full.basis.hasSuffix("10 parameters"))
    #expect(full.lines.first?.judgement == .bad)
    #expect(full.lines.contains { $0.check == "R-hat" && $0.judgement == .good })
    #expect(full.lines.contains { $0.check == "R-hat" && $0.subject == "b_passed_Intercept" })
    #expect(full.lines.contains { $0.check == "residual uniformity" && $0.subject == "passed" })
    let judged = full.lines.map(\.judgement).filter { $0 != .none }
    #expect(judged == judged.sorted(by: >))
  }

  @Test("a fit without draws has the optimizer, the residuals and the worker's warnings")
  func likelihood() {
    let report = OverviewReport(snapshot(SampleRun.likelihood))
    #expect(report.lines.contains { $0.check == "singular-fit" && $0.pane == .randomEffects })
    #expect(report.lines.contains { $0.check == "optimizer" && $0.judgement == .good })
    #expect(OverviewReport(snapshot(SampleRun.waiting)).lines.isEmpty)
  }

  @Test(
    "Enter leads to the pane that shows what a check is about",
    arguments: [
      ("R-hat", PaneKind.trace), ("tree depth", .sampler), ("E-BFMI", .sampler),
      ("funnel", .sampler), ("heavy tails", .residuals), ("residual quantiles", .residuals),
      ("zero inflation", .residuals), ("missing slope", .randomEffects),
      ("influence of groups", .randomEffects), ("singular-fit", .randomEffects),
      ("p_loo", .predictive), ("predictive zeros", .predictive), ("Pareto k", .predictive),
      ("posterior contraction", .estimates), ("collinearity", .estimates),
      ("prior sensitivity", .estimates), ("optimizer", .progress),
    ])
  func destinations(_ check: String, _ pane: PaneKind) {
    let line = OverviewLine(
      CheckLine(
        check: check, subject: "y", level: .failed, number: 1, threshold: 1, source: "",
        meaning: "", advice: ""))
    #expect(line.pane == pane)
  }

  @Test("the line in front stays in front when others come in")
  func selection() {
    var pane = OverviewPane()
    let before = snapshot(SampleRun.checked)
    var browsing = browsing(SampleRun.checked)
    _ = pane.update(.down, before, &browsing, size: Size(columns: 80, rows: 20))
    var run = SampleRun.checked
    run.checkReport?.lines.insert(
      CheckLine(
        check: "R-hat", subject: "b_passed_SES", level: .failed, number: 1.2, threshold: 1.01,
        source: "", meaning: "", advice: ""), at: 0)
    let next = pane.update(
      .open, snapshot(run), &browsing, size: Size(columns: 80, rows: 20))
    #expect(next == .residuals, "still the dispersion of the residuals")
  }
}
