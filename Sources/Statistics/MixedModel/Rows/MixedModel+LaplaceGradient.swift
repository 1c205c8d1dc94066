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
    for i in adjoint.indices { adjoint[i] = 0 }
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
        let block = BlockPlace(outcome: index, start: start, count: count, run: run)
        keepSecond(block, length, &workspace)
        curvatureForce(block, inverse, workspace.derivatives[index], &scratch)
        addForces(block, scratch.force, &adjoint, &workspace)
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
          for i in product.indices { product[i] = 0 }
          outcome.addRandom(
            b, &product, 0, start: start, count: count, run: run, effects: v, layout: effects)
          for a in outcome.predictors.indices {
            let pair = (place * outcome.predictors.count + a) * length + start
            for i in 0..<count { weighted[i] = workspace.keptSecond[index][pair + i] * product[i] }
            for i in count..<paddedToLanes(count) { weighted[i] = 0 }
            outcome.addDesignProduct(
              a, weighted, channel: 0, start: start, count: count,
              to: &workspace.coefficientGradient)
          }
        }
      }
    }
  }

  private func keepSecond(_ block: BlockPlace, _ length: Int, _ workspace: inout RowWorkspace) {
    let outcome = outcomes[block.outcome]
    let channels = workspace.derivatives[block.outcome].channels
    for (place, b) in outcome.randomPredictors.enumerated() {
      for a in outcome.predictors.indices {
        let from = channels.second(a, b) * rowsPerBlock
        let to = (place * outcome.predictors.count + a) * length + block.start
        for i in 0..<block.count {
          workspace.keptSecond[block.outcome][to + i] =
            workspace.derivatives[block.outcome].values[from + i]
        }
      }
    }
  }

  /// h_c for every predictor c of the block's rows.
  private func curvatureForce(
    _ block: BlockPlace, _ inverse: ArrowMatrix, _ derivatives: DerivativeBlock,
    _ scratch: inout ThirdOrderScratch
  ) {
    let outcome = outcomes[block.outcome]
    for i in scratch.force.indices { scratch.force[i] = 0 }
    for a in outcome.randomPredictors {
      for b in outcome.randomPredictors {
        for i in scratch.variance.indices { scratch.variance[i] = 0 }
        outcome.addVariances(a, b, inverse, block, &scratch.variance)
        for c in outcome.predictors.indices {
          let third = derivatives.channels.third(a, b, c) * rowsPerBlock
          for i in 0..<block.count {
            scratch.force[c * rowsPerBlock + i] +=
              0.5 * scratch.variance[i] * derivatives.values[third + i]
          }
        }
      }
    }
  }

  private func addForces(
    _ block: BlockPlace, _ force: [Double], _ adjoint: inout [Double],
    _ workspace: inout RowWorkspace
  ) {
    let outcome = outcomes[block.outcome]
    for a in outcome.predictors.indices {
      let channel = workspace.derivatives[block.outcome].channels.first(a)
      outcome.addDesignProduct(
        a, workspace.derivatives[block.outcome].values, channel: channel, start: block.start,
        count: block.count, to: &workspace.coefficientGradient)
      outcome.addDesignProduct(
        a, force, channel: a, start: block.start, count: block.count,
        to: &workspace.coefficientGradient)
      guard outcome.predictors[a].isRandom else { continue }
      outcome.addEffectProduct(
        a, workspace.derivatives[block.outcome].values, channel: channel, start: block.start,
        count: block.count, run: block.run, layout: effects, to: &workspace.effectGradient)
      outcome.addEffectProduct(
        a, force, channel: a, start: block.start, count: block.count, run: block.run,
        layout: effects, to: &adjoint)
    }
  }
}

/// A block of rows of one outcome.
struct BlockPlace {
  let outcome: Int
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
}

extension ModelOutcome {
  /// Adds z_a' V z_b of every row of the block to `variance`.
  func addVariances(
    _ a: Int, _ b: Int, _ inverse: ArrowMatrix, _ block: BlockPlace, _ variance: inout [Double]
  ) {
    let q = inverse.structure.blockSize
    let m = inverse.structure.cornerSize
    let end = block.start + block.count
    for left in predictors[a].leadingColumns {
      for right in predictors[b].leadingColumns {
        var r = block.run
        while r < runs.count && runs[r].start < end {
          let low = max(runs[r].start, block.start)
          let value = inverse.blocks[runs[r].level * q * q + left.position + right.position * q]
          for row in low..<min(runs[r].end, end) {
            let z = (left.values.map { $0[row] } ?? 1) * (right.values.map { $0[row] } ?? 1)
            variance[row - block.start] += value * z
          }
          r += 1
        }
      }
      for right in predictors[b].cornerColumns {
        addBorderVariances(left, right, inverse, q, block, &variance)
      }
    }
    for left in predictors[a].cornerColumns {
      for right in predictors[b].leadingColumns {
        addBorderVariances(right, left, inverse, q, block, &variance)
      }
      for right in predictors[b].cornerColumns {
        for row in block.start..<end {
          let value = inverse.corner[Int(left.places[row]) + Int(right.places[row]) * m]
          variance[row - block.start] += value * left.value(row) * right.value(row)
        }
      }
    }
  }

  private func addBorderVariances(
    _ left: LeadingColumn, _ right: CornerColumn, _ inverse: ArrowMatrix, _ q: Int,
    _ block: BlockPlace, _ variance: inout [Double]
  ) {
    for row in block.start..<(block.start + block.count) {
      let value = inverse.border[q * Int(right.borderPlaces[row]) + left.position]
      variance[row - block.start] +=
        value * (left.values.map { $0[row] } ?? 1) * right.value(row)
    }
  }
}
