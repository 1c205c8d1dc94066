// The gradient of a Gaussian marginal density: moments of effects and coefficients given the data.

import Glibc
import LinearAlgebra

extension GaussianWorkspace {
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
    _ marginal: GaussianMarginal, _ psi: [Double], to gradient: inout [Double]
  ) {
    for index in lambdaGradients.indices {
      Self.pullBack(
        marginal.model.effects, index, psi, scale.factors.lambdas, &lambdaGradients[index],
        to: &gradient)
    }
  }

  /// S − J I of every block.
  mutating func sumEffectMoments(_ marginal: GaussianMarginal, _ quadratic: Double) {
    for index in lambdaGradients.indices {
      Self.sumMoments(
        marginal.products.effects, index, marginal.model.effects.blocks[index].size, matrix,
        vector, quadratic, &lambdaGradients[index])
    }
  }

  /// S − J I of one block; the inverse that holds y as its last column is V + t t'/quadratic.
  static func sumMoments(
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
  static func pullBack(
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
  mutating func makeMoments(_ marginal: GaussianMarginal, _ quadratic: Double) {
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
    Self.writeCornerMoments(products, matrix.corner, m, point, 1 - 1 / quadratic, &moments)
  }

  static func writeMoments(
    _ products: CrossProducts, _ inverse: ArrowMatrix, _ point: [Double], _ share: Double,
    into moments: inout [Double]
  ) {
    let (q, m, wide) = (
      inverse.structure.blockSize, inverse.structure.cornerSize, products.structure.cornerSize
    )
    let levels = inverse.structure.blockCount
    let tail = q * levels
    let (blocks, border, v) = (inverse.blocks.span, inverse.border.span, point.span)
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
  }

  static func writeCornerMoments(
    _ products: CrossProducts, _ inverse: [Double], _ m: Int, _ point: [Double],
    _ share: Double, _ moments: inout [Double]
  ) {
    let (start, wide) = (products.cornerStart, products.structure.cornerSize)
    let tail = products.effects.cornerStart
    let (corner, v) = (inverse.span, point.span)
    var target = moments.mutableSpan
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
