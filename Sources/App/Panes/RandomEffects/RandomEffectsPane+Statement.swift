// What the pane of random effects says of itself.

import RunFolder
import TerminalCore

extension RandomEffectsPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else { return .empty("random effects", .randomEffects, snapshot) }
    let run = snapshot.run
    var statement: PaneStatement
    var names = run.parameterNames.filter { $0.hasPrefix("sd_") || $0.hasPrefix("cor_") }
    switch view {
    case .covariance:
      let shown = blocks[min(block, blocks.count - 1)]
      statement = PaneStatement(
        shows: "standard deviations and correlations by \(shown.group), "
          + counted(shown.labels.count, "effect"))
    case .levels:
      let dimensions = LevelEffectDimension.all(of: snapshot)
      let shown = dimensions[min(levelDimension, dimensions.count - 1)]
      let known = shown.rows.count { $0.point.isFinite }
      names = shown.rows.compactMap(\.parameter)
      statement = PaneStatement(
        shows: "\(shown.label) of \(counted(shown.rows.count, "level")) of \(shown.group)")
      if shown.rows.isEmpty {
        statement.add(["the effects of single levels are not available"], .none)
      } else if known < shown.rows.count {
        statement.add(
          ["\(Format.grouped(known)) of \(Format.grouped(shown.rows.count)) computed"], .none)
      }
    }
    if snapshot.hasKeptDraws {
      let basis = StatedBasis(names, snapshot)
      statement.basis = "posterior means, \(basis.words)"
      statement.computed = basis.computed
      let passed = snapshot.limitsPassed(among: names)
      statement.add(passed.words, passed.judgement)
    } else {
      statement.basis = "estimates of the optimizer"
      let singular = run.warnings.filter { $0.code.contains("singular") }.map(\.message)
      statement.add(singular.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }, .doubtful)
    }
    return statement.ended(snapshot)
  }
}
