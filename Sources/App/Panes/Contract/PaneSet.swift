// The panes of a dashboard with their states.

import TerminalCore

/// One pane of each kind.
package struct PaneSet {
  private var panes: [PaneKind: any Pane]

  /// The panes as they look when the dashboard opens.
  package init() {
    let all: [any Pane] = [
      OverviewPane(), ProgressPane(), TracePane(), ConvergencePane(), RandomEffectsPane(),
      ResidualsPane(), PredictivePane(), EstimatesPane(), SamplerPane(), ModelPane(),
    ]
    panes = Dictionary(uniqueKeysWithValues: all.map { (type(of: $0).kind, $0) })
  }

  /// Whether a pane understands a command now.
  package func availability(
    of command: PaneCommand, in kind: PaneKind, _ snapshot: DashboardSnapshot,
    _ browsing: Browsing
  ) -> Availability {
    panes[kind]?.availability(of: command, snapshot, browsing) ?? .absent
  }

  /// Lets a pane obey a command; returns the pane to go to, if it leads elsewhere.
  package mutating func update(
    _ command: PaneCommand, in kind: PaneKind, _ snapshot: DashboardSnapshot,
    _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let next = panes[kind]?.update(command, snapshot, &browsing, size: size)
    if next == .residuals, let outcome = (panes[kind] as? OverviewPane)?.openedOutcome {
      choose(outcome: outcome)
    }
    return next
  }

  /// The parameters whose statistics a pane shows.
  package func parametersInView(
    of kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    panes[kind]?.parametersInView(snapshot, browsing, size: size) ?? []
  }

  /// What a pane shows that is computed only for the pane in front.
  package func detailInView(
    of kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? {
    panes[kind]?.detailInView(snapshot, browsing)
  }

  /// Lets a pane obey the mouse; returns the pane to go to, if that leads elsewhere.
  package mutating func handle(
    _ pointer: PanePointer, in kind: PaneKind, _ snapshot: DashboardSnapshot,
    _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    panes[kind]?.handle(pointer, snapshot, &browsing, size: size)
  }

  /// Lets a pane show a range; what was wrong with it, if anything was.
  package mutating func show(
    _ range: PlotRange, in kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> String? {
    panes[kind]?.show(range, snapshot, browsing)
  }

  /// What the panes want to know again, by the names of the panes; panes without wishes are left out.
  package var memory: [String: [String: String]] {
    panes.reduce(into: [:]) { memory, entry in
      let own = entry.value.memory
      if !own.isEmpty { memory[entry.key.rawValue] = own }
    }
  }

  /// Gives the panes back what ``memory`` held.
  package mutating func recall(_ memory: [String: [String: String]]) {
    for (kind, pane) in panes {
      guard let own = memory[kind.rawValue] else { continue }
      var pane = pane
      pane.recall(own)
      panes[kind] = pane
    }
  }

  /// What a pane says of itself.
  package func statement(
    of kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    panes[kind]?.statement(snapshot, browsing) ?? PaneStatement(shows: kind.title)
  }

  /// The numbers that a pane shows.
  package func tables(
    of kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> [PaneTable] {
    panes[kind]?.tables(snapshot, browsing) ?? []
  }

  /// Puts an outcome in front in the panes that show one after the other.
  package mutating func choose(outcome name: String) {
    if var pane = panes[.residuals] as? ResidualsPane {
      pane.choose(outcome: name)
      panes[.residuals] = pane
    }
    if var pane = panes[.predictive] as? PredictivePane {
      pane.choose(outcome: name)
      panes[.predictive] = pane
    }
  }

  /// Draws a pane inside an area.
  package func draw(
    _ kind: PaneKind, _ snapshot: DashboardSnapshot, _ browsing: Browsing,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    // Whatever a pane does, it cannot draw outside its area.
    buffer.withArea(area) { view in
      panes[kind]?.draw(snapshot, browsing, into: &view, in: view.bounds)
    }
  }
}
