// Sound models with gaussian outcomes.

import Foundation
import Probability

extension SuiteModel {
  static let soundGaussian = [
    SuiteModel("gaussian, fixed effects", "y ~ x + kind", family: "gaussian") { stream in
      DataSketch.sound(30, 10, &stream, keeping: ["x"], ["kind"]) { stream, row in
        ["y": 1 + 0.5 * row.x + [0, 0.4, -0.3][row.kind] + stream.nextNormal()]
      }
    },
    SuiteModel("gaussian, intercepts", "y ~ x + (1 | g)", family: "gaussian") { stream in
      // z and kind stand in the file and are of no use.
      DataSketch.sound(40, 10, &stream, keeping: ["x", "z"], ["g", "kind"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()]
      }
    },
    SuiteModel("gaussian, slopes", "y ~ x + (1 + x | g)", family: "gaussian") { stream in
      DataSketch.sound(40, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let slope = 0.5 + 0.2 * row.group[0] + 0.4 * row.group[1]
        return ["y": 1 + slope * row.x + 0.8 * row.group[0] + stream.nextNormal()]
      }
    },
    SuiteModel("gaussian, nested", "y ~ x + (1 | g/inner)", family: "gaussian") { stream in
      DataSketch.sound(30, 16, &stream, keeping: ["x"], ["g", "inner"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + 0.6 * row.inner + stream.nextNormal()]
      }
    },
    SuiteModel("gaussian, crossed", "y ~ x + (1 | g) + (1 | h)", family: "gaussian") { stream in
      DataSketch.sound(30, 15, &stream, keeping: ["x"], ["g", "h"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + 0.6 * row.crossed + stream.nextNormal()]
      }
    },
    SuiteModel("gaussian, sigma", "bf(y ~ x + (1 | g), sigma ~ x)", family: "gaussian") { stream in
      DataSketch.sound(30, 15, &stream, keeping: ["x"], ["g"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + exp(0.3 * row.x) * stream.nextNormal()]
      }
    },
    SuiteModel(
      "gaussian, residual correlation",
      "bf(y ~ x + (1 |p| g)) + bf(w ~ x + (1 |p| g)) + set_rescor(TRUE)",
      family: "gaussian,gaussian"
    ) { stream in
      DataSketch.sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let first = stream.nextNormal()
        let second = 0.5 * first + 0.75.squareRoot() * stream.nextNormal()
        return [
          "y": 1 + 0.5 * row.x + 0.8 * row.group[0] + first,
          "w": -1 + 0.3 * row.x + 0.4 * row.group[0] + 0.6 * row.group[1] + second,
        ]
      }
    },
    SuiteModel(
      "gaussian, by draws", "y ~ x + (1 | g)", family: "gaussian", change: fewDraws
    ) { stream in
      DataSketch.sound(30, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()]
      }
    },
  ]
}
