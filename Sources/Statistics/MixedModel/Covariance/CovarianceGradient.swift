// The derivative of a Laplace log likelihood in θ, by way of Λ: no inverse of Λ, so it holds at singular fits too.

import LinearAlgebra

extension MixedModel {
  /// Adds to `gradient` (in ψ) the derivative in θ of the Laplace approximation.
  ///
  /// It comes from
  /// ```
  /// ∂/∂Λ_t = Σ_levels  r u' + g v'  −  (A Λ V)_tt        r = Z'(∂ + h) − A Λ v,   g = Z'∂
  /// ```
  /// with A = Z'WZ (triangles filled), K = Λ V (`lower` holds its corner rows of the border), u the conditional modes
  /// and v the adjoint H⁻¹ Λ' Z'h on the standard scale. `r` and `g` are on the scale of b.
  package func addThetaGradient(
    psi: [Double], factors: CovarianceFactors, u: [Double], v: [Double], r: [Double], g: [Double],
    curvature a: ArrowMatrix, product k: ArrowMatrix, lower: [Double], to gradient: inout [Double]
  ) {
    for (index, block) in effects.blocks.enumerated() {
      let size = block.size
      var sum = [Double](repeating: 0, count: size * size)
      for start in effects.levelStarts(of: block) {
        for column in 0..<size {
          for row in column..<size {
            sum[row + column * size] +=
              r[start + row] * u[start + column] + g[start + row] * v[start + column]
          }
        }
      }
      if block.isLeading {
        subtractLeadingTrace(block, a, k, lower, &sum)
      } else {
        subtractCornerTrace(block, a, k, &sum)
      }
      let range = block.thetaOffset..<(block.thetaOffset + block.covariance.parameterCount)
      let lambda = factors.lambdas[index]
      var target = gradient.mutableSpan
      block.covariance.pullBack(
        sum.span, psi.span.extracting(range), lambda.span, into: &target,
        at: block.thetaOffset)
    }
  }

  /// (A Λ V)_tt of a leading block: Σ_j A_j (Λ V_jj) + B_j (Λ_c V_cj).
  private func subtractLeadingTrace(
    _ block: RandomEffectLayout.Block, _ a: ArrowMatrix, _ k: ArrowMatrix, _ lower: [Double],
    _ sum: inout [Double]
  ) {
    let q = effects.arrow.blockSize
    for level in 0..<effects.arrow.blockCount {
      let at = level * q * q
      let borders = effects.arrow.borderOffsets[level]..<effects.arrow.borderOffsets[level + 1]
      for column in 0..<block.size {
        for row in column..<block.size {
          let (c, r) = (block.offset + column, block.offset + row)
          var trace = 0.0
          for s in 0..<q { trace += a.blocks[at + r + s * q] * k.blocks[at + s + c * q] }
          for border in borders { trace += a.border[q * border + r] * lower[q * border + c] }
          sum[row + column * block.size] -= trace
        }
      }
    }
  }

  /// (A Λ V)_tt of a corner block: Σ_j B_j' (Λ V_jc) + Σ_s C_cs (Λ V)_sc, level by level.
  private func subtractCornerTrace(
    _ block: RandomEffectLayout.Block, _ a: ArrowMatrix, _ k: ArrowMatrix, _ sum: inout [Double]
  ) {
    let q = effects.arrow.blockSize
    let size = block.size
    let inside = block.offset..<(block.offset + size * block.levels.count)
    for level in block.levels.indices {
      let start = block.offset + level * size
      // The columns of a level have the same rows, whether the corner is dense or sparse.
      let (first, length) = effects.arrow.cornerColumn(start)
      for column in 0..<size {
        for row in column..<size {
          var trace = 0.0
          for s in 0..<length {
            trace +=
              a.corner[first + row * length + s] * k.corner[first + column * length + s]
          }
          sum[row + column * size] -= trace
        }
      }
    }
    let columns = effects.arrow.borderColumns
    var border = 0
    while border < columns.count {
      guard inside.contains(columns[border]) else {
        border += 1
        continue
      }
      for column in 0..<size {
        for row in column..<size {
          var trace = 0.0
          for s in 0..<q {
            trace += a.border[q * (border + row) + s] * k.border[q * (border + column) + s]
          }
          sum[row + column * size] -= trace
        }
      }
      border += size
    }
  }
}

extension ArrowMatrix {
  /// y ← A x, with filled triangles.
  package func multiply(_ x: [Double], into y: inout [Double]) {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let tail = q * structure.blockCount
    switch structure.corner {
    case .dense:
      for i in 0..<m {
        var sum = 0.0
        for s in 0..<m { sum += corner[s + i * m] * x[tail + s] }
        y[tail + i] = sum
      }
    case .sparse(let sparse):
      for i in 0..<m {
        var sum = 0.0
        for place in sparse.pattern.columnOffsets[i]..<sparse.pattern.columnOffsets[i + 1] {
          sum += corner[place] * x[tail + Int(sparse.pattern.rows[place])]
        }
        y[tail + i] = sum
      }
    }
    for level in 0..<structure.blockCount {
      for r in 0..<q {
        var sum = 0.0
        for s in 0..<q { sum += blocks[level * q * q + s + r * q] * x[level * q + s] }
        y[level * q + r] = sum
      }
      for k in structure.borderOffsets[level]..<structure.borderOffsets[level + 1] {
        let column = tail + structure.borderColumns[k]
        for r in 0..<q {
          y[level * q + r] += border[q * k + r] * x[column]
          y[column] += border[q * k + r] * x[level * q + r]
        }
      }
    }
  }
}
