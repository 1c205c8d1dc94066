// The precision that preconditions the sampler, against dense second differences of the posterior.

import Laplace
import LinearAlgebra
import MixedModel
import Probability
import TestSupport
import Testing

@Suite(
  "The joint precision is the Hessian in the effects, with the marginal Hessian as its Schur complement"
)
struct JointPrecisionTests {
  /// Standard and informed coordinates, the corner dense or sparse.
  static let settings = Knowledge.allCases.flatMap { [($0, false), ($0, true)] }

  @Test("element by element, in all coordinates", arguments: ModelCase.all, settings)
  func elements(_ example: ModelCase, _ setting: (knowledge: Knowledge, isSparse: Bool)) throws {
    let built = try example.build(corner: setting.isSparse ? .sparse : .dense)
    let model = built.model
    let psi = built.parameters(seed: 81)
    var workspace = LaplaceWorkspace(model: model)
    _ = try LaplaceApproximation(model: model).value(at: psi, &workspace)
    var density = PosteriorDensity(
      model: model, prior: try PriorDensity(model: model, statements: []),
      coordinates: setting.knowledge.coordinates(model.effects))
    // Any positive definite matrix may stand for the marginal Hessian: the algebra does not know where it is from.
    let marginal = Self.positiveDefinite(psi.count)
    let precision = try JointPrecision(
      density: &density, psi: psi, marginalHessian: marginal.values, modes: workspace.modes)

    let count = model.effects.count
    #expect(precision.mode.count == count + psi.count)
    #expect(Array(precision.mode.suffix(psi.count)) == density.parameters.coordinates(psi))
    let hessian = Self.hessian(&density, at: precision.mode)
    let (a, b) = (
      Self.part(hessian, 0..<count, 0..<count),
      Self.part(hessian, 0..<count, count..<(count + psi.count))
    )
    let product = count > 0 ? b.transposed * a.inverse * b : DenseMatrix(psi.count, psi.count)
    let dense = precision.matrix.dense
    let places = 0..<count
    let parameters = count..<(count + psi.count)
    let scale = 1e-5
    #expect((Self.part(dense, places, places) - a).largest < scale * max(1, a.largest))
    #expect((Self.part(dense, places, parameters) - b).largest < scale * max(1, b.largest))
    let corner = Self.part(dense, parameters, parameters)
    // In the coordinates of the parameters the marginal Hessian has their slopes on both sides.
    let slopes = density.parameters.slopes(psi)
    var moved = marginal
    for r in psi.indices {
      for c in psi.indices { moved[r, c] *= slopes[r] * slopes[c] }
    }
    #expect((corner - (moved + product)).largest < scale * max(1, corner.largest))
    // The upper triangles are filled: the sampler may read either.
    var filled = precision.matrix
    filled.fillUpperTriangles()
    #expect(distance(filled.corner, precision.matrix.corner) < 1e-12)
    #expect(distance(filled.blocks, precision.matrix.blocks) < 1e-12)
  }

  @Test("it has a factor, and its marginal covariance of ψ is the inverse marginal Hessian")
  func marginal() throws {
    let built = try ModelCase("", "p ~ x + (1 + x | g) + (1 | h)", families: "bernoulli").build()
    let psi = built.parameters(seed: 82)
    var workspace = LaplaceWorkspace(model: built.model)
    _ = try LaplaceApproximation(model: built.model).value(at: psi, &workspace)
    var density = PosteriorDensity(
      model: built.model, prior: try PriorDensity(model: built.model, statements: []),
      coordinates: Knowledge.some.coordinates(built.model.effects))
    let marginal = Self.positiveDefinite(psi.count)
    let precision = try JointPrecision(
      density: &density, psi: psi, marginalHessian: marginal.values, modes: workspace.modes)
    var factor = ArrowFactor(structure: precision.matrix.structure)
    try factor.factor(precision.matrix)
    let count = built.model.effects.count
    let inverse = precision.matrix.dense.inverse
    let block = Self.part(inverse, count..<(count + psi.count), count..<(count + psi.count))
    // A correlation parameter is an arsinh, whose slope is that of sinh at the point.
    let slopes = density.parameters.slopes(psi)
    var wanted = marginal.inverse
    for r in psi.indices {
      for c in psi.indices { wanted[r, c] /= slopes[r] * slopes[c] }
    }
    #expect((block - wanted).largest < 1e-9)
  }

  @Test(
    "coordinates from a fit have unit curvature in each level, and unit variance in other factors")
  func informed() throws {
    let built = try ModelCase(
      "", "bf(y ~ x + (1 + x |i| g) + (1 | h))", "c ~ x + (1 |i| g)", families: "gaussian,poisson"
    ).build()
    let model = built.model
    let approximation = LaplaceApproximation(model: model)
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    let (optimum, workspace) = try optimizer.run { _ in true }
    let fit = try MaximumLikelihoodFit(approximation, optimum, workspace)
    let coordinates = EffectCoordinates(fit: fit)
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(optimum.psi)
    var rows = RowWorkspace(model: model)
    model.curvaturePass(coefficients: optimum.psi, effects: fit.modes, &rows)
    var curvature = ArrowMatrix(structure: model.effects.arrow)
    factors.standardCurvature(of: rows.curvature, into: &curvature)
    coordinates.whiten(&curvature, factors)
    let dense = curvature.dense
    let inverse = dense.inverse
    let (q, blocks) = (model.effects.arrow.blockSize, model.effects.arrow.blockCount)
    for level in 0..<blocks {
      let places = (level * q)..<((level + 1) * q)
      #expect((Self.part(dense, places, places) - DenseMatrix.identity(q)).largest < 1e-9)
    }
    for place in (q * blocks)..<model.effects.count {
      #expect(abs(inverse[place, place] - 1) < 1e-6)
    }
    // The modes are where the coordinates expect the effects: at zero.
    #expect(coordinates.coordinates(fit.standardModes, factors).allSatisfy { abs($0) < 1e-6 })
  }

  static func positiveDefinite(_ n: Int) -> DenseMatrix {
    var stream = RandomStream(seed: 83)
    var a = DenseMatrix(n, n)
    for i in a.values.indices { a.values[i] = stream.nextNormal() }
    var result = a * a.transposed
    for i in 0..<n { result[i, i] += 5 }
    return result
  }

  /// −∂g/∂x, one column for each coordinate.
  static func hessian(_ density: inout PosteriorDensity, at point: [Double]) -> DenseMatrix {
    let n = point.count
    var result = DenseMatrix(n, n)
    for column in 0..<n {
      let h = 1e-4
      var gradients: [[Double]] = []
      for side in [-2.0, -1, 1, 2] {
        var moved = point
        moved[column] += side * h
        var gradient = [Double](repeating: 0, count: n)
        var span = gradient.mutableSpan
        _ = density.evaluate(at: moved.span, gradient: &span)
        gradients.append(gradient)
      }
      for row in 0..<n {
        let slope =
          (gradients[0][row] - 8 * gradients[1][row] + 8 * gradients[2][row] - gradients[3][row])
          / (12 * h)
        result[row, column] = -slope
      }
    }
    return result
  }

  static func part(_ a: DenseMatrix, _ rows: Range<Int>, _ columns: Range<Int>) -> DenseMatrix {
    var result = DenseMatrix(rows.count, columns.count)
    for (r, row) in rows.enumerated() {
      for (c, column) in columns.enumerated() { result[r, c] = a[row, column] }
    }
    return result
  }
}
