// Sums over the rows of one run: a few rows as they come, many rows eight at a time.

import LinearAlgebra

/// Sums over neighbouring rows.
enum Rows {
  /// Σ d_i.
  @inline(__always) static func sum(_ d: Span<Double>) -> Double {
    var i = 0
    var total = 0.0
    if d.count >= 2 * laneCount {
      var lanes = Lanes.zero
      while i &+ laneCount <= d.count {
        lanes += d.lanes(at: i)
        i &+= laneCount
      }
      total = lanes.sum()
    }
    while i < d.count {
      total += d[i]
      i &+= 1
    }
    return total
  }

  /// Σ d_i z_i.
  @inline(__always) static func product(_ d: Span<Double>, _ z: Span<Double>) -> Double {
    precondition(d.count == z.count, "as many weights as rows")
    var i = 0
    var total = 0.0
    if d.count >= 2 * laneCount {
      var lanes = Lanes.zero
      while i &+ laneCount <= d.count {
        lanes = multiplyAdd(d.lanes(at: i), z.lanes(at: i), lanes)
        i &+= laneCount
      }
      total = lanes.sum()
    }
    while i < d.count {
      total += d[i] * z[i]
      i &+= 1
    }
    return total
  }

  /// Σ d_i z_i x_i.
  @inline(__always) static func product(
    _ d: Span<Double>, _ z: Span<Double>, _ x: Span<Double>
  ) -> Double {
    precondition(d.count == z.count && d.count == x.count, "as many weights as rows")
    var total = 0.0
    for i in 0..<d.count { total += d[i] * z[i] * x[i] }
    return total
  }
}
