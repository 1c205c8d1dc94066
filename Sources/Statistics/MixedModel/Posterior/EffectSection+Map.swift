// The map z ↦ u of eight levels at a time, its inverse, and the pull-back of derivatives through it.

import LinearAlgebra
import Probability

/// What the last map of a section left for its pull-back.
struct EffectSectionWorkspace: Sendable {
  /// L of eight levels after another, lower triangles row by row; its diagonal holds reciprocals.
  var factors: [Double]
  /// L⁻¹Λ'h of eight levels after another.
  var shifts: [Double]
  /// Σ over levels of the derivative in Λ, lower triangle row by row, eight partial sums for each element.
  var sums: [Double]
  /// Room for four vectors of a batch.
  var vectors: [Double]
  /// Room for three q × q matrices of a batch.
  var matrices: [Double]

  init(_ section: EffectSection) {
    let q = section.order
    factors = Array(repeating: 0, count: section.batches * laneCount * section.packed)
    shifts = Array(repeating: 0, count: section.batches * laneCount * q)
    sums = Array(repeating: 0, count: laneCount * section.packed)
    vectors = Array(repeating: 0, count: laneCount * 4 * q)
    matrices = Array(repeating: 0, count: laneCount * 3 * q * q)
  }

  /// The derivative in Λ_rc, r ≥ c.
  func lambdaGradient(_ r: Int, _ c: Int) -> Double {
    sums.span.lanes(at: (r * (r + 1) / 2 + c) * laneCount).sum()
  }
}

extension EffectSection {
  /// u from z; the result is Σ log |L|.
  func standardEffects(
    _ z: Span<Double>, _ factors: CovarianceFactors, into u: inout MutableSpan<Double>,
    _ workspace: inout EffectSectionWorkspace
  ) -> Double {
    if isLeading { return map(z, factors.leading.span, &u, &workspace) }
    let lambdas = factors.lambdas.span
    return map(z, lambdas[blocks[0].index].span, &u, &workspace)
  }

  private func map(
    _ z: Span<Double>, _ lambda: Span<Double>, _ u: inout MutableSpan<Double>,
    _ w: inout EffectSectionWorkspace
  ) -> Double {
    switch order {
    case 1: map(Order1(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    case 2: map(Order2(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    case 3: map(Order3(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    case 4: map(Order4(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    case 5: map(Order5(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    case 6: map(Order6(), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    default: map(AnyOrder(q: order), z, lambda, &u, &w.factors, &w.shifts, &w.vectors, &w.matrices)
    }
  }

  private func map<Order: LevelOrder>(
    _ order: Order, _ z: Span<Double>, _ lambda: Span<Double>, _ u: inout MutableSpan<Double>,
    _ allFactors: inout [Double], _ allShifts: inout [Double], _ vectorRoom: inout [Double],
    _ matrixRoom: inout [Double]
  ) -> Double {
    let q = order.q
    var logDeterminant = Lanes.zero
    let (w, h) = (weights.span, scores.span)
    var factors = allFactors.mutableSpan
    var shifts = allShifts.mutableSpan
    var vectors = vectorRoom.mutableSpan
    var matrices = matrixRoom.mutableSpan
    let size = order.packed
    for batch in 0..<batches {
      var l = factors._mutatingExtracting(
        (batch &* size &* laneCount)..<((batch &+ 1) &* size &* laneCount))
      var shift = shifts._mutatingExtracting(
        (batch &* q &* laneCount)..<((batch &+ 1) &* q &* laneCount))
      let weight = w.extracting((batch &* size &* laneCount)..<((batch &+ 1) &* size &* laneCount))
      let score = h.extracting((batch &* q &* laneCount)..<((batch &+ 1) &* q &* laneCount))
      logDeterminant += LevelBatch.factor(order, weight, score, lambda, &l, &shift, &matrices)
      // v = L⁻¹Λ'h + z, then u = L⁻ᵀ v.
      let first = start &+ batch &* laneCount &* q
      let levels = min(laneCount, count &- batch &* laneCount)
      LevelBatch.gather(order, z, from: first, levels, into: &vectors)
      for i in 0..<q {
        let at = i &* laneCount
        vectors.store(vectors.lanes(at: at) + shift.lanes(at: at), at: at)
      }
      LevelBatch.solveTransposed(order, l.span, &vectors)
      LevelBatch.scatter(order, vectors.span, levels, into: &u, from: first)
    }
    return logDeterminant.sum()
  }

  /// z = L'u − L⁻¹Λ'h.
  func coordinates(
    _ u: Span<Double>, _ factors: CovarianceFactors, into z: inout MutableSpan<Double>,
    _ workspace: inout EffectSectionWorkspace
  ) {
    // The map leaves L and the shift in the workspace; what it makes of u itself is not used.
    _ = standardEffects(u, factors, into: &z, &workspace)
    let (q, l, shift) = (order, workspace.factors.span, workspace.shifts.span)
    for level in 0..<count {
      let (batch, lane) = (level / laneCount, level % laneCount)
      for i in 0..<q {
        var value = -shift[(batch * q + i) * laneCount + lane]
        for k in i..<q {
          let element = l[(batch * packed + k * (k + 1) / 2 + i) * laneCount + lane]
          value += (k == i ? 1 / element : element) * u[start + level * q + k]
        }
        z[start + level * q + i] = value
      }
    }
  }

  /// The derivative in u becomes that in z, in place; the sums over levels of the derivative in Λ go to `workspace`.
  func pullBack(
    _ adjoint: inout MutableSpan<Double>, _ effectGradient: Span<Double>, _ u: Span<Double>,
    _ factors: CovarianceFactors, _ workspace: inout EffectSectionWorkspace
  ) {
    if isLeading {
      return pullBack(&adjoint, effectGradient, u, factors.leading.span, &workspace)
    }
    let lambdas = factors.lambdas.span
    pullBack(&adjoint, effectGradient, u, lambdas[blocks[0].index].span, &workspace)
  }

  private func pullBack(
    _ adjoint: inout MutableSpan<Double>, _ effectGradient: Span<Double>, _ u: Span<Double>,
    _ lambda: Span<Double>, _ w: inout EffectSectionWorkspace
  ) {
    switch order {
    case 1:
      pullBack(
        Order1(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    case 2:
      pullBack(
        Order2(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    case 3:
      pullBack(
        Order3(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    case 4:
      pullBack(
        Order4(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    case 5:
      pullBack(
        Order5(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    case 6:
      pullBack(
        Order6(), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors, &w.matrices,
        &w.sums)
    default:
      pullBack(
        AnyOrder(q: order), &adjoint, effectGradient, u, lambda, w.factors, w.shifts, &w.vectors,
        &w.matrices, &w.sums)
    }
  }

  private func pullBack<Order: LevelOrder>(
    _ order: Order, _ adjoint: inout MutableSpan<Double>, _ effectGradient: Span<Double>,
    _ u: Span<Double>, _ lambda: Span<Double>, _ allFactors: [Double], _ allShifts: [Double],
    _ vectorRoom: inout [Double], _ matrixRoom: inout [Double], _ allSums: inout [Double]
  ) {
    let q = order.q
    let (w, h) = (weights.span, scores.span)
    let (factors, shifts) = (allFactors.span, allShifts.span)
    var sums = allSums.mutableSpan
    for i in sums.indices { sums[i] = 0 }
    var vectors = vectorRoom.mutableSpan
    var matrices = matrixRoom.mutableSpan
    let size = order.packed
    for batch in 0..<batches {
      let packedRange = (batch &* size &* laneCount)..<((batch &+ 1) &* size &* laneCount)
      let vectorRange = (batch &* q &* laneCount)..<((batch &+ 1) &* q &* laneCount)
      let first = start &+ batch &* laneCount &* q
      let levels = min(laneCount, count &- batch &* laneCount)
      LevelBatch.gather(order, adjoint.span, from: first, levels, into: &vectors)
      LevelBatch.gather(order, u, from: first, levels, into: &vectors, at: q &* laneCount)
      LevelBatch.gather(
        order, effectGradient, from: first, levels, into: &vectors, at: 2 &* q &* laneCount)
      LevelBatch.pullBack(
        order, w.extracting(packedRange), h.extracting(vectorRange), lambda,
        factors.extracting(packedRange), shifts.extracting(vectorRange), &vectors, &matrices, &sums)
      LevelBatch.scatter(order, vectors.span, levels, into: &adjoint, from: first)
    }
  }
}
