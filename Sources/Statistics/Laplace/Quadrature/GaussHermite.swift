// Nodes and weights of Gauss-Hermite quadrature for the standard normal density.

import LinearAlgebra

/// A rule Σ W_i g(z_i) ≈ ∫ g(z) φ(z) dz with Σ W_i = 1.
package struct GaussHermite: Sendable {
  /// The dimension, q.
  package let dimension: Int
  /// The nodes, q numbers each.
  package let nodes: [Double]
  /// The weights.
  package let weights: [Double]

  /// The rule with `points` nodes in one dimension, exact for polynomials up to degree 2 · `points` − 1.
  ///
  /// The nodes are the eigenvalues of the matrix of the recurrence of the Hermite polynomials, the weights the squares of
  /// the first elements of its eigenvectors (Golub & Welsch 1969).
  package init(points: Int) {
    precondition(points > 0, "a rule has nodes")
    var matrix = [Double](repeating: 0, count: points * points)
    for i in 1..<max(points, 1) {
      matrix[i + (i - 1) * points] = Double(i).squareRoot()
      matrix[i - 1 + i * points] = Double(i).squareRoot()
    }
    guard let (values, vectors) = Dense.eigenSystem(matrix, order: points) else {
      preconditionFailure("a symmetric matrix of finite numbers has eigenvalues")
    }
    dimension = 1
    nodes = values
    weights = (0..<points).map { vectors[$0 * points] * vectors[$0 * points] }
  }

  /// The product of `dimension` such rules.
  package init(points: Int, dimension: Int) {
    let single = GaussHermite(points: points)
    var (nodes, weights) = (single.nodes, single.weights)
    for size in 1..<max(dimension, 1) {
      var (longer, products): ([Double], [Double]) = ([], [])
      for (place, weight) in weights.enumerated() {
        for (node, other) in zip(single.nodes, single.weights) {
          longer += nodes[(place * size)..<((place + 1) * size)]
          longer.append(node)
          products.append(weight * other)
        }
      }
      (nodes, weights) = (longer, products)
    }
    self.dimension = dimension
    self.nodes = nodes
    self.weights = weights
  }
}
