// The nodes and weights of Gauss-Hermite quadrature.

import Glibc

/// ∫ exp(−x²) f(x) dx ≈ Σ w f(x).
struct HermiteRule: Sendable {
  /// The nodes, ascending.
  let nodes: [Double]
  /// log w + x² of each node, as adaptive quadrature needs it.
  let logScaledWeights: [Double]

  /// The rule of `count` nodes: the roots of the orthonormal Hermite polynomial, by bisection; w = 1 / (n h²) with h the
  /// polynomial one degree lower (Davis & Rabinowitz 1984, section 2.7).
  init(count n: Int) {
    func polynomials(_ x: Double) -> (last: Double, before: Double) {
      var (before, last) = (0.0, pow(Double.pi, -0.25))
      for j in 0..<n {
        let degree = Double(j) + 1
        let next = x * (2 / degree).squareRoot() * last - (Double(j) / degree).squareRoot() * before
        (before, last) = (last, next)
      }
      return (last, before)
    }
    let bound = Double(2 * n + 1).squareRoot()
    // An odd number of steps, so that no grid point is the root at 0.
    let steps = 2001
    var nodes: [Double] = []
    var left = -bound
    for step in 1...steps {
      let right = -bound + 2 * bound * Double(step) / Double(steps)
      if (polynomials(left).last > 0) != (polynomials(right).last > 0) {
        var (low, high) = (left, right)
        let sign = polynomials(low).last > 0
        for _ in 0..<80 {
          let middle = (low + high) / 2
          if (polynomials(middle).last > 0) == sign { low = middle } else { high = middle }
        }
        nodes.append((low + high) / 2)
      }
      left = right
    }
    precondition(nodes.count == n, "too many nodes for the grid")
    self.nodes = nodes
    logScaledWeights = nodes.map { x in
      let h = polynomials(x).before
      return x * x - log(Double(n) * h * h)
    }
  }
}
