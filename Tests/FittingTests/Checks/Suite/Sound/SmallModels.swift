// Small sound models of each family, cheap enough for hundreds of seeds.

import Foundation
import Probability

extension SuiteModel {
  static let soundAndSmall: [SuiteModel] = [
    smallGaussian, smallBernoulli, smallBinomial, smallPoisson, smallNegbinomial,
  ]

  private static let smallGaussian = SuiteModel(
    "small gaussian", "y ~ x + (1 | g)", family: "gaussian"
  ) { stream in
    .sound(20, 8, &stream, keeping: ["x"], ["g"]) { stream, row in
      let y = 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()
      return ["y": y]
    }
  }

  private static let smallBernoulli = SuiteModel(
    "small bernoulli", "y ~ x + (1 | g)", family: "bernoulli"
  ) { stream in
    .sound(25, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 0.2 + 0.6 * row.x + row.group[0]
      return ["y": stream.nextBernoulli(logistic(eta))]
    }
  }

  private static let smallBinomial = SuiteModel(
    "small binomial", "y | trials(n) ~ x + (1 | g)", family: "binomial"
  ) { stream in
    .sound(20, 8, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 0.2 + 0.5 * row.x + 0.7 * row.group[0]
      return ["y": stream.nextBinomial(trials: 6, probability: logistic(eta)), "n": 6]
    }
  }

  private static let smallPoisson = SuiteModel(
    "small poisson", "y ~ x + z + (1 | g)", family: "poisson"
  ) { stream in
    .sound(20, 8, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
      let eta = 0.8 + 0.4 * row.x + 0.2 * row.z + 0.5 * row.group[0]
      return ["y": stream.nextPoisson(mean: exp(eta))]
    }
  }

  private static let smallNegbinomial = SuiteModel(
    "small negbinomial", "y ~ x + (1 | g)", family: "negbinomial"
  ) { stream in
    .sound(20, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 1 + 0.4 * row.x + 0.5 * row.group[0]
      return ["y": stream.nextNegativeBinomial(mean: exp(eta), shape: 2)]
    }
  }
}
