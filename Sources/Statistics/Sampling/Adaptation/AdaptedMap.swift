// The linear map that the warm-up learns on top of the preconditioner: scales and a few directions.

import LinearAlgebra

/// y = s ∘ (I + U (diag(√λ) − I) U') z with scales s and k orthonormal directions U (n × k).
///
/// The second factor is applied as the product of its k commuting factors I + (√λⱼ − 1) uⱼ uⱼ', in
/// place and without scratch: O(nk). Rounding keeps U from being exactly orthonormal; the transposes
/// take the factors in the opposite order, so that they are exact all the same.
package struct AdaptedMap: Equatable, Sendable {
  /// The scales s; nil stands for ones.
  package var scale: [Double]?
  /// U, column after column: n numbers for each direction.
  package var directions: [Double] = []
  /// √λ of each direction.
  package var stretches: [Double] = []

  /// v ← S M v: from z to y.
  func apply(_ v: inout MutableSpan<Double>) {
    for j in stretches.indices { move(&v, along: j, by: stretches[j] - 1) }
    if let scale { for i in scale.indices { v[i] *= scale[i] } }
  }

  /// v ← (S M)' v: from a gradient in y to the gradient in z.
  func applyTransposed(_ v: inout MutableSpan<Double>) {
    if let scale { for i in scale.indices { v[i] *= scale[i] } }
    for j in stretches.indices.reversed() { move(&v, along: j, by: stretches[j] - 1) }
  }

  /// v ← (S M)⁻¹ v: from y to z.
  func invert(_ v: inout MutableSpan<Double>) {
    if let scale { for i in scale.indices { v[i] /= scale[i] } }
    for j in stretches.indices.reversed() { move(&v, along: j, by: 1 / stretches[j] - 1) }
  }

  /// v ← (S M)⁻¹' v: from a gradient in z to the gradient in y.
  func invertTransposed(_ v: inout MutableSpan<Double>) {
    for j in stretches.indices { move(&v, along: j, by: 1 / stretches[j] - 1) }
    if let scale { for i in scale.indices { v[i] /= scale[i] } }
  }

  /// v ← v + factor (u·v) u for direction j.
  private func move(_ v: inout MutableSpan<Double>, along j: Int, by factor: Double) {
    let n = v.count
    let u = directions.span.extracting(j * n..<(j + 1) * n)
    addMultiple(factor * dot(u, v.span), of: u, to: &v)
  }
}

/// a·b; the order of summation depends on nothing but the length.
func dot(_ a: Span<Double>, _ b: Span<Double>) -> Double {
  let whole = a.count & ~7
  var sums = Lanes.zero
  for i in stride(from: 0, to: whole, by: laneCount) {
    sums = multiplyAdd(a.lanes(at: i), b.lanes(at: i), sums)
  }
  var sum = sums.sum()
  for i in whole..<a.count { sum += a[i] * b[i] }
  return sum
}

/// v ← v + factor · u.
func addMultiple(_ factor: Double, of u: Span<Double>, to v: inout MutableSpan<Double>) {
  let whole = u.count & ~7
  let factors = Lanes(repeating: factor)
  for i in stride(from: 0, to: whole, by: laneCount) {
    v.store(multiplyAdd(factors, u.lanes(at: i), v.lanes(at: i)), at: i)
  }
  for i in whole..<u.count { v[i] += factor * u[i] }
}
