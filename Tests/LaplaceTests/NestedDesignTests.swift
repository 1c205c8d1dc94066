// Models whose grouping factors are nested or many-levelled: the sparse corner against the dense, and against references.

import Glibc
import Laplace
import LinearAlgebra
import MixedModel
import Probability
import Tables
import TestSupport
import Testing

@Suite("Nested and crossed designs through a sparse corner")
struct NestedDesignTests {
  /// `c` in `b` in `a`, a factor `d` crossed with them, a covariate, counts and successes.
  static func table(rows: Int, _ cCount: Int, _ bCount: Int, _ aCount: Int, seed: UInt64) -> Table {
    var stream = RandomStream(seed: seed)
    func normals(_ count: Int, _ scale: Double) -> [Double] {
      (0..<count).map { _ in scale * stream.nextNormal() }
    }
    let (a, b, c) = (normals(aCount, 0.5), normals(bCount, 0.4), normals(cCount, 0.5))
    let d = normals(40, 0.5)
    let x = normals(rows, 1)
    let codes = (0..<rows).map { $0 * 7 % cCount }
    let crossed = (0..<rows).map { _ in stream.nextInt(below: 40) }
    var (counts, successes): ([Double], [Double]) = ([], [])
    for row in 0..<rows {
      let (one, two) = (codes[row] % bCount, codes[row] % bCount % aCount)
      let eta =
        0.3 + (0.4 + 0.5 * b[one]) * x[row] + c[codes[row]] + b[one] + a[two] + d[crossed[row]]
      counts.append(stream.nextPoisson(mean: exp(min(eta, 3))))
      successes.append(stream.nextUniform() < 1 / (1 + exp(-eta)) ? 1 : 0)
    }
    return Table(
      rowCount: rows,
      columns: [
        ("a", SyntheticData.factor(codes.map { $0 % bCount % aCount }, prefix: "a", count: aCount)),
        ("b", SyntheticData.factor(codes.map { $0 % bCount }, prefix: "b", count: bCount)),
        ("c", SyntheticData.factor(codes, prefix: "c", count: cCount)),
        ("d", SyntheticData.factor(crossed, prefix: "d", count: 40)), ("x", .numeric(x)),
        ("n", .numeric(counts)), ("p", .numeric(successes)),
      ])
  }

  /// Designs with more than 32 effects beside the leading factor: their corner is sparse without being told.
  static let designs: [(formula: String, family: String)] = [
    ("n ~ x + (1 | a/b/c)", "poisson"), ("p ~ x + (1 | a/b/c)", "bernoulli"),
    ("n ~ x + (1 | c) + (1 + x | b)", "poisson"),
    ("n ~ x + (1 + x | c) + (x | b) + (1 | a)", "nbinom2"),
    ("bf(n ~ x + (1 |i| c) + (1 |j| b)) + bf(p ~ x + (1 |i| c) + (1 |j| b))", "poisson,bernoulli"),
    ("bf(x ~ 1 + (1 | c) + (1 | b) + (1 | a), sigma ~ 1 + (1 | b))", "gaussian"),
  ]

  @Test(
    "sparse and dense corners have the same likelihood, gradient and variances", arguments: designs)
  func twins(_ formula: String, _ family: String) throws {
    let table = Self.table(rows: 600, 120, 60, 9, seed: 1)
    let sparse = try makeModel(table, [formula], families: family).model
    let dense = try makeModel(table, [formula], families: family, corner: .dense).model
    guard case .sparse = sparse.effects.arrow.corner, dense.effects.arrow.corner == .dense else {
      Issue.record("the corners are not sparse and dense")
      return
    }
    try compare(sparse, dense, at: parameters(sparse))
  }

  @Test("and so have all small models when told to be sparse", arguments: ModelCase.all)
  func smallTwins(_ example: ModelCase) throws {
    let (sparse, dense) = (try example.build(corner: .sparse), try example.build(corner: .dense))
    try compare(sparse.model, dense.model, at: sparse.parameters(seed: 51))
  }

  private func parameters(_ model: MixedModel) -> [Double] {
    var stream = RandomStream(seed: 2)
    return (0..<model.layout.count).map { _ in 0.3 * stream.nextNormal() - 0.2 }
  }

  /// Rounding is all that may differ: the sums are the same in another order.
  private func compare(_ sparse: MixedModel, _ dense: MixedModel, at psi: [Double]) throws {
    var (one, two) = (LaplaceWorkspace(model: sparse), LaplaceWorkspace(model: dense))
    var (slope, other) = (psi, psi)
    let value = try LaplaceApproximation(model: sparse)
      .valueAndGradient(at: psi, into: &slope, &one)
    let wanted = try LaplaceApproximation(model: dense).valueAndGradient(
      at: psi, into: &other, &two)
    #expect(abs(value - wanted) < 1e-11 * max(1, abs(wanted)))
    let scale = max(1, other.map(abs).max() ?? 1)
    #expect(distance(slope, other) < 1e-10 * scale)
    #expect(distance(one.modes, two.modes) < 1e-9)
  }

  @Test("the gradient of nested models is that of differences", arguments: designs)
  func gradient(_ formula: String, _ family: String) throws {
    let table = Self.table(rows: 600, 120, 60, 9, seed: 1)
    let model = try makeModel(table, [formula], families: family).model
    let approximation = LaplaceApproximation(model: model)
    let psi = parameters(model)
    var workspace = LaplaceWorkspace(model: model)
    var gradient = psi
    _ = try approximation.valueAndGradient(at: psi, into: &gradient, &workspace)
    let wanted = try Differences.gradient(at: psi) { try approximation.value(at: $0, &workspace) }
    #expect(distance(gradient, wanted) < 1e-6 * max(1, wanted.map(abs).max() ?? 1))
  }

  @Test("a fit is the same, standard errors and conditional deviations too")
  func fit() throws {
    let table = Self.table(rows: 800, 160, 50, 8, seed: 3)
    let formulas = ["n ~ x + (1 | a/b/c) + (1 | d)"]
    let sparse = try fitted(makeModel(table, formulas, families: "poisson", corner: .sparse).model)
    let dense = try fitted(makeModel(table, formulas, families: "poisson", corner: .dense).model)
    #expect(abs(sparse.logLikelihood - dense.logLikelihood) < 1e-8)
    #expect(distance(sparse.optimum.psi, dense.optimum.psi) < 1e-5)
    #expect(distance(sparse.modeDeviations, dense.modeDeviations) < 1e-5)
    for index in sparse.optimum.psi.indices {
      let one = try #require(sparse.standardError(index))
      let two = try #require(dense.standardError(index))
      #expect(abs(one - two) < 1e-4 * two)
    }
  }
}
