// Independent draws of ψ from the joint prior: no Markov chain.

import Families
import Probability

extension PriorDensity {
  /// The entries from which nothing can be drawn, because their integral is infinite.
  package var improperEntries: [Entry] { entries.filter { !$0.isProper } }

  /// A draw of ψ of `count` elements from the joint prior.
  ///
  /// - Precondition: `improperEntries` is empty.
  /// - Throws: `ModelError` when a prior has next to no mass in its parameter's range.
  package func draw(count: Int, using stream: inout RandomStream) throws(ModelError) -> [Double] {
    precondition(improperEntries.isEmpty, "no draws from an improper prior")
    return try draw(count: count, moving: nil, by: 0, using: &stream)
  }

  /// A draw of ψ in which parameters with improper priors are zero, and those whose prior is as `moved` says are moved by `step`.
  ///
  /// What differs between two draws from equal streams with two steps depends on such parameters: that is how users of ψ, who
  /// see other parameters made of it, find out which of theirs have no proper prior, or none with a variance.
  ///
  /// LKJ rows are independent: row i has density ∝ (1 + |t_i|²)^−(k+2η−1)/2, which is a normal vector over the root of a chi-square number
  /// with k + 2η − 1 − i degrees of freedom (the onion of Lewandowski, Kurowicka & Joe 2009 in these coordinates).
  ///
  /// - Throws: `ModelError` when a prior has next to no mass in its parameter's range.
  package func draw(
    count: Int, moving moved: Spread?, by step: Double, using stream: inout RandomStream
  ) throws(ModelError) -> [Double] {
    var psi = [Double](repeating: 0, count: count)
    var intercepts: [(parts: [(index: Int, weight: Double)], value: Double)] = []
    for term in terms {
      let spread = term.spread
      let isProper = spread != .improper
      let shift = spread == moved ? step : 0
      switch term {
      case .coefficient(let index, let prior):
        psi[index] = (isProper ? try prior.draw(within: .identity, using: &stream) : 0) + shift
      case .centredIntercept(let parts, let prior):
        let value = isProper ? try prior.draw(within: .identity, using: &stream) : 0
        intercepts.append((parts, value + shift))
      case .parameter(let index, let link, let prior):
        let value = isProper ? try prior.draw(within: link, using: &stream) : link.mean(at: 0)
        psi[index] = link.predictor(for: value) + shift
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
        let theta =
          isProper
          ? try prior.draw(using: &stream)
          : Array(repeating: 0, count: prior.covariance.parameterCount)
        // Without a variance are the standard deviations alone: correlations are bounded.
        let deviations = prior.covariance.freeDeviationCount
        for (place, value) in theta.enumerated() {
          psi[prior.start + place] = value + (!isProper || place < deviations ? shift : 0)
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

extension PriorDensity {
  /// How far a prior spreads.
  package enum Spread: Sendable {
    /// It has a finite variance.
    case finite
    /// It is proper, but its tails are too heavy for a variance.
    case infinite
    /// Its integral is infinite.
    case improper
  }
}

extension PriorDensity.Term {
  /// How far the prior spreads, on the parameter's natural scale.
  var spread: PriorDensity.Spread {
    switch self {
    case .coefficient(_, let prior), .centredIntercept(_, let prior), .parameter(_, _, let prior):
      return prior.spread
    case .correlation: return .finite
    case .covariance(let prior):
      // Σ_ii is inverse gamma with shape (ν − k + 1) / 2, times a finite square under parameter expansion.
      let size = prior.covariance.size
      let fixed = prior.covariance.fixedDeviations.count { $0 != nil }
      if prior.df <= Double(size - fixed - 1) { return .improper }
      return prior.df > Double(size + 1) ? .finite : .infinite
    }
  }
}

extension PriorDistribution {
  /// How far the prior of one parameter spreads.
  fileprivate var spread: PriorDensity.Spread {
    switch self {
    case .flat: .improper
    case .studentT(let df, _, _), .inverseWishartDeviation(let df, _):
      df <= 0 ? .improper : df > 2 ? .finite : .infinite
    case .inverseGamma(let shape, _): shape > 2 ? .finite : .infinite
    case .cauchy: .infinite
    case .constant, .normal, .logistic, .exponential, .gamma, .logNormal, .beta, .uniform, .lkj,
      .inverseWishart, .parameterExpanded:
      .finite
    }
  }
}
