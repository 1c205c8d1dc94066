// The draws of a run as the report that users read: every parameter with its quantiles and convergence.

import Diagnostics
import Formula
import Glibc
import MixedModel
import RunFolder

extension PosteriorReport {
  /// The report of finished (or stopped) chains; random effects `r_…` are left out unless asked for.
  package init(
    _ run: SamplerRun, prepared: PreparedModel, priors: PriorDensity, request: RunRequest,
    seconds: Double, cpuSeconds: Double, warnings: [FitWarning]
  ) {
    let stores = run.stores
    let parameters = run.names.enumerated().filter {
      request.includesModes || $0.offset < run.names.count - run.reported.randomEffectCount
    }.map { index, name in
      ParameterSummary(name: name, DrawsSummary.summarize(stores.map { $0.columns[index] }))
    }
    let sampler = SamplerSummary(
      algorithm: run.reported.algorithm, chains: stores.count, warmup: request.warmup,
      draws: stores.map(\.count).min() ?? 0,
      divergences: stores.reduce(0) { $0 + $1.divergences },
      maxTreeDepthHits: stores.reduce(0) { $0 + $1.depthHits },
      ebfmi: stores.map { EnergyFraction.eBFMI(energies: $0.energies) ?? .nan },
      gradientEvaluations: run.tasks.reduce(0) { $0 + $1.read { $0.effort.gradientCount } },
      cpuSeconds: cpuSeconds, seconds: seconds,
      warmupSeconds: run.tasks.reduce(0) { $0 + $1.read { $0.effort.warmupSeconds } },
      samplingSeconds: run.tasks.reduce(0) { $0 + $1.read { $0.effort.samplingSeconds } },
      stop: run.stopping == nil ? nil : run.stopSummary)
    self.init(
      model: ModelSummary(prepared), priors: priors.entries.map(PriorSummary.init),
      parameters: parameters, sampler: sampler,
      random: prepared.model.posteriorBlocks(stores, names: run.names),
      warnings: prepared.warnings + warnings
        + run.preconditionerWarnings + Self.warnings(parameters, sampler, chains: stores.count))
  }

  /// Warnings by the thresholds of the field.
  ///
  /// Vehtari et al. (2021): R-hat 1.01, 100 effective draws a chain, E-BFMI 0.3, no divergence.
  private static func warnings(
    _ parameters: [ParameterSummary], _ sampler: SamplerSummary, chains: Int
  ) -> [FitWarning] {
    let thresholds = ConvergenceThresholds()
    var warnings: [FitWarning] = []
    func add(_ code: String, _ message: String, _ advice: String) {
      warnings.append(FitWarning(code: code, message: message, advice: advice))
    }
    if sampler.divergences > 0 {
      add(
        "divergences",
        "\(sampler.divergences) \(sampler.divergences == 1 ? "transition" : "transitions") after warm-up diverged",
        "raise --target-acceptance to 0.95, or use narrower priors on standard deviations")
    }
    if sampler.maxTreeDepthHits > 0 {
      add(
        "treedepth", "\(sampler.maxTreeDepthHits) trajectories reached the greatest tree depth",
        "raise --max-treedepth; where R-hat is near 1 the draws are valid, but costly")
    }
    let unmixed = parameters.filter { $0.rHat > thresholds.rHat }
    if let worst = unmixed.max(by: { $0.rHat < $1.rHat }) {
      add(
        "rhat",
        "\(unmixed.count) of \(parameters.count) parameters have R-hat above \(thresholds.rHat) (worst: \(worst.name))",
        "draw longer (extend), or look at the traces of that parameter")
    }
    let needed = thresholds.effectiveDrawsPerChain * Double(chains)
    let short = parameters.filter { min($0.bulkESS, $0.tailESS) < needed }
    if !short.isEmpty {
      add(
        "ess",
        "\(short.count) of \(parameters.count) parameters have fewer than \(Int(needed)) effective draws",
        "draw longer (extend)")
    }
    for (chain, value) in sampler.ebfmi.enumerated() where value < thresholds.energyFraction {
      add(
        "ebfmi",
        "E-BFMI of chain \(chain + 1) is \((value * 100).rounded() / 100), below \(thresholds.energyFraction)",
        "the energy is explored slowly: use narrower priors or a longer warm-up")
    }
    return warnings
  }
}

extension PriorSummary {
  init(_ entry: PriorDensity.Entry) {
    self.init(
      parameterClass: entry.parameterClass, target: entry.target, prior: entry.prior,
      isDefault: entry.isDefault)
  }
}

extension ParameterSummary {
  /// The summary of one parameter; what is not available is NaN, which JSON shows as null.
  package init(name: String, _ summary: DrawsSummary) {
    self.init(
      name: name, mean: summary.mean ?? .nan, standardDeviation: summary.sd ?? .nan,
      meanError: summary.mcseMean ?? .nan, standardDeviationError: summary.mcseSD ?? .nan,
      quantiles: [summary.q2_5, summary.q25, summary.median, summary.q75, summary.q97_5].map {
        $0 ?? .nan
      }, rHat: summary.rHat ?? .nan, bulkESS: summary.essBulk ?? .nan,
      tailESS: summary.essTail ?? .nan)
  }
}

extension MixedModel {
  /// Posterior means of standard deviations and correlations, with the 95% interval of each correlation.
  func posteriorBlocks(_ stores: [DrawStore], names: [String]) -> [RandomBlock] {
    func column(_ name: String) -> [Double] {
      names.firstIndex(of: name).map { index in stores.flatMap { $0.columns[index] } } ?? []
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    return effects.blocks.map { block in
      let k = block.size
      let members = block.members.map(memberName)
      let draws = members.map {
        column(ParameterName.standardDeviation(group: block.group, member: $0))
      }
      var lower = (0..<k).map { row in (0..<k).map { row == $0 ? 1.0 : 0 } }
      var (upper, correlations, covariances) = (lower, lower, lower)
      for a in 0..<k {
        covariances[a][a] = mean(draws[a].map { $0 * $0 })
        for c in (a + 1)..<max(k, a + 1) {
          let values =
            block.hasCorrelations
            ? column(ParameterName.correlation(group: block.group, members[a], members[c]))
            : draws[a].map { _ in 0 }
          let sorted = values.sorted()
          let products = values.indices.map { values[$0] * draws[a][$0] * draws[c][$0] }
          for (row, other) in [(a, c), (c, a)] {
            correlations[row][other] = mean(values)
            covariances[row][other] = mean(products)
            lower[row][other] = quantile(sorted, 0.025)
            upper[row][other] = quantile(sorted, 0.975)
          }
        }
      }
      return RandomBlock(
        group: block.group, structure: block.structure.rawValue, levels: block.levels.count,
        terms: terms(of: block), standardDeviations: draws.map(mean), correlations: correlations,
        covariances: covariances, correlationLower: lower, correlationUpper: upper,
        isFixed: block.isFixed)
    }
  }

  /// R's type-7 quantile of sorted values.
  private func quantile(_ sorted: [Double], _ p: Double) -> Double {
    guard !sorted.isEmpty else { return .nan }
    let place = p * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
