// The step of a trust region method: the best point of a quadratic model within a scaled ball.

import LinearAlgebra

/// Minimises g's + s'Bs/2 over ‖D s‖ ≤ radius (Moré & Sorensen 1983, by the eigenvectors of the scaled B).
enum TrustRegion {
  /// A step and the decrease that the quadratic model promises.
  struct Step {
    var step: [Double]
    var predictedDecrease: Double
    var isInterior: Bool
  }

  /// The step for gradient `g`, symmetric `hessian` (column by column) and scales D; nil if these are not finite.
  static func step(gradient g: [Double], hessian: [Double], scale: [Double], radius: Double)
    -> Step?
  {
    let n = g.count
    var scaled = hessian
    for c in 0..<n {
      for r in 0..<n { scaled[r + c * n] /= scale[r] * scale[c] }
    }
    guard let (values, vectors) = Dense.eigenSystem(scaled, order: n) else { return nil }
    var rotated = [Double](repeating: 0, count: n)
    for k in 0..<n {
      for i in 0..<n { rotated[k] += vectors[i + k * n] * g[i] / scale[i] }
    }
    // Curvature below rounding of the largest is no curvature: such directions are left to the radius.
    let floor = 1e-13 * max(abs(values.last ?? 1), abs(values.first ?? 1))
    func norm(_ shift: Double) -> Double {
      var sum = 0.0
      for k in 0..<n {
        let t = rotated[k] / max(values[k] + shift, floor)
        sum += t * t
      }
      return sum.squareRoot()
    }
    let lowest = values.first ?? 1
    var shift = 0.0
    let isInterior = lowest > floor && norm(0) <= radius
    if !isInterior {
      // ‖s(shift)‖ falls as the shift grows: bracket, then bisect on the logarithm.
      var low = max(0, -lowest)
      var high = max(low * 2, 1e-8)
      while norm(high) > radius && high < 1e300 { high *= 4 }
      if norm(low) <= radius { high = low }
      for _ in 0..<80 where high - low > 1e-12 * high {
        let middle =
          low > 0 ? (low * high).squareRoot() : high / 1e4 < 1e-300 ? high / 2 : high / 16
        if norm(middle) > radius { low = middle } else { high = middle }
      }
      shift = high
    }
    // Where g has next to nothing along the direction of negative curvature the shift alone does not reach the
    // boundary ("hard case", Moré & Sorensen, section 3): the rest of the way is along that direction.
    let rest = isInterior || lowest >= -floor ? 0 : radius * radius - norm(shift) * norm(shift)
    var step = [Double](repeating: 0, count: n)
    var decrease = 0.0
    for k in 0..<n {
      var t = -rotated[k] / max(values[k] + shift, floor)
      if k == 0 && rest > 0 {
        t = (rotated[k] > 0 ? -1 : 1) * (t * t + rest).squareRoot()
      }
      decrease -= rotated[k] * t + 0.5 * values[k] * t * t
      for i in 0..<n { step[i] += vectors[i + k * n] * t / scale[i] }
    }
    return Step(step: step, predictedDecrease: decrease, isInterior: isInterior)
  }
}
