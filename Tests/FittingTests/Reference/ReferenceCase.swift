// The models whose posteriors are known, their priors as a user would state them; a row for each.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

/// A model with a reference posterior of the same name.
struct ReferenceCase: Sendable, CustomTestStringConvertible {
  /// The file of the reference, without its ending.
  var name: String
  /// The file of the data, without its ending; that of the reference if nil.
  var data: String?
  var formulas: [String]
  var family: String?
  var factors: [String] = []
  var priors: [String]
  /// What to replace in our names, in turn, to get the reference's.
  var renames: [(from: String, to: String)] = []

  var testDescription: String { name }

  /// The request of `draws` draws a chain.
  func request(draws: Int, seed: UInt64) -> RunRequest {
    var request = RunRequest()
    request.dataPath = Golden.path("data/\(data ?? name).csv")
    request.formulas = formulas
    request.family = family
    request.factors = factors
    request.priors = priors
    request.method = .mcmc
    (request.draws, request.seed) = (draws, seed)
    return request
  }

  /// Our name of a parameter as the reference has it.
  func referenceName(_ own: String) -> String {
    renames.reduce(own) { $0.replacingOccurrences(of: $1.from, with: $1.to) }
  }

  /// Every case but those of Gaussian outcomes alone.
  static let all = [
    ReferenceCase(
      name: "edu",
      formulas: [
        "cbind(math_score, passed) ~ gender + SES + school_funding + (1 | school_id)"
      ], family: "gaussian,bernoulli",
      priors: [
        "b[math_score] ~ normal(0, 10)", "Intercept[math_score] ~ normal(50, 20)",
        "b[passed] ~ normal(0, 2.5)", "Intercept[passed] ~ normal(0, 5)", "cor ~ lkj(2)",
        "sd[math_score] ~ student_t(3, 0, 10)", "sd[passed] ~ student_t(3, 0, 2.5)",
        "sigma[math_score] ~ student_t(3, 0, 10)",
      ], renames: [("math_score", "mathscore")]),
    ReferenceCase(
      name: "pbc2",
      formulas: [
        "bf(log(serBilir) ~ year + drug + (1 + year |p| id), family = gaussian)"
          + " + bf(spiders ~ year + drug + (1 + year |p| id), family = bernoulli)"
      ], factors: ["id"],
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "cor ~ lkj(2)",
        "sd ~ student_t(3, 0, 2.5)", "sigma ~ student_t(3, 0, 2.5)",
      ], renames: [("logserBilir", "logBilir")]),
    ReferenceCase(
      name: "salamanders",
      formulas: [
        "bf(count ~ spp + mined + (1 |p| site), family = poisson)"
          + " + bf(present ~ spp + mined + (1 |p| site), family = bernoulli)"
      ],
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "cor ~ lkj(2)",
        "sd ~ student_t(3, 0, 2.5)",
      ], renames: [("sppEC-", "sppECM")]),
    ReferenceCase(
      name: "epilepsy",
      formulas: ["count ~ zAge + zBase * Trt + (1 | patient) + (1 | obs)"], family: "poisson",
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "sd ~ student_t(3, 0, 2.5)",
      ]),
  ]
}
