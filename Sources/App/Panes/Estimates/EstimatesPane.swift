// Estimates with their intervals, as a table and as a forest plot.

import Plots
import RunFolder
import TerminalCore

/// The pane of estimates: fixed effects, dispersions, standard deviations and correlations.
package struct EstimatesPane: Pane {
  package static let kind = PaneKind.estimates

  var order = EstimateOrder.model
  var isReversed = false
  /// Whether the forest plot has the room rather than the numbers.
  var prefersPlot = true
  /// The row in front of a run without draws, whose parameters other panes do not know.
  private(set) var chosen: String?

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    let isEmpty = !snapshot.hasKeptDraws && snapshot.run.fitReport == nil
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last, .sortColumn, .sortReverse,
      .previousSection, .nextSection:
      return isEmpty ? .disabled("there are no estimates yet") : .enabled
    case .pin: return snapshot.hasKeptDraws ? .enabled : .absent
    case .open: return snapshot.hasDraws ? .enabled : .disabled("there are no draws to trace")
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .sortColumn:
      let all = EstimateOrder.allCases
      order = all[(order.rawValue + 1) % all.count]
      isReversed = false
    case .sortReverse: isReversed.toggle()
    case .pin:
      let rows = sections(snapshot, browsing).flatMap(\.estimates)
      if let name = selected(rows, browsing) { browsing.togglePin(name) }
    case .previousSection, .nextSection: prefersPlot.toggle()
    case .open:
      let rows = sections(snapshot, browsing).flatMap(\.estimates)
      if let name = selected(rows, browsing) { browsing.choose(name) }
      return .trace
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 6)) else { return nil }
      let rows = sections(snapshot, browsing).flatMap(\.estimates)
      guard !rows.isEmpty else { return nil }
      let now = selected(rows, browsing).flatMap { name in
        rows.firstIndex { $0.name == name }
      }
      let target = (now ?? 0) + min(max(steps, -rows.count), rows.count)
      let name = rows[min(max(0, target), rows.count - 1)].name
      chosen = name
      browsing.choose(name)
    }
    return nil
  }

  /// The rows that pass the filter, in their order.
  func sections(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [EstimateSection] {
    EstimateList.sections(of: snapshot).compactMap { section in
      var section = section
      if browsing.filter.isActive {
        section.estimates.removeAll {
          !browsing.filter.matches($0.name) && !browsing.filter.matches($0.label)
        }
      }
      section.estimates = order.sorted(section.estimates, reversed: isReversed)
      if order == .model, !browsing.pinned.isEmpty {
        // Sections keep their rows; within each the pinned ones come first.
        let pinned = Set(browsing.pinned)
        section.estimates =
          section.estimates.filter { pinned.contains($0.name) }
          + section.estimates.filter { !pinned.contains($0.name) }
      }
      return section.estimates.isEmpty ? nil : section
    }
  }

  private func selected(_ rows: [Estimate], _ browsing: Browsing) -> String? {
    [browsing.chosenParameter, chosen].compactMap { name in
      name.flatMap { name in rows.first { $0.name == name }?.name }
    }.first ?? rows.first?.name
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    guard snapshot.hasKeptDraws else { return [] }
    let table = table(sections(snapshot, browsing), snapshot, browsing)
    return ([table.selected].compactMap { $0 } + table.namesInView(rows: size.rows))
  }

  private func table(
    _ sections: [EstimateSection], _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> ForestTable {
    let isSampled = snapshot.hasKeptDraws
    let rows = sections.flatMap(\.estimates)
    return ForestTable(
      sections: sections,
      columns: EstimateColumn.columns(
        isSampled: isSampled, hasPriors: rows.contains { $0.prior != nil }),
      isSampled: isSampled, selected: selected(rows, browsing), pinned: Set(browsing.pinned),
      prefersPlot: prefersPlot)
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    guard snapshot.hasKeptDraws || snapshot.run.fitReport != nil else {
      let inside = buffer.drawPanel(area, title: "Estimates")
      return buffer.drawNotice(
        missingWords(.estimates, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let sections = sections(snapshot, browsing)
    let rows = sections.flatMap(\.estimates)
    let isSampled = snapshot.hasKeptDraws
    let total = EstimateList.sections(of: snapshot).reduce(0) { $0 + $1.estimates.count }
    let filtered = browsing.filter.isActive ? ", \(rows.count) of \(total)" : ""
    let inside = buffer.drawPanel(
      area, title: "Estimates",
      note: order.title(isSampled: isSampled) + (isReversed ? ", reversed" : "") + filtered,
      footnote: basis(snapshot)
    ).inset(left: 1, right: 1)
    guard !rows.isEmpty else {
      return buffer.drawNotice(
        "No parameter passes the filter \(browsing.filter.pattern); Esc clears it.", in: inside)
    }
    let table = table(sections, snapshot, browsing)
    let parts = parts(of: inside, table, rows, snapshot)
    if let words = parts.words { buffer.writeWrapped(words, in: parts.bottom, Style(.muted)) }
    buffer.draw(table, in: parts.table)
  }

  /// The table, and below it what is said of the row in front.
  private func parts(
    of inside: Rect, _ table: ForestTable, _ rows: [Estimate], _ snapshot: DashboardSnapshot
  ) -> (table: Rect, bottom: Rect, words: String?) {
    guard inside.rows >= 9, let row = rows.first(where: { $0.name == table.selected }) else {
      return (inside, Rect(.zero), nil)
    }
    let words = EstimateWords(row, snapshot).text
    let parts = inside.splitBottom(min(wrapped(words, columns: inside.columns).count, 2))
    return (parts.rest, parts.bottom, words)
  }

  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch pointer {
    case .wheelUp: return update(.up, snapshot, &browsing, size: size)
    case .wheelDown: return update(.down, snapshot, &browsing, size: size)
    case .doublePress:
      return snapshot.hasDraws ? update(.open, snapshot, &browsing, size: size) : nil
    case .press(let point):
      let sections = sections(snapshot, browsing)
      let inside = panelInside(of: Rect(size)).inset(left: 1, right: 1)
      let table = table(sections, snapshot, browsing)
      let parts = parts(of: inside, table, sections.flatMap(\.estimates), snapshot)
      guard let name = table.name(at: point, in: parts.table) else { return nil }
      if name == table.selected, chosen == name, snapshot.hasDraws {
        return update(.open, snapshot, &browsing, size: size)
      }
      chosen = name
      browsing.choose(name)
      return nil
    case .drag, .release: return nil
    }
  }

  private func basis(_ snapshot: DashboardSnapshot) -> String {
    if snapshot.hasKeptDraws {
      return "posterior means, "
        + basisWords(snapshot.diagnostics.basis, of: snapshot.run.chains.count)
    }
    guard let fit = snapshot.run.fitReport else { return "" }
    let state = fit.converged ? "" : ", not converged"
    let intervals = "Wald intervals (\(fit.approximation)\(state))"
    return snapshot.isSampled ? "before sampling: \(intervals)" : intervals
  }
}
