// Whether the chains have converged, parameter by parameter, worst first.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The pane of convergence; a fit without draws has its estimates here.
package struct ConvergencePane: Pane {
  package static let kind = PaneKind.convergence

  var sort = ConvergenceColumn.worst
  var isDescending = true
  /// The row in front in the table of estimates.
  var estimateRow = 0
  /// The rows in view.
  var scroll = ListScroll()
  /// The place in the plot of effective sample sizes that is read.
  var cursor = PlotCursor()

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      if showsEstimates(snapshot) { return .enabled }
      return browsing.parameters.isEmpty ? .disabled("there are no rows") : .enabled
    case .sortColumn, .sortReverse:
      if showsEstimates(snapshot) { return .disabled("estimates keep the model's order") }
      return snapshot.hasKeptDraws ? .enabled : .disabled("there are no draws to sort by")
    case .pin:
      if showsEstimates(snapshot) { return .absent }
      return browsing.parameters.isEmpty ? .disabled("there are no rows") : .enabled
    case .toggleReadout, .readoutLeft, .readoutRight:
      if showsEstimates(snapshot) { return .absent }
      return snapshot.hasKeptDraws ? .enabled : .disabled("there are no draws yet")
    case .dismiss: return cursor.isOn ? .enabled : .absent
    case .open: return snapshot.hasDraws ? .enabled : .disabled("there are no draws to trace")
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .sortColumn:
      let all = ConvergenceColumn.allCases
      sort = all[(sort.rawValue + 1) % all.count]
      isDescending = sort.beginsDescending
    case .sortReverse: isDescending.toggle()
    case .pin: if let name = selectedName(snapshot, browsing) { browsing.togglePin(name) }
    case .toggleReadout: cursor.toggle()
    case .dismiss: cursor.turnOff()
    case .readoutLeft, .readoutRight:
      guard let reading = growthReading(snapshot, browsing, size) else { return nil }
      guard cursor.isOn else {
        cursor.toggle()
        return nil
      }
      cursor.move(by: command == .readoutLeft ? -1 : 1, in: reading)
    case .open:
      if let name = browsing.chosenParameter ?? sortedNames(snapshot, browsing).first {
        browsing.choose(name)
      }
      return .trace
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 5)) else { return nil }
      if showsEstimates(snapshot), let fit = snapshot.run.fitReport {
        let count = fit.fixed.count + fit.dispersion.count
        estimateRow = min(max(0, estimateRow + min(max(steps, -count), count)), max(0, count - 1))
      } else {
        let names = sortedNames(snapshot, browsing)
        guard !names.isEmpty else { return nil }
        let row = selectedRow(names, browsing)
        let target = row + min(max(steps, -names.count), names.count)
        browsing.choose(names[min(max(0, target), names.count - 1)])
      }
    }
    return nil
  }

  /// The names in the order of the table; those without numbers come last, in the order of the file.
  func sortedNames(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [String] {
    let report = snapshot.diagnostics
    if sort == .parameter {
      let names = browsing.parameters.sorted()
      return browsing.pinnedFirst(isDescending ? names.reversed() : names)
    }
    let keys = browsing.parameters.enumerated().map { index, name in
      let key =
        if let known = report.current(name) {
          sort.key(known, report.thresholds)
        } else {
          report.running[name].flatMap { sort.key($0, report.thresholds) }
        }
      return (name: name, index: index, key: key.flatMap { $0.isNaN ? nil : $0 })
    }
    let sorted = keys.sorted { left, right in
      switch (left.key, right.key) {
      case (let a?, let b?) where a != b: isDescending ? a > b : a < b
      case (.some, nil): true
      case (nil, .some): false
      default: left.index < right.index
      }
    }.map(\.name)
    return browsing.pinnedFirst(sorted)
  }

  /// The name in the row in front.
  func selectedName(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> String? {
    browsing.chosenParameter ?? sortedNames(snapshot, browsing).first
  }

  /// The row in front: that of the parameter chosen, or the first, which is the worst.
  func selectedRow(_ names: [String], _ browsing: Browsing) -> Int {
    browsing.chosenParameter.flatMap { names.firstIndex(of: $0) } ?? 0
  }

  /// A fit without draws, whose estimates are shown instead.
  func showsEstimates(_ snapshot: DashboardSnapshot) -> Bool {
    !snapshot.hasDraws && snapshot.run.fitReport != nil
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    let names = sortedNames(snapshot, browsing)
    let selected = selectedRow(names, browsing)
    let first = centredFirstRow(selected, visible: size.rows, of: names.count)
    return Array(names.dropFirst(first).prefix(size.rows))
  }

  /// The growth of effective sample sizes of the parameter in front.
  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? {
    guard snapshot.hasKeptDraws else { return nil }
    return selectedName(snapshot, browsing).map { .draws(parameter: $0) }
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    if showsEstimates(snapshot), let fit = snapshot.run.fitReport {
      return EstimateTable(fit: fit, isSampled: snapshot.isSampled, selected: estimateRow).draw(
        into: &buffer, in: area)
    }
    let title = "Convergence" + priorWords(snapshot)
    guard snapshot.hasKeptDraws else {
      let inside = buffer.drawPanel(area, title: title)
      return buffer.drawNotice(
        missingWords(.keptDraws, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let view = ConvergenceView(self, snapshot, browsing, area.size, buffer.charset)
    buffer.withArea(area) { buffer in view.draw(into: &buffer) }
  }
}

/// Whether the numbers of a parameter rest on fewer draws than there are.
func isBehind(_ name: String, _ report: DiagnosticReport) -> Bool {
  (report.current(name)?.drawsPerChain).map { $0 < report.basis.draws } ?? true
}

/// How many rows a command of motion goes; `nil` for other commands.
func rowSteps(_ command: PaneCommand, page: Int) -> Int? {
  switch command {
  case .up: -1
  case .down: 1
  case .pageUp: -page
  case .pageDown: page
  case .first: -1_000_000
  case .last: 1_000_000
  default: nil
  }
}
