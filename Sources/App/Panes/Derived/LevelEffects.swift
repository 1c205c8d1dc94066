// The effects of single levels by the standard deviation they belong to, found from names.

import RunFolder

/// The parameter that is the effect of one level.
package struct LevelEffect: Sendable, Equatable {
  /// The parameter: `r_school_id__passed[S01,Intercept]`.
  package var name: String
  /// The level: `S01`.
  package var level: String
}

/// The effects of all levels, by the name of their standard deviation.
///
/// Names of levels may hold any character, commas and brackets too, so the first bracket and the last
/// comma count.
package struct LevelEffects: Sendable, Equatable {
  private var effects: [String: [LevelEffect]] = [:]
  private var names: [String] = []

  /// No effects.
  package init() {}

  /// Finds the effects among names anew if these are others than before; whether they were.
  mutating func refresh(_ names: [String]) -> Bool {
    guard names != self.names else { return false }
    self.names = names
    effects = [:]
    let deviations = Set(names.filter { $0.hasPrefix("sd_") })
    for name in names where ParameterKind(name: name) == .randomEffect {
      guard let open = name.firstIndex(of: "["), let comma = name.lastIndex(of: ","), open < comma
      else { continue }
      let owner = name[name.index(name.startIndex, offsetBy: 2)..<open]
      let term = name[name.index(after: comma)...].dropLast()
      // With an outcome before the bracket the term joins it; without, it follows the group.
      let candidates = ["sd_\(owner)_\(term)", "sd_\(owner)__\(term)"]
      guard let deviation = candidates.first(where: deviations.contains) else { continue }
      effects[deviation, default: []].append(
        LevelEffect(name: name, level: String(name[name.index(after: open)..<comma])))
    }
    return true
  }

  /// The effects whose spread a standard deviation is, in the order of the draws.
  package subscript(deviation name: String) -> [LevelEffect] { effects[name] ?? [] }
}
