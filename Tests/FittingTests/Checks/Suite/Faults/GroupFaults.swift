// Faults in the random effects: a slope or a factor left out, two kinds of groups, too few groups.

import Foundation
import Probability

extension SuiteModel {
  static let groupFaults = [missingSlope, missingRandomEffect, twoKindsOfGroups, fewGroups]

  /// A slope that varies by 0.5 between groups, fitted as one for all.
  static let missingSlope = SuiteModel(
    "missing random slope", "y ~ x + (1 | g)", family: "gaussian",
    right: [RightLine("random slope", on: "x by g")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<30 {
      let (effect, slope) = (0.8 * stream.nextNormal(), 0.5 + 0.5 * stream.nextNormal())
      for _ in 0..<15 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + slope * x + effect + stream.nextNormal(), "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Twenty-five sites that cross the groups, in the file and not in the model.
  static let missingRandomEffect = SuiteModel(
    "missing random effect", "y ~ x + (1 | g)", family: "poisson",
    right: [RightLine("missing random effect", on: "site")]
  ) { stream in
    var data = DataSketch()
    let sites = stream.nextNormals(25)
    for group in 0..<30 {
      let effect = 0.5 * stream.nextNormal()
      for _ in 0..<15 {
        let (x, site) = (stream.nextNormal(), stream.nextInt(below: sites.count))
        let mean = exp(1 + 0.4 * x + effect + 0.6 * sites[site])
        data.append(
          ["y": stream.nextPoisson(mean: mean), "x": x],
          in: ["g": "g\(group)", "site": "s\(site)"])
      }
    }
    return data
  }

  /// Sixty groups around -1.5 or 1.5, fitted as one normal distribution.
  static let twoKindsOfGroups = SuiteModel(
    "bimodal random effects", "y ~ x + (1 | g)", family: "gaussian",
    right: [RightLine("shape of random effects")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<60 {
      let effect = (stream.nextUniform() < 0.5 ? -1.5 : 1.5) + 0.3 * stream.nextNormal()
      for _ in 0..<15 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + effect + stream.nextNormal(), "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }

  /// Four groups whose standard deviation is estimated.
  static let fewGroups = SuiteModel(
    "too few groups", "y ~ x + (1 | g)", family: "gaussian",
    right: [RightLine("few levels", on: "g")]
  ) { stream in
    var data = DataSketch()
    for group in 0..<4 {
      let effect = 0.8 * stream.nextNormal()
      for _ in 0..<100 {
        let x = stream.nextNormal()
        data.append(
          ["y": 1 + 0.5 * x + effect + stream.nextNormal(), "x": x], in: ["g": "g\(group)"])
      }
    }
    return data
  }
}
