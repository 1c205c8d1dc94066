// What the run was asked to do: model, data, priors, and what happened since.

import Plots
import RunFolder
import TerminalCore

/// The pane of model and data.
package struct ModelPane: Pane {
  package static let kind = PaneKind.model

  /// The part in front.
  package private(set) var view = ModelView.model
  /// The first row of each part; of the log how many rows it is scrolled back from its end.
  private var scrolled: [ModelView: Int] = [:]

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .previousSection, .nextSection, .up, .down, .pageUp, .pageDown, .first, .last: .enabled
    default: .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .previousSection: view = view.stepped(by: -1)
    case .nextSection: view = view.stepped(by: 1)
    default:
      let area = ModelLayout(Rect(size), front: view).area(of: view) ?? Rect(size)
      let inside = area.inset(by: 1)
      guard let steps = rowSteps(command, page: max(1, inside.rows - 1)) else { return nil }
      let count = rowCount(of: view, snapshot, columns: inside.columns - 2)
      let most = max(0, count - inside.rows)
      // The end of the log is in view until one goes back.
      let forward = view == .log ? -steps : steps
      let place = min(scrolled[view] ?? 0, most)
      scrolled[view] = min(max(0, place + min(max(forward, -count), count)), most)
    }
    return nil
  }

  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? { .data }

  /// The rows of a part, the header of a table among them.
  private func rowCount(
    of view: ModelView, _ snapshot: DashboardSnapshot, columns: Int
  ) -> Int {
    switch view {
    case .model: ModelFacts(snapshot).list.rows(columns: columns, .braille).count
    case .data: (snapshot.diagnostics.data?.summary?.columns.count ?? 0) + 1
    case .priors: PriorTable(snapshot.run).rowCount + 1
    case .log: LogLines(snapshot.run).rows(columns: columns).count
    }
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let layout = ModelLayout(area, front: view)
    let isAlone = layout.places.count == 1
    for (part, place) in layout.places {
      draw(part, snapshot, isAlone: isAlone, into: &buffer, in: place)
    }
  }

  private func draw(
    _ part: ModelView, _ snapshot: DashboardSnapshot, isAlone: Bool,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let run = snapshot.run
    let data = snapshot.diagnostics.data
    let table = data?.summary.map { DataTable($0, run.fitReport?.model) }
    let priors = PriorTable(run)
    let place =
      isAlone
      ? "view \(part.rawValue + 1) of \(ModelView.allCases.count) ([ ])"
      : part == view ? "[ ]" : ""
    let basis: String
    switch part {
    case .model: basis = ""
    case .data: basis = table?.basis ?? ""
    case .priors: basis = priors.absence == nil ? priors.note : ""
    case .log: basis = run.happenings.isEmpty ? "" : counted(run.happenings.count, "event")
    }
    let inside = frame(
      part.title, note: place, footnote: basis, isFront: isAlone || part == view, into: &buffer,
      in: area
    ).inset(left: 1, right: 1)
    let first = scrolled[part] ?? 0
    switch part {
    case .model:
      let rows = ModelFacts(snapshot).list.rows(columns: inside.columns, buffer.charset)
      write(rows, from: min(first, max(0, rows.count - inside.rows)), into: &buffer, in: inside)
    case .data:
      guard let table else {
        return buffer.drawNotice(
          Self.missingData(snapshot), in: inside)
      }
      buffer.draw(table.table(firstRow: first, buffer.charset), in: inside)
    case .priors:
      if let absence = priors.absence { return buffer.drawNotice(absence, in: inside) }
      buffer.draw(
        priors.table(firstRow: first, columns: inside.columns, buffer.charset), in: inside)
    case .log:
      let rows = LogLines(run).rows(columns: inside.columns)
      write(rows, from: max(0, rows.count - inside.rows - first), into: &buffer, in: inside)
    }
  }

  /// Why there is no table of the data.
  static func missingData(_ snapshot: DashboardSnapshot) -> String {
    switch snapshot.run.state {
    case .waiting, .reading, .failed: missingWords(.data, snapshot)
    default: snapshot.diagnostics.data.map { $0.problem ?? "" } ?? "Reading data.csv."
    }
  }

  private func frame(
    _ title: String, note: String, footnote: String, isFront: Bool,
    into buffer: inout CellBuffer, in area: Rect
  ) -> Rect {
    guard area.rows >= 6, area.columns >= 24 else {
      return buffer.drawPanel(area, title: title, note: note)
    }
    return buffer.drawBox(
      area, title: title, note: note, footnote: footnote,
      style: Style(isFront ? .borderFocused : .border))
  }

  private func write(
    _ rows: [[StyledText]], from first: Int, into buffer: inout CellBuffer, in area: Rect
  ) {
    let hidden = rows.count - first - area.rows
    // The last row says how much there is below it.
    let shown = hidden > 0 && area.rows > 2 ? area.rows - 1 : area.rows
    for (place, row) in rows.dropFirst(first).prefix(shown).enumerated() {
      buffer.write(
        row,
        in: Rect(
          column: area.column, row: area.row + place, columns: area.columns, rows: 1))
    }
    guard shown < area.rows else { return }
    let last = Rect(column: area.column, row: area.endRow - 1, columns: area.columns, rows: 1)
    buffer.write(
      "\(counted(hidden + 1, "more row")) (j)", in: last, Style(.muted), aligned: .right)
  }
}
