// The options that describe a model and its estimation.

import ArgumentParser
import Fitting
import RunFolder

/// What the model is.
struct ModelOptions: ParsableArguments {
  @Option(
    name: [.short, .long], parsing: .unconditionalSingleValue,
    help: "A formula, as glmmTMB and brms users write it; once, or once for each outcome.")
  var formula: [String] = []

  @Option(
    help:
      "A call of MCMCglmm instead of formulas: 'fixed = cbind(a, b) ~ trait - 1 + trait:x, random = ~ us(trait):ID, ...'."
  )
  var mcmcglmm: String?

  @Option(help: "Families: 'gaussian,binomial' or 'list(gaussian(), binomial(link = \"probit\"))'.")
  var family: String?

  @Option(help: "Numeric columns to be read as factors: 'period,year'.")
  var factor: [String] = []

  @Option(help: "The order of a factor's levels: 'spp = GP, DM'. Repeatable.")
  var levels: [String] = []

  @Option(parsing: .unconditional, help: "A formula for the dispersion: '~ z'.")
  var dispersion: String?

  @Option(
    name: .customLong("zi"), parsing: .unconditional,
    help: "A formula for zero inflation: '~ w'.")
  var zeroInflation: String?

  @Option(
    help: """
      A prior: 'b[passed, SES] ~ normal(0, 1)', 'cor ~ lkj(2)', 'cov[g] ~ inv_wishart(3, 1)'; \
      'sd[passed, g] ~ constant(1)' fixes an sd. Repeatable.
      """)
  var prior: [String] = []

  @Flag(help: "Draw from the priors alone; the data are read, but not looked at.")
  var priorOnly = false

  @Option(help: "How to estimate: ml, reml, map or mcmc.")
  var method: String?

  /// Puts what was given into a request.
  func apply(to request: inout RunRequest) throws(FittingError) {
    if !formula.isEmpty { request.formulas = formula }
    if let mcmcglmm {
      request.mcmcglmm = mcmcglmm
      request.method = .mcmc
      request.drawsFollowCall = true
    }
    if priorOnly {
      request.isPriorOnly = true
      request.method = .mcmc
    }
    if let family { request.family = family }
    if !factor.isEmpty {
      request.factors = factor.flatMap {
        $0.split(separator: ",").map { name in Self.trimmed(name) }
      }
    }
    if !levels.isEmpty { request.levels = levels }
    if let dispersion { request.dispersion = dispersion }
    if let zeroInflation { request.zeroInflation = zeroInflation }
    if !prior.isEmpty { request.priors = prior }
    if let method {
      guard let known = FitMethod(rawValue: method) else {
        throw FittingError(
          "--method '\(method)': there are \(FitMethod.allCases.map(\.rawValue).joined(separator: ", "))",
          exitCode: 64)
      }
      request.method = known
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var part = text
    while part.first == " " { part.removeFirst() }
    while part.last == " " { part.removeLast() }
    return String(part)
  }
}

/// How chains are run.
struct SamplingOptions: ParsableArguments {
  @Option(help: "Chains (default 4).")
  var chains: Int?
  @Option(help: "Warm-up iterations of a chain (default 200).")
  var warmup: Int?
  @Option(
    help: "Draws of a chain after warm-up (default 1000; with --until the most, default 100000).")
  var draws: Int?
  @Option(
    help: ArgumentHelp(
      "Draw until a rule holds: 'ess >= 400 and rhat < 1.01'.",
      discussion:
        "Of ess (the smaller of ess_bulk and ess_tail, of the worst parameter), ess_bulk, ess_tail, rhat, mcse (in "
        + "standard deviations), draws (of a chain) and seconds, with >=, >, <=, <, and, or, brackets. Looked at after "
        + "100 draws of a chain, 125, 156 and so on. --draws is then the most (default 100000).",
      valueName: "rule"))
  var until: String?
  @Option(help: "Threads that run chains (default 2).")
  var threads: Int?
  @Option(help: "Keep every n-th iteration (default 1).")
  var thin: Int?
  @Option(help: "Fixes everything random (default 1).")
  var seed: UInt64?
  @Option(help: "The acceptance that the step size aims at (default 0.8).")
  var targetAcceptance: Double?
  @Option(name: .customLong("max-treedepth"), help: "The deepest tree (default 10).")
  var maxTreeDepth: Int?
  @Option(help: "Simulated responses for the residuals (default 250).")
  var simulations: Int?

  /// Puts what was given into a request.
  func apply(to request: inout RunRequest) {
    if let chains { request.chains = chains }
    if let warmup { request.warmup = warmup }
    if draws != nil || until != nil { request.drawsFollowCall = false }
    request.apply(until: until, draws: draws)
    if let threads { request.threads = threads }
    if let thin { request.thin = thin }
    if let seed { request.seed = seed }
    if let targetAcceptance { request.targetAcceptance = targetAcceptance }
    if let maxTreeDepth { request.maxTreeDepth = maxTreeDepth }
    if let simulations { request.simulations = simulations }
  }

  func validate() throws {
    for (name, value) in [
      ("--chains", chains), ("--warmup", warmup), ("--draws", draws), ("--threads", threads),
      ("--thin", thin), ("--max-treedepth", maxTreeDepth), ("--simulations", simulations),
    ] {
      if let value, value < 1 { throw ValidationError("\(name) must be at least 1, not \(value).") }
    }
    if let targetAcceptance, !(targetAcceptance > 0 && targetAcceptance < 1) {
      throw ValidationError("--target-acceptance must be between 0 and 1, not \(targetAcceptance).")
    }
    if let maxTreeDepth, maxTreeDepth > 30 {
      throw ValidationError("--max-treedepth must be at most 30, not \(maxTreeDepth).")
    }
  }
}
