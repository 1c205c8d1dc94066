// The priors of brms for what the user leaves open, from the scale of each response.

import Families
import Glibc

/// The location and scale that brms derives from a response: brms 2.23, `get_prior`.
struct ResponseScale {
  /// median(g(y)), rounded to one decimal; 0 for links that bound the mean.
  let location: Double
  /// max(2.5, mad(g(y))), rounded to one decimal; 2.5 for links that bound the mean.
  let scale: Double

  init(_ outcome: ModelOutcome) {
    let link = outcome.family.parameters[0].link
    guard [.identity, .log, .inverse, .sqrt].contains(link) else {
      (location, scale) = (0, 2.5)
      return
    }
    let n = outcome.response.count
    let values = outcome.response.y.prefix(n).map { y in
      link.predictor(for: (link == .log || link == .inverse) && y == 0 ? 0.1 : y)
    }
    let middle = Self.median(values)
    let deviation = 1.4826 * Self.median(values.map { abs($0 - middle) })
    let offset = outcome.predictors[0].offset.map { $0.prefix(n).reduce(0, +) / Double(n) } ?? 0
    location = middle.isFinite ? Self.rounded(middle) - offset : 0
    scale = deviation.isFinite ? max(2.5, Self.rounded(deviation)) : 2.5
  }

  private static func rounded(_ x: Double) -> Double { (x * 10).rounded(.toNearestOrEven) / 10 }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return .nan }
    let half = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[half] : 0.5 * (sorted[half - 1] + sorted[half])
  }

  /// t₃(location, scale), for intercepts.
  var intercept: PriorDistribution { .studentT(df: 3, location: location, scale: scale) }
  /// Half-t₃(0, scale), for standard deviations.
  var deviation: PriorDistribution { .studentT(df: 3, location: 0, scale: scale) }

  /// The default of a distributional parameter without a formula, on its natural scale.
  func dispersion(_ parameter: String, of family: any ResponseFamily) -> PriorDistribution {
    switch parameter {
    case "sigma": deviation
    case "shape":
      // brms 2.23 has a prior of its own for the shape of counts.
      family.isDiscrete ? .inverseGamma(shape: 0.4, scale: 0.3) : .gamma(shape: 0.01, rate: 0.01)
    case "phi": .gamma(shape: 0.01, rate: 0.01)
    case "kappa": .gamma(shape: 2, rate: 0.01)
    case "nu": .gamma(shape: 2, rate: 0.1)
    case "zi", "hu", "zoi", "coi": .beta(a: 1, b: 1)
    case "alpha": .normal(mean: 0, sd: 4)
    default: deviation
    }
  }

  /// The default of the intercept of a distributional parameter with a formula, on the scale of its link.
  func dispersionIntercept(_ parameter: String) -> PriorDistribution {
    switch parameter {
    case "nu": .normal(mean: 2.7, sd: 0.8)
    case "zi", "hu", "zoi", "coi": .logistic(location: 0, scale: 1)
    case "kappa": .normal(mean: 5, sd: 0.8)
    case "alpha": .normal(mean: 0, sd: 4)
    default: .studentT(df: 3, location: 0, scale: 2.5)
    }
  }
}
