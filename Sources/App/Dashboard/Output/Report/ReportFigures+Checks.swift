// The sections on groups and on the data: random effects, residuals and predictive checks, all outcomes.

import Panes
import RunFolder
import TerminalCore

extension ReportFigures {
  /// Blocks, factors or views of one kind are shown up to this number.
  private static let mostViews = 8

  /// Covariances of every block, and the effects of levels.
  func randomEffects() -> [ReportSection] {
    let own = tables(.randomEffects)
    guard !own.isEmpty else { return [] }
    var body: [String] = []
    let blocks = walk(.randomEffects, from: PaneSet(), by: .right, most: Self.mostViews)
    // Three rows for each effect of the largest block, with its intervals.
    var sizes: [PaneTable.Value: Int] = [:]
    for row in own.first?.rows ?? [] { sizes[row[0], default: 0] += 1 }
    let rows = min(32, max(12, 3 * (sizes.values.max() ?? 0) + 6))
    for state in blocks.states {
      body.append(
        figure(
          compactFrame(.randomEffects, state, most: rows), "Standard deviations and correlations"))
    }
    for table in own where table.name != "levels" {
      body.append(
        ReportTable(
          table: table,
          caption: table.name == "sds" ? "Standard deviations" : "Correlations",
          source: command(.randomEffects, table)
        ).html)
    }
    if let levels = own.first(where: { $0.name == "levels" }) {
      body += self.levels(levels)
    }
    if blocks.isCut { body.append(leftOut("blocks")) }
    return [ReportSection(id: "random-effects", title: "Random effects", body: body)]
  }

  private func levels(_ table: PaneTable) -> [String] {
    guard let first = after(.nextSection, .randomEffects, PaneSet()) else { return [] }
    // The dimensions in the order of the table, each with its number of levels.
    var dimensions: [(name: String, count: Int)] = []
    for row in table.rows {
      guard case .text(let group) = row[0], case .text(let effect) = row[1] else { continue }
      let name = "\(group): \(effect)"
      if dimensions.last?.name == name {
        dimensions[dimensions.count - 1].count += 1
      } else {
        dimensions.append((name, 1))
      }
    }
    let states = walk(.randomEffects, from: first, by: .right, most: Self.mostViews)
    var parts = zip(states.states, dimensions).map { state, dimension in
      let most = 50
      let words = "Effects of the levels of \(dimension.name), sorted"
      let rest =
        dimension.count > most
        ? "; \(Format.grouped(dimension.count - most)) of \(Format.grouped(dimension.count)) left out"
        : ""
      return figure(
        frame(.randomEffects, state, rows: min(dimension.count, most) + 5), words + rest)
    }
    if states.isCut { parts.append(leftOut("effects")) }
    return parts
  }

  /// The residuals of every outcome against the prediction, columns and groups, with their tests.
  func residuals() -> [ReportSection] {
    guard let report = run.residualReport else { return [] }
    return report.outcomes.map(\.name).enumerated().map { number, name in
      var panes = PaneSet()
      panes.choose(outcome: name)
      var body: [String] = []
      let states = walk(.residuals, from: panes, by: .right, most: Self.mostViews)
      for (place, state) in states.states.enumerated() {
        body.append(residualFigure(state, name))
        if place == 0 { body.append(tests(state, "Tests")) }
      }
      if states.isCut { body.append(leftOut("columns and groups")) }
      if let other = after(.open, .residuals, panes) {
        body.append(ReportMarkup.heading("The other kind of simulation"))
        body.append(residualFigure(other, name))
        body.append(tests(other, "Tests"))
      }
      return ReportSection(
        id: "residuals-\(number + 1)", title: "Residuals of \(name)",
        body: body)
    }
  }

  /// The plots without the tests, which the page has as a table.
  private func residualFigure(_ panes: PaneSet, _ outcome: String) -> String {
    let tests = tables(.residuals, panes).first { $0.name == "tests" }?.rows.count ?? 0
    let plots = 20
    let whole = frame(.residuals, panes, rows: plots + tests + 3)
    return figure(
      whole.cropped(toRows: plots), "\(title(.residuals, panes)), \(outcome)")
  }

  private func tests(_ panes: PaneSet, _ caption: String) -> String {
    guard let table = tables(.residuals, panes).first(where: { $0.name == "tests" }) else {
      return ""
    }
    return ReportTable(table: table, caption: caption, hidden: ["outcome"]).html
  }

  /// Every view of the predictive checks of every outcome.
  func predictive() -> [ReportSection] {
    var names: [String] = []
    let all =
      run.predictiveReport?.outcomes.map(\.name) ?? run.looReport?.points.map(\.outcome) ?? []
    for name in all where !names.contains(name) { names.append(name) }
    return names.enumerated().map { number, name in
      var panes = PaneSet()
      panes.choose(outcome: name)
      var body = predictiveViews(from: panes, name, mostItems: Self.mostViews)
      if let other = after(.newGroups, .predictive, panes) {
        body.append(ReportMarkup.heading("For new groups"))
        body += predictiveViews(from: other, "\(name), new groups", mostItems: 1)
      }
      return ReportSection(
        id: "predictive-\(number + 1)", title: "Predictive checks of \(name)",
        body: body)
    }
  }

  /// Every view of one outcome's predictive checks for one kind of groups.
  private func predictiveViews(
    from panes: PaneSet, _ name: String, mostItems: Int
  ) -> [String] {
    var body: [String] = []
    for view in walk(.predictive, from: panes, by: .nextSection, most: 12).states {
      let own = tables(.predictive, view)
      // Leave-one-out knows no new groups.
      if mostItems == 1, own.first?.name == "pareto" { continue }
      // Columns and groups are shown one after the other; of other views the first says it all.
      let isSeries = own.first?.name == "means" && mostItems > 1
      let states =
        isSeries
        ? walk(.predictive, from: view, by: .down, most: mostItems)
        : (states: [view], isCut: false)
      for state in states.states {
        body.append(
          figure(
            compactFrame(.predictive, state, most: 22), "\(title(.predictive, state)), \(name)"))
      }
      if states.isCut { body.append(leftOut("plots")) }
      for table in own where ["statistics", "loo"].contains(table.name) {
        body.append(
          ReportTable(
            table: table,
            caption: table.name == "loo" ? "Leave-one-out" : "Statistics of data and simulations"
          ).html)
      }
    }
    return body
  }

  /// Panes that have no section of their own here, as they look.
  mutating func others() -> [ReportSection] {
    let known: Set<PaneKind> = [
      .overview, .progress, .trace, .convergence, .randomEffects, .residuals, .predictive,
      .estimates, .sampler,
    ]
    var sections: [ReportSection] = []
    for kind in PaneKind.allCases where !known.contains(kind) {
      prepare(kind, PaneSet())
      let views = walk(kind, from: PaneSet(), by: .nextSection, most: Self.mostViews).states
      sections.append(
        ReportSection(
          id: "pane-\(kind.rawValue)", title: kind.title,
          body: views.map { figure(compactFrame(kind, $0, most: 36), title(kind, $0)) }
            + tables(kind).map {
              ReportTable(table: $0, caption: $0.name, mostRows: 60, source: command(kind, $0)).html
            }))
    }
    return sections
  }

  private func leftOut(_ what: String) -> String {
    ReportMarkup.paragraph(
      "More \(what) are left out here; the dashboard shows them.", role: "note")
  }
}
