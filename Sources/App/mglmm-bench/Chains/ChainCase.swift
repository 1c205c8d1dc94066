// The models of the chain section: those that posteriors of other programs are known for, with the same priors.

import Fitting
import Laplace
import MixedModel
import RunFolder

/// A model with its priors, to be sampled.
struct ChainCase {
  let name: String
  let data: String
  /// What ours is held to: effective draws of the worst parameter in a processor second.
  let bar: Double
  let formulas: [String]
  let priors: [String]

  /// The request of a run of this case on the data at `path`.
  func request(_ path: String) -> RunRequest {
    var request = RunRequest()
    request.dataPath = path
    request.formulas = formulas
    request.priors = priors
    request.method = .mcmc
    return request
  }

  /// The words after `mglmm-fit` that run this case on the data at `path`.
  func arguments(_ path: String) -> [String] {
    [path] + formulas.flatMap { ["-f", $0] } + priors.flatMap { ["--prior", $0] }
      + ["--method", "mcmc"]
  }

  /// The posterior and the preconditioner that its chains have.
  func plan(_ path: String) throws -> (PosteriorDensity, ModelMetric) {
    let request = request(path)
    let model = try PreparedModel(request).model
    let prior = try PriorDensity(
      model: model, statements: priors.map { try PriorStatement.parse($0) })
    let likelihood = try LikelihoodRun(model, sink: NullSink())
    let plan = try PosteriorPlan(likelihood.fit, prior: prior, request: request)
    guard let density = plan.density.joint else {
      throw BenchError("the chains of \(name) do not move on a joint density")
    }
    return (density, plan.metric)
  }

  static let all = [
    ChainCase(
      name: "edu", data: "edu", bar: 740,
      formulas: [
        "bf(math_score ~ gender + SES + school_funding + (1 |p| school_id), family = gaussian)",
        "bf(passed ~ gender + SES + school_funding + (1 |p| school_id), family = bernoulli)",
      ],
      priors: [
        "b[math_score] ~ normal(0, 10)", "Intercept[math_score] ~ normal(50, 20)",
        "b[passed] ~ normal(0, 2.5)", "Intercept[passed] ~ normal(0, 5)",
        "sd[math_score] ~ student_t(3, 0, 10)", "sd[passed] ~ student_t(3, 0, 2.5)",
        "sigma[math_score] ~ student_t(3, 0, 10)", "cor ~ lkj(2)",
      ]),
    ChainCase(
      name: "pbc2", data: "pbc2", bar: 220,
      formulas: [
        "bf(log(serBilir) ~ year + drug + (1 + year |p| id), family = gaussian)",
        "bf(spiders ~ year + drug + (1 + year |p| id), family = bernoulli)",
      ],
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "sd ~ student_t(3, 0, 2.5)",
        "sigma ~ student_t(3, 0, 2.5)", "cor ~ lkj(2)",
      ]),
    ChainCase(
      name: "salamanders", data: "salamanders", bar: 1400,
      formulas: [
        "bf(count ~ spp + mined + (1 |p| site), family = poisson)",
        "bf(present ~ spp + mined + (1 |p| site), family = bernoulli)",
      ],
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "sd ~ student_t(3, 0, 2.5)",
        "cor ~ lkj(2)",
      ]),
    ChainCase(
      name: "epilepsy", data: "epilepsy", bar: 1400,
      formulas: [
        "bf(count ~ zAge + zBase * Trt + (1 | patient) + (1 | obs), family = poisson)"
      ],
      priors: [
        "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "sd ~ student_t(3, 0, 2.5)",
      ]),
  ]
}
