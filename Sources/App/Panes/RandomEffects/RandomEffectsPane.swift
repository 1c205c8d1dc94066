// How groups vary and how their effects go together: standard deviations and correlations.

import Plots
import RunFolder
import TerminalCore

/// The pane of random effects.
package struct RandomEffectsPane: Pane {
  package static let kind = PaneKind.randomEffects

  /// The block in front.
  private(set) var block = 0
  /// The dimension in front.
  private(set) var dimension = 0

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .previousSection, .nextSection, .left, .right:
      return RandomEffectsBlock.all(of: snapshot).count > 1
        ? .enabled : .disabled("there is one block at most")
    case .up, .down, .pageUp, .pageDown, .first, .last:
      return RandomEffectsBlock.all(of: snapshot).isEmpty
        ? .disabled("there are no random effects yet") : .enabled
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else { return nil }
    let current = min(block, blocks.count - 1)
    switch command {
    case .previousSection, .left:
      block = (current + blocks.count - 1) % blocks.count
      dimension = 0
    case .nextSection, .right:
      block = (current + 1) % blocks.count
      dimension = 0
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 4)) else { return nil }
      let count = blocks[current].labels.count
      dimension = min(max(0, dimension + min(max(steps, -count), count)), max(0, count - 1))
    }
    return nil
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    snapshot.run.parameterNames.filter { $0.hasPrefix("sd_") || $0.hasPrefix("cor_") }
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else {
      let inside = buffer.drawPanel(area, title: "Random effects")
      return buffer.drawNotice(
        missingWords(.randomEffects, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let number = min(block, blocks.count - 1)
    var rest = area
    if area.rows >= 6 {
      let top = area.splitTop(1)
      drawHeading(
        blocks, number, snapshot, into: &buffer, in: top.top.inset(left: 1, right: 1))
      rest = top.rest
    }
    let shown = blocks[number]
    let hasIntervals = shown.deviations.contains { $0.lower != nil }
    let label = shown.labels.map { displayWidth(of: $0, in: buffer.charset) }.max() ?? 0
    let width = label + (hasIntervals ? 27 : 9) + 6
    if rest.columns >= max(72, width + 40) {
      let parts = rest.columns([.fixed(width), .rest])
      drawDeviations(shown, hasIntervals, into: &buffer, in: parts[0])
      drawCorrelations(shown, into: &buffer, in: parts[1])
    } else {
      let height = min(shown.labels.count + (rest.rows >= 14 ? 3 : 2), max(3, rest.rows / 2))
      let parts = rest.rows([.fixed(height), .rest])
      drawDeviations(shown, hasIntervals, into: &buffer, in: parts[0])
      drawCorrelations(shown, into: &buffer, in: parts[1])
    }
  }

  private func drawHeading(
    _ blocks: [RandomEffectsBlock], _ number: Int, _ snapshot: DashboardSnapshot,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let shown = blocks[number]
    var pieces = [StyledText(shown.group, Style(.title, .bold))]
    if let levels = shown.levels { pieces.append(StyledText(", \(counted(levels, "level"))")) }
    if let structure = shown.structure {
      pieces.append(StyledText(", \(structureWords(structure))"))
    }
    if blocks.count > 1 {
      pieces.append(StyledText("  block \(number + 1) of \(blocks.count) ([ ])", Style(.muted)))
    }
    let used = buffer.write(pieces, in: area)
    let source = sourceWords(snapshot)
    if used + displayWidth(of: source, in: buffer.charset) + 2 <= area.columns {
      buffer.write(source, in: area, Style(.muted), aligned: .right)
    }
  }

  private func sourceWords(_ snapshot: DashboardSnapshot) -> String {
    guard snapshot.hasKeptDraws else { return "estimates of the optimizer" }
    let basis = basisWords(snapshot.diagnostics.basis, of: snapshot.run.chains.count)
    return "posterior means, \(basis)"
  }

  private func drawDeviations(
    _ block: RandomEffectsBlock, _ hasIntervals: Bool, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let inside = buffer.drawPanel(area, title: "Standard deviations", leastRows: 5)
    var columns = [
      TableColumn("effect", alignment: .left, rank: 0, isFlexible: true),
      TableColumn("sd", rank: 0),
    ]
    if hasIntervals { columns.append(TableColumn("95% interval", rank: 1)) }
    func number(_ value: Double?) -> StyledText {
      StyledText(Format.significant(value ?? .nan, digits: 3))
    }
    var table = Table(columns: columns, rowCount: block.labels.count) { row in
      let estimate = block.deviations[row]
      let cells = [StyledText(block.labels[row]), number(estimate.value)]
      let interval = StyledText(intervalText(estimate.lower, estimate.upper))
      return hasIntervals ? cells + [interval] : cells
    }
    let selected = min(dimension, max(0, block.labels.count - 1))
    table.selected = selected
    table.firstRow = centredFirstRow(
      selected, visible: table.visibleCount(in: inside), of: block.labels.count)
    table.draw(into: &buffer, in: inside)
  }

  private func drawCorrelations(
    _ block: RandomEffectsBlock, into buffer: inout CellBuffer, in area: Rect
  ) {
    let hasIntervals = block.correlations.contains { $0.lower != nil }
    let inside = buffer.drawPanel(
      area, title: "Correlations", note: hasIntervals ? "with 95% intervals" : "")
    guard block.labels.count > 1 else {
      return buffer.drawNotice("One effect, so there is nothing to correlate.", in: inside)
    }
    var map = HeatMap(labels: block.shortLabels, values: block.correlations.map(\.value))
    if hasIntervals {
      map.notes = block.correlations.map { estimate in
        guard let lower = estimate.lower, let upper = estimate.upper else { return "" }
        return "[\(Format.fixed(lower, decimals: 2)), \(Format.fixed(upper, decimals: 2))]"
      }
    }
    let selected = min(dimension, block.labels.count - 1)
    map.selected = (selected, selected)
    map.firstRow = max(0, selected - 3)
    map.firstColumn = max(0, selected - 3)
    buffer.draw(map, in: inside.inset(left: 1, right: 1))
  }
}

/// A covariance structure in words.
private func structureWords(_ structure: String) -> String {
  switch structure {
  case "us": "unstructured"
  case "diag": "uncorrelated"
  case "homdiag": "uncorrelated, one variance"
  case "cs": "compound symmetry"
  default: structure
  }
}
