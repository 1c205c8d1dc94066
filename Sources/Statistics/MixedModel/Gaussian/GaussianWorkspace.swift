// The memory of a Gaussian marginal density, and the steps of its evaluation.

import Glibc
import LinearAlgebra

/// Everything that is derived from ψ; every chain and every optimizer has its own.
package struct GaussianWorkspace: Sendable {
  /// Λ of every block.
  var scale: EffectScale
  /// W of every class.
  var weights: ResidualWeights
  /// Elements of H's order: effects, γ, and last y.
  var vector: [Double]

  var total: [Double]  // M in the flat form of `CrossProducts`
  var matrix: ArrowMatrix  // H, then its inverse
  var arrowFactor: ArrowFactor
  var scratch: ArrowScratch
  var moments: [Double]  // G in the flat form
  var sums: [Double]
  var point: [Double]  // (b, γ, −1, φ): minus the residual is [Z Q y X] times this
  var deviations: [Double]  // φ: the kept coefficients less their references
  var lambdaGradients: [[Double]]
  var lanes: LaneMoments?

  /// Memory for `marginal`.
  package init(_ marginal: GaussianMarginal) {
    let products = marginal.products
    let structure = products.structure
    let m = products.effects.cornerSize + products.integratedCount + 1
    let dense = structure.cornerSize - products.effects.cornerSize
    let kept = structure.cornerSize - m
    var offsets = [0]
    var columns: [Int] = []
    for level in 0..<structure.blockCount {
      let range = structure.borderOffsets[level]..<structure.borderOffsets[level + 1]
      precondition(range.count >= dense, "every level meets the columns after the effects")
      columns += structure.borderColumns[range].dropLast(kept)
      offsets.append(columns.count)
    }
    let inner = ArrowStructure(
      blockSize: structure.blockSize, blockCount: structure.blockCount, cornerSize: m,
      borderOffsets: offsets, borderColumns: columns)
    matrix = ArrowMatrix(structure: inner)
    arrowFactor = ArrowFactor(structure: inner)
    scratch = ArrowScratch(structure: inner)
    vector = Array(repeating: 0, count: inner.dimension)
    total = Array(repeating: 0, count: products.flatCount)
    moments = total
    point = Array(repeating: 0, count: structure.dimension)
    sums = Array(repeating: 0, count: products.listCount)
    deviations = Array(repeating: 0, count: kept)
    lanes =
      products.effects.cornerSize == 0 && structure.blockCount > 0
      ? LaneMoments(products, marginal.model.effects) : nil
    // The groups of effects lie earlier by the kept columns of the levels before.
    var groups: [CrossProducts.BorderGroup] = []
    var level = 0
    for group in products.borderGroups {
      while structure.borderOffsets[level + 1] <= group.column { level += 1 }
      groups.append(.init(column: group.column - level * kept, block: group.block))
    }
    scale = EffectScale(
      layout: marginal.model.effects, effects: products.effects, borderGroups: groups)
    weights = ResidualWeights(marginal.model, products)
    lambdaGradients = marginal.model.effects.blocks.map {
      Array(repeating: 0, count: $0.size * $0.size)
    }
  }

  /// log |H| with y as its last column, after `factor`.
  var logDeterminant: Double { arrowFactor.logDeterminant }

  /// Makes H at the slots `psi` and its factor; false where it has none.
  mutating func factor(_ marginal: GaussianMarginal, _ psi: [Double]) -> Bool {
    guard prepare(marginal, psi) else { return false }
    assemble(marginal)
    scale.toStandard(&matrix)
    addIdentity(marginal)
    addPrior(marginal)
    do { try arrowFactor.factor(matrix) } catch { return false }
    return true
  }

  /// Makes H at the slots `psi`, its factor and the moments of the effects, for a gradient; returns log |H|, y its last column,
  /// and y'Wy − c'H⁻¹c, or nil where H has no factor.
  mutating func makeMoments(
    _ marginal: GaussianMarginal, _ psi: [Double]
  ) -> (logDeterminant: Double, quadratic: Double)? {
    guard lanes != nil else {
      guard factor(marginal, psi) else { return nil }
      let quadratic = invert(marginal)
      sumEffectMoments(marginal, quadratic)
      makeMoments(marginal, quadratic)
      return (logDeterminant, quadratic)
    }
    guard prepare(marginal, psi) else { return nil }
    let products = marginal.products
    let m = matrix.structure.cornerSize
    Self.assembleCorner(products, total, deviations, m, &matrix.corner)
    addPrior(marginal)
    let isFactored = lanes?.factor(
      total, phi: deviations, leading: scale.leading, corner: matrix.corner)
    guard isFactored == true else { return nil }
    lanes?.writeMoments(
      leading: scale.leading, phi: deviations, moments: &moments, point: &point,
      lambdaGradients: &lambdaGradients)
    guard let lanes else { return nil }
    let tail = products.effects.cornerStart
    for r in 0..<m { point[tail + r] = -lanes.quadratic * lanes.corner[r + (m - 1) * m] }
    Self.writeCornerMoments(products, lanes.corner, m, point, 1 - 1 / lanes.quadratic, &moments)
    return (lanes.logDeterminant, lanes.quadratic)
  }

  /// Λ, W, M and φ at the slots `psi`; false where a correlation matrix of residuals has no inverse.
  mutating func prepare(_ marginal: GaussianMarginal, _ psi: [Double]) -> Bool {
    scale.update(psi)
    guard weights.update(psi) else { return false }
    marginal.products.accumulate(weights.weights, into: &total)
    let coefficients = marginal.coefficients
    let first = point.count - coefficients.kept.count
    for (f, index) in coefficients.kept.enumerated() {
      deviations[f] = psi[index] - coefficients.reference[index]
      point[first + f] = deviations[f]
    }
    return true
  }

  /// H ← M with the kept columns taken from y, triangles filled.
  mutating func assemble(_ marginal: GaussianMarginal) {
    let products = marginal.products
    for i in 0..<products.borderStart { matrix.blocks[i] = total[i] }
    Self.assembleBorder(products, total, deviations, &matrix.border)
    Self.assembleCorner(products, total, deviations, matrix.structure.cornerSize, &matrix.corner)
    matrix.fillUpperTriangles()
  }

  static func assembleBorder(
    _ products: CrossProducts, _ total: [Double], _ deviations: [Double],
    _ border: inout [Double]
  ) {
    let (source, phi) = (total.span, deviations.span)
    let outer = products.structure
    let q = outer.blockSize
    let kept = phi.count
    let offsets = outer.borderOffsets.span
    var span = border.mutableSpan
    var target = 0
    for level in 0..<outer.blockCount {
      let start = products.borderStart + q * offsets[level]
      let width = q * (offsets[level + 1] - offsets[level] - kept)
      for i in 0..<width { span[target + i] = source[start + i] }
      for f in 0..<kept {
        let share = phi[f]
        for r in 0..<q {
          span[target + width - q + r] -= share * source[start + width + f * q + r]
        }
      }
      target += width
    }
  }

  static func assembleCorner(
    _ products: CrossProducts, _ total: [Double], _ deviations: [Double], _ m: Int,
    _ corner: inout [Double]
  ) {
    let (source, phi) = (total.span, deviations.span)
    let (start, wide) = (products.cornerStart, products.structure.cornerSize)
    var span = corner.mutableSpan
    for c in 0..<m {
      for r in c..<m { span[r + c * m] = source[start + r + c * wide] }
    }
    // Row y: what the kept columns explain is taken off; they come after it, so their products are in their own rows.
    for f in 0..<phi.count {
      for c in 0..<(m - 1) { span[m - 1 + c * m] -= phi[f] * source[start + m + f + c * wide] }
      var twice = -2 * source[start + m + f + (m - 1) * wide]
      for g in 0..<phi.count {
        twice += phi[g] * source[start + m + max(f, g) + (m + min(f, g)) * wide]
      }
      span[m * m - 1] += phi[f] * twice
    }
  }

  /// Adds I for the effects.
  mutating func addIdentity(_ marginal: GaussianMarginal) {
    let structure = matrix.structure
    let (q, m) = (structure.blockSize, structure.cornerSize)
    for level in 0..<structure.blockCount {
      for r in 0..<q { matrix.blocks[level * q * q + r * (q + 1)] += 1 }
    }
    for r in 0..<marginal.products.effects.cornerSize { matrix.corner[r * (m + 1)] += 1 }
  }

  /// Adds the prior of the integrated coefficients.
  mutating func addPrior(_ marginal: GaussianMarginal) {
    let (first, m) = (marginal.products.effects.cornerSize, matrix.structure.cornerSize)
    let coefficients = marginal.coefficients
    let p = coefficients.integrated.count
    for c in 0..<p {
      for r in 0..<p {
        matrix.corner[first + r + (first + c) * m] += coefficients.precision[r + c * p]
      }
      matrix.corner[m - 1 + (first + c) * m] += coefficients.shift[c]
    }
    matrix.corner[m * m - 1] += coefficients.square
  }

  /// `vector` ← L⁻¹ `vector`.
  mutating func solveLower() {
    Self.solveLower(arrowFactor, &vector)
  }

  static func solveLower(_ factor: ArrowFactor, _ x: inout [Double]) {
    var span = x.mutableSpan
    factor.solveLower(&span)
  }

  /// `vector` ← L⁻ᵀ (`vector`, −last pivot), which is (u, γ, −1).
  ///
  /// It is the conditional mean where `vector` was 0, and a draw where it was standard normal; its last element is not read.
  mutating func drawFromFactor() {
    Self.draw(arrowFactor, &vector)
  }

  static func draw(_ factor: ArrowFactor, _ x: inout [Double]) {
    // The last column of L' ends with the last pivot.
    let last = x.count - 1
    var column = [Double](repeating: 0, count: x.count)
    column[last] = -1
    var span = column.mutableSpan
    factor.multiplyLowerTransposed(&span)
    var target = x.mutableSpan
    target[last] = span[last]
    factor.solveLowerTransposed(&target)
  }
}
