// The effects of all levels of one dimension of a block, from draws or conditional modes.

import Diagnostics
import RunFolder

/// The effect of one level.
struct LevelEffectRow: Equatable {
  var level: String
  /// The parameter of the draws; `nil` for a conditional mode.
  var parameter: String?
  /// NaN while it is not known.
  var point: Double
  var inner: ClosedRange<Double>?
  var outer: ClosedRange<Double>?

  /// Which side of zero the 95% interval lies on: 1 above, -1 below, 0 if it holds zero or is not known.
  var sign: Int {
    guard let outer else { return 0 }
    return outer.lowerBound > 0 ? 1 : outer.upperBound < 0 ? -1 : 0
  }
}

/// One dimension of a block with the effects of its levels.
struct LevelEffectDimension: Equatable {
  var group: String
  var label: String
  var rows: [LevelEffectRow]

  /// All dimensions of all blocks of a run, in the order of the blocks.
  static func all(of snapshot: DashboardSnapshot) -> [LevelEffectDimension] {
    if snapshot.hasKeptDraws { return drawn(snapshot) }
    guard let fit = snapshot.run.fitReport else { return [] }
    let isSingle = fit.model.outcomes.count == 1
    return fit.random.enumerated().flatMap { place, block in
      let modes = fit.modes.flatMap { $0.indices.contains(place) ? $0[place] : nil }
      return block.terms.enumerated().map { column, term in
        LevelEffectDimension(
          group: block.group, label: NamedBlock.label(term, isSingle: isSingle),
          rows: modes.map { rows($0, column) } ?? [])
      }
    }
  }

  private static func drawn(_ snapshot: DashboardSnapshot) -> [LevelEffectDimension] {
    let report = snapshot.diagnostics
    return NamedBlock.all(of: snapshot.run).flatMap { block in
      zip(block.labels, block.deviationNames).map { label, deviation in
        let rows = report.levelEffects[deviation: deviation].map { effect in
          let summary = report[effect.name]
          return LevelEffectRow(
            level: effect.level, parameter: effect.name, point: summary?.mean ?? .nan,
            inner: Estimate.range(summary?.q25, summary?.q75),
            outer: Estimate.range(summary?.q2_5, summary?.q97_5))
        }
        return LevelEffectDimension(group: block.group, label: label, rows: rows)
      }
    }
  }

  private static func rows(_ modes: ConditionalModes, _ column: Int) -> [LevelEffectRow] {
    modes.levels.indices.map { level in
      let mode = modes.modes[level][column]
      let interval = WaldInterval(
        mode, error: modes.standardErrors[level][column], scale: .identity)
      return LevelEffectRow(
        level: modes.levels[level], parameter: nil, point: mode, inner: interval?.inner,
        outer: interval?.outer)
    }
  }

  /// The rows by size, the largest first, or in the order of the data; what is not known comes last.
  func ordered(bySize: Bool, reversed: Bool) -> [LevelEffectRow] {
    guard bySize else { return reversed ? rows.reversed() : rows }
    let known = rows.filter { $0.point.isFinite }.sorted { $0.point > $1.point }
    return (reversed ? known.reversed() : known) + rows.filter { !$0.point.isFinite }
  }
}
