// Sound models with counts, trials, and yes or no.

import Foundation
import Probability

extension SuiteModel {
  static let soundDiscrete = [
    SuiteModel("bernoulli, intercepts", "y ~ x + (1 | g)", family: "bernoulli") { stream in
      DataSketch.sound(50, 15, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
        ["y": stream.nextBernoulli(logistic(0.2 + 0.6 * row.x + 0.8 * row.group[0]))]
      }
    },
    SuiteModel(
      "bernoulli, cloglog", "y ~ x + kind + (1 | g)", family: "bernoulli(link = \"cloglog\")"
    ) { stream in
      DataSketch.sound(50, 15, &stream, keeping: ["x"], ["g", "kind"]) { stream, row in
        let eta = -0.5 + 0.5 * row.x + [0, 0.4, -0.3][row.kind] + 0.5 * row.group[0]
        return ["y": stream.nextBernoulli(1 - exp(-exp(eta)))]
      }
    },
    SuiteModel("bernoulli, crossed", "y ~ x + (1 | g) + (1 | h)", family: "bernoulli") { stream in
      DataSketch.sound(40, 20, &stream, keeping: ["x"], ["g", "h"]) { stream, row in
        let eta = 0.2 + 0.6 * row.x + 0.8 * row.group[0] + 0.6 * row.crossed
        return ["y": stream.nextBernoulli(logistic(eta))]
      }
    },
    SuiteModel("binomial, intercepts", "y | trials(n) ~ x + (1 | g)", family: "binomial") {
      stream in
      DataSketch.sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let p = logistic(0.2 + 0.5 * row.x + 0.6 * row.group[0])
        return ["y": stream.nextBinomial(trials: 10, probability: p), "n": 10]
      }
    },
    SuiteModel("binomial, slopes", "y | trials(n) ~ x + (1 + x | g)", family: "binomial") {
      stream in
      DataSketch.sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let eta = 0.2 + (0.5 + 0.4 * row.group[1]) * row.x + 0.6 * row.group[0]
        return ["y": stream.nextBinomial(trials: 8, probability: logistic(eta)), "n": 8]
      }
    },
    SuiteModel("poisson, intercepts", "y ~ x + (1 | g)", family: "poisson") { stream in
      DataSketch.sound(30, 15, &stream, keeping: ["x", "z"], ["g", "kind"]) { stream, row in
        ["y": stream.nextPoisson(mean: exp(1 + 0.4 * row.x + 0.5 * row.group[0]))]
      }
    },
    SuiteModel(
      "poisson, slopes and exposure", "y ~ x + offset(log(t)) + (1 + x | g)", family: "poisson"
    ) {
      stream in
      DataSketch.sound(30, 15, &stream, keeping: ["x"], ["g"]) { stream, row in
        let exposure = 1 + 2 * stream.nextUniform()
        let eta = 0.5 + (0.4 + 0.3 * row.group[1]) * row.x + 0.5 * row.group[0]
        return ["y": stream.nextPoisson(mean: exposure * exp(eta)), "t": exposure]
      }
    },
    SuiteModel("poisson, nested", "y ~ x * z + (1 | g/inner)", family: "poisson") { stream in
      DataSketch.sound(30, 16, &stream, keeping: ["x", "z"], ["g", "inner"]) { stream, row in
        let fixed = 1 + 0.3 * row.x + 0.2 * row.z + 0.2 * row.x * row.z
        return ["y": stream.nextPoisson(mean: exp(fixed + 0.5 * row.group[0] + 0.3 * row.inner))]
      }
    },
    SuiteModel("negbinomial, intercepts", "y ~ x + (1 | g)", family: "negbinomial") { stream in
      DataSketch.sound(40, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let mean = exp(1 + 0.4 * row.x + 0.5 * row.group[0])
        return ["y": stream.nextNegativeBinomial(mean: mean, shape: 2)]
      }
    },
    SuiteModel("poisson, by draws", "y ~ x + (1 | g)", family: "poisson", change: fewDraws) {
      stream in
      DataSketch.sound(30, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
        ["y": stream.nextPoisson(mean: exp(1 + 0.4 * row.x + 0.5 * row.group[0]))]
      }
    },
  ]
}
