// Λ applied to vectors and arrow matrices, against the same with dense matrices.

import LinearAlgebra
import MixedModel
import Probability
import TestSupport
import Testing

@Suite("Λ does to vectors and arrows what the dense Λ does")
struct CovarianceFactorsTests {
  /// A case with effects, its factors at a ψ, and the dense Λ.
  private struct Setting {
    let model: MixedModel
    let factors: CovarianceFactors
    let lambda: DenseMatrix

    init(_ example: ModelCase, isSparse: Bool) throws {
      let built = try example.build(corner: isSparse ? .sparse : .dense)
      let psi = built.parameters(seed: 11)
      model = built.model
      lambda = built.naive.factor(psi)
      var factors = CovarianceFactors(layout: model.effects)
      factors.update(psi)
      self.factors = factors
    }

    /// Random numbers everywhere in the pattern, symmetric.
    func randomArrow() -> ArrowMatrix {
      var stream = RandomStream(seed: 12)
      var matrix = ArrowMatrix(structure: model.effects.arrow)
      for i in matrix.blocks.indices { matrix.blocks[i] = stream.nextNormal() }
      for i in matrix.border.indices { matrix.border[i] = stream.nextNormal() }
      for i in matrix.corner.indices { matrix.corner[i] = stream.nextNormal() }
      matrix.fillUpperTriangles()
      return matrix
    }

    /// How far an arrow is from a dense matrix in the places of the pattern; the corner rows too where `all`.
    func distance(_ arrow: ArrowMatrix, _ dense: DenseMatrix) -> Double {
      let places = ArrowMatrix.places(of: model.effects.arrow)
      return max(
        TestSupport.distance(arrow.blocks, places.blocks.map { dense[$0.0, $0.1] }),
        TestSupport.distance(arrow.border, places.border.map { dense[$0.0, $0.1] }),
        TestSupport.distance(arrow.corner, places.corner.map { dense[$0.0, $0.1] }))
    }
  }

  @Test("before an update Λ is the identity", arguments: ModelCase.all)
  func identity(_ example: ModelCase) throws {
    let built = try example.build()
    let factors = CovarianceFactors(layout: built.model.effects)
    let u = built.effects(seed: 1)
    var b = u.map { _ in Double.nan }
    factors.effects(of: u, into: &b)
    #expect(b == u)
  }

  @Test("b = Λu and x = Λ'y", arguments: ModelCase.all, [false, true])
  func vectors(_ example: ModelCase, isSparse: Bool) throws {
    let setting = try Setting(example, isSparse: isSparse)
    let u = try example.build().effects(seed: 2)
    var b = u
    setting.factors.effects(of: u, into: &b)
    #expect(distance(b, setting.lambda * u) < 1e-14)
    var x = u
    setting.factors.pullBack(&x)
    #expect(distance(x, setting.lambda.transposed * u) < 1e-14)
  }

  @Test("H = Λ'AΛ + I, from lower triangles alone", arguments: ModelCase.all, [false, true])
  func curvature(_ example: ModelCase, isSparse: Bool) throws {
    let setting = try Setting(example, isSparse: isSparse)
    var a = setting.randomArrow()
    let wanted =
      setting.lambda.transposed * a.dense * setting.lambda + .identity(setting.model.effects.count)
    let (q, m) = (a.structure.blockSize, a.structure.cornerSize)
    for j in 0..<a.structure.blockCount {
      for c in 0..<q { for r in 0..<c { a.blocks[j * q * q + r + c * q] = .nan } }
    }
    for c in 0..<m {
      for r in 0..<c { a.structure.cornerPlace(row: r, column: c).map { a.corner[$0] = .nan } }
    }
    var h = ArrowMatrix(structure: a.structure)
    setting.factors.standardCurvature(of: a, into: &h)
    #expect((h.dense - wanted).largest < 1e-13 * max(1, wanted.largest))
  }

  @Test("ΛV and ΛVΛ' in the places of the pattern", arguments: ModelCase.all, [false, true])
  func products(_ example: ModelCase, isSparse: Bool) throws {
    let setting = try Setting(example, isSparse: isSparse)
    let v = setting.randomArrow()
    let wanted = setting.lambda * v.dense
    var k = ArrowMatrix(structure: v.structure)
    var lower = v.border
    setting.factors.leftProduct(of: v, into: &k, lower: &lower)
    #expect(setting.distance(k, wanted) < 1e-13)
    // The corner rows of the border of ΛV, stored in the places of its columns.
    let places = ArrowMatrix.places(of: v.structure).border
    #expect(distance(lower, places.map { wanted[$0.1, $0.0] }) < 1e-13)
    var inverse = ArrowMatrix(structure: v.structure)
    setting.factors.effectInverse(of: k, into: &inverse)
    #expect(setting.distance(inverse, wanted * setting.lambda.transposed) < 1e-13)
  }

  @Test("an arrow times a vector is the dense product", arguments: ModelCase.all, [false, true])
  func arrowProduct(_ example: ModelCase, isSparse: Bool) throws {
    let setting = try Setting(example, isSparse: isSparse)
    let a = setting.randomArrow()
    let x = try example.build().effects(seed: 3)
    var y = x.map { _ in Double.nan }
    a.multiply(x, into: &y)
    #expect(distance(y, a.dense * x) < 1e-13)
  }
}
