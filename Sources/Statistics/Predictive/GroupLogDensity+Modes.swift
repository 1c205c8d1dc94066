// Newton's method for the modes of a level's random effects in many draws at once.

import Families
import Glibc
import MixedModel

extension GroupLogDensity {
  /// log |L| of draw `i`, L L' being the curvature at its mode.
  func logDeterminant(_ i: Int, _ workspace: borrowing Workspace) -> Double {
    let q = size
    return (0..<q).reduce(0) { $0 + log(workspace.factor[($1 * (q + 1)) * rowsPerBlock + i]) }
  }

  /// Newton's method for the modes of all draws of a block at once, steps halved where a density falls.
  func findModes(_ block: DrawRange, _ w: inout Workspace) {
    let q = size
    for i in 0..<block.count {
      w.state[i] = .new
      for r in 0..<q { w.trial[r * rowsPerBlock + i] = 0 }
    }
    for _ in 0..<100 {
      pass(block, .second, &w)
      var isOver = true
      for i in 0..<block.count where w.state[i] == .new || w.state[i] == .moving {
        advance(i, block, &w)
        if w.state[i] == .moving { isOver = false }
      }
      if isOver { return }
    }
    for i in 0..<block.count where w.state[i] == .moving { w.state[i] = .failed }
  }

  /// Judges the trial point of draw `i` and chooses the next.
  private func advance(_ i: Int, _ block: DrawRange, _ w: inout Workspace) {
    let q = size
    var value = w.sum[i]
    for r in 0..<q {
      let u = w.trial[r * rowsPerBlock + i]
      value -= 0.5 * u * u
    }
    let isBetter = w.state[i] == .new || value >= w.value[i] - 1e-10 * (1 + abs(w.value[i]))
    guard value.isFinite, isBetter else {
      w.length[i] /= 2
      guard w.state[i] == .moving, w.length[i] > 1e-8 else {
        w.state[i] = .failed
        return
      }
      for r in 0..<q {
        let place = r * rowsPerBlock + i
        w.trial[place] = w.mode[place] + w.length[i] * w.step[place]
      }
      return
    }
    w.value[i] = value
    for r in 0..<q { w.mode[r * rowsPerBlock + i] = w.trial[r * rowsPerBlock + i] }
    guard let decrement = newton(i, block, &w) else {
      w.state[i] = .failed
      return
    }
    w.length[i] = 1
    for r in 0..<q {
      let place = r * rowsPerBlock + i
      w.trial[place] = w.mode[place] + w.step[place]
    }
    w.state[i] = .moving
    // Newton converges quadratically: what is left is below rounding.
    if decrement < 1e-13 * (1 + abs(value)) { w.state[i] = .done }
  }

  /// Computes the factor of Λ'HΛ + I and Newton's step of draw `i`; returns the step times the gradient, nil where there
  /// is none.
  ///
  /// Where the curvature is not positive definite a multiple of the identity is added (Levenberg 1944).
  private func newton(_ i: Int, _ block: DrawRange, _ w: inout Workspace) -> Double? {
    let q = size
    let n = rowsPerBlock
    let lambda = (block.start + i) * q * q
    let chain = block.chain
    var shift = 0.0
    while shift < 1e12 {
      for c in 0..<q {
        for r in c..<q {
          var sum = r == c ? 1 + shift : 0
          for a in r..<q {
            for b in c..<q {
              let h = w.curvature[(max(a, b) * q + min(a, b)) * n + i]
              sum += w.factors[chain][lambda + a + r * q] * h * w.factors[chain][lambda + b + c * q]
            }
          }
          w.matrix[r * q + c] = sum
        }
      }
      if Self.factorInPlace(&w.matrix, q) { break }
      shift = max(10 * shift, 1e-3)
    }
    guard shift < 1e12 else { return nil }
    for r in 0..<q {
      var g = -w.mode[r * n + i]
      for a in r..<q { g += w.factors[chain][lambda + a + r * q] * w.gradient[a * n + i] }
      w.vector[r] = g
      for c in 0...r { w.factor[(r * q + c) * n + i] = w.matrix[r * q + c] }
    }
    var decrement = 0.0
    for r in 0..<q {
      for c in 0..<r { w.vector[r] -= w.matrix[r * q + c] * w.vector[c] }
      w.vector[r] /= w.matrix[r * (q + 1)]
      decrement += w.vector[r] * w.vector[r]
    }
    for r in (0..<q).reversed() {
      for c in (r + 1)..<max(q, r + 1) { w.vector[r] -= w.matrix[c * q + r] * w.vector[c] }
      w.vector[r] /= w.matrix[r * (q + 1)]
      w.step[r * n + i] = w.vector[r]
    }
    // A step with a shift is no Newton step, so that the mode is not reached yet.
    return decrement.isFinite ? (shift > 0 ? .infinity : decrement) : nil
  }

  /// Replaces a lower triangle, row by row, by its Cholesky factor; false where it has none.
  private static func factorInPlace(_ a: inout [Double], _ q: Int) -> Bool {
    for r in 0..<q {
      for c in 0...r {
        var sum = a[r * q + c]
        for k in 0..<c { sum -= a[r * q + k] * a[c * q + k] }
        if r == c {
          guard sum > 0, sum.isFinite else { return false }
          a[r * q + r] = sum.squareRoot()
        } else {
          a[r * q + c] = sum / a[c * q + c]
        }
      }
    }
    return true
  }
}
