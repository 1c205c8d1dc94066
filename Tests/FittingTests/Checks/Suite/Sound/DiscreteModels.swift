// Sound models with counts, trials, and yes or no.

import Foundation
import Probability

extension SuiteModel {
  static let soundDiscrete: [SuiteModel] = [
    bernoulliIntercepts, bernoulliCloglog, bernoulliCrossed, binomialIntercepts, binomialSlopes,
    poissonIntercepts, poissonSlopes, poissonNested, negbinomialIntercepts, poissonByDraws,
  ]

  private static let bernoulliIntercepts = SuiteModel(
    "bernoulli, intercepts", "y ~ x + (1 | g)", family: "bernoulli"
  ) { stream in
    .sound(50, 15, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
      let eta = 0.2 + 0.6 * row.x + 0.8 * row.group[0]
      return ["y": stream.nextBernoulli(logistic(eta))]
    }
  }

  private static let bernoulliCloglog = SuiteModel(
    "bernoulli, cloglog", "bf(y ~ x + kind + (1 | g), family = bernoulli(link = \"cloglog\"))"
  ) { stream in
    let kinds = [0.0, 0.4, -0.3]
    return .sound(50, 15, &stream, keeping: ["x"], ["g", "kind"]) { stream, row in
      let eta = -0.5 + 0.5 * row.x + kinds[row.kind] + 0.5 * row.group[0]
      return ["y": stream.nextBernoulli(1 - exp(-exp(eta)))]
    }
  }

  private static let bernoulliCrossed = SuiteModel(
    "bernoulli, crossed", "y ~ x + (1 | g) + (1 | h)", family: "bernoulli"
  ) { stream in
    .sound(40, 20, &stream, keeping: ["x"], ["g", "h"]) { stream, row in
      let eta = 0.2 + 0.6 * row.x + 0.8 * row.group[0] + 0.6 * row.crossed
      return ["y": stream.nextBernoulli(logistic(eta))]
    }
  }

  private static let binomialIntercepts = SuiteModel(
    "binomial, intercepts", "y | trials(n) ~ x + (1 | g)", family: "binomial"
  ) { stream in
    .sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 0.2 + 0.5 * row.x + 0.6 * row.group[0]
      return ["y": stream.nextBinomial(trials: 10, probability: logistic(eta)), "n": 10]
    }
  }

  private static let binomialSlopes = SuiteModel(
    "binomial, slopes", "y | trials(n) ~ x + (1 + x | g)", family: "binomial"
  ) { stream in
    .sound(30, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let slope = 0.5 + 0.4 * row.group[1]
      let eta = 0.2 + slope * row.x + 0.6 * row.group[0]
      return ["y": stream.nextBinomial(trials: 8, probability: logistic(eta)), "n": 8]
    }
  }

  /// z and kind stand in the file and are of no use.
  private static let poissonIntercepts = SuiteModel(
    "poisson, intercepts", "y ~ x + (1 | g)", family: "poisson"
  ) { stream in
    .sound(30, 15, &stream, keeping: ["x", "z"], ["g", "kind"]) { stream, row in
      let eta = 1 + 0.4 * row.x + 0.5 * row.group[0]
      return ["y": stream.nextPoisson(mean: exp(eta))]
    }
  }

  private static let poissonSlopes = SuiteModel(
    "poisson, slopes and exposure", "y ~ x + offset(log(t)) + (1 + x | g)", family: "poisson"
  ) { stream in
    .sound(30, 15, &stream, keeping: ["x"], ["g"]) { stream, row in
      let exposure = 1 + 2 * stream.nextUniform()
      let slope = 0.4 + 0.3 * row.group[1]
      let eta = 0.5 + slope * row.x + 0.5 * row.group[0]
      return ["y": stream.nextPoisson(mean: exposure * exp(eta)), "t": exposure]
    }
  }

  private static let poissonNested = SuiteModel(
    "poisson, nested", "y ~ x * z + (1 | g/inner)", family: "poisson"
  ) { stream in
    .sound(30, 16, &stream, keeping: ["x", "z"], ["g", "inner"]) { stream, row in
      let fixed = 1 + 0.3 * row.x + 0.2 * row.z + 0.2 * row.x * row.z
      let eta = fixed + 0.5 * row.group[0] + 0.3 * row.inner
      return ["y": stream.nextPoisson(mean: exp(eta))]
    }
  }

  private static let negbinomialIntercepts = SuiteModel(
    "negbinomial, intercepts", "y ~ x + (1 | g)", family: "negbinomial"
  ) { stream in
    .sound(40, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 1 + 0.4 * row.x + 0.5 * row.group[0]
      return ["y": stream.nextNegativeBinomial(mean: exp(eta), shape: 2)]
    }
  }

  private static let poissonByDraws = SuiteModel(
    "poisson, by draws", "y ~ x + (1 | g)", family: "poisson", change: fewDraws
  ) { stream in
    .sound(30, 10, &stream, keeping: ["x"], ["g"]) { stream, row in
      let eta = 1 + 0.4 * row.x + 0.5 * row.group[0]
      return ["y": stream.nextPoisson(mean: exp(eta))]
    }
  }
}
