// The directions learned on top of the scales: answers on paper, what they save, and what cannot break them.

import Glibc
import LinearAlgebra
import Probability
import Testing

@testable import Sampling

@Suite("Directions are learned where scales do not suffice")
struct LowRankTests {
  /// A normal of 50 coordinates whose scales differ, with three wide directions: condition 10⁴ after
  /// scaling.
  struct Correlated {
    let density: DenseNormal
    let covariance: [Double]

    init(centre: Double = 25) {
      var stream = RandomStream(seed: 61)
      let rotation = randomRotation(50, from: &stream)
      let variances = (0..<50).map { $0 < 3 ? 1e4 / pow(3, Double($0)) : 1 }
      let scale = (0..<50).map { exp(sin(Double($0))) }
      func scaled(_ matrix: [Double], _ factor: (Double) -> Double) -> [Double] {
        matrix.indices.map { matrix[$0] * factor(scale[$0 / 50]) * factor(scale[$0 % 50]) }
      }
      covariance = scaled(spectral(rotation, variances)) { $0 }
      density = DenseNormal(
        mean: (0..<50).map { centre * (Double($0) / 25 - 1) },
        precision: scaled(spectral(rotation, variances.map { 1 / $0 })) { 1 / $0 })
    }
  }

  /// Records draws x of a normal with gradients −P x, through the map in use.
  func record(_ rows: [[Double]], precision: [Double], in metric: inout MetricAdaptation) {
    let n = rows[0].count
    for x in rows {
      var z = x
      var gradient = (0..<n).map { i in -dot(Array(precision[i * n..<(i + 1) * n]), x) }
      var coordinates = z.mutableSpan
      metric.map.invert(&coordinates)
      var slope = gradient.mutableSpan
      metric.map.applyTransposed(&slope)
      metric.record(z, gradient: gradient)
    }
  }

  /// The map's matrix S M, row by row.
  func matrix(_ map: AdaptedMap, order n: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: n * n)
    for j in 0..<n {
      var unit = Array(repeating: 0.0, count: n)
      unit[j] = 1
      var values = unit.mutableSpan
      map.apply(&values)
      for i in 0..<n { result[i * n + j] = unit[i] }
    }
    return result
  }

  @Test("two coordinates with correlation 0.99, on paper, in two windows")
  func twoCoordinates() throws {
    let rho = 0.99
    let (wide, narrow) = ((1 + rho).squareRoot(), (1 - rho).squareRoot())
    // Draws at ± a standard deviation along each axis and twice at the centre: their covariance is
    // 4/5 of [1 ρ; ρ 1], and that of the gradients 4/5 of its inverse.
    let rows = [
      [wide, wide], [-wide, -wide], [narrow, -narrow], [-narrow, narrow], [0, 0], [0, 0],
    ]
    let precision = [1, -rho, -rho, 1].map { $0 / (1 - rho * rho) }
    var metric = MetricAdaptation(rule: .lowRank, dimension: 2)
    for _ in 0..<2 {
      record(rows, precision: precision, in: &metric)
      let changed = metric.closeWindow()
      #expect(changed)
      // s² = √(1 − ρ²); λ = (1 ± ρ)/s², up to the regularisation of 10⁻⁵ in about 0.04
      let scale = try #require(metric.scale)
      let square = (1 - rho * rho).squareRoot()
      for s in scale { #expect(abs(s * s / square - 1) < 1e-12) }
      #expect(metric.map.stretches.count == 2)
      for (found, truth) in zip(metric.map.stretches, [1 - rho, 1 + rho]) {
        #expect(abs(found * found / (truth / square) - 1) < 1e-3)
      }
      let map = matrix(metric.map, order: 2)
      for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        let product = map[2 * i] * map[2 * j] + map[2 * i + 1] * map[2 * j + 1]
        #expect(abs(product - (i == j ? 1 : rho)) < 1e-3)
      }
    }
  }

  @Test("the geometric mean solves its equation")
  func meanOfMatrices() throws {
    var stream = RandomStream(seed: 62)
    let a = spectral(randomRotation(7, from: &stream), (0..<7).map { exp(Double($0) - 3) })
    let b = spectral(randomRotation(7, from: &stream), (0..<7).map { exp(2 - Double($0)) })
    let mean = try #require(geometricMean(a, b, order: 7))
    func times(_ x: [Double], _ y: [Double]) -> [Double] {
      var result = Array(repeating: 0.0, count: 49)
      for i in 0..<7 {
        for l in 0..<7 { for j in 0..<7 { result[7 * i + j] += x[7 * i + l] * y[7 * l + j] } }
      }
      return result
    }
    for (x, y) in zip(times(times(mean, b), mean), a) { #expect(abs(x - y) < 1e-11) }
    #expect(geometricMean(a, b.map { -$0 }, order: 7) == nil)
  }

  @Test("independent coordinates have none, and their scales are exact", arguments: [5, 100])
  func independent(dimension n: Int) throws {
    var stream = RandomStream(seed: 63)
    let truth = (0..<n).map { pow(10, sin(Double($0))) }
    var precision = Array(repeating: 0.0, count: n * n)
    for i in 0..<n { precision[i * n + i] = 1 / (truth[i] * truth[i]) }
    var metric = MetricAdaptation(rule: .lowRank, dimension: n)
    let rows = (0..<40).map { _ in zip(truth, normals(n, from: &stream)).map { $0 * $1 } }
    record(rows, precision: precision, in: &metric)
    let changed = metric.closeWindow()
    #expect(changed)
    #expect(metric.map.stretches.isEmpty)
    let scale = try #require(metric.scale)
    for (s, t) in zip(scale, truth) { #expect(abs(s / t - 1) < 1e-10) }
  }

  @Test("three wide directions among fifty are found in one window, and the rest is left round")
  func threeDirections() throws {
    let target = Correlated()
    let factor = DenseFactor(of: target.covariance, order: 50)
    var stream = RandomStream(seed: 64)
    let rows = (0..<80).map { _ in
      let z = normals(50, from: &stream)
      return (0..<50).map { i in (0...i).reduce(0) { $0 + factor.lower[i * 50 + $1] * z[$1] } }
    }
    var metric = MetricAdaptation(rule: .lowRank, dimension: 50)
    record(rows, precision: target.density.precision, in: &metric)
    let changed = metric.closeWindow()
    #expect(changed)
    let eigenvalues = try whitenedEigenvalues(target, metric.map)
    #expect(try #require(eigenvalues.first) > 0.4)
    #expect(try #require(eigenvalues.last) < 2.5)
    #expect((3...6).contains(metric.map.stretches.count))
  }

  /// Of (S M)⁻¹ C (S M)⁻¹', in ascending order.
  func whitenedEigenvalues(_ target: Correlated, _ map: AdaptedMap) throws -> [Double] {
    var half = target.covariance
    for _ in 0..<2 {  // rows, then the rows of the transpose
      for i in 0..<50 {
        var row = Array(half[i * 50..<(i + 1) * 50])
        var values = row.mutableSpan
        map.invert(&values)
        half.replaceSubrange(i * 50..<(i + 1) * 50, with: row)
      }
      half = (0..<2500).map { half[$0 % 50 * 50 + $0 / 50] }
    }
    return try #require(Dense.eigenSystem(half, order: 50)).values
  }

  /// Gradients for each effective draw of the mean of coordinate `i`.
  func price(_ draws: Draws, _ target: Correlated, _ i: Int) -> Double {
    let variance = target.covariance[i * 51]
    let error = Estimate(draws.columns[i]).error
    let total = draws.infos.joined().reduce(0) { $0 + $1.leapfrogCount }
    return Double(total) * error * error / variance
  }

  @Test(
    "rotation goes on around the right centre and ends with the first window around a wrong one")
  func rotation() throws {
    for (centre, kept) in [(0.0, 40), (25, 0)] {
      let target = Correlated(centre: centre)
      var chain = try Chain(
        density: target.density, preconditioner: IdentityPreconditioner(dimension: 50),
        start: target.density.mean.map { $0 + 1 },
        settings: ChainSettings(
          warmup: WarmupSchedule(iterations: 300, kind: .growing), metric: .lowRank, rotated: 40),
        stream: RandomStream(seed: 74))
      while chain.isWarmingUp { _ = chain.advance() }
      #expect(chain.state.settings.rotated == kept)
      let gradients = (0..<200).reduce(0) { sum, _ in sum + chain.advance().leapfrogCount }
      #expect(gradients < 200 * 9, "\(Double(gradients) / 200) a draw")
    }
  }

  @Test("and make the trees as shallow as those of a standard normal")
  func shallowTrees() throws {
    let target = Correlated()
    func cost(_ rule: MetricRule, rotated: Int = 0) throws -> Draws {
      try sample(
        target.density, with: IdentityPreconditioner(dimension: 50),
        settings: ChainSettings(
          warmup: WarmupSchedule(iterations: 300, kind: .growing), metric: rule, rotated: rotated),
        chains: 2, draws: 300, seed: 65)
    }
    let diagonal = try cost(.fisher)
    #expect(diagonal.leapfrogsPerDraw > 25)
    // Rotation around the preconditioner's centre, here not the mean, must not spoil it.
    for rotated in [0, 40] {
      let lowRank = try cost(.lowRank, rotated: rotated)
      // A standard normal of 50 coordinates takes 7.
      #expect(lowRank.leapfrogsPerDraw < 9)
      #expect(lowRank.divergences == 0)
      for i in [0, 17, 49] {
        let deviation = target.covariance[i * 51].squareRoot()
        let z = lowRank.columns[i].map { $0.map { ($0 - Double(i) + 25) / deviation } }
        #expect(abs(Estimate(z).z(from: 0)) < 4)
        #expect(abs(Estimate(z) { $0 * $0 }.z(from: 1)) < 4)
        // Measured: about 1,400 and 7.
        #expect(price(diagonal, target, i) > 50 * price(lowRank, target, i))
      }
    }
  }

  @Test("a chain whose preconditioner does not fit learns them by itself")
  func fallback() throws {
    let target = Correlated()
    var chain = try Chain(
      density: target.density, preconditioner: IdentityPreconditioner(dimension: 50),
      start: target.density.mean.map { $0 + 1 },
      settings: ChainSettings(warmup: WarmupSchedule(iterations: 300, kind: .stepSizeOnly)),
      stream: RandomStream(seed: 66))
    while chain.isWarmingUp { _ = chain.advance() }
    #expect(chain.preconditionerVerdict == .deepTrees)
    #expect(chain.state.metric.rule == .lowRank)
    #expect(chain.state.metric.map.stretches.count >= 3)
    let gradients = (0..<100).reduce(0) { sum, _ in sum + chain.advance().leapfrogCount }
    #expect(gradients < 1600)
  }

  @Test("a closing window moves the coordinates and not the position")
  func positionStays() throws {
    let target = Correlated()
    var chain = try Chain(
      density: target.density, preconditioner: IdentityPreconditioner(dimension: 50),
      start: target.density.mean.map { $0 + 1 },
      settings: ChainSettings(
        warmup: WarmupSchedule(iterations: 120, kind: .growing), metric: .lowRank),
      stream: RandomStream(seed: 67))
    for _ in 0..<24 { _ = chain.advance() }
    // The same transition without the lesson that closes the window.
    var state = chain.state
    state.settings.warmup = WarmupSchedule(iterations: 120, kind: .stepSizeOnly)
    var other = try Chain(
      resuming: state, density: target.density,
      preconditioner: IdentityPreconditioner(dimension: 50))
    _ = chain.advance()
    _ = other.advance()
    #expect(chain.state.metric.map != other.state.metric.map)
    #expect(chain.state.coordinates != other.state.coordinates)
    for (a, b) in zip(chain.position, other.position) { #expect(abs(a - b) < 1e-10) }
  }

  @Test(
    "a run cut inside or at the end of a window resumes bit for bit",
    arguments: [5, 24, 25, 60, 130])
  func resume(cut: Int) throws {
    let target = Correlated()
    let metric = IdentityPreconditioner(dimension: 50)
    func start() throws -> Chain<DenseNormal, IdentityPreconditioner> {
      try Chain(
        density: target.density, preconditioner: metric, start: target.density.mean.map { $0 + 1 },
        settings: ChainSettings(
          warmup: WarmupSchedule(iterations: 120, kind: .growing), metric: .lowRank,
          rotated: 40),
        stream: RandomStream(seed: 73))
    }
    var whole = try start()
    for _ in 0..<140 { _ = whole.advance() }
    #expect(!whole.state.metric.map.stretches.isEmpty)
    var first = try start()
    for _ in 0..<cut { _ = first.advance() }
    let restored = try ChainState(bytes: first.state.bytes)
    #expect(restored == first.state)
    var second = try Chain(resuming: restored, density: target.density, preconditioner: metric)
    for _ in cut..<140 { _ = second.advance() }
    #expect(second.state.bytes == whole.state.bytes)
  }

  @Test("the map, its transpose and its inverses fit together", arguments: [1, 7, 8, 19])
  func algebra(dimension n: Int) {
    var stream = RandomStream(seed: 68)
    let rows = randomRotation(n, from: &stream)
    let k = min(n, 3)
    let map = AdaptedMap(
      scale: (0..<n).map { exp(cos(Double($0))) }, directions: rows[0..<k].flatMap { $0 },
      stretches: [0.1, 7, 30].prefix(k).map { $0 })
    func image(_ v: [Double], _ change: (inout MutableSpan<Double>) -> Void) -> [Double] {
      var result = v
      var values = result.mutableSpan
      change(&values)
      return result
    }
    let (u, v) = (normals(n, from: &stream), normals(n, from: &stream))
    for (a, b) in zip(image(image(v, map.apply), map.invert), v) { #expect(abs(a - b) < 1e-12) }
    for (a, b) in zip(image(image(v, map.applyTransposed), map.invertTransposed), v) {
      #expect(abs(a - b) < 1e-12)
    }
    #expect(abs(dot(u, image(v, map.apply)) - dot(image(u, map.applyTransposed), v)) < 1e-10)
    // S (I + U (D − I) U') by the textbook
    let slow = (0..<n).map { i in
      map.scale![i]
        * (v[i]
          + (0..<k).reduce(0) { $0 + (map.stretches[$1] - 1) * dot(rows[$1], v) * rows[$1][i] })
    }
    for (a, b) in zip(image(v, map.apply), slow) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("the whitened density has the gradient of its value through the directions")
  func gradient() {
    var stream = RandomStream(seed: 69)
    let map = AdaptedMap(
      scale: (1...10).map { Double($0) / 4 },
      directions: randomRotation(10, from: &stream)[0..<2].flatMap { $0 }, stretches: [0.2, 3])
    WhitenedDensityTests().check(PreconditionerTests.dense(10, seed: 4), map: map)
  }

  @Test("few draws do not break it, more coordinates than memory neither", arguments: 0...12)
  func fewDraws(count: Int) {
    var stream = RandomStream(seed: 70)
    for n in [1, 2, 50] {
      var metric = MetricAdaptation(rule: .lowRank, dimension: n)
      for _ in 0..<count {
        metric.record(normals(n, from: &stream), gradient: normals(n, from: &stream))
      }
      let changed = metric.closeWindow()
      #expect(changed == (count >= 2))
      #expect(metric.map.directions.allSatisfy { $0.isFinite })
      #expect(metric.map.stretches.allSatisfy { $0.isFinite && $0 > 0 })
      #expect(metric.map.stretches.count <= count / 3)
      #expect((metric.scale ?? []).allSatisfy { $0.isFinite && $0 > 0 })
    }
    #expect(DrawWindow(dimension: 1000).capacity == 200)
    #expect(DrawWindow(dimension: 8000).capacity == 50)
    #expect(DrawWindow(dimension: 1_000_000).capacity == 20)
  }

  @Test("a long window keeps its last draws")
  func ring() {
    var window = DrawWindow(dimension: 2)
    for t in 0..<450 {
      _ = window.write([Double(t), 0], gradient: [0, Double(t)], number: t, through: AdaptedMap())
    }
    #expect(window.rowCount == 200)
    let kept = Set((0..<200).map { Int(window.draws[2 * $0]) })
    #expect(kept == Set(250..<450))
    #expect((0..<200).allSatisfy { window.draws[2 * $0] == window.gradients[2 * $0 + 1] })
  }

  @Test("a constant coordinate keeps its scale and has no part in a direction")
  func constantCoordinate() {
    var stream = RandomStream(seed: 71)
    var metric = MetricAdaptation(rule: .lowRank, dimension: 4)
    for _ in 0..<40 {
      let z = normals(3, from: &stream)
      metric.record(
        [z[0] + 5 * z[2], z[1] + 5 * z[2], 7, z[0]], gradient: [-z[0], -z[1], 0, 2])
    }
    let changed = metric.closeWindow()
    #expect(changed)
    #expect(metric.scale?[2] == 1)
    #expect(metric.scale?[3] == 1)
    #expect(!metric.map.stretches.isEmpty)
    for j in metric.map.stretches.indices {
      #expect(metric.map.directions[4 * j + 2] == 0)
      #expect(metric.map.directions[4 * j + 3] == 0)
    }
  }

  @Test("a number that is not finite leaves the old map", arguments: [Double.nan, .infinity])
  func notFinite(value: Double) {
    var stream = RandomStream(seed: 72)
    for inGradient in [false, true] {
      var metric = MetricAdaptation(rule: .lowRank, dimension: 3)
      metric.map = AdaptedMap(scale: [1, 2, 3], directions: [0, 0, 1], stretches: [5])
      let old = metric.map
      for t in 0..<30 {
        var (z, gradient) = (normals(3, from: &stream), normals(3, from: &stream))
        if t == 11, inGradient { gradient[1] = value }
        if t == 11, !inGradient { z[1] = value }
        metric.record(z, gradient: gradient)
      }
      let changed = metric.closeWindow()
      #expect(!changed)
      #expect(metric.map == old)
      #expect(metric.window.rowCount == 0)
    }
  }
}
