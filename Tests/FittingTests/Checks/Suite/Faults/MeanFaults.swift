// Faults in what the mean depends on: its link, a curve, a product, a predictor that is left out.

import Foundation
import Probability

extension SuiteModel {
  static let meanFaults = [wrongLink, missingCurve, missingInteraction, missingPredictor]

  /// Ten trials a row with the link cloglog and strong effects of two covariates, fitted as logit.
  static let wrongLink = SuiteModel(
    "wrong link", "y | trials(n) ~ x + z + (1 | g)", family: "binomial",
    right: [RightLine("link or curvature")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<40 {
      let effect = 0.3 * stream.nextNormal()
      for _ in 0..<15 {
        let (x, z) = (stream.nextNormal(), stream.nextNormal())
        let p = 1 - exp(-exp(-0.5 + 0.8 * x + 0.8 * z + effect))
        data.append(
          ["y": stream.nextBinomial(trials: 10, probability: p), "n": 10, "x": x, "z": z],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// A square of x that is left out.
  static let missingCurve = SuiteModel(
    "missing quadratic", "y ~ x + z + (1 | g)", family: "gaussian",
    right: [RightLine("curvature", on: "x"), RightLine("link or curvature")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.7 * stream.nextNormal()
      for _ in 0..<15 {
        let (x, z) = (stream.nextNormal(), stream.nextNormal())
        data.append(
          [
            "y": 1 + 0.6 * x + 0.4 * z + 0.3 * x * x + effect + stream.nextNormal(), "x": x, "z": z,
          ], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// A product of two covariates that is left out.
  static let missingInteraction = SuiteModel(
    "missing interaction", "y ~ x + z + (1 | g)", family: "poisson",
    right: [RightLine("interaction", on: "x and z")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.4 * stream.nextNormal()
      for _ in 0..<15 {
        let (x, z) = (stream.nextNormal(), stream.nextNormal())
        let mean = exp(1 + 0.3 * x + 0.2 * z + 0.25 * x * z + effect)
        data.append(["y": stream.nextPoisson(mean: mean), "x": x, "z": z], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// A predictor that stands in the file and not in the model, beside one that is of no use.
  static let missingPredictor = SuiteModel(
    "missing predictor", "y ~ x + (1 | g)", family: "bernoulli",
    right: [RightLine("missing predictor", on: "z")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<40 {
      let effect = 0.6 * stream.nextNormal()
      for _ in 0..<20 {
        let (x, z, noise) = (stream.nextNormal(), stream.nextNormal(), stream.nextNormal())
        let p = logistic(0.2 + 0.5 * x + 0.6 * z + effect)
        data.append(
          ["y": stream.nextBernoulli(p), "x": x, "z": z, "noise": noise], in: ["g": "g\(group)"])
      }
    }
    return data
  }
}
