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

  private var total: [Double]  // M in the flat form of `CrossProducts`
  private var matrix: ArrowMatrix  // H, then its inverse
  private var arrowFactor: ArrowFactor
  private var scratch: ArrowScratch
  private var moments: [Double]  // G in the flat form
  private var sums: [Double]
  private var point: [Double]  // (b, γ, −1, φ): minus the residual is [Z Q y X] times this
  private var lambdaGradients: [[Double]]

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

  /// log |H| with y as its last column.
  var logDeterminant: Double { arrowFactor.logDeterminant }

  /// Makes H at the slots `psi` and its factor; false where it has none.
  mutating func factor(_ marginal: GaussianMarginal, _ psi: [Double]) -> Bool {
    scale.update(psi)
    guard weights.update(psi) else { return false }
    marginal.products.accumulate(weights.weights, into: &total)
    assemble(marginal, psi)
    scale.toStandard(&matrix)
    addPrior(marginal)
    do { try arrowFactor.factor(matrix) } catch { return false }
    return true
  }

  /// H ← M with the kept columns taken from y, triangles filled.
  private mutating func assemble(_ marginal: GaussianMarginal, _ psi: [Double]) {
    let coefficients = marginal.coefficients
    let first = point.count - coefficients.kept.count
    for (f, index) in coefficients.kept.enumerated() {
      point[first + f] = psi[index] - coefficients.reference[index]
    }
    let products = marginal.products
    for i in 0..<products.borderStart { matrix.blocks[i] = total[i] }
    Self.assembleBorder(products, total, point, first, &matrix.border)
    Self.assembleCorner(
      products, total, point, first, matrix.structure.cornerSize, &matrix.corner)
    matrix.fillUpperTriangles()
  }

  private static func assembleBorder(
    _ products: CrossProducts, _ total: [Double], _ point: [Double], _ first: Int,
    _ border: inout [Double]
  ) {
    let (source, phi) = (total.span, point.span.extracting(first...))
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

  private static func assembleCorner(
    _ products: CrossProducts, _ total: [Double], _ point: [Double], _ first: Int, _ m: Int,
    _ corner: inout [Double]
  ) {
    let (source, phi) = (total.span, point.span.extracting(first...))
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

  /// Adds I for the effects and the prior of the integrated coefficients.
  private mutating func addPrior(_ marginal: GaussianMarginal) {
    let structure = matrix.structure
    let (q, m) = (structure.blockSize, structure.cornerSize)
    for level in 0..<structure.blockCount {
      for r in 0..<q { matrix.blocks[level * q * q + r * (q + 1)] += 1 }
    }
    let first = marginal.products.effects.cornerSize
    for r in 0..<first { matrix.corner[r * (m + 1)] += 1 }
    let coefficients = marginal.coefficients
    let p = coefficients.integrated.count
    for c in 0..<p {
      for r in 0..<p { matrix.corner[first + r + (first + c) * m] += coefficients.precision[r + c * p] }
      matrix.corner[m - 1 + (first + c) * m] += coefficients.shift[c]
    }
    matrix.corner[m * m - 1] += coefficients.square
  }

  /// H⁻¹ with y as the last column, in `matrix`, and (u, γ, −1) in `vector`; returns y'Wy − c'H⁻¹c.
  mutating func invert(_ marginal: GaussianMarginal) -> Double {
    arrowFactor.selectedInverse(into: &matrix, scratch: &scratch)
    matrix.fillUpperTriangles()
    let structure = matrix.structure
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let quadratic = 1 / matrix.corner[m * m - 1]
    // The last column of the inverse is (−H⁻¹c, 1)/quadratic.
    for level in 0..<structure.blockCount {
      let column = q * (structure.borderOffsets[level + 1] - 1)
      for r in 0..<q { vector[level * q + r] = -quadratic * matrix.border[column + r] }
    }
    let tail = q * structure.blockCount
    for r in 0..<m { vector[tail + r] = -quadratic * matrix.corner[r + (m - 1) * m] }
    return quadratic
  }

  /// Adds the derivative in θ, from the moments of the standard effects.
  ///
  /// By HV = I the trace of the textbook formula is that of I − V, so with S = Σ (V_jj + u_j u_j') over the J levels
  /// ```
  /// ∂ℓ/∂Λ = lower(Λ⁻ᵀ (S − J I))
  /// ```
  /// in which nothing of the size of Λ⁻¹Λ⁻ᵀ appears: it holds at singular covariances too.
  mutating func addThetaGradient(
    _ marginal: GaussianMarginal, _ psi: [Double], _ quadratic: Double,
    to gradient: inout [Double]
  ) {
    let layout = marginal.model.effects
    for index in lambdaGradients.indices {
      Self.sumMoments(
        marginal.products.effects, index, layout.blocks[index].size, matrix, vector, quadratic,
        &lambdaGradients[index])
      Self.pullBack(
        layout, index, psi, scale.factors.lambdas, &lambdaGradients[index], to: &gradient)
    }
  }

  /// S − J I of one block; the inverse that holds y as its last column is V + t t'/quadratic.
  private static func sumMoments(
    _ effects: EffectArrangement, _ index: Int, _ k: Int, _ inverse: ArrowMatrix,
    _ vector: [Double], _ quadratic: Double, _ result: inout [Double]
  ) {
    let (q, m, tail) = (effects.blockSize, inverse.structure.cornerSize, effects.cornerStart)
    let all = effects.starts.span
    let starts = all[index].span
    let share = 1 - 1 / quadratic
    let (blocks, corner, u) = (inverse.blocks.span, inverse.corner.span, vector.span)
    var sums = result.mutableSpan
    for i in 0..<sums.count { sums[i] = 0 }
    for level in 0..<starts.count {
      let start = starts[level]
      // The first element of the level's k × k part of the inverse, and the length of its columns.
      let isLeading = start < tail
      let stride = isLeading ? q : m
      let first = isLeading ? (start / q) * q * q + (start % q) * (q + 1) : (start - tail) * (m + 1)
      for c in 0..<k {
        for r in 0..<k {
          let v = isLeading ? blocks[first + r + c * stride] : corner[first + r + c * stride]
          sums[r + c * k] += v + share * u[start + r] * u[start + c]
        }
      }
    }
    for r in 0..<k { sums[r * (k + 1)] -= Double(starts.count) }
  }

  /// Λ⁻ᵀ X, and from its lower triangle the derivative in θ.
  private static func pullBack(
    _ layout: RandomEffectLayout, _ index: Int, _ psi: [Double], _ lambdas: [[Double]],
    _ x: inout [Double], to gradient: inout [Double]
  ) {
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    let (k, start) = (blocks[index].size, blocks[index].thetaOffset)
    let range = start..<(start + blocks[index].covariance.parameterCount)
    var span = x.mutableSpan
    for c in 0..<k {
      SmallCholesky.solveLowerTransposed(
        factors[index].span, at: 0, order: k, &span, from: c * k)
    }
    var target = gradient.mutableSpan
    blocks[index].covariance.pullBack(
      span.span, psi.span.extracting(range), factors[index].span, into: &target, at: start)
  }

  /// G = V + v v' on the scale of b, V the inverse of H and v = (b, γ, −1, φ), in the flat form.
  mutating func makeMoments(_ marginal: GaussianMarginal, _ psi: [Double], _ quadratic: Double) {
    scale.toEffects(&matrix)
    let products = marginal.products
    let inner = matrix.structure
    let (q, m) = (inner.blockSize, inner.cornerSize)
    let tail = q * inner.blockCount
    for level in 0..<inner.blockCount {
      let column = q * (inner.borderOffsets[level + 1] - 1)
      for r in 0..<q { point[level * q + r] = -quadratic * matrix.border[column + r] }
    }
    for r in 0..<m { point[tail + r] = -quadratic * matrix.corner[r + (m - 1) * m] }
    Self.writeMoments(products, matrix, point, 1 - 1 / quadratic, into: &moments)
  }

  private static func writeMoments(
    _ products: CrossProducts, _ inverse: ArrowMatrix, _ point: [Double], _ share: Double,
    into moments: inout [Double]
  ) {
    let (q, m, wide) = (
      inverse.structure.blockSize, inverse.structure.cornerSize, products.structure.cornerSize
    )
    let levels = inverse.structure.blockCount
    let tail = q * levels
    let (blocks, border, corner, v) = (
      inverse.blocks.span, inverse.border.span, inverse.corner.span, point.span
    )
    let (offsets, columns, wideOffsets) = (
      inverse.structure.borderOffsets.span, inverse.structure.borderColumns.span,
      products.structure.borderOffsets.span
    )
    var target = moments.mutableSpan
    for level in 0..<levels {
      let at = level * q
      for c in 0..<q {
        for r in c..<q {
          let i = level * q * q + r + c * q
          target[i] = blocks[i] + share * v[at + r] * v[at + c]
        }
      }
      var place = products.borderStart + q * wideOffsets[level]
      for k in offsets[level]..<(offsets[level + 1] - 1) {
        let other = share * v[tail + columns[k]]
        for r in 0..<q { target[place + r] = border[q * k + r] + other * v[at + r] }
        place += q
      }
      for c in (m - 1)..<wide {
        for r in 0..<q { target[place + r] = v[tail + c] * v[at + r] }
        place += q
      }
    }
    let start = products.cornerStart
    for c in 0..<(m - 1) {
      let other = v[tail + c]
      for r in c..<(m - 1) {
        target[start + r + c * wide] = corner[r + c * m] + share * other * v[tail + r]
      }
      for r in (m - 1)..<wide { target[start + r + c * wide] = other * v[tail + r] }
    }
    for c in (m - 1)..<wide {
      for r in c..<wide { target[start + r + c * wide] = v[tail + c] * v[tail + r] }
    }
  }

  /// Adds the derivative in the kept coefficients, X'W(residual) = −(M v) in their rows.
  mutating func addKeptGradient(_ marginal: GaussianMarginal, to gradient: inout [Double]) {
    let products = marginal.products
    let outer = products.structure
    let (q, m, wide) = (outer.blockSize, matrix.structure.cornerSize, outer.cornerSize)
    let tail = q * outer.blockCount
    for f in m..<wide {
      let (source, v) = (total.span, point.span)
      var sum = 0.0
      for level in 0..<outer.blockCount {
        let place = products.borderStart + q * (outer.borderOffsets[level + 1] - wide + f)
        for r in 0..<q { sum += source[place + r] * v[level * q + r] }
      }
      for c in 0..<wide {
        sum += source[products.cornerStart + max(f, c) + min(f, c) * wide] * v[tail + c]
      }
      gradient[marginal.coefficients.kept[f - m]] -= sum
    }
  }

  /// Adds the derivative in σ and residual correlations.
  mutating func addWeightGradient(_ marginal: GaussianMarginal, to gradient: inout [Double]) {
    marginal.products.contract(moments, into: &sums)
    weights.addGradient(sums, to: &gradient)
  }

  /// `vector` ← L⁻¹ `vector`.
  mutating func solveLower() {
    Self.solveLower(arrowFactor, &vector)
  }

  private static func solveLower(_ factor: ArrowFactor, _ x: inout [Double]) {
    var span = x.mutableSpan
    factor.solveLower(&span)
  }

  /// `vector` ← L⁻ᵀ (`vector`, −last pivot), which is (u, γ, −1): the conditional mean where `vector` was 0, and a draw
  /// where it was standard normal. Its last element is not read.
  mutating func drawFromFactor() {
    Self.draw(arrowFactor, &vector)
  }

  private static func draw(_ factor: ArrowFactor, _ x: inout [Double]) {
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

  /// The covariance of γ given y and ψ, and the variances of the effects b in the model's order: valid after `makeMoments`.
  func conditionalSpread(
    _ marginal: GaussianMarginal, _ quadratic: Double
  ) -> (gamma: [Double], effects: [Double]) {
    let effects = marginal.products.effects
    let (q, m, tail) = (effects.blockSize, matrix.structure.cornerSize, effects.cornerStart)
    func variance(_ place: Int) -> Double {
      let own =
        place < tail
        ? matrix.blocks[(place / q) * q * q + (place % q) * (q + 1)]
        : matrix.corner[(place - tail) * (m + 1)]
      return own - point[place] * point[place] / quadratic
    }
    let (first, p) = (effects.cornerSize, marginal.products.integratedCount)
    var gamma = [Double](repeating: 0, count: p * p)
    for c in 0..<p {
      for r in 0..<p {
        gamma[r + c * p] =
          matrix.corner[first + r + (first + c) * m]
          - point[tail + first + r] * point[tail + first + c] / quadratic
      }
    }
    return (gamma, marginal.effectPlaces.map(variance))
  }

  /// The diagonal of Z'WZ, what the data say about each effect, in the model's order: valid after `factor`.
  func dataPrecisions(_ marginal: GaussianMarginal) -> [Double] {
    let products = marginal.products
    let (q, wide) = (products.structure.blockSize, products.structure.cornerSize)
    let tail = products.effects.cornerStart
    return marginal.effectPlaces.map { place in
      place < tail
        ? total[(place / q) * q * q + (place % q) * (q + 1)]
        : total[products.cornerStart + (place - tail) * (wide + 1)]
    }
  }
}
