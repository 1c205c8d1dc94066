// How far the chains are, at each tenth of the work and now and then between.

import Diagnostics
import Panes
import RunFolder
import TerminalCore

/// Remembers what was said of the chains.
struct SamplingNews {
  private var tenth = 0
  private var total = 0
  private var lastTime: Double?
  private var lastDone = 0

  /// The lines that are due now: progress of all, and at each tenth of the work chains and convergence.
  mutating func lines(
    _ snapshot: DashboardSnapshot, interval: Double, isOver: Bool
  ) -> [String] {
    let chains = ChainStatus.all(of: snapshot.run)
    let done = chains.reduce(0) { $0 + min($1.iteration, $1.total ?? $1.iteration) }
    let total = chains.reduce(0) { $0 + ($1.total ?? 0) }
    guard snapshot.isSampled, done > 0 else { return [] }
    if lastTime == nil { lastTime = snapshot.now }
    let nowTenth = total > 0 ? done * 10 / total : 0
    // More work was added, as by a rule: what was said of shares counts anew.
    if total != self.total {
      if self.total > 0 { tenth = nowTenth }
      self.total = total
    }
    let isTenth = nowTenth > tenth
    let isDue = snapshot.now - (lastTime ?? 0) >= interval && done > lastDone
    guard isTenth || isDue || (isOver && done > lastDone) else { return [] }
    lastTime = snapshot.now
    lastDone = done
    tenth = max(tenth, nowTenth)
    var lines = [progress(snapshot, chains, done: done, total: total)]
    if isTenth || isOver {
      lines += chains.filter { $0.iteration > 0 }.map(Self.sentence)
      if let convergence = Self.convergence(snapshot) { lines.append(convergence) }
    }
    return lines
  }

  private func progress(
    _ snapshot: DashboardSnapshot, _ chains: [ChainStatus], done: Int, total: Int
  ) -> String {
    let running = chains.count { $0.phase == .warmup || $0.phase == .sampling }
    let ended = chains.count { $0.phase == .finished }
    var text = "progress: "
    if total > 0 {
      text += "\(done * 100 / total) percent, \(done) of \(total) iterations"
    } else {
      text += "\(done) iterations"
    }
    text += ", \(running) of \(chains.count) chains at work"
    if ended > 0 { text += ", \(ended) done" }
    let speed = snapshot.rates.values.reduce(0) {
      $0 + ($1.secondsLeft == 0 ? 0 : $1.iterationsPerSecond)
    }
    if speed > 0, total > done, snapshot.run.state.isLive {
      text += ", about \(Format.duration(Double(total - done) / speed)) left"
    }
    return text
  }

  private static func sentence(_ chain: ChainStatus) -> String {
    let phase =
      switch chain.phase {
      case .waiting: "waiting"
      case .warmup: "warm-up"
      case .sampling: "sampling"
      case .finished: "done"
      }
    let total = chain.total.map { " of \($0)" } ?? ""
    let step = chain.stepSize.map { Format.significant($0, digits: 3) } ?? "not available"
    return "chain \(chain.number): \(phase), iteration \(chain.iteration)\(total), "
      + "\(chain.divergences) divergences, step size \(step)"
  }

  /// The parameters that are worst off, of those whose statistics are known.
  private static func convergence(_ snapshot: DashboardSnapshot) -> String? {
    let names = snapshot.run.countedParameterNames
    let known = names.compactMap { name in
      snapshot.diagnostics.current(name).map { (name: name, summary: $0.summary) }
    }
    guard !known.isEmpty else { return nil }
    var parts: [String] = []
    let rHats = known.compactMap { entry in entry.summary.rHat.map { (entry.name, $0) } }
    if let worst = rHats.max(by: { $0.1 < $1.1 }) {
      parts.append("largest R-hat \(Format.fixed(worst.1, decimals: 3)) of \(worst.0)")
    }
    func smallest(_ what: String, _ value: (DrawsSummary) -> Double?) {
      let sizes = known.compactMap { entry in value(entry.summary).map { (entry.name, $0) } }
      if let worst = sizes.min(by: { $0.1 < $1.1 }) {
        parts.append("smallest \(what) \(Format.fixed(worst.1, decimals: 0)) of \(worst.0)")
      }
    }
    smallest("bulk ESS") { $0.essBulk }
    smallest("tail ESS") { $0.essTail }
    guard !parts.isEmpty else { return nil }
    let basis = snapshot.diagnostics.basis
    let share = known.count < names.count ? "\(known.count) of \(names.count)" : "\(names.count)"
    return "convergence: " + parts.joined(separator: ", ")
      + "; \(share) parameters on \(basis.chains.count) chains of \(basis.draws) draws"
  }
}
