// Counts that vary more than their family says, by dispersion or by zeros.

import Foundation
import Probability

extension SuiteModel {
  static let dispersionFaults = [overdispersedPoisson, overdispersedBinomial, zeroInflated]

  /// Negative binomial counts of shape 2 (variance μ + μ²/2), fitted as poisson.
  static let overdispersedPoisson = SuiteModel(
    "overdispersed poisson", "y ~ x + (1 | g)", family: "poisson",
    right: [RightLine("overdispersion")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.5 * stream.nextNormal()
      for _ in 0..<15 {
        let x = stream.nextNormal()
        let mean = exp(1 + 0.4 * x + effect)
        data.append(
          ["y": stream.nextNegativeBinomial(mean: mean, shape: 2), "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Ten trials a row whose probability varies between rows by 0.8 on the logit scale.
  static let overdispersedBinomial = SuiteModel(
    "overdispersed binomial", "y | trials(n) ~ x + (1 | g)", family: "binomial",
    right: [RightLine("overdispersion")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.5 * stream.nextNormal()
      for _ in 0..<12 {
        let x = stream.nextNormal()
        let p = logistic(0.2 + 0.5 * x + effect + 0.8 * stream.nextNormal())
        data.append(
          ["y": stream.nextBinomial(trials: 10, probability: p), "n": 10, "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Poisson counts with a mean of about 3, of which three in ten are made zero.
  static let zeroInflated = SuiteModel(
    "zero inflation", "y ~ x + (1 | g)", family: "poisson", right: [RightLine("zero inflation")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.4 * stream.nextNormal()
      for _ in 0..<15 {
        let x = stream.nextNormal()
        let count = stream.nextPoisson(mean: exp(1.1 + 0.3 * x + effect))
        data.append(
          ["y": stream.nextUniform() < 0.3 ? 0 : count, "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }
}
