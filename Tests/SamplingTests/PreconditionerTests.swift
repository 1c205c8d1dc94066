// Preconditioners are affine maps whose three faces agree.

import Glibc
import LinearAlgebra
import Probability
import Testing

@testable import Sampling

@Suite("A preconditioner is an affine map with its adjoint and its inverse")
struct PreconditionerTests {
  /// A precision matrix of condition 100 and its factor.
  static func dense(_ n: Int, seed: UInt64) -> CholeskyPreconditioner<DenseFactor> {
    var stream = RandomStream(seed: seed)
    let rotation = randomRotation(n, from: &stream)
    let values = (0..<n).map { pow(100, Double($0) / Double(n)) }
    return CholeskyPreconditioner(
      mode: normals(n, from: &stream),
      factor: DenseFactor(of: spectral(rotation, values), order: n))
  }

  func check<Metric: Preconditioner>(_ metric: Metric) {
    var stream = RandomStream(seed: 5)
    let n = metric.dimension
    let y = normals(n, from: &stream)
    let g = normals(n, from: &stream)
    let x = transformed(metric, y)
    let centre = transformed(metric, Array(repeating: 0, count: n))
    var back = y
    var backSpan = back.mutableSpan
    metric.whiten(x.span, into: &backSpan)
    var w = g
    var wSpan = w.mutableSpan
    metric.pullBack(g.span, into: &wSpan)
    for i in 0..<n { #expect(abs(back[i] - y[i]) < 1e-11, "whiten undoes transform") }
    // ⟨g, A y⟩ = ⟨A' g, y⟩
    let left = dot(g, zip(x, centre).map { $0 - $1 })
    #expect(abs(left - dot(w, y)) < 1e-10 * max(1, abs(left)), "pullBack is the adjoint")
  }

  func transformed<Metric: Preconditioner>(_ metric: Metric, _ y: [Double]) -> [Double] {
    var x = y
    var span = x.mutableSpan
    metric.transform(y.span, into: &span)
    return x
  }

  @Test("the identity") func identity() { check(IdentityPreconditioner(dimension: 7)) }

  @Test("a diagonal")
  func diagonal() {
    let metric = DiagonalPreconditioner(centre: [1, -2, 0], scale: [0.5, 3, 10])
    check(metric)
    #expect(transformed(metric, [2, 1, -1]) == [2, 1, -10])
  }

  @Test("a dense factor") func denseFactor() { check(Self.dense(13, seed: 6)) }

  @Test("an arrow factor, which is the dense one of the same matrix")
  func arrow() throws {
    let structure = ArrowStructure(blockSize: 2, blockCount: 3, denseCornerSize: 3)
    let n = structure.dimension
    var matrix = ArrowMatrix(structure: structure)
    var full = Array(repeating: 0.0, count: n * n)
    var stream = RandomStream(seed: 7)
    func set(_ i: Int, _ j: Int, _ value: Double) {
      full[i * n + j] = value
      full[j * n + i] = value
    }
    for j in 0..<3 {
      for c in 0..<2 {
        for r in 0..<2 {
          let value = r == c ? 5 + Double(j) : 0.7
          matrix.blocks[j * 4 + c * 2 + r] = value
          set(2 * j + r, 2 * j + c, value)
        }
      }
      for c in 0..<3 {
        for r in 0..<2 {
          let value = stream.nextUniform() - 0.5
          matrix.border[j * 6 + c * 2 + r] = value
          set(2 * j + r, 6 + c, value)
        }
      }
    }
    for c in 0..<3 {
      for r in 0..<3 {
        let value = r == c ? 6.0 : 0.3
        matrix.corner[c * 3 + r] = value
        set(6 + r, 6 + c, value)
      }
    }
    var factor = ArrowFactor(structure: structure)
    try factor.factor(matrix)
    let mode = normals(n, from: &stream)
    let fast = ArrowPreconditioner(mode: mode, factor: factor)
    let slow = CholeskyPreconditioner(mode: mode, factor: DenseFactor(of: full, order: n))
    check(fast)
    let y = normals(n, from: &stream)
    for (a, b) in zip(transformed(fast, y), transformed(slow, y)) { #expect(abs(a - b) < 1e-13) }
  }

  @Test("and a normal whitened by its own precision is a standard normal")
  func whitensExactly() {
    var stream = RandomStream(seed: 8)
    let n = 9
    let precision = spectral(
      randomRotation(n, from: &stream), (0..<n).map { exp(Double($0) - 4) })
    let mean = normals(n, from: &stream)
    var target = WhitenedDensity(
      density: DenseNormal(mean: mean, precision: precision),
      metric: CholeskyPreconditioner(mode: mean, factor: DenseFactor(of: precision, order: n)))
    let z = normals(n, from: &stream)
    var gradient = z
    let logDensity = value(of: &target, at: z, gradient: &gradient)
    #expect(abs(logDensity + dot(z, z) / 2) < 1e-12)
    for i in 0..<n { #expect(abs(gradient[i] + z[i]) < 1e-12) }
  }
}

@Suite("The whitened density has the gradient of its value")
struct WhitenedDensityTests {
  func check<Metric: Preconditioner>(_ metric: Metric, map: AdaptedMap = AdaptedMap()) {
    var target = WhitenedDensity(density: EightSchools(), metric: metric, map: map)
    var stream = RandomStream(seed: 9)
    let z = normals(10, from: &stream).map { $0 / 4 }
    var gradient = z
    _ = value(of: &target, at: z, gradient: &gradient)
    let numerical = numericalGradient(of: &target, at: z)
    for i in 0..<10 {
      // central differences: h² of curvature and 1e-16/h of rounding, about 1e-9 here
      #expect(abs(gradient[i] - numerical[i]) < 1e-7 * max(1, abs(gradient[i])))
    }
    var x = z
    target.transform(z, into: &x)
    for (a, b) in zip(target.whitened(x), z) { #expect(abs(a - b) < 1e-11) }
  }

  @Test("without a scale", arguments: [UInt64(1), 2])
  func unscaled(seed: UInt64) {
    check(IdentityPreconditioner(dimension: 10))
    check(PreconditionerTests.dense(10, seed: seed))
  }

  @Test("with a scale in the whitened coordinates")
  func scaled() {
    check(
      PreconditionerTests.dense(10, seed: 3),
      map: AdaptedMap(scale: (1...10).map { Double($0) / 4 }))
  }
}
