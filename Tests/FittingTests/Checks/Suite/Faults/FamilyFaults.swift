// Faults in the kind of outcome: counts as gaussian, a category in which an outcome never occurs.

import Foundation
import Probability

extension SuiteModel {
  static let familyFaults = [countsAsGaussian, separated]

  /// Poisson counts with a mean of about 2, fitted as gaussian.
  static let countsAsGaussian = SuiteModel(
    "wrong family", "y ~ x + (1 | g)", family: "gaussian", right: [RightLine("family")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.4 * stream.nextNormal()
      for _ in 0..<15 {
        let x = stream.nextNormal()
        data.append(
          ["y": stream.nextPoisson(mean: exp(0.7 + 0.4 * x + effect)), "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// A category in which the outcome is always 0.
  static let separated = SuiteModel(
    "separation", "y ~ x + kind + (1 | g)", family: "bernoulli", right: [RightLine("separation")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.6 * stream.nextNormal()
      for _ in 0..<15 {
        let (x, kind) = (stream.nextNormal(), stream.nextCategory(["a", "b", "c"]))
        let y = stream.nextBernoulli(logistic(0.2 + 0.5 * x + effect))
        data.append(["y": kind == "c" ? 0 : y, "x": x], in: ["kind": kind, "g": "g\(group)"])
      }
    }
    return data
  }
}
