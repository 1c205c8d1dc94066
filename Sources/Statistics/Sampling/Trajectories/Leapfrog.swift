// One step of the integrator: volume-preserving, reversible, exact for a standard normal reference.

import Glibc
import LinearAlgebra
import Probability

/// Moves a phase point by one step of size ε; returns log π at its end.
///
/// The first `rotated` coordinates have a standard normal reference: their Hamiltonian is split into q²/2 + p²/2, which
/// is a rotation and is followed exactly, and the rest U₁ = −log π − q²/2, which kicks. All others take
/// leapfrog steps, the case of no reference (Neal 2011, section 5.2.3; Shahbaba, Lan, Johnson & Neal 2014, section 2.1).
/// ```
/// p ← p − (ε/2) ∇U₁(q);   (q, p) ← (q cos ε + p sin ε, p cos ε − q sin ε);   p ← p − (ε/2) ∇U₁(q)
/// p ← p + (ε/2) ∇log π(q);             q ← q + ε p;                          p ← p + (ε/2) ∇log π(q)
/// ```
/// Where the target is nearly normal the error is that of U₁ alone, however many such coordinates there are. In heavier
/// tails than a normal's the two parts of the force would cancel badly, so coordinates with such tails are to be left
/// out. A negative ε goes back in time. The spans are padded to whole lanes with zeros; `gradient`
/// holds ∇ log π at `position` before and after.
func leapfrog<Target: LogDensity>(
  _ target: inout Target, position: inout MutableSpan<Double>,
  momentum: inout MutableSpan<Double>, gradient: inout MutableSpan<Double>, stepSize: Double,
  rotated: Int = 0
) -> Double {
  let dimension = target.dimension
  let half = Lanes(repeating: stepSize / 2)
  let whole = Lanes(repeating: stepSize)
  let cosine = Lanes(repeating: cos(stepSize))
  let sine = Lanes(repeating: sin(stepSize))
  for i in stride(from: 0, to: momentum.count, by: laneCount) {
    let turns = isBelow(rotated, from: i)
    let q = position.lanes(at: i)
    let force = gradient.lanes(at: i) + Lanes.zero.replacing(with: q, where: turns)
    let p = multiplyAdd(half, force, momentum.lanes(at: i))
    momentum.store(p.replacing(with: cosine * p - sine * q, where: turns), at: i)
    let drifted = multiplyAdd(whole, p, q)
    position.store(drifted.replacing(with: cosine * q + sine * p, where: turns), at: i)
  }
  var slope = gradient._mutatingExtracting(0..<dimension)
  let logDensity = target.evaluate(
    at: position.span.extracting(0..<dimension), gradient: &slope)
  for i in stride(from: 0, to: momentum.count, by: laneCount) {
    let turns = isBelow(rotated, from: i)
    let force =
      gradient.lanes(at: i) + Lanes.zero.replacing(with: position.lanes(at: i), where: turns)
    momentum.store(multiplyAdd(half, force, momentum.lanes(at: i)), at: i)
  }
  return logDensity
}

/// Which of eight coordinates from `index` on come before `limit`.
@inline(__always) private func isBelow(
  _ limit: Int, from index: Int
) -> SIMDMask<SIMD8<Int64>> {
  SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7) .< SIMD8(repeating: Int64(limit &- index))
}
