// The second round: the strongest cause of an outcome becomes part of the model, and the others are tested on top of it.

import Diagnostics

/// Explains away what is no more than a consequence of the strongest cause.
struct ExplainingAway {
  /// The study of the outcome.
  let study: OutcomeStudy
  /// Whether there is time for another fit.
  let hasTime: () -> Bool

  /// How often another cause may take the place of the strongest.
  private static let mostTurns = 3

  /// Tests the significant entries of one outcome on top of the strongest of them.
  ///
  /// A cause that is no longer needed once another is mended takes the second place, also if its own gain is larger.
  func apply(to entries: inout [PageEntry], places: [Int]) {
    let significant = places.filter {
      entries[$0].ownLevel >= .warning && entries[$0].remedy != nil
    }
    guard significant.count > 1 else { return }
    func gain(_ place: Int) -> Double { entries[place].finding.gain ?? 0 }
    var best = significant.max { gain($0) < gain($1) } ?? significant[0]
    var tried: Set<Int> = []
    for _ in 0..<Self.mostTurns {
      tried.insert(best)
      guard let remedy = entries[best].remedy else { return }
      for place in significant {
        entries[place].explainedBy = nil
        entries[place].remaining = nil
      }
      let others = significant.filter { $0 != best }
      guard hasTime() else { return }
      let gains = others.map { place in second(entries[place], over: [remedy]) }
      let adjusted = HolmAdjustment.adjusted(gains.map { $0?.p ?? 1 })
      var survivors: [Int] = []
      for (index, place) in others.enumerated() {
        guard let found = gains[index] else {
          // Not to be had on top of the other, such as a formula for a sigma that is no more.
          entries[place].explainedBy = name(entries[best])
          continue
        }
        let level =
          found.p == nil ? found.informationLevel : PageEntry.level(adjusted: adjusted[index])
        if level >= .warning {
          entries[place].remaining = (level, found.gain)
          survivors.append(place)
        } else {
          entries[place].explainedBy = name(entries[best])
        }
      }
      let stronger = survivors.sorted { gain($0) > gain($1) }.first { place in
        guard !tried.contains(place), let other = entries[place].remedy, hasTime() else {
          return false
        }
        return !isNeeded(remedy, over: other)
      }
      guard let stronger else {
        accumulate(&entries, [remedy], survivors)
        return
      }
      best = stronger
    }
  }

  /// The most causes that are taken into the model before what is left is left as it is.
  private static let mostCauses = 3

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
      left.removeAll { $0 == next }
      let gains = left.map { place in second(entries[place], over: base) }
      let adjusted = HolmAdjustment.adjusted(gains.map { $0?.p ?? 1 })
      var kept: [Int] = []
      for (index, place) in left.enumerated() {
        let level = gains[index].map {
          $0.p == nil ? $0.informationLevel : PageEntry.level(adjusted: adjusted[index])
        }
        if let found = gains[index], let level, level >= .warning {
          entries[place].remaining = (level, found.gain)
          kept.append(place)
        } else {
          entries[place].explainedBy = name(entries[next])
        }
      }
      left = kept
    }
  }

  private func second(_ entry: PageEntry, over base: [Remedy]) -> RemedyGain? {
    guard let remedy = entry.remedy else { return nil }
    return try? study.gain(of: remedy, over: base)
  }

  private func isNeeded(_ remedy: Remedy, over other: Remedy) -> Bool {
    guard let found = try? study.gain(of: remedy, over: [other]) else { return true }
    return found.p.map { $0 < 0.05 } ?? (found.informationLevel >= .warning)
  }

  private func name(_ entry: PageEntry) -> String {
    entry.finding.check + (entry.finding.subject.map { " (\($0))" } ?? "")
  }
}
