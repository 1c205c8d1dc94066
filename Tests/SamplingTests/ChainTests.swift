// One chain as a state machine: resuming, threads, errors, starting points.

import Foundation
import Probability
import Testing

@testable import Sampling

@Suite("A chain's state is one value, bit for bit")
struct ChainStateTests {
  static let metric = DiagonalPreconditioner(
    centre: Array(repeating: 0.1, count: 10), scale: (1...10).map { Double($0) / 3 })

  static func chain(
    _ rule: MetricRule, seed: UInt64 = 77, stream: UInt64 = 1
  ) throws -> Chain<EightSchools, DiagonalPreconditioner> {
    try Chain(
      density: EightSchools(), preconditioner: metric, start: Array(repeating: 0.2, count: 10),
      settings: ChainSettings(
        warmup: WarmupSchedule(iterations: 120, kind: rule == .unit ? .stepSizeOnly : .growing),
        metric: rule),
      stream: RandomStream(seed: seed, stream: stream))
  }

  @Test(
    "a run that is stored, read and resumed gives the bits of one that is not",
    arguments: MetricRule.allCases, [0, 1, 9, 10, 73, 119, 120, 121, 199])
  func resume(rule: MetricRule, cut: Int) throws {
    var whole = try Self.chain(rule)
    let expected = (0..<200).map { _ in whole.advance() }
    var first = try Self.chain(rule)
    var infos = (0..<cut).map { _ in first.advance() }
    let stored = first.state.bytes
    let restored = try ChainState(bytes: stored)
    #expect(restored == first.state)
    #expect(restored.bytes == stored)
    var second = try Chain(
      resuming: restored, density: EightSchools(), preconditioner: Self.metric)
    infos += (cut..<200).map { _ in second.advance() }
    #expect(infos == expected)
    #expect(second.state.bytes == whole.state.bytes)
  }

  @Test("so is a run whose plan was replaced on the way")
  func resumeAfterFallback() throws {
    let density = DiagonalNormal(scales: (0..<12).map { $0 % 2 == 0 ? 100 : 0.1 })
    func start() throws -> Chain<DiagonalNormal, IdentityPreconditioner> {
      try Chain(
        density: density, preconditioner: IdentityPreconditioner(dimension: 12),
        start: Array(repeating: 0.1, count: 12), settings: ChainSettings(),
        stream: RandomStream(seed: 5))
    }
    var whole = try start()
    for _ in 0..<250 { _ = whole.advance() }
    #expect(whole.state.fit.verdict == .deepTrees)
    for cut in [30, 59, 60, 61, 100, 230] {
      var first = try start()
      for _ in 0..<cut { _ = first.advance() }
      var second = try Chain(
        resuming: ChainState(bytes: first.state.bytes), density: density,
        preconditioner: IdentityPreconditioner(dimension: 12))
      for _ in cut..<250 { _ = second.advance() }
      #expect(second.state.bytes == whole.state.bytes, "cut at \(cut)")
    }
  }

  @Test("damaged bytes are refused, wherever the damage is")
  func damage() throws {
    let bytes = try Self.chain(.fisher).state.bytes
    for i in stride(from: 0, to: bytes.count, by: 7) {
      var changed = bytes
      changed[i] ^= 0x10
      #expect(throws: ChainStateError.damaged) { try ChainState(bytes: changed) }
    }
    for length in [0, 7, 8, 100, bytes.count - 8, bytes.count - 1] {
      #expect(throws: ChainStateError.damaged) {
        try ChainState(bytes: Array(bytes.prefix(length)))
      }
    }
    var writer = StateWriter()
    for word in 0..<40 { writer.write(word) }
    writer.finish()
    #expect(throws: ChainStateError.unknownFormat) { try ChainState(bytes: writer.bytes) }
  }

  @Test("a state does not resume on another density, preconditioner or dimension")
  func mismatch() throws {
    var chain = try Chain(
      density: DiagonalNormal(scales: [1, 2]),
      preconditioner: IdentityPreconditioner(dimension: 2),
      start: [1, 1], settings: ChainSettings(), stream: RandomStream(seed: 1))
    for _ in 0..<20 { _ = chain.advance() }
    let state = chain.state
    #expect(throws: ChainError.differentDensity) {
      try Chain(
        resuming: state, density: DiagonalNormal(scales: [1, 2.5]),
        preconditioner: IdentityPreconditioner(dimension: 2))
    }
    #expect(throws: ChainError.differentPreconditioner) {
      try Chain(
        resuming: state, density: DiagonalNormal(scales: [1, 2]),
        preconditioner: DiagonalPreconditioner(centre: [0, 0], scale: [1, 1.1]))
    }
    #expect(throws: ChainError.dimensionMismatch(found: 2, expected: 3)) {
      try Chain(
        resuming: state, density: DiagonalNormal(scales: [1, 2, 3]),
        preconditioner: IdentityPreconditioner(dimension: 3))
    }
  }

  @Test("and a start without density is refused")
  func badStart() {
    #expect(throws: ChainError.startHasNoDensity) {
      try Chain(
        density: QuarticBox(dimension: 2, wall: 1),
        preconditioner: IdentityPreconditioner(dimension: 2), start: [3, 0],
        settings: ChainSettings(), stream: RandomStream(seed: 1))
    }
  }
}

@Suite("Chains do not depend on who runs them when")
struct ChainThreadTests {
  @Test("two chains on two threads give the bits of one after the other")
  func threads() throws {
    @Sendable func run(_ chain: Chain<EightSchools, DiagonalPreconditioner>) -> [UInt8] {
      var chain = chain
      for _ in 0..<600 { _ = chain.advance() }
      return chain.state.bytes
    }
    let chains = [
      try ChainStateTests.chain(.lowRank, stream: 1),
      try ChainStateTests.chain(.lowRank, stream: 2),
    ]
    let inTurn = chains.map(run)
    #expect(inTurn[0] != inTurn[1])
    let atOnce = Results()
    let done = DispatchGroup()
    for (k, chain) in chains.enumerated() {
      done.enter()
      Thread.detachNewThread {
        atOnce.store(run(chain), at: k)
        done.leave()
      }
    }
    done.wait()
    #expect(atOnce.values == inTurn)
  }

  /// What two threads bring back.
  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var stored: [[UInt8]] = [[], []]

    func store(_ bytes: [UInt8], at k: Int) { lock.withLock { stored[k] = bytes } }

    var values: [[UInt8]] { lock.withLock { stored } }
  }
}

@Suite("Starting points are spread around the mode")
struct StartingPointTests {
  @Test("with the preconditioner's centre and covariance, times the scale")
  func normalStarts() {
    let metric = DiagonalPreconditioner(centre: [10, -5], scale: [1, 4])
    var stream = RandomStream(seed: 41)
    let starts = (0..<4000).map { _ in
      overdispersedStart(around: metric, scale: 2, stream: &stream)
    }
    for (i, (centre, deviation)) in [(10.0, 2.0), (-5, 8)].enumerated() {
      let z = starts.map { ($0[i] - centre) / deviation }
      let mean = z.reduce(0, +) / 4000
      let square = z.reduce(0) { $0 + $1 * $1 } / 4000
      #expect(abs(mean) < 4 / 4000.0.squareRoot())
      #expect(abs(square - 1) < 4 * (2 / 4000.0).squareRoot())
    }
  }

  @Test("or by a t distribution, whose radius has the F distribution's median")
  func studentStarts() {
    // |z|²/2 of a bivariate t₂ is F(2, 2), whose median is 1.
    var stream = RandomStream(seed: 42)
    var below = 0.0
    for _ in 0..<4000 {
      let z = overdispersedStart(
        around: IdentityPreconditioner(dimension: 2), scale: 1,
        distribution: .studentT(degreesOfFreedom: 2), stream: &stream)
      if dot(z, z) < 2 { below += 1 }
    }
    let error = 0.5 / 4000.0.squareRoot()
    #expect(abs(below / 4000 - 0.5) < 4 * error)
  }

  @Test("made of numbers that are standard normal")
  func normalNumbers() {
    var stream = RandomStream(seed: 43)
    let z = normals(100_001, from: &stream)
    let n = Double(z.count)
    // Moments 0, 1, 0, 3 with variances 1, 2, 15, 96 over n.
    for (power, truth, variance) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
      let moment = z.reduce(0) { sum, x in sum + pow(x, Double(power)) } / n
      #expect(abs(moment - truth) < 4 * (variance / n).squareRoot())
    }
    let inside = Double(z.filter { abs($0) < 1 }.count) / n
    #expect(abs(inside - 0.682_689_492) < 4 * (0.2166 / n).squareRoot())
  }
}
