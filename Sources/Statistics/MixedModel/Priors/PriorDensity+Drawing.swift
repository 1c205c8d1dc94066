// Independent draws of ψ from the joint prior: no Markov chain.

import Families
import Probability

extension PriorDensity {
  /// The entries from which nothing can be drawn, because their integral is infinite.
  package var improperEntries: [Entry] { entries.filter { !$0.isProper } }

  /// A draw of ψ of `count` elements from the joint prior.
  ///
  /// LKJ rows are independent: row i has density ∝ (1 + |t_i|²)^−(k+2η−1)/2, which is a normal vector over the root of a chi-square number
  /// with k + 2η − 1 − i degrees of freedom (the onion of Lewandowski, Kurowicka & Joe 2009 in these coordinates).
  ///
  /// - Precondition: `improperEntries` is empty.
  /// - Throws: `ModelError` when a prior has next to no mass in its parameter's range.
  package func draw(count: Int, using stream: inout RandomStream) throws(ModelError) -> [Double] {
    precondition(improperEntries.isEmpty, "no draws from an improper prior")
    var psi = [Double](repeating: 0, count: count)
    var intercepts: [(parts: [(index: Int, weight: Double)], value: Double)] = []
    for term in terms {
      switch term {
      case .coefficient(let index, let prior):
        psi[index] = try prior.draw(within: .identity, using: &stream)
      case .centredIntercept(let parts, let prior):
        intercepts.append((parts, try prior.draw(within: .identity, using: &stream)))
      case .parameter(let index, let link, let prior):
        psi[index] = link.predictor(for: try prior.draw(within: link, using: &stream))
      case .correlation(let start, let size, let eta):
        var next = start
        for row in 1..<max(size, 1) {
          let chi = stream.nextChi(Double(size) + 2 * eta - 1 - Double(row))
          for _ in 0..<row {
            psi[next] = stream.nextNormal() / chi
            next += 1
          }
        }
      case .covariance(let prior):
        for (place, value) in try prior.draw(using: &stream).enumerated() {
          psi[prior.start + place] = value
        }
      }
    }
    // An intercept at the predictors' means follows from the coefficients: β₀ = value − Σ x̄ β.
    for (parts, value) in intercepts {
      psi[parts[0].index] =
        value - parts.dropFirst().reduce(0) { $0 + $1.weight * psi[$1.index] }
    }
    return psi
  }
}
