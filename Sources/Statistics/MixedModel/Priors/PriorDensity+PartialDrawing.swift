// Draws of those parameters that have proper priors, where others have none.

import Families
import Probability

extension PriorDensity {
  /// A draw of ψ of `count` elements in which parameters with improper priors, and what depends on them, are NaN.
  ///
  /// - Throws: `ModelError` when a prior has next to no mass in its parameter's range.
  package func drawWhereProper(
    count: Int, using stream: inout RandomStream
  ) throws(ModelError) -> [Double] {
    var missing: [Int] = []
    let proper = terms.filter { term in
      switch term {
      case .coefficient(let index, .flat), .parameter(let index, _, .flat):
        missing.append(index)
        return false
      case .centredIntercept(let parts, .flat):
        missing.append(parts[0].index)
        return false
      default: return true
      }
    }
    // A covariance matrix has an improper prior as a whole or none; its parameters are then left out together.
    let isCovarianceImproper = entries.contains { $0.parameterClass == "cov" && !$0.isProper }
    let drawn = proper.filter { term in
      if case .covariance(let prior) = term, isCovarianceImproper {
        missing += prior.start..<(prior.start + prior.covariance.parameterCount)
        return false
      }
      return true
    }
    var psi = try PriorDensity(
      terms: drawn, entries: [], includesJacobian: includesJacobian, barrier: barrier
    ).draw(count: count, using: &stream)
    for index in missing { psi[index] = .nan }
    for case .centredIntercept(let parts, _) in drawn
    where parts.dropFirst().contains(where: { missing.contains($0.index) }) {
      psi[parts[0].index] = .nan
    }
    return psi
  }
}
