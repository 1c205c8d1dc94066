// Sound models with gaussian outcomes.

import Foundation
import Probability

extension SuiteModel {
  static let soundGaussian: [SuiteModel] = [
    gaussianFixed, gaussianIntercepts, gaussianSlopes, gaussianNested, gaussianCrossed,
    gaussianSigma, gaussianResidualCorrelation, gaussianByDraws,
  ]

  /// 1 + x / 2.
  private static func line(_ row: SoundRow) -> Double { 1 + 0.5 * row.x }

  private static let gaussianFixed = SuiteModel(
    "gaussian, fixed effects", "y ~ x + kind", family: "gaussian"
  ) { stream in
    let kinds = [0.0, 0.4, -0.3]
    return .sound(30, 10, &stream, keeping: ["x"], ["kind"]) { stream, row in
      let y = line(row) + kinds[row.kind] + stream.nextNormal()
      return ["y": y]
    }
  }

  /// z and kind stand in the file and are of no use.
  private static let gaussianIntercepts = SuiteModel(
    "gaussian, intercepts", "y ~ x + (1 | g)", family: "gaussian"
  ) { stream in
    .sound(40, 10, &stream, keeping: ["x", "z"], ["g", "kind"]) { stream, row in
      let y = line(row) + 0.8 * row.group[0] + stream.nextNormal()
      return ["y": y]
    }
  }

  private static let gaussianSlopes = SuiteModel(
    "gaussian, slopes", "y ~ x + (1 + x | g)", family: "gaussian"
  ) { stream in
    .sound(40, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let slope = 0.2 * row.group[0] + 0.4 * row.group[1]
      let y = line(row) + slope * row.x + 0.8 * row.group[0] + stream.nextNormal()
      return ["y": y]
    }
  }

  private static let gaussianNested = SuiteModel(
    "gaussian, nested", "y ~ x + (1 | g/inner)", family: "gaussian"
  ) { stream in
    .sound(30, 16, &stream, keeping: ["x"], ["g", "inner"]) { stream, row in
      let y = line(row) + 0.8 * row.group[0] + 0.6 * row.inner + stream.nextNormal()
      return ["y": y]
    }
  }

  private static let gaussianCrossed = SuiteModel(
    "gaussian, crossed", "y ~ x + (1 | g) + (1 | h)", family: "gaussian"
  ) { stream in
    .sound(30, 15, &stream, keeping: ["x"], ["g", "h"]) { stream, row in
      let y = line(row) + 0.8 * row.group[0] + 0.6 * row.crossed + stream.nextNormal()
      return ["y": y]
    }
  }

  private static let gaussianSigma = SuiteModel(
    "gaussian, sigma", "bf(y ~ x + (1 | g), sigma ~ x)", family: "gaussian"
  ) { stream in
    .sound(30, 15, &stream, keeping: ["x"], ["g"]) { stream, row in
      let sigma = exp(0.3 * row.x)
      let y = line(row) + 0.8 * row.group[0] + sigma * stream.nextNormal()
      return ["y": y]
    }
  }

  private static let gaussianResidualCorrelation = SuiteModel(
    "gaussian, residual correlation",
    "bf(y ~ x + (1 |p| g)) + bf(w ~ x + (1 |p| g)) + set_rescor(TRUE)",
    family: "gaussian,gaussian"
  ) { stream in
    .sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let first = stream.nextNormal()
      let second = 0.6 * first + 0.8 * stream.nextNormal()
      let other = 0.4 * row.group[0] + 0.6 * row.group[1]
      let y = line(row) + 0.8 * row.group[0] + first
      let w = 0.3 * row.x + other + second
      return ["y": y, "w": w]
    }
  }

  private static let gaussianByDraws = SuiteModel(
    "gaussian, by draws", "y ~ x + (1 | g)", family: "gaussian", change: fewDraws
  ) { stream in
    .sound(30, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
      let y = line(row) + 0.8 * row.group[0] + stream.nextNormal()
      return ["y": y]
    }
  }
}
