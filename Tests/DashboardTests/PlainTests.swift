// The plain mode: lines that stand alone, in order, once each, from the first look to the last.

import Panes
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard
@testable import RunFolder

@Suite("A run is told in lines")
struct PlainTests {
  private static func look(_ run: RunSnapshot, _ seconds: Double) -> DashboardSnapshot {
    var cache = DiagnosticCache()
    cache.refresh(run, now: SampleRun.begin + seconds)
    return DashboardSnapshot(
      run: run, diagnostics: cache.report, now: SampleRun.begin + seconds)
  }

  private func lines(_ looks: [DashboardSnapshot], interval: Double = 60) -> [String] {
    var reporter = PlainReporter(interval: interval)
    return looks.flatMap { reporter.lines(for: $0) }
  }

  @Test("an ended run is told once: what, how it ended, verdicts, parameters, residuals, what next")
  func ended() throws {
    let looks = [Self.look(SampleRun.finished, 20), Self.look(SampleRun.finished, 21)]
    let lines = lines(looks)
    func place(_ text: String) throws -> Int {
      try #require(lines.firstIndex { $0.contains(text) }, "\(text) in\n\(lines)")
    }
    let order = try [
      "run edu-2027-01-15-1", "data: /data/edu.csv", "model: cbind(math_score, passed)",
      "outcome math_score: family gaussian", "group school_id: 60 levels",
      "method: Markov chain Monte Carlo, 4 chains", "finished after", "verdicts: ",
      "FAILED: ", "passed: ", "parameters: 10", "b_math_score_SES: mean 3.0",
      "residuals of math_score, uniformity", "next: mglmm-tui extend", "next: mglmm-tui show",
    ].map(place)
    #expect(order == order.sorted(), "\(lines.joined(separator: "\n"))")
    #expect(Set(lines).count == lines.count)
    // The run took 14.2 seconds, whenever it is told.
    #expect(lines.allSatisfy { $0.hasPrefix("0:00:14 ") })
  }

  @Test("a live run is told as it goes on: phases, steps at doubling intervals, tenths of the work")
  func live() {
    var looks = [Self.look(SampleRun.waiting, 0)]
    var run = SampleRun.optimizing
    let steps = SampleRun.likelihood.optimizerSteps
    for count in [1, 6, 18] {
      run.optimizerSteps = Array(steps.prefix(count))
      looks.append(Self.look(run, 1 + Double(count) / 10))
    }
    looks += [Self.look(SampleRun.live, 9), Self.look(SampleRun.live, 9.25)]
    looks.append(Self.look(SampleRun.finished, 14.2))
    let lines = lines(looks)
    let optimizer = lines.filter { $0.contains(" optimizer: ") }.compactMap { line in
      line.split(separator: " ").dropFirst(3).first.map { $0.filter(\.isNumber) }
    }
    #expect(optimizer == ["0", "1", "2", "4", "8", "16", "17"], "\(lines)")
    let phases = lines.filter { $0.contains(" phase: ") }.map { $0.split(separator: " ").last }
    #expect(phases == ["starting", "optimizing", "sampling"])
    #expect(lines.count { $0.contains(" progress: ") } == 2)
    #expect(
      lines.contains { $0.contains("chain 1: sampling, iteration 612 of 1200, 0 divergences") })
    #expect(!lines.contains { $0.contains("chain 3: waiting") })
    #expect(lines.count { $0.contains("convergence: largest R-hat") } == 2)
    #expect(lines.last?.contains("next: ") == true)
  }

  @Test("between tenths progress is told after the interval, and only if there is any")
  func interval() {
    func look(_ iteration: Int, _ seconds: Double) -> DashboardSnapshot {
      var run = SampleRun.live
      run.chains = []
      run.progress = [
        1: ChainProgress(chain: 1, phase: .warmup, iteration: iteration, stepSize: 0.5)
      ]
      return Self.look(run, seconds)
    }
    // 1 % of 4800 iterations are 48: no tenth is completed.
    let looks = [look(10, 0), look(20, 10), look(30, 31), look(30, 70), look(40, 71)]
    let told = lines(looks, interval: 30).filter { $0.contains("progress: ") }
    #expect(told.map { String($0.prefix(7)) } == ["0:00:31", "0:01:11"], "\(told)")
  }

  @Test("warnings, notes and problems are told when they come, once")
  func news() {
    var run = SampleRun.live
    run.notes = ["one"]
    var later = run
    later.notes.append("two")
    later.warnings = SampleRun.likelihood.warnings
    later.problems = ["chain-3.csv: nonsense"]
    let lines = lines([Self.look(run, 5), Self.look(later, 6), Self.look(later, 7)])
    for text in ["note: one", "note: two", "warning: The correlation", "problem: chain-3.csv"] {
      #expect(lines.count { $0.contains(text) } == 1, "\(text)")
    }
    #expect(lines.contains { $0.hasPrefix("0:00:06 warning: ") && $0.contains("Advice: Drop") })
  }

  @Test("every sample run ends, but those that go on", arguments: SampleRun.named.map(\.name))
  func endings(_ name: String) throws {
    let run = try #require(SampleRun.named.first { $0.name == name }?.run)
    var reporter = PlainReporter()
    let lines = reporter.lines(for: Self.look(run, 30))
    #expect(!lines.isEmpty)
    #expect(reporter.hasEnded == (run.state != .foreign && !run.state.isLive))
    for line in lines {
      let isPlain = line.unicodeScalars.allSatisfy {
        $0.value >= 0x20 && !(0x2500...0x259F).contains($0.value)
          && !(0x2800...0x28FF).contains($0.value)
      }
      #expect(isPlain && line.wholeMatch(of: /\d+:\d\d:\d\d .+/) != nil, "\(line)")
    }
    if name == "failed" { #expect(lines.contains { $0.contains("there is no column 'sess'") }) }
    if name == "lost" { #expect(lines.contains { $0.contains("mglmm-tui resume") }) }
    if name == "likelihood" {
      #expect(lines.contains { $0.contains("converged, log-likelihood -8021.4375") })
      #expect(
        lines.contains { $0.contains("math_score SES: estimate 3.043, standard error 0.1893") })
    }
  }

  @Test("draws of another program end with the last word of each chain")
  func foreign() {
    var run = SampleRun.foreign
    #expect(!lines([Self.look(run, 1)]).contains { $0.contains("all chains have ended") })
    run.chains = run.chains.map {
      ChainDraws(
        id: $0.id, names: $0.names, columns: $0.names.map { _ in Array(repeating: 1, count: 5) },
        warmupCount: 0, phase: .finished, stepSize: 0.4)
    }
    #expect(lines([Self.look(run, 1)]).contains { $0.contains("all chains have ended: 4 chains") })
  }

  @Test("the follower reads until the end, and says once that reading fails")
  func follower() throws {
    let run = ScriptedRun(SampleRun.waiting)
    run.news = [SampleRun.optimizing, SampleRun.live, SampleRun.finished]
    var waits = 0
    var told: [String] = []
    var time = SampleRun.begin
    var follower = PlainFollower(
      control: run,
      clock: {
        time += 1
        return time
      }, wait: { _ in waits += 1 }, isInterrupted: { false })
    let end = follower.run { told.append($0) }
    #expect(end == .ended && waits == 2 && told.contains { $0.contains("finished after") })

    let broken = ScriptedRun(SampleRun.live)
    broken.problem = .file(FileError("read", "/runs/x", code: 5))
    var rounds = 0
    told = []
    follower = PlainFollower(
      control: broken, clock: { SampleRun.begin + 9 }, wait: { _ in rounds += 1 },
      isInterrupted: { rounds == 3 })
    #expect(follower.run { told.append($0) } == .interrupted)
    #expect(told.count { $0.hasPrefix("problem: cannot read /runs/x") } == 1)
  }

  @Test("signs become words, and no line is broken")
  func text() {
    #expect(PlainText.stamp(5) == "0:00:05" && PlainText.stamp(93_784) == "26:03:04")
    #expect(PlainText.stamp(.nan) == "0:00:00" && PlainText.stamp(-3) == "0:00:00")
    #expect(PlainText.line("a\nb\tc") == "a b c")
    #expect(PlainText.line("4 × 5 ⣿█│ – \u{1B}[2J") == "4 x 5  not available [2J")
  }
}
