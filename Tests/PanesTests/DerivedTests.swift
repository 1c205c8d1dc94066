// What is derived from a run: bases of statistics, what is computed when, speeds, states of chains.

import Diagnostics
import RunFolder
import SampleRuns
import Testing

@testable import Panes

@Suite("Statistics rest on as many draws as there are, and the most urgent come first")
struct DerivedTests {
  @Test("chains that have only begun do not cost the others their draws")
  func basis() {
    func basis(_ lengths: [Int]) -> DrawsBasis {
      DrawsBasis(chains: lengths.enumerated().map { (id: $0 + 1, draws: $1) })
    }
    #expect(basis([]).draws == 0)
    #expect(basis([0, 0]).chains.isEmpty)
    #expect(basis([400, 380, 0, 0]).chains == [1, 2])
    #expect(basis([400, 380, 0, 0]).draws == 380)
    #expect(basis([400, 400, 5, 5]).chains == [1, 2])
    #expect(basis([500, 500, 300, 310]).chains == [1, 2, 3, 4])
    #expect(basis([500, 500, 300, 310]).draws == 300)
  }

  @Test("the numbers are those of the diagnostics on exactly the basis")
  func numbers() {
    let run = SampleRun.live
    var cache = DiagnosticCache()
    let isNew = cache.refresh(run, now: 1)
    #expect(isNew)
    #expect(cache.report.basis.draws == 398)
    let name = "b_passed_SES"
    let columns = run.draws(of: name).map { Array($0.prefix(398)) }
    #expect(cache.report[name] == DrawsSummary.summarize(columns))
    #expect(cache.report.parameters[name]?.drawsPerChain == 398)
    #expect(cache.report.parameters.count == run.parameterNames.count + 1)
    #expect(cache.report.energyFractions.count == 2)
    #expect(cache.report.parameters["b_passed_Intercept"]?.judgements.worst == .bad)
    let isNewAgain = cache.refresh(run, now: 2)
    #expect(!isNewAgain, "nothing new, nothing computed")
  }

  @Test("with no time to spend, one parameter is computed: the first in view")
  func budget() {
    var cache = DiagnosticCache()
    cache.refresh(SampleRun.live, inView: ["sigma_math_score"], now: 1, budget: .zero)
    #expect(Array(cache.report.parameters.keys) == ["sigma_math_score"])
    for _ in 0..<20 { cache.refresh(SampleRun.live, now: 2, budget: .zero) }
    #expect(cache.report.parameters.count == 11)
  }

  @Test("what is in view comes first, then what is furthest behind")
  func order() {
    var cache = DiagnosticCache()
    cache.refresh(SampleRun.live, now: 1)
    let grown = SampleRun.finished
    let basis = DrawsBasis(chains: grown.chains.map { (id: $0.id, draws: $0.keptCount) })
    let stale = cache.stale(in: grown, basis: basis, inView: ["lp__", "sigma_math_score"])
    // After what is in view the parameter whose R-hat is worst.
    #expect(stale.prefix(3) == ["lp__", "sigma_math_score", "b_passed_Intercept"])
    #expect(stale.count == 11)
    cache.refresh(grown, inView: ["lp__"], now: 2, budget: .zero)
    #expect(cache.isBehind)
    #expect(cache.report.current("lp__") != nil)
    #expect(cache.report.current("b_passed_SES") == nil, "796 draws are not half of 4000")
    cache.refresh(grown, now: 3)
    #expect(!cache.isBehind && cache.report.current("b_passed_SES") != nil)
  }

  @Test("while a run is live, statistics are renewed as draws grow, those in view sooner")
  func renewal() {
    var run = SampleRun.live
    var cache = DiagnosticCache()
    cache.refresh(run, now: 1)
    func stale(_ draws: Int) -> Int {
      var basis = cache.report.basis
      basis.draws = draws
      let inView = ["lp__", "b_passed_SES", "sigma_math_score"]
      return cache.stale(in: run, basis: basis, inView: inView).count
    }
    #expect(stale(410) == 0)
    #expect(stale(425) == 1)
    #expect(stale(450) == 3)
    #expect(stale(500) == 11)
    run.state = .finished
    #expect(stale(399) == 11)
  }

  @Test("residuals are ranked once for each report")
  func residuals() throws {
    var cache = DiagnosticCache()
    cache.refresh(SampleRun.likelihood, now: 1)
    let plot = try #require(
      cache.report.residualPlots[ResidualPlotKey(outcome: "passed", isConditional: true)])
    #expect(plot.againstPredictor.count == 300)
    #expect(plot.againstPredictor.allSatisfy { $0.x > 0 && $0.x <= 1 })
    let isNewAgain = cache.refresh(SampleRun.likelihood, now: 2)
    #expect(!isNewAgain)
  }

  @Test("speeds come from watching iterations pass; a chain that has ended has its own")
  func rates() throws {
    var meter = RateMeter()
    var run = SampleRun.live
    let first = meter.observe(run, now: 100)
    #expect(first.isEmpty)
    run.progress[1]?.iteration += 50
    let rates = meter.observe(run, now: 102)
    let rate = try #require(rates[1])
    #expect(rate.iterationsPerSecond == 25)
    #expect(rate.secondsLeft == Double(1200 - 662) / 25)
    #expect(rates[2] == nil, "it has not moved")
    run.state = .paused
    let paused = meter.observe(run, now: 104)
    #expect(paused.isEmpty)
    run.state = .sampling
    let resumed = meter.observe(run, now: 106)
    #expect(resumed.isEmpty, "a pause is not part of the speed")
  }

  @Test("chains that have not begun are listed, and those that have keep their planned length")
  func chains() {
    let all = ChainStatus.all(of: SampleRun.live)
    #expect(all.map(\.number) == [1, 2, 3, 4])
    #expect(all.map(\.iteration) == [612, 598, 0, 0])
    #expect(all.map(\.phase) == [.sampling, .sampling, .waiting, .waiting])
    #expect(all.allSatisfy { $0.total == 1200 })
    #expect(all[0].fraction == 0.51)
    #expect(all[2].stepSize == nil)
    #expect(ChainStatus.all(of: SampleRun.likelihood).isEmpty)
    #expect(ChainStatus.all(of: SampleRun.finished).map(\.divergences) == [0, 0, 2, 0])
  }
}
