// What a pane is: a state, how commands change it, and a drawing of it.

import TerminalCore

/// Whether something can be done now, and if not, why.
package enum Availability: Hashable, Sendable {
  case enabled
  /// It belongs here but not now; the reason completes "not now: ...".
  case disabled(String)
  /// It has no meaning here, so it is not offered.
  case absent

  /// Whether it can be done.
  package var isEnabled: Bool { self == .enabled }
}

/// A pane of the dashboard: a value that draws itself from a snapshot and computes no statistics.
package protocol Pane {
  /// Which pane this is.
  static var kind: PaneKind { get }

  /// A pane as it looks when the dashboard opens.
  init()

  /// Whether a command means something here now.
  func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability

  /// Obeys a command; `size` is that of the area the pane is drawn in. Returns the pane to go to, if
  /// the command leads elsewhere.
  mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind?

  /// The parameters whose statistics can be seen in an area of this size, so that they are computed
  /// first.
  func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String]

  /// What is shown beyond the statistics of parameters and is computed only for the pane in front.
  func detailInView(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> DetailRequest?

  /// Obeys the mouse; points are relative to the area the pane is drawn in. Returns the pane to go to,
  /// if what was pressed leads elsewhere; `nil` too where the mouse means nothing.
  mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind?

  /// Shows a range that the user typed; what was wrong with it, if anything was.
  mutating func show(
    _ range: PlotRange, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> String?

  /// What the pane shows, on how many draws, how old that is, and what is wrong, in words.
  func statement(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> PaneStatement

  /// The numbers that the pane shows, as tables; none if it shows none.
  func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable]

  /// What the pane wants to know when the dashboard opens on the run again, by name.
  var memory: [String: String] { get }

  /// Takes over what ``memory`` held; what is not understood any more is passed over.
  mutating func recall(_ memory: [String: String])

  /// Draws the pane inside an area, whatever its size.
  func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect)
}

extension Pane {
  /// None, as for a pane that shows no statistics of draws.
  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] { [] }

  /// None, as for a pane that shows what is there anyway.
  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? { nil }

  /// The wheel moves as the keys up and down do, where these mean something.
  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let command: PaneCommand
    switch pointer {
    case .wheelUp: command = .up
    case .wheelDown: command = .down
    case .press, .doublePress, .drag, .release: return nil
    }
    guard availability(of: command, snapshot, browsing).isEnabled else { return nil }
    return update(command, snapshot, &browsing, size: size)
  }

  /// Says that there is no axis here.
  package mutating func show(
    _ range: PlotRange, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> String? { "this pane has no axis to zoom" }

  /// The title alone.
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement { PaneStatement(shows: Self.kind.title) }

  /// None.
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] { [] }

  /// Nothing.
  package var memory: [String: String] { [:] }

  /// Nothing to take over.
  package mutating func recall(_ memory: [String: String]) {}
}
