// The parameters of a fit that lie inside their space, with the information about them.

import LinearAlgebra
import MixedModel

/// The parameters that have standard errors, and their observed information.
package struct FreeParameters: Sendable {
  /// The indices in ψ, ascending.
  package let indices: [Int]
  /// −∂²ℓ/∂ψ∂ψ' of them, k × k.
  package let information: [Double]
  /// Its inverse.
  package let covariance: [Double]

  /// The number of free parameters, k.
  package var count: Int { indices.count }

  /// The free parameters of a fit; nil when their information is not positive definite.
  package init?(_ fit: MaximumLikelihoodFit) {
    let n = fit.optimum.psi.count
    let free = (0..<n).filter { fit.standardError($0) != nil }
    let k = free.count
    var information = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in 0..<k { information[r + c * k] = fit.optimum.hessian[free[r] + free[c] * n] }
    }
    var inverse = information
    guard (try? Dense.choleskyFactor(&inverse, order: k)) != nil else { return nil }
    Dense.invertFactored(&inverse, order: k)
    indices = free
    self.information = information
    covariance = inverse
  }

  /// The elements of a vector in ψ that are free.
  package func part(of vector: [Double]) -> [Double] { indices.map { vector[$0] } }

  /// The free part of a matrix in ψ of n parameters.
  func part(of matrix: [Double], order n: Int) -> [Double] {
    indices.flatMap { c in indices.map { matrix[$0 + c * n] } }
  }

  /// A vector in ψ from its free part; 0 elsewhere.
  package func whole(_ part: [Double], count: Int) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for (place, index) in indices.enumerated() { result[index] = part[place] }
    return result
  }

  /// Information⁻¹ x.
  package func solve(_ x: [Double]) -> [Double] {
    (0..<count).map { r in
      (0..<count).reduce(0) { $0 + covariance[r + $1 * count] * x[$1] }
    }
  }

  /// x' information x.
  package func quadraticForm(_ x: [Double]) -> Double {
    var sum = 0.0
    for c in 0..<count {
      for r in 0..<count { sum += x[r] * information[r + c * count] * x[c] }
    }
    return sum
  }
}
