// Keeps convergence statistics up to date within a budget of time, what matters most first.

import Diagnostics
import RunFolder

/// Computes convergence statistics off the drawing path, a little at a time.
///
/// While a run is live, statistics are renewed when the draws have grown by a tenth (the parameters in
/// view: by a fiftieth); once it has ended, all rest on all draws. Parameters in view come first, then
/// those never computed, then those whose R-hat was worst.
package struct DiagnosticCache {
  /// What is known so far.
  package private(set) var report = DiagnosticReport()
  private var calculator = ConvergenceCalculator()
  private var energyBasis: [Int: Int] = [:]
  private var residuals: ResidualReport?
  private static let mostResidualPoints = 4000

  /// A cache that knows nothing yet.
  package init() {}

  /// Computes what is most needed until the budget is used up; at least one parameter.
  ///
  /// - Parameter inView: the parameters that are shown, which come first.
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
    for name in stale(in: run, basis: basis, inView: inView) {
      let columns = chains.compactMap { $0.kept(name).map { Array($0.prefix(basis.draws)) } }
      guard columns.count == chains.count else { continue }
      let summary = calculator.summarize(columns)
      let verdicts = report.thresholds.verdicts(parameter: name, summary)
      report.parameters[name] = ParameterDiagnostics(
        summary: summary, judgements: ParameterJudgements(verdicts),
        drawsPerChain: basis.draws, time: now)
      changed = true
      if let deadline, ContinuousClock.now >= deadline { break }
    }
    return changed
  }

  /// The parameters whose statistics need renewing, most urgent first.
  func stale(in run: RunSnapshot, basis: DrawsBasis, inView: [String]) -> [String] {
    let seen = Set(inView)
    var urgent: [String] = []
    var others: [(name: String, known: ParameterDiagnostics?)] = []
    var names = run.parameterNames
    if run.chains.first?.index(of: "lp__") != nil { names.append("lp__") }
    for name in names {
      let known = report.parameters[name]
      let isSeen = seen.contains(name)
      guard needsRenewal(known, basis, isSeen: isSeen, isLive: run.state.isLive) else { continue }
      if isSeen { urgent.append(name) } else { others.append((name, known)) }
    }
    others.sort { precedes($0.known, $1.known) }
    return urgent + others.map(\.name)
  }

  private func needsRenewal(
    _ known: ParameterDiagnostics?, _ basis: DrawsBasis, isSeen: Bool, isLive: Bool
  ) -> Bool {
    guard let known else { return true }
    let isOfSameChains = known.summary.chains == basis.chains.count
    if !isLive { return known.drawsPerChain != basis.draws || !isOfSameChains }
    if !isOfSameChains || known.drawsPerChain > basis.draws { return true }
    let growth = basis.draws - known.drawsPerChain
    return growth > known.drawsPerChain / (isSeen ? 50 : 10)
  }

  /// Never computed comes first, then the worst R-hat.
  private func precedes(_ left: ParameterDiagnostics?, _ right: ParameterDiagnostics?) -> Bool {
    switch (left, right) {
    case (nil, .some): true
    case (.some, nil), (nil, nil): false
    case (.some(let left), .some(let right)):
      (left.summary.rHat ?? 0) > (right.summary.rHat ?? 0)
    }
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
    for outcome in run.residualReport?.outcomes ?? [] {
      let count = min(outcome.scaled.count, outcome.fitted.count)
      let rows = (0..<count).filter { outcome.scaled[$0].isFinite && outcome.fitted[$0].isFinite }
      let scaled = rows.map { outcome.scaled[$0] }
      let residuals = SimulatedResiduals(
        lower: scaled, upper: scaled, fitted: rows.map { outcome.fitted[$0] },
        uniforms: Array(repeating: 0, count: rows.count), seed: 0, conditional: true)
      report.residualPlots[outcome.name] = ResidualPlotData(
        residuals, maximumCount: Self.mostResidualPoints)
    }
    return true
  }
}
