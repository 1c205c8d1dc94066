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
    for state in blocks.states {
      body.append(
        figure(
          frame(.randomEffects, state, rows: 18), "Standard deviations and correlations"))
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
    return figure(whole.cropped(toRows: plots), "Residuals of \(outcome)")
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
      var body: [String] = []
      for view in walk(.predictive, from: panes, by: .nextSection, most: 12).states {
        let own = tables(.predictive, view)
        // Columns and groups are shown one after the other; of other views the first says it all.
        let isSeries = own.first?.name == "means"
        let states =
          isSeries
          ? walk(.predictive, from: view, by: .down, most: Self.mostViews) : (states: [view], isCut: false)
        for state in states.states {
          body.append(
            figure(
              frame(.predictive, state, rows: 22), "\(title(.predictive, state)), \(name)"))
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
      return ReportSection(
        id: "predictive-\(number + 1)", title: "Predictive checks of \(name)",
        body: body)
    }
  }

  /// Panes that have no section of their own here, as they look.
  func others() -> [ReportSection] {
    let known: Set<PaneKind> = [
      .overview, .progress, .trace, .convergence, .randomEffects, .residuals, .predictive,
      .estimates, .sampler,
    ]
    return PaneKind.allCases.filter { !known.contains($0) }.map { kind in
      ReportSection(
        id: "pane-\(kind.rawValue)", title: kind.title,
        body: [figure(frame(kind, PaneSet(), rows: 36), kind.title)]
          + tables(kind).map {
            ReportTable(table: $0, caption: $0.name, mostRows: 60, source: command(kind, $0)).html
          })
    }
  }

  private func leftOut(_ what: String) -> String {
    ReportMarkup.paragraph(
      "More \(what) are left out here; the dashboard shows them.", role: "note")
  }
}
