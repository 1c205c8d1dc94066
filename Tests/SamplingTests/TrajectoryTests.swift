// The iterative trajectory against its recursive twin, the leapfrog against what is known of it.

import Glibc
import LinearAlgebra
import Probability
import Testing

@testable import Sampling

@Suite("The iterative trajectory is the recursive one")
struct TrajectoryTests {
  /// Runs both from one point with one momentum and one direction sequence.
  func outcomes<Target: LogDensity>(
    _ target: Target, from start: [Double], stepSize: Double, limits: TrajectoryLimits,
    seed: UInt64
  ) -> (fast: TrajectoryOutcome, naive: TrajectoryOutcome) {
    var target = target
    var gradient = start
    let logDensity = value(of: &target, at: start, gradient: &gradient)
    var dynamics = HamiltonianDynamics(
      target: target, maximumDepth: limits.maximumDepth, random: RandomStream(seed: seed))
    dynamics.stepSize = stepSize
    dynamics.begin(at: start, gradient: gradient, logDensity: logDensity)
    var stream = RandomStream(seed: seed)
    let momentum = normals(start.count, from: &stream)
    let directions = stream.next()
    let fast = buildTrajectory(with: &dynamics, directions: directions, limits: limits)
    var twin = NaiveTrajectory(target: target, stepSize: stepSize, limits: limits)
    let point = PhasePoint(q: start, p: momentum, gradient: gradient, logDensity: logDensity)
    return (fast, twin.run(from: point, directions: directions))
  }

  func compare(_ pair: (fast: TrajectoryOutcome, naive: TrajectoryOutcome), _ label: String) {
    #expect(pair.fast.depth == pair.naive.depth, "\(label)")
    #expect(pair.fast.leapfrogCount == pair.naive.leapfrogCount, "\(label)")
    #expect(pair.fast.termination == pair.naive.termination, "\(label)")
    // 1e-7: rounding (fused or not) grows along up to 2⁸ steps of a nonlinear map
    #expect(
      abs(pair.fast.acceptStatistic - pair.naive.acceptStatistic) < 1e-7, "\(label)")
  }

  @Test("on random normals of 1 to 17 coordinates")
  func normalTargets() {
    var stream = RandomStream(seed: 20)
    var seen: Set<Termination> = []
    var depths: Set<Int> = []
    for trial in 0..<400 {
      let n = 1 + trial % 17
      let rotation = randomRotation(n, from: &stream)
      let scales = (0..<n).map { _ in exp(3 * stream.nextUniform()) }
      let target = DenseNormal(
        mean: normals(n, from: &stream), precision: spectral(rotation, scales))
      let limits = TrajectoryLimits(maximumDepth: 1 + trial % 8, maximumEnergyError: 1000)
      let pair = outcomes(
        target, from: normals(n, from: &stream), stepSize: exp(-3.5 * stream.nextUniform()),
        limits: limits, seed: UInt64(trial))
      compare(pair, "trial \(trial)")
      seen.insert(pair.fast.termination)
      depths.insert(pair.fast.depth)
    }
    #expect(seen == [.turning, .maximumDepth, .divergence])
    #expect(depths.isSuperset(of: 0...6))
  }

  @Test("on quartic wells with a wall, where the energy error is infinite")
  func wall() {
    var stream = RandomStream(seed: 21)
    var divergences = 0
    for trial in 0..<200 {
      let target = QuarticBox(dimension: 1 + trial % 9, wall: 1.2)
      var start = normals(target.dimension, from: &stream)
      start[0] = 0.1
      let limits = TrajectoryLimits(maximumDepth: 7, maximumEnergyError: 1000)
      let pair = outcomes(
        target, from: start, stepSize: 0.05 + 0.2 * stream.nextUniform(), limits: limits,
        seed: UInt64(1000 + trial))
      compare(pair, "trial \(trial)")
      divergences += pair.fast.termination == .divergence ? 1 : 0
    }
    #expect((20...180).contains(divergences))
  }

  @Test("and log(e^a + e^b) is right at both ends of the scale")
  func logAddition() {
    #expect(logAddExp(-.infinity, 2) == 2)
    #expect(logAddExp(2, -.infinity) == 2)
    #expect(logAddExp(-.infinity, -.infinity) == -.infinity)
    #expect(abs(logAddExp(1000, 1000) - 1000 - log(2)) < 1e-12)
    #expect(abs(logAddExp(log(3), log(4)) - log(7)) < 1e-15)
  }
}

@Suite("The leapfrog is a leapfrog")
struct LeapfrogTests {
  /// `steps` steps in padded buffers; returns position, momentum and log density.
  func run<Target: LogDensity>(
    _ target: Target, position: [Double], momentum: [Double], stepSize: Double, steps: Int
  ) -> (q: [Double], p: [Double], logDensity: Double) {
    var target = target
    let padding = Array(repeating: 0.0, count: paddedToLanes(position.count) - position.count)
    var gradient = position
    var logDensity = value(of: &target, at: position, gradient: &gradient)
    var q = position + padding
    var p = momentum + padding
    var g = gradient + padding
    var qSpan = q.mutableSpan
    var pSpan = p.mutableSpan
    var gSpan = g.mutableSpan
    for _ in 0..<steps {
      logDensity = leapfrog(
        &target, position: &qSpan, momentum: &pSpan, gradient: &gSpan, stepSize: stepSize)
    }
    let n = position.count
    #expect(q[n...].allSatisfy { $0 == 0 } && p[n...].allSatisfy { $0 == 0 })
    return (Array(q[..<n]), Array(p[..<n]), logDensity)
  }

  @Test("one step of a harmonic oscillator, on paper")
  func onPaper() {
    // q = 1, p = 0, ε = 0.1: p½ = −0.05, q = 0.995, p = −0.05 − 0.05 · 0.995
    let end = run(
      DiagonalNormal(scales: [1]), position: [1], momentum: [0], stepSize: 0.1, steps: 1)
    #expect(abs(end.q[0] - 0.995) < 1e-15)
    #expect(abs(end.p[0] + 0.09975) < 1e-15)
  }

  @Test("equals the textbook loop", arguments: [1, 7, 8, 9, 33])
  func twin(dimension: Int) {
    var stream = RandomStream(seed: UInt64(dimension))
    var target = QuarticBox(dimension: dimension)
    let q = normals(dimension, from: &stream)
    let p = normals(dimension, from: &stream)
    let fast = run(target, position: q, momentum: p, stepSize: 0.1, steps: 5)
    var point = PhasePoint(q: q, p: p, gradient: q, logDensity: 0)
    point.logDensity = value(of: &target, at: q, gradient: &point.gradient)
    for _ in 0..<5 { point = naiveLeapfrog(&target, point, 0.1) }
    for i in 0..<dimension {
      #expect(abs(fast.q[i] - point.q[i]) < 1e-13)
      #expect(abs(fast.p[i] - point.p[i]) < 1e-13)
    }
  }

  @Test("comes back when time is reversed")
  func reversible() {
    var stream = RandomStream(seed: 3)
    let target = QuarticBox(dimension: 12)
    let q = normals(12, from: &stream)
    let p = normals(12, from: &stream)
    let there = run(target, position: q, momentum: p, stepSize: 0.05, steps: 40)
    let back = run(target, position: there.q, momentum: there.p, stepSize: -0.05, steps: 40)
    for i in 0..<12 {
      #expect(abs(back.q[i] - q[i]) < 1e-11)
      #expect(abs(back.p[i] - p[i]) < 1e-11)
    }
  }

  @Test("has an energy error of second order in the step size")
  func order() {
    var stream = RandomStream(seed: 4)
    var target = QuarticBox(dimension: 6)
    let q = normals(6, from: &stream)
    let p = normals(6, from: &stream)
    var gradient = q
    let start = dot(p, p) / 2 - value(of: &target, at: q, gradient: &gradient)
    // Time 1 in steps of ε, ε/2, ε/4: the error falls by four each time.
    let errors = [32, 64, 128].map { steps in
      let end = run(target, position: q, momentum: p, stepSize: 1 / Double(steps), steps: steps)
      return dot(end.p, end.p) / 2 - end.logDensity - start
    }
    #expect(abs(errors[0]) > 1e-8)
    #expect(abs(errors[0] / errors[1] - 4) < 0.1)
    #expect(abs(errors[1] / errors[2] - 4) < 0.05)
  }
}
