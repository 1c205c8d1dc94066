// The options that say what is fitted and how.

import ArgumentParser
import RunFolder

extension FitMethod: ExpressibleByArgument {}

/// What is fitted and how.
struct ModelOptions: ParsableArguments {
  @Option(
    name: [.customShort("f"), .long],
    help: "A formula as in R; once for each outcome, or cbind(), mvbind(), bf() + bf() in one.")
  var formula: [String] = []

  @Option(
    help: ArgumentHelp(
      "A call of MCMCglmm instead of formulas: 'fixed = y ~ x, random = ~ ID, ...'.",
      valueName: "call"))
  var mcmcglmm: String?

  @Option(
    help: "Families: 'gaussian,binomial', or as R writes them: 'list(gaussian(), binomial())'.",
    completion: Complete.families)
  var family: String?

  @Option(help: ArgumentHelp("Numeric columns that are factors.", valueName: "a,b"))
  var factor: [String] = []

  @Option(help: ArgumentHelp("The order of a factor's levels: 'spp = GP, DM'.", valueName: "order"))
  var levels: [String] = []

  @Option(
    help: ArgumentHelp(
      "A prior: 'b ~ normal(0, 2.5)', 'cor ~ lkj(2)', 'sd[g] ~ constant(1)'; repeatable.",
      valueName: "prior"))
  var prior: [String] = []

  @Flag(help: "Draw from the priors alone; the data are read, but not looked at.")
  var priorOnly = false

  @Option(help: ArgumentHelp("The formula of the dispersion: '~ z'.", valueName: "formula"))
  var dispersion: String?

  @Option(help: ArgumentHelp("The formula of zero inflation: '~ w'.", valueName: "formula"))
  var zi: String?

  @Option(
    help: "ml, reml, map or mcmc (the default, which begins with the mode).",
    completion: Complete.methods)
  var method: FitMethod?

  @Option(help: ArgumentHelp("Fixes everything random (default: 1).", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The number of chains (default: 4).", valueName: "n"))
  var chains: Int?

  @Option(help: ArgumentHelp("Warm-up iterations of a chain (default: 200).", valueName: "n"))
  var warmup: Int?

  @Option(help: ArgumentHelp("Kept draws of a chain (default: 1000).", valueName: "n"))
  var draws: Int?

  @Option(
    help: ArgumentHelp(
      "Draw until a rule holds: 'ess >= 400 and rhat < 1.01', of ess, ess_bulk, ess_tail, rhat, mcse, draws and "
        + "seconds; at most --draws of a chain (default then: 100000).",
      valueName: "rule"))
  var until: String?

  @Option(help: ArgumentHelp("Threads that run chains (default: 2).", valueName: "n"))
  var threads: Int?

  @Option(help: ArgumentHelp("Keep every n-th iteration (default: 1).", valueName: "n"))
  var thin: Int?

  @Option(
    help: ArgumentHelp("The acceptance that the step size aims at (default: 0.8).", valueName: "p"))
  var targetAcceptance: Double?

  @Option(
    name: .customLong("max-treedepth"),
    help: ArgumentHelp("The deepest tree of a trajectory (default: 10).", valueName: "n"))
  var maxTreeDepth: Int?

  @Option(
    help: ArgumentHelp("Simulated responses for the residuals (default: 250).", valueName: "n"))
  var simulations: Int?

  @Flag(
    help:
      "Leave-one-out prediction, refreshed as draws come in (always done at the end of a small run)."
  )
  var loo = false

  @Option(
    help: ArgumentHelp("A file with these options, as a run folder has one.", valueName: "toml"),
    completion: .file(extensions: ["toml"]))
  var model: String?

  func validate() throws {
    func check(_ value: Int?, _ name: String, least: Int) throws {
      if let value, value < least {
        throw ValidationError("--\(name) is \(value); it must be at least \(least).")
      }
    }
    try check(chains, "chains", least: 1)
    try check(warmup, "warmup", least: 1)
    try check(thin, "thin", least: 1)
    try check(maxTreeDepth, "max-treedepth", least: 1)
    try check(simulations, "simulations", least: 2)
    try check(draws, "draws", least: 1)
    try check(threads, "threads", least: 1)
    if let maxTreeDepth, maxTreeDepth > 30 {
      throw ValidationError("--max-treedepth is \(maxTreeDepth); it must be at most 30.")
    }
    if let targetAcceptance, !(targetAcceptance > 0 && targetAcceptance < 1) {
      throw ValidationError(
        "--target-acceptance is \(targetAcceptance); it must lie between 0 and 1.")
    }
  }

  /// Writes what was given over a request.
  func apply(to request: inout RunRequest) {
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
      request.factors = factor.flatMap { $0.split(separator: ",").map { trimmed(String($0)) } }
    }
    if !levels.isEmpty { request.levels = levels }
    if !prior.isEmpty { request.priors = prior }
    if let dispersion { request.dispersion = dispersion }
    if let zi { request.zeroInflation = zi }
    if let method { request.method = method }
    if let seed { request.seed = seed }
    if let chains { request.chains = chains }
    if let warmup { request.warmup = warmup }
    if draws != nil || until != nil { request.drawsFollowCall = false }
    request.apply(until: until, draws: draws)
    if let threads { request.threads = threads }
    if let thin { request.thin = thin }
    if let targetAcceptance { request.targetAcceptance = targetAcceptance }
    if let maxTreeDepth { request.maxTreeDepth = maxTreeDepth }
    if let simulations { request.simulations = simulations }
    request.includesLoo = request.includesLoo || loo
  }

  private func trimmed(_ text: String) -> String {
    let head = text.drop { $0 == " " }
    return String(head.reversed().drop { $0 == " " }.reversed())
  }
}
