// Keeps convergence statistics up to date within a budget of time, what matters most first.

import Diagnostics
import RunFolder

/// Computes convergence statistics off the drawing path, a little at a time.
///
/// While a run is live, statistics are renewed when the draws have grown by a fair share; once it has
/// ended, all rest on all draws. What is furthest behind comes first, where what is in view counts
/// double and the parameter in front eightfold, so that nothing is left behind for long.
package struct DiagnosticCache {
  /// What is known so far.
  package private(set) var report = DiagnosticReport()
  /// Whether the last refresh ran out of time.
  package private(set) var isBehind = false
  private var calculator = ConvergenceCalculator()
  private var energyBasis: [Int: Int] = [:]
  private var residuals: ResidualReport?
  private static let mostResidualPoints = 4000

  /// A cache that knows nothing yet.
  package init() {}

  /// Computes what is most needed until the budget is used up; at least one parameter.
  ///
  /// - Parameter inView: the parameters that are shown, the one in front first.
  /// - Parameter budget: the time that may be spent; `nil` for as long as it takes.
  /// - Returns: whether anything changed.
  @discardableResult
  package mutating func refresh(
    _ run: RunSnapshot, inView: [String] = [], now: Double, budget: Duration? = nil
  ) -> Bool {
    let basis = DrawsBasis(chains: run.chains.map { (id: $0.id, draws: $0.keptCount) })
    var changed = basis != report.basis
    report.basis = basis
    if refreshResiduals(run) { changed = true }
    guard basis.draws > 0 else { return changed }
    let deadline = budget.map { ContinuousClock.now + $0 }
    let chains = run.chains.filter { basis.chains.contains($0.id) }
    refreshEnergy(chains, isLive: run.state.isLive)
    report.samplerVerdicts = samplerVerdicts(run)
    let names = stale(in: run, basis: basis, inView: inView)
    isBehind = false
    for (index, name) in names.enumerated() {
      let columns = chains.compactMap { $0.kept(name).map { Array($0.prefix(basis.draws)) } }
      guard columns.count == chains.count else { continue }
      let summary = calculator.summarize(columns)
      let verdicts = report.thresholds.verdicts(parameter: name, summary)
      report.parameters[name] = ParameterDiagnostics(
        summary: summary, judgements: ParameterJudgements(verdicts),
        drawsPerChain: basis.draws, time: now)
      changed = true
      if let deadline, ContinuousClock.now >= deadline {
        isBehind = index + 1 < names.count
        break
      }
    }
    return changed
  }

  /// The parameters whose statistics need renewing, most urgent first.
  func stale(in run: RunSnapshot, basis: DrawsBasis, inView: [String]) -> [String] {
    let seen = Set(inView)
    var names = run.parameterNames
    if run.chains.first?.index(of: "lp__") != nil { names.append("lp__") }
    let rated = names.enumerated().compactMap {
      (index, name) -> (name: String, index: Int, urgency: Double)? in
      let weight = name == inView.first ? 8.0 : seen.contains(name) ? 2 : 1
      let urgency = urgency(
        report.parameters[name], basis, weight: weight, isLive: run.state.isLive)
      return urgency > 0 ? (name, index, urgency) : nil
    }
    return rated.sorted { ($1.urgency, $0.index) < ($0.urgency, $1.index) }.map(\.name)
  }

  /// How badly statistics need renewing; 0 if they are good enough.
  private func urgency(
    _ known: ParameterDiagnostics?, _ basis: DrawsBasis, weight: Double, isLive: Bool
  ) -> Double {
    guard let known, known.drawsPerChain > 0, known.drawsPerChain <= basis.draws else {
      return weight * 1e6
    }
    let total = basis.draws * basis.chains.count
    let growth = Double(total) / Double(known.drawsPerChain * max(1, known.summary.chains))
    let isOfSameChains = known.summary.chains == basis.chains.count
    if !isLive {
      return known.drawsPerChain != basis.draws || !isOfSameChains ? weight * growth : 0
    }
    // A twentieth more in front, a tenth in view, a quarter elsewhere.
    let enough = weight >= 8 ? 1.05 : weight >= 2 ? 1.1 : 1.25
    guard growth > enough || !isOfSameChains else { return 0 }
    // The one in front does not wait until all others are known.
    return weight >= 8 ? 1e7 : weight * growth
  }

  private mutating func refreshEnergy(_ chains: [ChainDraws], isLive: Bool) {
    for chain in chains {
      guard let energies = chain.kept("energy__") else { continue }
      let known = energyBasis[chain.id] ?? 0
      let grown = energies.count - known
      guard isLive ? grown > known / 10 : grown != 0 else { continue }
      energyBasis[chain.id] = energies.count
      report.energyFractions[chain.id] = EnergyFraction.eBFMI(energies: Array(energies))
    }
  }

  private func samplerVerdicts(_ run: RunSnapshot) -> [Verdict] {
    let reportsDivergences = run.chains.contains { $0.index(of: "divergent__") != nil }
    let deepest =
      run.request?.maxTreeDepth ?? run.chains.first?.settings["max_depth"].flatMap(Int.init)
    var hits: Int?
    if let deepest, run.chains.contains(where: { $0.index(of: "treedepth__") != nil }) {
      hits = run.chains.reduce(0) {
        $0 + ($1.kept("treedepth__")?.count { $0 >= Double(deepest) } ?? 0)
      }
    }
    return report.thresholds.verdicts(
      Diagnostics.SamplerReport(
        draws: run.chains.reduce(0) { $0 + $1.keptCount },
        divergences: reportsDivergences ? run.divergences : nil, treeDepthHits: hits,
        energyFractions: run.chains.map { report.energyFractions[$0.id] }))
  }

  /// Ranks and sorts residuals for the plots, once for each report that the worker writes.
  private mutating func refreshResiduals(_ run: RunSnapshot) -> Bool {
    guard residuals != run.residualReport else { return false }
    residuals = run.residualReport
    report.residualPlots = [:]
    guard let residuals else { return true }
    for outcome in residuals.outcomes {
      let key = ResidualPlotKey(outcome: outcome.name, isConditional: residuals.isConditional)
      report.residualPlots[key] = Self.plot(outcome)
    }
    for outcome in residuals.unconditional ?? [] {
      let key = ResidualPlotKey(outcome: outcome.name, isConditional: false)
      report.residualPlots[key] = Self.plot(outcome)
    }
    return true
  }

  private static func plot(_ outcome: OutcomeResiduals) -> ResidualPlotData {
    let count = min(outcome.scaled.count, outcome.fitted.count)
    let rows = (0..<count).filter { outcome.scaled[$0].isFinite && outcome.fitted[$0].isFinite }
    let scaled = rows.map { outcome.scaled[$0] }
    let residuals = SimulatedResiduals(
      lower: scaled, upper: scaled, fitted: rows.map { outcome.fitted[$0] },
      uniforms: Array(repeating: 0, count: rows.count), seed: 0, conditional: true)
    return ResidualPlotData(residuals, maximumCount: mostResidualPoints)
  }
}
