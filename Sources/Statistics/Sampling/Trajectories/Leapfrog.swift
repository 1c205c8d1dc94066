// One leapfrog step: the volume-preserving, reversible integrator of the trajectory.

import LinearAlgebra
import Probability

/// Moves a phase point by one leapfrog step of size ε; returns log π at its end.
///
/// ```
/// p ← p + (ε/2) ∇log π(q);   q ← q + ε p;   p ← p + (ε/2) ∇log π(q)
/// ```
/// A negative ε goes back in time. The spans are padded to whole lanes with zeros; `gradient` holds
/// ∇ log π at `position` before and after. Neal (2011), section 5.2.3.
func leapfrog<Target: LogDensity>(
  _ target: inout Target, position: inout MutableSpan<Double>,
  momentum: inout MutableSpan<Double>, gradient: inout MutableSpan<Double>, stepSize: Double
) -> Double {
  let dimension = target.dimension
  let half = Lanes(repeating: stepSize / 2)
  let whole = Lanes(repeating: stepSize)
  for i in stride(from: 0, to: momentum.count, by: laneCount) {
    let p = multiplyAdd(half, gradient.lanes(at: i), momentum.lanes(at: i))
    momentum.store(p, at: i)
    position.store(multiplyAdd(whole, p, position.lanes(at: i)), at: i)
  }
  var slope = gradient._mutatingExtracting(0..<dimension)
  let logDensity = target.evaluate(
    at: position.span.extracting(0..<dimension), gradient: &slope)
  for i in stride(from: 0, to: momentum.count, by: laneCount) {
    momentum.store(multiplyAdd(half, gradient.lanes(at: i), momentum.lanes(at: i)), at: i)
  }
  return logDensity
}
