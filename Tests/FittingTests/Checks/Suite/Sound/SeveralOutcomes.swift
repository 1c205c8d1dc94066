// Sound models with two and three outcomes of different families.

import Foundation
import Probability

extension SuiteModel {
  /// Twenty models without a fault.
  static let sound: [SuiteModel] =
    soundGaussian + soundDiscrete + [gaussianAndBernoulli, threeOutcomes]

  private static let gaussianAndBernoulli = SuiteModel(
    "gaussian and bernoulli",
    "bf(y ~ x + (1 |p| g), family = gaussian) + bf(w ~ x + (1 |p| g), family = bernoulli)"
  ) { stream in
    .sound(50, 12, &stream, keeping: ["x"], ["g"]) { stream, row in
      let y = 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()
      let effect = 0.5 * row.group[0] + 0.8 * row.group[1]
      let eta = 0.2 + 0.5 * row.x + effect
      return ["y": y, "w": stream.nextBernoulli(logistic(eta))]
    }
  }

  private static let threeOutcomes = SuiteModel(
    "gaussian, bernoulli and poisson",
    "bf(y ~ x + (1 |p| g), family = gaussian) + bf(w ~ z + (1 |p| g), family = bernoulli) + bf(v ~ x + (1 |p| g), family = poisson)"
  ) { stream in
    .sound(50, 12, &stream, keeping: ["x", "z"], ["g"]) { stream, row in
      let y = 1 + 0.5 * row.x + 0.8 * row.group[0] + stream.nextNormal()
      let second = 0.5 * row.group[0] + 0.7 * row.group[1]
      let third = 0.2 * row.group[1] + 0.4 * row.group[2] - 0.3 * row.group[0]
      let w = stream.nextBernoulli(logistic(0.2 + 0.5 * row.z + second))
      let v = stream.nextPoisson(mean: exp(0.8 + 0.3 * row.x + third))
      return ["y": y, "w": w, "v": v]
    }
  }
}
