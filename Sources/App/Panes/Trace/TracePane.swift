// The draws of one parameter by iteration, chain by chain, and how they are distributed.

import Plots
import RunFolder
import TerminalCore

/// The pane of traces.
package struct TracePane: Pane {
  package static let kind = PaneKind.trace

  /// The iterations in view.
  var draws = DrawWindow()
  /// The values in view.
  var values = ValueWindow()
  /// Whether zooming acts on values rather than on draws.
  var zoomsValues = false
  /// The place whose values are read.
  var cursor = PlotCursor()
  /// What is being selected with the mouse.
  var selection: PlotSelection?
  /// Whether many small plots are shown rather than a large one.
  var isGrid = false
  /// The rows of the list of parameters.
  var scroll = ListScroll()
  /// How the draws are shown.
  package internal(set) var mode = TraceMode.trace

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last, .pin: return hasParameters(browsing)
    case .left where isGrid, .right where isGrid: return hasParameters(browsing)
    case .open: return isGrid ? hasParameters(browsing) : .absent
    case .dismiss: return selection != nil || cursor.isOn ? .enabled : .absent
    case .sortColumn, .sortReverse, .newGroups: return .absent
    case .previousSection, .nextSection: break
    case .cycleChain:
      if snapshot.run.chains.count < 2 { return .disabled("there is one chain") }
    case .toggleWarmup:
      if mode != .trace { return .absent }
      if snapshot.run.chains.allSatisfy({ $0.warmupCount == 0 }) {
        return .disabled("the draws hold no warm-up")
      }
    case .toggleReadout, .readoutLeft, .readoutRight:
      if isGrid { return .disabled("values are read off one large plot; Enter opens it") }
      if mode != .trace, !snapshot.hasKeptDraws { return .disabled("no draws after warm-up yet") }
    case .toggleGrid:
      if !mode.hasGrid { return .disabled("a grid shows traces or densities; ] goes on to them") }
    case .left, .right, .zoomIn, .zoomOut, .zoomReset, .panUp, .panDown, .switchAxis:
      if let reason = zoomAvailability(of: command, browsing) { return reason }
    }
    return snapshot.hasDraws ? .enabled : .disabled("no draws yet")
  }

  private func hasParameters(_ browsing: Browsing) -> Availability {
    guard browsing.parameters.isEmpty else { return .enabled }
    return .disabled(browsing.filter.isActive ? "no parameter passes the filter" : "no draws yet")
  }

  /// Why zooming and moving do not work now; `nil` if they do.
  private func zoomAvailability(
    of command: PaneCommand, _ browsing: Browsing
  ) -> Availability? {
    guard mode.hasGrid else { return .absent }
    let isValueWhole = isGrid || values.isWhole(of: browsing.parameter)
    let isDrawsWhole = draws.isWhole || mode != .trace
    switch command {
    case .left, .right:
      if mode == .trace ? isDrawsWhole : isValueWhole {
        let all = mode == .trace ? "all iterations are" : "all of it is"
        return .disabled("\(all) in view; + zooms in")
      }
    case .panUp, .panDown:
      if mode != .trace || isGrid { return .absent }
      if isValueWhole { return .disabled("all values are in view; y, then + zooms in on values") }
    case .switchAxis:
      if isGrid { return .absent }
      if mode != .trace { return .disabled("only values can be zoomed here") }
    case .zoomOut, .zoomReset:
      if isDrawsWhole && isValueWhole { return .disabled("nothing is zoomed") }
    case .zoomIn where isGrid && mode != .trace: return .absent
    default: break
    }
    return nil
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let view = TraceView(self, snapshot, browsing, size)
    let page = isGrid ? view.grid.count : max(1, size.rows - 4)
    let row = isGrid ? view.grid.across : 1
    switch command {
    case .up: browsing.move(by: -row)
    case .down: browsing.move(by: row)
    case .left where isGrid: browsing.move(by: -1)
    case .right where isGrid: browsing.move(by: 1)
    case .pageUp: browsing.move(by: -page)
    case .pageDown: browsing.move(by: page)
    case .first: browsing.move(by: -browsing.parameters.count)
    case .last: browsing.move(by: browsing.parameters.count)
    case .pin:
      if let name = browsing.parameter { browsing.togglePin(name) }
    case .toggleWarmup: browsing.includesWarmup.toggle()
    case .cycleChain: browsing.cycleChain(of: snapshot.run)
    case .previousSection: show(mode.stepped(by: -1, isGrid: isGrid))
    case .nextSection: show(mode.stepped(by: 1, isGrid: isGrid))
    case .toggleGrid where mode.hasGrid, .open where isGrid:
      isGrid.toggle()
      selection = nil
    case .switchAxis: zoomsValues.toggle()
    case .toggleReadout, .readoutLeft, .readoutRight, .dismiss: updateReadout(command, view)
    case .left, .right, .zoomIn, .zoomOut, .zoomReset, .panUp, .panDown: zoom(command, view)
    default: break
    }
    return nil
  }

  private mutating func updateReadout(_ command: PaneCommand, _ view: TraceView) {
    switch command {
    case .toggleReadout: cursor.toggle()
    case .dismiss where selection != nil: selection = nil
    case .dismiss: cursor.turnOff()
    default:
      guard let reading = view.reading else { return }
      // The first press shows where the cursor is; moving begins after that.
      guard cursor.isOn else { return cursor.toggle() }
      cursor.move(by: command == .readoutLeft ? -1 : 1, in: reading)
    }
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    guard let index = browsing.parameterIndex else { return [] }
    let first = centredFirstRow(index, visible: size.rows, of: browsing.parameters.count)
    let listed = browsing.parameters.dropFirst(first).prefix(size.rows)
    guard isGrid else { return [browsing.parameters[index]] + listed }
    return [browsing.parameters[index]]
      + TraceView(self, snapshot, browsing, size).namesInGrid + listed
  }

  /// The plots of the parameter in front: in every mode once the run has ended, so that switching does not
  /// wait for them; while it is live only where they are shown, since they take time from the numbers.
  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? {
    guard snapshot.hasKeptDraws,
      !snapshot.run.state.isLive || ![.trace, .density].contains(mode)
    else { return nil }
    return browsing.parameter.map { .draws(parameter: $0) }
  }

  /// Shows the draws in another way.
  package mutating func show(_ mode: TraceMode) {
    guard mode != self.mode else { return }
    self.mode = mode
    if !mode.hasGrid { isGrid = false }
    selection = nil
    cursor.forget()
  }
}
