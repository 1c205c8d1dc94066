// Keeps convergence statistics up to date within a budget of time, what matters most first.

import Diagnostics
import RunFolder

/// Computes convergence statistics off the drawing path, a little at a time.
///
/// Every refresh brings the running sums of all parameters up to date, which costs microseconds each
/// (see ``RunningTable``). The statistics that need all draws in order, rank-normalised R-hat and
/// effective sample sizes, are renewed when the draws have grown by a fair share while a run is live,
/// and rest on all draws once it has ended; those most needed come first (see ``RenewalUrgency``), as
/// far as the time goes. Every number says how many draws it rests on.
package struct DiagnosticCache {
  /// What is known so far.
  package private(set) var report = DiagnosticReport()
  /// Whether the last refresh ran out of time.
  package private(set) var isBehind = false
  /// Whether more draws are to be expected, where the state of the run does not say so.
  private var isGrowing: Bool?
  private var calculator = ConvergenceCalculator()
  private var running = RunningTable()
  private var energyBasis: [Int: Int] = [:]
  /// The parameters and which of them count, looked at once for each set of names.
  private var parameterNames: [String] = []
  private var names: [String] = []
  private var countsInVerdict: [Bool] = []
  /// The parameters to be renewed, the most urgent last, and what the order was made for.
  private var queue: [String] = []
  private var queueOccasion: QueueOccasion?
  private var residuals: ResidualReport?
  private static let mostResidualPoints = 4000
  /// The growth of the draws from which on the plots of a live run are made anew.
  private static let detailGrowth = 1.25
  /// Where there are more parameters, they are put in order once a second only.
  private static let mostOrderedAlways = 300

  /// What an order of renewal was made for.
  private struct QueueOccasion: Equatable {
    var inView: [String]
    var isLive: Bool
    var chains: [Int]
    /// The draws of each chain, once they grow no more.
    var draws: Int?
    var time: Double
  }

  /// A cache that knows nothing yet, and the limits that it holds numbers against.
  package init(thresholds: ConvergenceThresholds = ConvergenceThresholds()) {
    report.thresholds = thresholds
  }

  /// Computes what is most needed until the budget is used up; at least one parameter.
  ///
  /// - Parameters:
  ///   - inView: the parameters that are shown, the one in front first.
  ///   - detail: what the pane in front shows beyond the statistics of parameters.
  ///   - isGrowing: whether more draws are to be expected, so that statistics on nearly all of them will do;
  ///     `nil` if the state of the run says so.
  ///   - budget: the time for running sums and exact statistics together, which have half of it once
  ///     more where running sums took more than that; `nil` for as long as it takes.
  /// - Returns: whether anything changed.
  @discardableResult
  package mutating func refresh(
    _ run: RunSnapshot, inView: [String] = [], detail: DetailRequest? = nil, now: Double,
    isGrowing: Bool? = nil, budget: Duration? = nil
  ) -> Bool {
    self.isGrowing = isGrowing
    let basis = DrawsBasis(chains: run.chains.map { (id: $0.id, draws: $0.keptCount) })
    var changed = basis != report.basis
    report.basis = basis
    if refreshResiduals(run) { changed = true }
    if report.levelEffects.refresh(run.parameterNames) { changed = true }
    if detail == .data, refreshData(run) { changed = true }
    guard basis.draws > 0 else { return changed }
    let start = ContinuousClock.now
    let chains = run.chains.filter { basis.chains.contains($0.id) }
    let all = run.parameterNames
    let hasLogDensity = run.chains.first?.index(of: "lp__") != nil
    if all != parameterNames || names.count != all.count + (hasLogDensity ? 1 : 0) {
      parameterNames = all
      names = allNames(of: run)
      countsInVerdict = names.map(isCountedParameter)
      queueOccasion = nil
    }
    if running.update(
      names, chains: chains, draws: basis.draws, deadline: budget.map { start + $0 })
    {
      report.running = running.summaries
      changed = true
    }
    // Running sums never take all of the time from the exact statistics.
    let deadline = budget.map { max(start + $0, .now + $0 / 2) }
    refreshEnergy(chains, isLive: grows(run))
    report.samplerVerdicts = samplerVerdicts(run)
    isBehind = false
    // The numbers of the parameter in front come before its plots, which cost twenty times as much.
    if let front = inView.first, isStale(front, inView, run),
      summarize(front, chains, draws: basis.draws, now: now)
    {
      changed = true
      if let deadline, ContinuousClock.now >= deadline {
        isBehind = true
        return true
      }
    }
    if refreshDetail(detail, run, chains, deadline: deadline) {
      changed = true
      // A key may wait: plots and statistics of many draws take ten milliseconds each.
      if let deadline, ContinuousClock.now >= deadline {
        isBehind = true
        return true
      }
    }
    line(up: inView, run, now: now)
    while let name = queue.popLast() {
      guard isStale(name, inView, run) else { continue }
      guard summarize(name, chains, draws: basis.draws, now: now) else { continue }
      changed = true
      if let deadline, ContinuousClock.now >= deadline { break }
    }
    if !queue.isEmpty { isBehind = true }
    return changed
  }

  /// Computes the exact statistics of a parameter; false where a chain lacks it.
  private mutating func summarize(
    _ name: String, _ chains: [ChainDraws], draws: Int, now: Double
  ) -> Bool {
    let columns = Self.columns(of: name, chains, draws: draws)
    guard columns.count == chains.count else { return false }
    let summary = calculator.summarize(columns)
    let verdicts = report.thresholds.verdicts(parameter: name, summary)
    report.parameters[name] = ParameterDiagnostics(
      summary: summary, judgements: ParameterJudgements(verdicts), drawsPerChain: draws, time: now)
    return true
  }

  /// Puts what is to be renewed in order.
  ///
  /// The order is made anew at each refresh, but once a second only where there are thousands, since it costs
  /// milliseconds then; at once when something else comes into view.
  private mutating func line(up inView: [String], _ run: RunSnapshot, now: Double) {
    let occasion = QueueOccasion(
      inView: inView, isLive: grows(run), chains: report.basis.chains,
      draws: grows(run) ? nil : report.basis.draws, time: now)
    if names.count > Self.mostOrderedAlways, let last = queueOccasion,
      (0..<1).contains(now - last.time)
    {
      var same = occasion
      same.time = last.time
      if same == last { return }
    }
    queueOccasion = occasion
    queue = stale(in: run, basis: report.basis, inView: inView).reversed()
  }

  /// Whether a parameter in line still needs its turn.
  private func isStale(_ name: String, _ inView: [String], _ run: RunSnapshot) -> Bool {
    let standing: RenewalUrgency.Standing =
      name == inView.first ? .inFront : inView.contains(name) ? .inView : .uncounted
    return report.urgency(of: name, standing, basis: report.basis, isLive: grows(run)) != nil
  }

  private func grows(_ run: RunSnapshot) -> Bool { isGrowing ?? run.state.isLive }

  private static func columns(
    of name: String, _ chains: [ChainDraws], draws: Int
  ) -> [[Double]] {
    chains.compactMap { $0.kept(name).map { Array($0.prefix(draws)) } }
  }

  private func allNames(of run: RunSnapshot) -> [String] {
    run.parameterNames + (run.chains.first?.index(of: "lp__") != nil ? ["lp__"] : [])
  }

  /// The parameters whose statistics need renewing, most urgent first.
  func stale(in run: RunSnapshot, basis: DrawsBasis, inView: [String]) -> [String] {
    let places = Dictionary(
      inView.enumerated().map { ($1, inView.count - $0) }, uniquingKeysWith: { first, _ in first })
    let isKnown = run.parameterNames == parameterNames && !names.isEmpty
    let all = isKnown ? names : allNames(of: run)
    let counts = isKnown ? countsInVerdict : all.map(isCountedParameter)
    let rated = all.enumerated().compactMap {
      (index, name) -> (name: String, index: Int, urgency: RenewalUrgency)? in
      let standing: RenewalUrgency.Standing =
        if name == inView.first {
          .inFront
        } else if places[name] != nil {
          .inView
        } else {
          counts[index] ? .counted : .uncounted
        }
      return report.urgency(of: name, standing, basis: basis, isLive: grows(run)).map {
        var urgency = $0
        urgency.placeInView = places[name] ?? 0
        return (name, index, urgency)
      }
    }
    return rated.sorted {
      $0.urgency == $1.urgency ? $0.index < $1.index : $0.urgency > $1.urgency
    }.map(\.name)
  }

  /// Makes the plots of the pane in front anew where they are missing or old; whether any changed.
  private mutating func refreshDetail(
    _ request: DetailRequest?, _ run: RunSnapshot, _ chains: [ChainDraws],
    deadline: ContinuousClock.Instant?
  ) -> Bool {
    switch request {
    case nil, .data: return false
    case .draws(let parameter):
      return refreshDraws(parameter, chains, isLive: grows(run), deadline: deadline)
    case .sampler:
      let draws = run.chains.reduce(0) { $0 + $1.keptCount }
      if let known = report.samplerDetail,
        grows(run)
          ? Double(draws) <= Double(known.draws) * Self.detailGrowth && draws >= known.draws
          : draws == known.draws
      {
        return false
      }
      report.samplerDetail = SamplerDetail(run)
      return true
    }
  }

  /// Reads the data once, and again only if the run turns out to be another or to have begun meanwhile.
  private mutating func refreshData(_ run: RunSnapshot) -> Bool {
    let basis = DataDetail.Basis(run)
    guard report.data?.basis != basis else { return false }
    report.data = DataDetail(run, basis)
    return true
  }

  private mutating func refreshDraws(
    _ parameter: String, _ chains: [ChainDraws], isLive: Bool, deadline: ContinuousClock.Instant?
  ) -> Bool {
    let basis = report.basis
    var isFresh = false
    if let known = report.drawsDetail, known.parameter == parameter {
      let isOfSameChains = known.basis.chains == basis.chains && known.basis.draws <= basis.draws
      let isLongEnough =
        isLive
        ? Double(basis.draws) <= Double(known.basis.draws) * Self.detailGrowth
        : basis.draws == known.basis.draws
      isFresh = isOfSameChains && isLongEnough
    }
    if isFresh, report.drawsDetail?.isComplete == true { return false }
    let draws = isFresh ? report.drawsDetail?.basis.draws ?? basis.draws : basis.draws
    let columns = Self.columns(of: parameter, chains, draws: draws)
    guard columns.count == chains.count else { return false }
    var detail =
      isFresh
      ? report.drawsDetail : DrawsDetail(parameter: parameter, basis: basis, columns: columns)
    while detail?.isComplete == false {
      detail?.computeGrowth(columns, using: &calculator)
      if let deadline, ContinuousClock.now >= deadline {
        isBehind = detail?.isComplete == false
        break
      }
    }
    report.drawsDetail = detail
    return true
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
