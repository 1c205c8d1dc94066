// Warm-up: step sizes, scales, plans and the verdict on the preconditioner.

import Glibc
import Probability
import Testing

@testable import Sampling

@Suite("The step size settles where acceptance meets its target")
struct StepSizeTests {
  /// A toy world in which acceptance is exp(−ε), so that the right answer is −log δ.
  @Test("in a toy world", arguments: [0.6, 0.8, 0.95])
  func settles(target: Double) {
    var adaptation = StepSizeAdaptation(startingAt: 1, targetAcceptance: target)
    for _ in 0..<2000 { adaptation.record(acceptance: exp(-adaptation.stepSize)) }
    #expect(abs(adaptation.averagedStepSize + log(target)) < 0.01)
    #expect(abs(adaptation.stepSize + log(target)) < 0.05)
  }

  @Test("after one transition it is what the algorithm says")
  func onPaper() {
    // m = 1: H̄ = (0.8 − 0.3)/11, log ε = log 10 − H̄/0.05, and the average takes it over (1^−κ =
    // 1)
    var adaptation = StepSizeAdaptation(startingAt: 1)
    adaptation.record(acceptance: 0.3)
    let expected = log(10) - 0.5 / 11 / 0.05
    #expect(abs(log(adaptation.stepSize) - expected) < 1e-14)
    #expect(abs(log(adaptation.averagedStepSize) - expected) < 1e-14)
  }

  @Test("and a first guess is of the right order, from far too small and far too large")
  func firstGuess() throws {
    for guess in [1e-4, 1, 1e4] {
      var target = DiagonalNormal(scales: Array(repeating: 0.01, count: 20))
      let start = Array(repeating: 0.01, count: 20)
      var gradient = start
      let logDensity = value(of: &target, at: start, gradient: &gradient)
      var dynamics = HamiltonianDynamics(
        target: target, maximumDepth: 1, random: RandomStream(seed: 1))
      let answer = dynamics.findStepSize(
        at: start, gradient: gradient, logDensity: logDensity, guess: guess)
      let found = try #require(answer)
      #expect((0.0025...0.04).contains(found), "from \(guess)")
    }
  }

  @Test("and a flat density, which accepts everything, has none")
  func improper() {
    let flat = DiagonalNormal(scales: [.infinity])
    #expect(throws: ChainError.noUsableStepSize) {
      try Chain(
        density: flat, preconditioner: IdentityPreconditioner(dimension: 1), start: [0],
        settings: ChainSettings(), stream: RandomStream(seed: 1))
    }
  }
}

@Suite("Scales are learned from draws and gradients")
struct MetricAdaptationTests {
  @Test("running moments are those of two passes")
  func moments() {
    var stream = RandomStream(seed: 11)
    var moments = RunningMoments(dimension: 3)
    let rows = (0..<50).map { _ in normals(3, from: &stream).map { 1e3 + 2 * $0 } }
    for row in rows { moments.record(row) }
    for i in 0..<3 {
      let mean = rows.reduce(0) { $0 + $1[i] } / 50
      let variance = rows.reduce(0) { $0 + ($1[i] - mean) * ($1[i] - mean) } / 49
      #expect(abs(moments.means[i] - mean) < 1e-10)
      #expect(abs(moments.variance(i) - variance) < 1e-10)
    }
  }

  @Test("the Fisher rule finds a diagonal normal's scales exactly from three draws")
  func fisher() throws {
    let truth = [0.01, 1, 250]
    var stream = RandomStream(seed: 12)
    var metric = MetricAdaptation(rule: .fisher, dimension: 3)
    // Twice: the second window sees coordinates in the scales of the first, and must change
    // nothing.
    for _ in 0..<2 {
      let scale = metric.scale ?? [1, 1, 1]
      for _ in 0..<3 {
        let x = zip(truth, normals(3, from: &stream)).map { $0 * $1 }
        let z = zip(x, scale).map { $0 / $1 }
        let gradient = (0..<3).map { -x[$0] / (truth[$0] * truth[$0]) * scale[$0] }
        metric.record(z, gradient: gradient)
      }
      let changed = metric.closeWindow()
      #expect(changed)
      let found = try #require(metric.scale)
      for i in 0..<3 { #expect(abs(found[i] / truth[i] - 1) < 1e-12) }
    }
  }

  @Test("the variance rule is the shrunk sample variance")
  func variance() throws {
    var metric = MetricAdaptation(rule: .variance, dimension: 1)
    for x in [1.0, 3, 5] { metric.record([x], gradient: [0]) }
    let changed = metric.closeWindow()
    #expect(changed)
    // variance 4 of 3 draws: 3/8 · 4 + 5/8 · 0.001
    let found = try #require(metric.scale)
    #expect(abs(found[0] * found[0] - (1.5 + 0.000625)) < 1e-14)
  }

  @Test("a coordinate that did not move keeps its scale, and the unit rule learns nothing")
  func degenerate() {
    var metric = MetricAdaptation(rule: .fisher, dimension: 2)
    for x in [1.0, 3, 5] { metric.record([7, x], gradient: [x, -x]) }
    let changed = metric.closeWindow()
    #expect(changed)
    #expect(metric.scale == [1, 1])
    var unit = MetricAdaptation(rule: .unit, dimension: 2)
    for x in [1.0, 3, 5] { unit.record([x, x], gradient: [x, x]) }
    let learned = unit.closeWindow()
    #expect(!learned)
    #expect(unit.scale == nil)
  }
}

@Suite("The warm-up plan is data")
struct WarmupScheduleTests {
  func phases(_ plan: [(WarmupPhase.Purpose, Int)]) -> [WarmupPhase] {
    plan.map { WarmupPhase($0.0, iterations: $0.1) }
  }

  @Test("Stan's windows")
  func windowed() {
    #expect(
      WarmupSchedule(iterations: 1000, kind: .windowed).phases
        == phases([
          (.stepSize, 75), (.metric, 25), (.metric, 50), (.metric, 100), (.metric, 200),
          (.metric, 500), (.stepSize, 50),
        ]))
    #expect(
      WarmupSchedule(iterations: 100, kind: .windowed).phases
        == phases([(.stepSize, 15), (.metric, 75), (.stepSize, 10)]))
    #expect(
      WarmupSchedule(iterations: 19, kind: .windowed).phases == phases([(.stepSize, 19)]))
  }

  @Test("growing windows, and a single phase")
  func others() {
    #expect(
      WarmupSchedule(iterations: 150, kind: .growing).phases
        == phases([(.metric, 10), (.metric, 15), (.metric, 22), (.metric, 80), (.stepSize, 23)]))
    #expect(
      WarmupSchedule(iterations: 200, kind: .stepSizeOnly).phases == phases([(.stepSize, 200)]))
  }

  @Test("always adds up, whatever the length", arguments: 0...400)
  func total(iterations: Int) {
    for kind in [WarmupSchedule.Kind.stepSizeOnly, .windowed, .growing] {
      let plan = WarmupSchedule(iterations: iterations, kind: kind)
      #expect(plan.iterations == iterations)
      #expect(plan.phases.allSatisfy { $0.iterations > 0 })
      let ends = (0..<iterations).filter { plan.phase(at: $0)?.isLast == true }
      #expect(ends.count == plan.phases.count)
      #expect(plan.phase(at: iterations) == nil)
    }
  }

  @Test("can be replaced half way")
  func replacing() {
    let plan = WarmupSchedule(iterations: 150, kind: .stepSizeOnly)
    #expect(
      plan.replacingRest(from: 60, with: .growing).phases
        == phases([
          (.stepSize, 60), (.metric, 10), (.metric, 15), (.metric, 51), (.stepSize, 14),
        ]))
    #expect(plan.replacingRest(from: 150, with: .growing) == plan)
  }
}

@Suite("The chain notices whether its preconditioner fits")
struct PreconditionerFitTests {
  func run<Density: LogDensity, Metric: Preconditioner>(
    _ density: Density, _ metric: Metric, start: [Double], warmup: Int = 200
  ) throws -> (state: ChainState, infos: [TransitionInfo]) {
    var chain = try Chain(
      density: density, preconditioner: metric, start: start,
      settings: ChainSettings(warmup: WarmupSchedule(iterations: warmup, kind: .stepSizeOnly)),
      stream: RandomStream(seed: 31))
    var infos: [TransitionInfo] = []
    for _ in 0..<warmup + 100 { infos.append(chain.advance()) }
    return (chain.state, infos)
  }

  /// The verdict on 60 transitions made up for the purpose.
  func verdict(
    acceptance: Double = 0.8, depth: Int = 4, divergentEvery: Int = 1000,
    energy: (Int) -> Double = { $0 % 2 == 0 ? 0 : 1 }
  ) -> PreconditionerFit.Verdict {
    var fit = PreconditionerFit()
    var fellAt: [Int] = []
    for t in 0..<80 {
      // The first 20 are of the worst kind and must not count.
      let settling = t < PreconditionerFit.settlingIterations
      let info = TransitionInfo(
        logDensity: 0, acceptStatistic: settling ? 0 : acceptance, stepSize: 1,
        treeDepth: settling ? 10 : depth, leapfrogCount: 15,
        energy: settling ? 1000 - 50 * Double(t) : energy(t),
        termination: settling || t % divergentEvery == 0 ? .divergence : .turning)
      if fit.record(info, dimension: 1000, targetAcceptance: 0.8) { fellAt.append(t) }
    }
    #expect(fellAt == [59])
    return fit.verdict
  }

  @Test("each sign has its verdict, and the way in from the start does not count")
  func signs() {
    #expect(verdict() == .fits)
    #expect(verdict(acceptance: 0.45) == .lowAcceptance)
    // A standard normal of 1000 coordinates needs a depth of log₂(π 1000^¼) = 4.1.
    #expect(abs(PreconditionerFit.expectedDepth(dimension: 1000) - 4.143) < 0.001)
    #expect(verdict(depth: 5) == .fits)
    #expect(verdict(depth: 6) == .deepTrees)
    #expect(verdict(divergentEvery: 10) == .fits)
    #expect(verdict(divergentEvery: 8) == .divergences)
    // A slow wave of period 40: Σ(step²)/Σ(deviation²) = 4 sin²(π/40) = 0.025.
    #expect(verdict(energy: { sin(2 * .pi * Double($0) / 40) }) == .poorEnergy)
  }

  @Test("an exact one fits, in every dimension", arguments: [1, 10, 100, 2000])
  func exact(dimension: Int) throws {
    let scales = (0..<dimension).map { exp(sin(Double($0))) }
    let metric = DiagonalPreconditioner(
      centre: Array(repeating: 0, count: dimension), scale: scales)
    let end = try run(DiagonalNormal(scales: scales), metric, start: scales)
    #expect(end.state.fit.verdict == .fits)
    #expect(end.state.metric.scale == nil)
    #expect(end.state.settings.warmup == WarmupSchedule(iterations: 200, kind: .stepSizeOnly))
  }

  @Test("one with wrong scales makes deep trees, and the scales are learned on top of it")
  func wrongScales() throws {
    let scales = (0..<30).map { pow(10, Double($0 % 5) - 2) }
    let end = try run(
      DiagonalNormal(scales: scales), IdentityPreconditioner(dimension: 30), start: scales)
    #expect(end.state.fit.verdict == .deepTrees)
    #expect(end.state.settings.warmup.iterations == 200)
    let before = end.infos[20..<60].reduce(0) { $0 + $1.leapfrogCount }
    let after = end.infos[260...].reduce(0) { $0 + $1.leapfrogCount }
    #expect(Double(before) / 40 > 200)
    #expect(Double(after) / 40 < 16)
    let learned = try #require(end.state.metric.scale)
    for (a, b) in zip(learned, scales) { #expect(abs(log(a / b)) < 0.01) }
  }

  /// The verdicts on `chains` chains with the identity as preconditioner.
  func verdicts<Density: LogDensity>(
    _ density: Density, chains: Int
  ) throws -> [PreconditionerFit.Verdict] {
    let n = density.dimension
    return try (0..<chains).map { seed in
      var chain = try Chain(
        density: density, preconditioner: IdentityPreconditioner(dimension: n),
        start: Array(repeating: 1, count: n), settings: ChainSettings(),
        stream: RandomStream(seed: UInt64(seed)))
      for _ in 0..<60 { _ = chain.advance() }
      return chain.preconditionerVerdict
    }
  }

  @Test("a standard normal is never called a misfit", arguments: [1, 2, 5, 20, 100, 500])
  func noFalseAlarm(dimension: Int) throws {
    let normal = DiagonalNormal(scales: Array(repeating: 1, count: dimension))
    #expect(try verdicts(normal, chains: 50).allSatisfy { $0 == .fits })
  }

  @Test("a funnel is noticed by most chains, though not by all")
  func funnel() throws {
    let misfits = try verdicts(Funnel(dimension: 20), chains: 40).filter { $0 != .fits }
    #expect(misfits.count > 28)
    #expect(!misfits.contains(.undecided))
  }
}
