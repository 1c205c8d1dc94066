// Starting points inside the support of every prior, and the barrier that keeps a mode off hard edges.

import Families

extension PriorDensity {
  /// Whether some prior ends at a hard edge, as a uniform one does.
  package var hasHardEdges: Bool {
    terms.contains { term in
      switch term {
      case .coefficient(_, let prior), .centredIntercept(_, let prior):
        prior.hasEdge(within: .identity) != (false, false)
      case .parameter(_, let link, let prior): prior.hasEdge(within: link) != (false, false)
      case .correlation, .covariance: false
      }
    }
  }

  /// The indices in ψ whose estimates lie beyond a hard edge of their prior, or within three standard errors of one.
  package func indicesAtEdges(_ psi: [Double], standardError: (Int) -> Double?) -> [Int] {
    var found: [Int] = []
    func check(_ index: Int, _ link: Link, _ prior: PriorDistribution) {
      let edge = prior.hasEdge(within: link)
      let margin = 3 * (standardError(index) ?? 0)
      let isLow = edge.low && psi[index] < link.predictor(for: prior.support.low) + margin
      let isHigh = edge.high && psi[index] > link.predictor(for: prior.support.high) - margin
      if isLow || isHigh { found.append(index) }
    }
    for term in terms {
      switch term {
      case .coefficient(let index, let prior): check(index, .identity, prior)
      case .parameter(let index, let link, let prior): check(index, link, prior)
      case .centredIntercept, .correlation, .covariance: continue
      }
    }
    return found
  }

  /// The priors with log(distance) added for every hard edge.
  ///
  /// A sampler's mode is found with it: the posterior itself may have its maximum on an edge, where there is no
  /// curvature to precondition by. The weight 1 makes it the mode in coordinates that map the support to a line.
  package var withBarrier: PriorDensity {
    PriorDensity(terms: terms, entries: entries, includesJacobian: includesJacobian, barrier: 1)
  }

  /// `psi` with every parameter that lies outside its prior's support moved inside, a tenth of its width from the edge.
  package func inside(_ psi: [Double]) -> [Double] {
    var result = psi
    for term in terms {
      switch term {
      case .coefficient(let index, let prior):
        result[index] = prior.inside(result[index], of: .identity)
      case .parameter(let index, let link, let prior):
        let value = link.mean(at: result[index])
        let moved = prior.inside(value, of: link)
        if moved != value { result[index] = link.predictor(for: moved) }
      case .centredIntercept, .correlation, .covariance: continue
      }
    }
    return result
  }
}

extension PriorDistribution {
  /// The support inside the range of a link.
  func support(within link: Link) -> (low: Double, high: Double) {
    (max(support.low, link.range.low), min(support.high, link.range.high))
  }

  /// Whether the density has hard edges where the link's range goes on.
  func hasEdge(within link: Link) -> (low: Bool, high: Bool) {
    let edge = hasHardEdge
    guard edge.low || edge.high else { return (false, false) }
    return (
      edge.low && support.low > link.range.low, edge.high && support.high < link.range.high
    )
  }

  /// `x`, or a point near it that is well inside.
  fileprivate func inside(_ x: Double, of link: Link) -> Double {
    let (low, high) = support(within: link)
    let width = min(high - low, 10)
    if support.low > link.range.low, x < low + 0.02 * width { return low + 0.1 * width }
    if support.high < link.range.high, x > high - 0.02 * width { return high - 0.1 * width }
    return x
  }
}
