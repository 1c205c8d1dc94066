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
    guard basis.draws > 0 else { return changed }
    let deadline = budget.map { ContinuousClock.now + $0 }
    let chains = run.chains.filter { basis.chains.contains($0.id) }
    refreshEnergy(chains, isLive: run.state.isLive)
    for name in stale(in: run, basis: basis, inView: inView) {
      let columns = chains.compactMap { $0.kept(name).map { Array($0.prefix(basis.draws)) } }
      guard columns.count == chains.count else { continue }
      report.parameters[name] = ParameterDiagnostics(
        summary: calculator.summarize(columns), drawsPerChain: basis.draws, time: now)
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
}
