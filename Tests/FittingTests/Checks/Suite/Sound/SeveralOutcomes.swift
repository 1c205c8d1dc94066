// Sound models with two and three outcomes of different families, and the small ones for many seeds.

import Foundation
import Probability

extension SuiteModel {
  static let soundTogether = [
    SuiteModel(
      "gaussian and bernoulli",
      "bf(y ~ x + (1 |p| g), family = gaussian) + bf(w ~ x + (1 |p| g), family = bernoulli)"
    ) { stream in
      DataSketch.sound(50, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
        let other = 0.5 * row.group[0] + 0.75.squareRoot() * row.group[1]
        return [
          "y": 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal(),
          "w": stream.nextBernoulli(logistic(0.2 + 0.5 * row.x + 0.9 * other)),
        ]
      }
    },
    SuiteModel(
      "gaussian, bernoulli and poisson",
      "bf(y ~ x + (1 |p| g), family = gaussian) + bf(w ~ z + (1 |p| g), family = bernoulli) + bf(v ~ x + (1 |p| g), family = poisson)"
    ) { stream in
      DataSketch.sound(50, 12, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
        let (a, b, c) = (row.group[0], row.group[1], row.group[2])
        return [
          "y": 1 + 0.5 * row.x + 0.8 * a + stream.nextNormal(),
          "w": stream.nextBernoulli(logistic(0.2 + 0.5 * row.z + 0.5 * a + 0.7 * b)),
          "v": stream.nextPoisson(mean: exp(0.8 + 0.3 * row.x - 0.3 * a + 0.2 * b + 0.4 * c)),
        ]
      }
    },
  ]

  /// Twenty models without a fault.
  static let sound = soundGaussian + soundDiscrete + soundTogether

  /// Small ones of each family, cheap enough for hundreds of seeds.
  static let soundAndSmall = [
    SuiteModel("small gaussian", "y ~ x + (1 | g)", family: "gaussian") { stream in
      DataSketch.sound(20, 8, &stream, keeping: ["x"], ["g"]) { stream, row in
        ["y": 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()]
      }
    },
    SuiteModel("small bernoulli", "y ~ x + (1 | g)", family: "bernoulli") { stream in
      DataSketch.sound(25, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
        ["y": stream.nextBernoulli(logistic(0.2 + 0.6 * row.x + row.group[0]))]
      }
    },
    SuiteModel("small binomial", "y | trials(n) ~ x + (1 | g)", family: "binomial") { stream in
      DataSketch.sound(20, 8, &stream, keeping: ["x"], ["g"]) { stream, row in
        let p = logistic(0.2 + 0.5 * row.x + 0.7 * row.group[0])
        return ["y": stream.nextBinomial(trials: 6, probability: p), "n": 6]
      }
    },
    SuiteModel("small poisson", "y ~ x + z + (1 | g)", family: "poisson") { stream in
      DataSketch.sound(20, 8, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
        let eta = 0.8 + 0.4 * row.x + 0.2 * row.z + 0.5 * row.group[0]
        return ["y": stream.nextPoisson(mean: exp(eta))]
      }
    },
    SuiteModel("small negbinomial", "y ~ x + (1 | g)", family: "negbinomial") { stream in
      DataSketch.sound(20, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
        let mean = exp(1 + 0.4 * row.x + 0.5 * row.group[0])
        return ["y": stream.nextNegativeBinomial(mean: mean, shape: 2)]
      }
    },
  ]
}
