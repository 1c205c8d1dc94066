// The passes that the exact gradient of the Laplace approximation needs: third derivatives, and the adjoint of the modes.

import Families
import LinearAlgebra

extension MixedModel {
  /// Computes the force h on the linear predictors that the determinant exerts.
  ///
  /// At the conditional modes b̂, with V the inverse curvature on the scale of b,
  /// ```
  /// S_ab = z_a' V z_b     h_c = ½ Σ_ab S_ab ∂³ log f / ∂η_a ∂η_b ∂η_c
  /// ```
  /// (h = ∂(−½ log |H|)/∂η), and leaves X'(∂ + h) in `coefficientGradient`, Z'∂ in `effectGradient`, Z'h in `adjoint`.
  package func thirdOrderPass(
    coefficients: [Double], effects b: [Double], inverse: ArrowMatrix, adjoint: inout [Double],
    _ workspace: inout RowWorkspace
  ) {
    workspace.clearGradient()
    adjoint.fill(with: 0)
    var scratch = ThirdOrderScratch()
    for (index, outcome) in outcomes.enumerated() {
      _ = addSharedTerm(outcome, coefficients, .first, &workspace.coefficientGradient)
      let m = outcome.predictors.count
      let pairCount = m * outcome.randomPredictors.count
      let length = paddedToLanes(outcome.response.count)
      if workspace.keptSecond[index].count != pairCount * length {
        workspace.keptSecond[index] = Array(repeating: 0, count: pairCount * length)
      }
      scratch.reserve(predictors: m)
      var run = 0
      for start in stride(from: 0, to: outcome.response.count, by: rowsPerBlock) {
        let count = min(rowsPerBlock, outcome.response.count - start)
        while run < outcome.runs.count && outcome.runs[run].end <= start { run += 1 }
        outcome.fillPredictors(
          &workspace.predictors[index], start: start, count: count, run: run,
          coefficients: coefficients, effects: b, layout: effects)
        _ = outcome.family.evaluate(
          outcome.response, start: start, count: count, predictors: workspace.predictors[index],
          order: .third, into: &workspace.derivatives[index])
        let block = BlockPlace(start: start, count: count, run: run)
        outcome.keepSecond(
          block, length, workspace.derivatives[index], &workspace.keptSecond[index])
        outcome.addCurvatureForce(block, inverse, workspace.derivatives[index], &scratch)
        addForces(index, block, scratch.force, &adjoint, &workspace)
      }
    }
  }

  /// Adds to `coefficientGradient` what moves through the modes: X_a' Σ_b ∂²_ab (Z_b v), v = H⁻¹ Z'h on the scale of b.
  package func adjointPass(_ v: [Double], _ workspace: inout RowWorkspace) {
    var product = [Double](repeating: 0, count: rowsPerBlock)
    var weighted = [Double](repeating: 0, count: rowsPerBlock)
    for (index, outcome) in outcomes.enumerated() {
      let length = paddedToLanes(outcome.response.count)
      var run = 0
      for start in stride(from: 0, to: outcome.response.count, by: rowsPerBlock) {
        let count = min(rowsPerBlock, outcome.response.count - start)
        while run < outcome.runs.count && outcome.runs[run].end <= start { run += 1 }
        for (place, b) in outcome.randomPredictors.enumerated() {
          product.fill(with: 0)
          outcome.addRandom(
            b, &product, 0, start: start, count: count, run: run, effects: v, layout: effects)
          for a in outcome.predictors.indices {
            let pair = (place * outcome.predictors.count + a) * length + start
            Self.multiply(workspace.keptSecond[index], from: pair, product, count, into: &weighted)
            outcome.addDesignProduct(
              a, weighted, channel: 0, start: start, count: count,
              to: &workspace.coefficientGradient)
          }
        }
      }
    }
  }

  /// w_i ← k_i p_i for `count` rows, and 0 for those that fill the last lanes.
  private static func multiply(
    _ kept: [Double], from first: Int, _ product: [Double], _ count: Int,
    into weighted: inout [Double]
  ) {
    let (k, p) = (kept.span.extracting(first..<(first + count)), product.span.extracting(0..<count))
    var all = weighted.mutableSpan
    var w = all._mutatingExtracting(0..<paddedToLanes(count))
    for i in 0..<count { w[i] = k[i] * p[i] }
    for i in count..<w.count { w[i] = 0 }
  }

  private func addForces(
    _ index: Int, _ block: BlockPlace, _ force: [Double], _ adjoint: inout [Double],
    _ workspace: inout RowWorkspace
  ) {
    let outcome = outcomes[index]
    for a in outcome.predictors.indices {
      let channel = workspace.derivatives[index].channels.first(a)
      outcome.addDesignProduct(
        a, workspace.derivatives[index].values, channel: channel, start: block.start,
        count: block.count, to: &workspace.coefficientGradient)
      outcome.addDesignProduct(
        a, force, channel: a, start: block.start, count: block.count,
        to: &workspace.coefficientGradient)
      guard outcome.predictors[a].isRandom else { continue }
      outcome.addEffectProduct(
        a, workspace.derivatives[index].values, channel: channel, start: block.start,
        count: block.count, run: block.run, layout: effects, to: &workspace.effectGradient)
      outcome.addEffectProduct(
        a, force, channel: a, start: block.start, count: block.count, run: block.run,
        layout: effects, to: &adjoint)
    }
  }
}

/// A block of rows of one outcome.
struct BlockPlace {
  let start: Int
  let count: Int
  let run: Int
}

/// Per-row scratch of the third-order pass.
private struct ThirdOrderScratch {
  var variance = [Double](repeating: 0, count: rowsPerBlock)
  var force: [Double] = []

  mutating func reserve(predictors: Int) {
    if force.count != predictors * rowsPerBlock {
      force = Array(repeating: 0, count: predictors * rowsPerBlock)
    }
  }

  /// Adds ½ S ∂³ to the force on predictor `c`.
  mutating func addForce(_ c: Int, _ third: Span<Double>) {
    Self.add(variance, third, to: &force, at: c * rowsPerBlock)
  }

  private static func add(
    _ variance: [Double], _ third: Span<Double>, to force: inout [Double], at first: Int
  ) {
    let weights = variance.span.extracting(0..<third.count)
    var all = force.mutableSpan
    var target = all._mutatingExtracting(first..<(first + third.count))
    for i in 0..<third.count { target[i] += 0.5 * weights[i] * third[i] }
  }
}

extension ModelOutcome {
  /// Keeps ∂²/∂η_a∂η_b of the block's rows, for every a and every random b, in columns of `length`.
  fileprivate func keepSecond(
    _ block: BlockPlace, _ length: Int, _ derivatives: DerivativeBlock, _ kept: inout [Double]
  ) {
    let values = derivatives.values.span
    var target = kept.mutableSpan
    for (place, b) in randomPredictors.enumerated() {
      for a in predictors.indices {
        let from = derivatives.channels.second(a, b) * rowsPerBlock
        let to = (place * predictors.count + a) * length + block.start
        let source = values.extracting(from..<(from + block.count))
        var part = target._mutatingExtracting(to..<(to + block.count))
        for i in 0..<source.count { part[i] = source[i] }
      }
    }
  }

  /// Sets the force to h_c for every predictor c of the block's rows.
  fileprivate func addCurvatureForce(
    _ block: BlockPlace, _ inverse: ArrowMatrix, _ derivatives: DerivativeBlock,
    _ scratch: inout ThirdOrderScratch
  ) {
    scratch.force.fill(with: 0)
    for a in randomPredictors {
      for b in randomPredictors {
        scratch.variance.fill(with: 0)
        addVariances(a, b, inverse, block, &scratch.variance)
        for c in predictors.indices {
          let third = derivatives.channels.third(a, b, c) * rowsPerBlock
          scratch.addForce(
            c, derivatives.values.span.extracting(third..<(third + block.count)))
        }
      }
    }
  }

  /// Adds z_a' V z_b of every row of the block to `variance`.
  func addVariances(
    _ a: Int, _ b: Int, _ inverse: ArrowMatrix, _ block: BlockPlace, _ variance: inout [Double]
  ) {
    let (q, m) = (inverse.structure.blockSize, inverse.structure.cornerSize)
    let all = predictors.span
    let (left, right) = (all[a].leadingColumns.span, all[b].leadingColumns.span)
    let (leftCorner, rightCorner) = (all[a].cornerColumns.span, all[b].cornerColumns.span)
    for one in left.indices {
      for two in right.indices {
        addBlockVariances(left[one], right[two], inverse.blocks, q, block, &variance)
      }
      for two in rightCorner.indices {
        addBorderVariances(left[one], rightCorner[two], inverse.border, q, block, &variance)
      }
    }
    for one in leftCorner.indices {
      for two in right.indices {
        addBorderVariances(right[two], leftCorner[one], inverse.border, q, block, &variance)
      }
      for two in rightCorner.indices {
        if case .sparse = inverse.structure.corner {
          leftCorner[one].addSparseVariances(
            rightCorner[two], inverse.corner, block, &variance)
          continue
        }
        for row in block.start..<(block.start + block.count) {
          let place = Int(leftCorner[one].places[row]) + Int(rightCorner[two].places[row]) * m
          variance[row - block.start] +=
            inverse.corner[place] * leftCorner[one].value(row) * rightCorner[two].value(row)
        }
      }
    }
  }

  private func addBlockVariances(
    _ left: borrowing LeadingColumn, _ right: borrowing LeadingColumn, _ blocks: [Double],
    _ q: Int, _ block: BlockPlace, _ variance: inout [Double]
  ) {
    let place = left.position + right.position * q
    let all = runs.span
    var target = variance.mutableSpan
    var r = block.run
    while r < all.count && all[r].start < block.start + block.count {
      let rows = all[r].rows(from: block.start, count: block.count)
      let table = (block.start + rows.lowerBound)..<(block.start + rows.upperBound)
      let value = blocks[all[r].level * q * q + place]
      var part = target._mutatingExtracting(rows)
      switch (left.values, right.values) {
      case (nil, nil): for i in 0..<part.count { part[i] += value }
      case (let one?, nil), (nil, let one?):
        let z = one.span.extracting(table)
        for i in 0..<z.count { part[i] += value * z[i] }
      case (let one?, let two?):
        let (z, x) = (one.span.extracting(table), two.span.extracting(table))
        for i in 0..<z.count { part[i] += value * (z[i] * x[i]) }
      }
      r += 1
    }
  }

  private func addBorderVariances(
    _ left: borrowing LeadingColumn, _ right: borrowing CornerColumn, _ border: [Double],
    _ q: Int, _ block: BlockPlace, _ variance: inout [Double]
  ) {
    for row in block.start..<(block.start + block.count) {
      let value = border[q * Int(right.borderPlaces[row]) + left.position]
      variance[row - block.start] +=
        value * (left.values.map { $0[row] } ?? 1) * right.value(row)
    }
  }
}

extension CornerColumn {
  /// Adds V z_a z_b of two columns of a sparse corner.
  fileprivate func addSparseVariances(
    _ right: borrowing CornerColumn, _ inverse: [Double], _ block: BlockPlace,
    _ variance: inout [Double]
  ) {
    let rows = block.start..<(block.start + block.count)
    // V is symmetric: the pair is stored with the later of its columns.
    let shared = order >= right.order ? meetings[right.order] : right.meetings[order]
    let place = shared.span.extracting(rows)
    let v = inverse.span
    var all = variance.mutableSpan
    var target = all._mutatingExtracting(0..<block.count)
    switch (values, right.values) {
    case (nil, nil): for i in 0..<target.count { target[i] += v[Int(place[i])] }
    case (let one?, nil), (nil, let one?):
      let z = one.span.extracting(rows)
      for i in 0..<target.count { target[i] += v[Int(place[i])] * z[i] }
    case (let one?, let two?):
      let (z, x) = (one.span.extracting(rows), two.span.extracting(rows))
      for i in 0..<target.count { target[i] += v[Int(place[i])] * z[i] * x[i] }
    }
  }
}
