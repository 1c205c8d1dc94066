// Faults in what is left after the mean: tails, single rows, spread, order of rows, other outcomes.

import Foundation
import Probability

extension SuiteModel {
  static let residualFaults = [
    heavyTails, outlyingRows, changingSpread, dependentRows, dependentOutcomes,
  ]

  /// Residuals of Student's t with 3 degrees of freedom.
  static let heavyTails = SuiteModel(
    "heavy tails", "y ~ x + (1 | g)", family: "gaussian", right: [RightLine("heavy tails")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.8 * stream.nextNormal()
      for _ in 0..<20 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + effect + stream.nextStudent(degrees: 3), "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Five rows of 500 that lie eight standard deviations out.
  static let outlyingRows = SuiteModel(
    "outlying rows", "y ~ x + (1 | g)", family: "gaussian", right: [RightLine("outlying rows")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<25 {
      let effect = 0.8 * stream.nextNormal()
      for row in 0..<20 {
        let x = stream.nextNormal()
        let shift = group % 5 == 2 && row == 7 ? (group % 2 == 0 ? 8.0 : -8.0) : 0
        data.append(
          ["y": 1 + 0.5 * x + effect + stream.nextNormal() + shift, "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// A standard deviation of exp(x / 2).
  static let changingSpread = SuiteModel(
    "heteroscedasticity", "y ~ x + (1 | g)", family: "gaussian",
    right: [RightLine("heteroscedasticity", on: "x")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let effect = 0.8 * stream.nextNormal()
      for _ in 0..<15 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + effect + exp(0.5 * x) * stream.nextNormal(), "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Rows of a group in the order of time, each with 0.6 of the deviation of the one before.
  static let dependentRows = SuiteModel(
    "autocorrelation", "y ~ x + (1 | g)", family: "gaussian", right: [RightLine("autocorrelation")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<25 {
      let effect = 0.8 * stream.nextNormal()
      var deviation = stream.nextNormal()
      for _ in 0..<20 {
        let x = stream.nextNormal()
        data.append(["y": 1 + 0.5 * x + effect + deviation, "x": x], in: ["g": "g\(group)"])
        deviation = 0.6 * deviation + 0.8 * stream.nextNormal()
      }
    }
    return data
  }

  /// Two outcomes whose residuals correlate by 0.6, fitted as independent within rows.
  static let dependentOutcomes = SuiteModel(
    "residual correlation", "cbind(y, w) ~ x + (1 | g)", family: "gaussian,gaussian",
    right: [RightLine("dependence of outcomes")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let (a, b) = (0.8 * stream.nextNormal(), 0.8 * stream.nextNormal())
      for _ in 0..<15 {
        let (x, first) = (stream.nextNormal(), stream.nextNormal())
        let second = 0.6 * first + 0.8 * stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + a + first, "w": -1 + 0.3 * x + b + second, "x": x],
          in: ["g": "g\(group)"])
      }
    }
    return data
  }
}
