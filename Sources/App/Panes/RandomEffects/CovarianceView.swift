// A block's standard deviations as a table and its correlations as a matrix, with their intervals.

import Plots
import TerminalCore

/// Standard deviations beside or above correlations.
struct CovarianceView: Drawable {
  var block: RandomEffectsBlock
  /// The dimension in front.
  var dimension: Int

  /// The other dimension of the correlation that is read, if one is.
  var partner: Int?

  private var selected: Int { min(dimension, max(0, block.labels.count - 1)) }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let parts = parts(of: area, buffer.charset)
    drawDeviations(hasIntervals, into: &buffer, in: parts[0])
    drawCorrelations(into: &buffer, in: parts[1])
  }

  private var hasIntervals: Bool { block.deviations.contains { $0.lower != nil } }

  /// The frames of the deviations and of the correlations.
  private func parts(of area: Rect, _ charset: Charset) -> [Rect] {
    let label = block.labels.map { displayWidth(of: $0, in: charset) }.max() ?? 0
    let width = label + (hasIntervals ? 27 : 9) + 6
    if area.columns >= max(72, width + 40) { return area.columns([.fixed(width), .rest]) }
    let height = min(block.labels.count + (area.rows >= 14 ? 3 : 2), max(3, area.rows / 2))
    return area.rows([.fixed(height), .rest])
  }

  /// The dimension, or the pair of dimensions, at a point of the area that it is drawn in.
  func dimensions(
    at point: Point, in area: Rect, _ charset: Charset
  ) -> (row: Int, column: Int?)? {
    let parts = parts(of: area, charset)
    let deviations = panelInside(of: parts[0], leastRows: 5)
    if deviations.contains(point) {
      let first = centredFirstRow(
        selected, visible: max(0, deviations.rows - 1), of: block.labels.count)
      let row = first + point.row - deviations.row - 1
      return point.row > deviations.row && block.labels.indices.contains(row) ? (row, nil) : nil
    }
    let room = panelInside(of: parts[1]).inset(left: 1, right: 1)
    guard block.labels.count > 1 else { return nil }
    let plan = correlationMap(in: room, charset)
    return plan.map.cell(at: point, in: plan.area, charset: charset).map { ($0.row, $0.column) }
  }

  private func drawDeviations(
    _ hasIntervals: Bool, into buffer: inout CellBuffer, in area: Rect
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
    table.selected = selected
    table.firstRow = centredFirstRow(
      selected, visible: table.visibleCount(in: inside), of: block.labels.count)
    table.draw(into: &buffer, in: inside)
  }

  private func drawCorrelations(into buffer: inout CellBuffer, in area: Rect) {
    let hasIntervals = block.correlations.contains { $0.lower != nil }
    let inside = buffer.drawPanel(
      area, title: "Correlations", note: hasIntervals ? "with 95% intervals" : "",
      footnote: pairWords)
    guard block.labels.count > 1 else {
      return buffer.drawNotice("One effect, so there is nothing to correlate.", in: inside)
    }
    let room = inside.inset(left: 1, right: 1)
    let plan = correlationMap(in: room, buffer.charset)
    buffer.draw(plan.map, in: plan.area)
    if let list = plan.list { drawList(pairs, into: &buffer, in: list) }
  }

  /// The correlation that is read, in words; empty if none is.
  private var pairWords: String {
    guard let partner, block.labels.indices.contains(partner), partner != selected else {
      return ""
    }
    let estimate = block.correlations[selected * block.labels.count + partner]
    let names = block.shortLabels
    return "cor(\(names[selected]), \(names[partner])) "
      + Format.fixed(estimate.value, decimals: 2)
      + (estimate.lower == nil ? "" : " \(intervalNote(estimate))")
  }

  /// The map, its place in the frame of the correlations, and that of the list below it.
  private func correlationMap(
    in room: Rect, _ charset: Charset
  ) -> (map: HeatMap, area: Rect, list: Rect?) {
    var map = Self.map(of: block)
    let column = partner.flatMap { block.labels.indices.contains($0) ? $0 : nil } ?? selected
    map.selected = (selected, column)
    map.firstRow = max(0, selected - 3)
    map.firstColumn = max(0, column - 3)
    guard block.correlations.contains(where: { $0.lower != nil }) else { return (map, room, nil) }
    let count = block.labels.count
    let notes = block.correlations.map(intervalNote)
    let noteWidth = notes.map(\.count).max() ?? 0
    let names = block.shortLabels.map { displayWidth(of: $0, in: charset) }.max() ?? 0
    // The intervals stand in the matrix where they fit, else in a list below it.
    let cells = (room.columns - min(names, max(4, room.columns / 3)) - 3) / count
    if noteWidth < cells, room.rows > 3 * count {
      map.notes = notes
      return (map, room, nil)
    }
    let height = min(pairs.count + 1, max(room.rows - count - 2, room.rows / 3))
    guard room.rows >= 6, height >= 2 else { return (map, room, nil) }
    let parts = room.splitTop(min(count + 2, room.rows - height))
    return (map, parts.top.inset(bottom: 1), parts.rest)
  }

  /// The correlations as a matrix of numbers.
  static func map(of block: RandomEffectsBlock) -> HeatMap {
    HeatMap(labels: block.shortLabels, values: block.correlations.map(\.value))
  }

  private func intervalNote(_ estimate: IntervalEstimate) -> String {
    guard let lower = estimate.lower, let upper = estimate.upper else { return "" }
    return "[\(Format.fixed(lower, decimals: 2)), \(Format.fixed(upper, decimals: 2))]"
  }

  /// The rows and columns of the correlations, those of the dimension in front first.
  private var pairs: [(row: Int, column: Int)] {
    let all = block.labels.indices.flatMap { row in
      block.labels.indices.dropFirst(row + 1).map { (row: row, column: $0) }
    }
    return all.filter { $0.row == selected || $0.column == selected }
      + all.filter { $0.row != selected && $0.column != selected }
  }

  private func drawList(
    _ pairs: [(row: Int, column: Int)], into buffer: inout CellBuffer, in area: Rect
  ) {
    let count = block.labels.count
    let names = block.shortLabels
    let table = Table(
      columns: [
        TableColumn("correlation", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("", rank: 0), TableColumn("95% interval", alignment: .left, rank: 0),
      ],
      rows: pairs.map { row, column in
        let estimate = block.correlations[row * count + column]
        return [
          StyledText("cor(\(names[row]), \(names[column]))"),
          StyledText(Format.fixed(estimate.value, decimals: 2)),
          StyledText(estimate.lower == nil ? Format.notAvailable : intervalNote(estimate)),
        ]
      })
    table.draw(into: &buffer, in: area)
  }
}
