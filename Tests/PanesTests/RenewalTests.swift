// Whose statistics are renewed first, what running sums add, and what a budget allows.

import Diagnostics
import Foundation
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("The statistics that matter most are renewed first")
struct RenewalTests {
  /// Chains of independent draws, the named parameters with a drift that makes their R-hat large.
  static func run(
    _ names: [String], draws: Int, drifting: Set<String> = [], chains: Int = 4
  ) -> RunSnapshot {
    var run = SampleRun.live
    run.state = .sampling
    run.chains = (1...chains).map { id in
      var state = UInt64(id) &* 0x9E37_79B9_7F4A_7C15
      func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 40) / Double(1 << 24)
      }
      // Draw by draw, so that longer chains begin with the draws of shorter ones.
      var columns = names.map { _ in [Double]() }
      for draw in 0..<draws {
        for (index, name) in names.enumerated() {
          let shift = drifting.contains(name) ? Double(id) + Double(draw) / 500 : 0
          columns[index].append(next() + next() + shift)
        }
      }
      return ChainDraws(id: id, names: names, columns: columns, phase: .sampling)
    }
    return run
  }

  static let names =
    ["lp__", "b_x", "b_y", "sd_g__x", "cor_g__x__y"] + (0..<6).map { "r_g[\($0),x]" }

  func order(_ run: RunSnapshot, _ cache: DiagnosticCache, inView: [String] = []) -> [String] {
    let basis = DrawsBasis(chains: run.chains.map { (id: $0.id, draws: $0.keptCount) })
    return cache.stale(in: run, basis: basis, inView: inView)
  }

  @Test("in front, in view, then the worst of those that count, then random effects and lp__")
  func standing() {
    let drifting: Set = ["sd_g__x", "r_g[4,x]"]
    let early = Self.run(Self.names, draws: 200, drifting: drifting)
    var cache = DiagnosticCache()
    cache.refresh(early, now: 1)
    let late = Self.run(Self.names, draws: 300, drifting: drifting)
    let all = order(late, cache, inView: ["r_g[2,x]", "lp__", "b_y"])
    #expect(Array(all.prefix(4)) == ["r_g[2,x]", "lp__", "b_y", "sd_g__x"])
    #expect(Set(all[4...5]) == ["b_x", "cor_g__x__y"])
    #expect(all[6] == "r_g[4,x]", "the worst random effect comes before the others")
    #expect(all.count == 11)
  }

  @Test("running sums tell the worst before any exact statistic is known")
  func firstLook() {
    let run = Self.run(Self.names, draws: 400, drifting: ["cor_g__x__y"])
    var cache = DiagnosticCache()
    cache.refresh(run, now: 1, budget: .zero)
    #expect(cache.report.parameters.count == 1)
    #expect(cache.report.parameters["cor_g__x__y"] != nil)
    #expect(cache.report.running.count == 11, "every parameter has its glance")
    #expect(cache.isBehind)
  }

  @Test("a parameter that was just renewed lets the others have their turn")
  func fairness() {
    let run = Self.run(Self.names, draws: 400, drifting: ["b_x", "r_g[0,x]"])
    var cache = DiagnosticCache()
    for _ in 0..<11 { cache.refresh(run, now: 1, budget: .zero) }
    #expect(cache.report.parameters.count == 11)
    cache.refresh(run, now: 2)
    #expect(!cache.isBehind)
  }

  @Test("running sums grow with the draws, start anew for other chains, and say what they rest on")
  func running() throws {
    var cache = DiagnosticCache()
    for draws in [50, 150, 151, 400] {
      let run = Self.run(Self.names, draws: draws)
      cache.refresh(run, now: 1)
      let glance = try #require(cache.report.running["b_y"])
      #expect(glance.drawsPerChain == draws && glance.chains == 4)
      let mean = try #require(glance.mean)
      let exact = try #require(DrawsSummary.summarize(run.draws(of: "b_y")).mean)
      #expect(abs(mean - exact) < 1e-12)
    }
    cache.refresh(Self.run(Self.names, draws: 90, chains: 2), now: 2)
    #expect(cache.report.running["b_y"]?.chains == 2)
    #expect(cache.report.running["b_y"]?.drawsPerChain == 90)
  }

  @Test(
    "random effects and lp__ do not count in the verdict, and no tick comes before all is known")
  func verdict() {
    let run = Self.run(Self.names, draws: 400, drifting: ["r_g[1,x]", "lp__"])
    #expect(run.countedParameterNames == ["b_x", "b_y", "sd_g__x", "cor_g__x__y"])
    var cache = DiagnosticCache()
    func sentences() -> [(text: String, judgement: Judgement)] {
      ConvergenceWords(DashboardSnapshot(run: run, diagnostics: cache.report, now: 1))
        .sentences(most: 4)
    }
    cache.refresh(run, now: 1, budget: .zero)
    #expect(sentences().first?.text.hasPrefix("1 of 4 parameters computed") == true)
    #expect(sentences().allSatisfy { $0.judgement == .none })
    cache.refresh(run, now: 2)
    let all = sentences()
    #expect(all.first?.text.hasPrefix("All 4 parameters (6 random effects not counted)") == true)
    #expect(all.first?.judgement == .good)
    #expect(all.contains { $0.text == "Not counted: 1 of 6 random effects is beyond a limit." })
  }

  @Test("a row says how many draws its numbers rest on where that differs")
  func ages() {
    let run = Self.run(Self.names, draws: 400)
    func table(_ cache: DiagnosticCache) -> String {
      let size = Size(columns: 118, rows: 44)
      var buffer = CellBuffer(size: size)
      PaneSet().draw(
        .convergence, DashboardSnapshot(run: run, diagnostics: cache.report, now: 1),
        browsing(run), into: &buffer, in: buffer.bounds)
      return buffer.asText()
    }
    var cache = DiagnosticCache()
    cache.refresh(Self.run(Self.names, draws: 240), now: 1)
    cache.refresh(run, inView: ["b_y"], now: 2, budget: .zero)
    let mixed = table(cache)
    #expect(mixed.contains("on draws") && mixed.contains(" 240 ") && mixed.contains(" 400 "))
    #expect(mixed.contains("oldest numbers on 240"))
    var stopped = run
    stopped.state = .finished
    cache.refresh(stopped, now: 4)
    #expect(!table(cache).contains("on draws"))
    var glance = DiagnosticCache()
    glance.refresh(run, inView: ["b_y"], now: 1, budget: .zero)
    #expect(table(glance).contains("~") && table(glance).contains("1 of 10 computed"))
  }

  @Test("a name of another program that only begins like a random effect counts")
  func foreignNames() {
    #expect(isCountedParameter("r_squared") && !isCountedParameter("r_g__y[S01,Intercept]"))
    #expect(!isCountedParameter("lp__") && isCountedParameter("theta[3]"))
  }

  @Test("a thousand parameters with a hundred new draws in four chains take tens of milliseconds")
  func speed() {
    let names =
      (0..<40).map { "b_x\($0)" } + (0..<960).map { "r_g[\($0),x]" }
    var cache = DiagnosticCache()
    for _ in 0..<60 {
      cache.refresh(Self.run(names, draws: 1000), now: 1, budget: .milliseconds(100))
      if !cache.isBehind { break }
    }
    let clock = ContinuousClock()
    let inView = Array(names.prefix(30))
    var times: [Double] = []
    for draws in [1100, 1200, 1300] {
      let run = Self.run(names, draws: draws)
      times.append(
        clock.measure {
          cache.refresh(run, inView: inView, now: 2, budget: .milliseconds(8))
        } / .milliseconds(1))
    }
    // Where the processor was busy, the last few wait for the next refresh.
    cache.refresh(Self.run(names, draws: 1300), now: 3)
    #expect(cache.report.running.count == 1000 && cache.report.running.fewestDraws == 1300)
    let least = times.min() ?? .infinity
    print("refresh of 1,000 parameters with 4 x 100 new draws, budget 8 ms: \(least) ms")
    // The bar of 20 ms is held by mglmm-bench; here other programs share the processor.
    #expect(least < 80)
  }
}
