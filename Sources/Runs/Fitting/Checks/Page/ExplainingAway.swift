// The second round: causes are tested again with the strongest of them in the model.

import Diagnostics

/// Explains away what is no more than a consequence of the strongest cause.
struct ExplainingAway {
  /// The study of the outcome.
  let study: OutcomeStudy
  /// Fixes everything random.
  let seed: UInt64
  /// Whether there is time for another fit.
  let hasTime: () -> Bool

  /// How often another cause may take the place of the strongest.
  private static let mostTurns = 3
  /// The most causes that are taken into the model before what is left is left as it is.
  private static let mostCauses = 3

  /// Tests the significant entries of one outcome on top of the strongest of them.
  ///
  /// A cause that is no longer needed once another is mended takes the second place, also if its own gain is larger. What
  /// a finding accounts for by itself, as extra zeros do for dispersion, takes part no more.
  func apply(to entries: inout [PageEntry], places: [Int]) {
    for place in places where entries[place].ownLevel >= .warning {
      let explained = entries[place].finding.explains
      for other in places where explained.contains(entries[other].finding.check) {
        entries[other].explainedBy = name(entries[place])
      }
    }
    let significant = places.filter {
      entries[$0].ownLevel >= .warning && entries[$0].remedy != nil
        && entries[$0].explainedBy == nil
    }
    guard let best = strongest(&entries, significant) else { return }
    askAgain(&entries, places, with: best)
  }

  /// The place of the change without which the others are not needed, or of the largest gain; the others are judged on
  /// top of it.
  private func strongest(_ entries: inout [PageEntry], _ significant: [Int]) -> Int? {
    func gain(_ place: Int) -> Double { entries[place].finding.gain ?? 0 }
    guard var best = significant.max(by: { gain($0) < gain($1) }) else { return nil }
    guard significant.count > 1 else { return best }
    var tried: Set<Int> = []
    for _ in 0..<Self.mostTurns {
      tried.insert(best)
      guard let remedy = entries[best].remedy, hasTime() else { return best }
      for place in significant {
        entries[place].explainedBy = nil
        entries[place].remaining = nil
      }
      let survivors = judge(&entries, significant.filter { $0 != best }, [remedy], by: best)
      let stronger = survivors.sorted { gain($0) > gain($1) }.first { place in
        guard !tried.contains(place), let other = entries[place].remedy, hasTime() else {
          return false
        }
        return !isNeeded(remedy, over: other)
      }
      guard let stronger else {
        accumulate(&entries, [remedy], survivors)
        return best
      }
      best = stronger
    }
    return best
  }

  /// Judges entries on top of changes, the last of which is that of `strongest`; returns those that are still needed.
  private func judge(
    _ entries: inout [PageEntry], _ others: [Int], _ base: [Remedy], by strongest: Int
  ) -> [Int] {
    let answers = others.map { second(entries[$0], over: base) }
    let adjusted = HolmAdjustment.adjusted(
      answers.map { answer in
        if case .gain(let gain) = answer { gain.p ?? 1 } else { 1 }
      })
    var kept: [Int] = []
    for (index, place) in others.enumerated() {
      switch answers[index] {
      case .gain(let found):
        let level =
          found.p == nil ? found.informationLevel : PageEntry.level(adjusted: adjusted[index])
        if level >= .warning {
          entries[place].remaining = (level, found.gain)
          kept.append(place)
        } else {
          entries[place].explainedBy = name(entries[strongest])
        }
      case .meaningless:
        // Not to be had on top of the other, such as a formula for a sigma that is no more.
        entries[place].explainedBy = name(entries[strongest])
      case .unknown: break
      }
    }
    return kept
  }

  /// Takes the strongest of what is left into the model too, and tests the rest on top of both, and so on.
  private func accumulate(
    _ entries: inout [PageEntry], _ first: [Remedy], _ survivors: [Int]
  ) {
    var (base, left) = (first, survivors)
    while left.count > 1, base.count < Self.mostCauses, hasTime() {
      func remaining(_ place: Int) -> Double { entries[place].remaining?.gain ?? 0 }
      guard let next = left.max(by: { remaining($0) < remaining($1) }),
        let remedy = entries[next].remedy
      else { return }
      base.append(remedy)
      left = judge(&entries, left.filter { $0 != next }, base, by: next)
    }
  }

  /// What a change gives on top of others.
  private enum Second {
    case gain(RemedyGain)
    /// The others leave no room for it.
    case meaningless
    /// It could not be fitted, or there was no time: it keeps the level that it has alone.
    case unknown
  }

  private func second(_ entry: PageEntry, over base: [Remedy]) -> Second {
    guard let remedy = entry.remedy, hasTime() else { return .unknown }
    do throws(RemedyFailure) {
      return .gain(try study.gain(of: remedy, over: base))
    } catch {
      return error == .meaningless ? .meaningless : .unknown
    }
  }

  /// Whether a change is needed on top of another; yes where that cannot be found out.
  private func isNeeded(_ remedy: Remedy, over other: Remedy) -> Bool {
    guard let found = try? study.gain(of: remedy, over: [other]) else { return true }
    return found.p.map { $0 < 0.05 } ?? (found.informationLevel >= .warning)
  }

  /// Asks the checks that fit no change once more, of the model with the strongest change in it.
  private func askAgain(_ entries: inout [PageEntry], _ places: [Int], with best: Int) {
    let open = places.filter {
      entries[$0].ownLevel >= .warning && entries[$0].single != nil
        && entries[$0].explainedBy == nil
    }
    guard !open.isEmpty, hasTime(), let remedy = entries[best].remedy,
      let changed = try? study.changed(by: remedy)
    else { return }
    var asked: [String: [Finding]] = [:]
    for place in open {
      guard let single = entries[place].single, hasTime() else { return }
      let findings = asked[single.name] ?? single.findings(changed, seed: seed)
      asked[single.name] = findings
      let old = entries[place].finding
      // A question that has no meaning for the changed model is answered by the change.
      guard let now = findings.first(where: { $0.check == old.check && $0.subject == old.subject })
      else {
        entries[place].explainedBy = name(entries[best])
        continue
      }
      if case .probability(let p) = now.basis, p >= 0.01 {
        entries[place].explainedBy = name(entries[best])
      }
    }
  }

  private func name(_ entry: PageEntry) -> String {
    entry.finding.check + (entry.finding.subject.map { " (\($0))" } ?? "")
  }
}
