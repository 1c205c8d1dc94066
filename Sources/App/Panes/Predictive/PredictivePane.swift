// Data beside data simulated from the model, and how well it predicts: outcome by outcome, view by view.

import Plots
import RunFolder
import TerminalCore

/// The pane of predictive checks.
package struct PredictivePane: Pane {
  package static let kind = PaneKind.predictive

  /// The outcome in front, by name; the first if `nil`.
  var outcome: String?
  /// Whether simulations for new groups are shown.
  var isNew = false
  /// The view in front, if the outcome has it.
  var view = PredictiveView.distribution
  /// The statistic, column or style in front in each view.
  private(set) var items: [PredictiveView: Int] = [:]
  /// The first group or observation listed.
  private(set) var firstRow = 0

  package init() {}

  /// Puts an outcome in front.
  package mutating func choose(outcome name: String) { outcome = name }

  func content(_ snapshot: DashboardSnapshot) -> PredictiveContent? {
    PredictiveContent(snapshot.run, outcome: outcome, isNew: isNew, view: view)
  }

  /// The item in front of the content's view.
  func item(_ content: PredictiveContent) -> Int {
    min(items[content.view] ?? 0, max(0, content.itemCount - 1))
  }

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .previousSection, .nextSection, .left, .right, .up, .down, .pageUp, .pageDown, .first,
      .last, .newGroups:
      break
    default: return .absent
    }
    guard let content = content(snapshot) else {
      return .disabled("there are no predictive checks yet")
    }
    switch command {
    case .previousSection, .nextSection:
      return content.views.count > 1 ? .enabled : .disabled("there is one view")
    case .left, .right:
      return content.names.count > 1 ? .enabled : .disabled("there is one outcome")
    case .up, .down:
      guard content.itemCount > 1 else {
        return .disabled("there is one \(content.view.itemName)")
      }
      return .enabled
    case .newGroups:
      guard content.hasBothKinds else {
        return .disabled("the model has no groups to be drawn anew")
      }
      return content.view == .paretoK
        ? .disabled("Pareto k has no simulations of new groups") : .enabled
    default:
      return content.rowCount(item: item(content)) > 1
        ? .enabled : .disabled("all of it is in view")
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    guard let content = content(snapshot) else { return nil }
    let item = item(content)
    let rows = content.rowCount(item: item)
    let page = max(1, size.rows - 8)
    // Whatever is chosen beside a place in a list begins the list anew.
    var first = 0
    switch command {
    case .previousSection, .nextSection:
      let place = content.views.firstIndex(of: content.view) ?? 0
      let step = command == .nextSection ? 1 : content.views.count - 1
      view = content.views[(place + step) % content.views.count]
    case .left, .right:
      let step = command == .right ? 1 : content.names.count - 1
      outcome = content.names[(content.place + step) % content.names.count]
      view = content.view
    case .up, .down:
      guard content.itemCount > 0 else { return nil }
      let step = command == .down ? 1 : content.itemCount - 1
      items[content.view] = (item + step) % content.itemCount
    case .newGroups:
      isNew = content.hasBothKinds ? content.outcome?.isConditional == true : isNew
      first = firstRow
    case .pageUp: first = max(0, firstRow - page)
    case .pageDown: first = min(max(0, rows - 1), firstRow + page)
    case .first: first = 0
    case .last: first = max(0, rows - page)
    default: return nil
    }
    firstRow = first
    return nil
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    guard let content = content(snapshot) else {
      let inside = buffer.drawPanel(area, title: "Predictive checks")
      return buffer.drawNotice(
        missingWords(.predictive, snapshot), in: inside.inset(left: 1, right: 1))
    }
    var rest = area
    if area.rows >= 6 {
      let top = area.splitTop(1)
      PredictiveHeading(content: content).draw(
        into: &buffer, in: top.top.inset(left: 1, right: 1))
      rest = top.rest
    }
    if rest.rows >= 12 {
      let top = rest.splitTop(1)
      drawTabs(content, into: &buffer, in: top.top.inset(left: 1, right: 1))
      rest = top.rest
    }
    PredictiveViewDrawing(content: content, item: item(content), firstRow: firstRow).draw(
      into: &buffer, in: rest)
  }

  private func drawTabs(
    _ content: PredictiveContent, into buffer: inout CellBuffer, in area: Rect
  ) {
    var pieces: [StyledText] = []
    for view in content.views {
      let style = view == content.view ? Style.selected : Style(.muted)
      pieces.append(StyledText(" \(view.title(of: content.outcome)) ", style))
    }
    if content.views.count > 1 { pieces.append(StyledText(" [ ]", Style(.key))) }
    buffer.write(pieces, in: area)
  }
}

extension PredictiveView {
  /// What up and down go through.
  var itemName: String {
    switch self {
    case .statistics: "statistic"
    case .predictor: "predictor"
    case .group: "grouping factor"
    default: "plot in this view"
    }
  }
}

/// The outcomes with the one in front, and for which groups was simulated.
struct PredictiveHeading: Drawable {
  var content: PredictiveContent

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    var pieces: [StyledText] = []
    for (place, name) in content.names.enumerated() {
      if place > 0 { pieces.append(StyledText("  ")) }
      let style = place == content.place ? Style.selected : Style(.muted)
      pieces.append(StyledText(" \(name) ", style))
    }
    let arrows = buffer.charset == .ascii ? "  h l" : "  ← →"
    if content.names.count > 1 { pieces.append(StyledText(arrows, Style(.key))) }
    let used = buffer.write(pieces, in: area)
    guard let outcome = content.outcome, content.view != .paretoK else { return }
    let groups =
      !content.hasBothKinds
      ? "no groups" : outcome.isConditional ? "the groups of the data" : "new groups"
    let hint = content.hasBothKinds ? "  n" : ""
    for text in [groups, outcome.isConditional ? "same groups" : "new groups"] {
      let width = text.count + hint.count
      guard used + width + 2 <= area.columns else { continue }
      let place = area.inset(left: area.columns - width)
      buffer.write([StyledText(text), StyledText(hint, Style(.key))], in: place)
      return
    }
  }
}
