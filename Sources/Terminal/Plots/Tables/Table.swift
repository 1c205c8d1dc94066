// Rows and columns of text: aligned, sorted, selected, and cut to the width there is.

import TerminalCore

/// A column of a table.
package struct TableColumn: Hashable, Sendable {
  package var title: String
  package var alignment: Alignment
  /// The columns of the screen it has at least.
  package var minimumWidth: Int
  /// Columns of low priority are left out first when there is no room for all; 0 is the highest
  /// and never left out.
  package var rank: Int
  /// Whether it may be cut with an ellipsis, and grows into room that is left.
  package var isFlexible: Bool

  /// A column; numbers stand right.
  package init(
    _ title: String, alignment: Alignment = .right, minimumWidth: Int = 0, rank: Int = 1,
    isFlexible: Bool = false
  ) {
    self.title = title
    self.alignment = alignment
    self.minimumWidth = minimumWidth
    self.rank = rank
    self.isFlexible = isFlexible
  }
}

/// A table of which only the rows in view are asked for, so that it may be very long.
package struct Table: Drawable {
  package var columns: [TableColumn]
  package var rowCount: Int
  /// The cells of a row, one for each column; missing ones are empty.
  package var row: (Int) -> [StyledText]
  /// The first row in view.
  package var firstRow = 0
  /// The selected row, if any; drawn on the ground of a selection with a mark beside it.
  package var selected: Int?
  /// The column by which the rows are sorted, and how, if they are.
  package var sortColumn: Int?
  package var sortsDescending = false
  /// The first column in view after those of rank 0, when scrolled to the right.
  package var firstColumn = 0
  package var showsHeader = true
  package var emptyNotice = "nothing to list"

  /// A table of so many rows.
  package init(columns: [TableColumn], rowCount: Int, row: @escaping (Int) -> [StyledText]) {
    self.columns = columns
    self.rowCount = max(0, rowCount)
    self.row = row
  }

  /// A table of rows that are all there.
  package init(columns: [TableColumn], rows: [[StyledText]]) {
    self.init(columns: columns, rowCount: rows.count) { rows[$0] }
  }

  /// How many rows are in view in an area.
  package func visibleCount(in area: Rect) -> Int {
    max(0, area.rows - (showsHeader ? 1 : 0))
  }

  /// The first row to show so that a row is in view and the view moves as little as it can.
  package static func firstRow(
    showing row: Int, from first: Int, visible: Int, of count: Int
  ) -> Int {
    let last = max(0, count - visible)
    if row < first { return min(max(0, row), last) }
    if row >= first + visible { return min(max(0, row - visible + 1), last) }
    return min(max(0, first), last)
  }

  /// The rows in view in an area.
  private func visibleRows(in area: Rect) -> Range<Int> {
    let count = min(visibleCount(in: area), rowCount)
    let first = min(max(0, firstRow), max(0, rowCount - count))
    return first..<first + count
  }

  /// The row at a point; `nil` where there is none.
  package func row(at point: Point, in area: Rect) -> Int? {
    let line = point.row - area.row - (showsHeader ? 1 : 0)
    let visible = visibleRows(in: area)
    guard area.contains(point), line >= 0, line < visible.count else { return nil }
    return visible.lowerBound + line
  }

  /// The column whose title is at a point; `nil` where there is none.
  package func header(at point: Point, in area: Rect, charset: Charset) -> Int? {
    guard showsHeader, area.contains(point), point.row == area.row else { return nil }
    let contents = visibleRows(in: area).map { row($0) }
    let plan = layout(contents, width: area.columns, charset: charset)
    // The gap before a column belongs to it, as titles stand right.
    return plan.places.first { point.column < area.column + $0.left + $0.width }?.index
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let visible = visibleRows(in: area)
    let first = visible.lowerBound
    let contents = visible.map { row($0) }
    let layout = layout(contents, width: area.columns, charset: buffer.charset)
    var line = area.row
    if showsHeader {
      drawHeader(
        layout, Rect(column: area.column, row: line, columns: area.columns, rows: 1), &buffer)
      line += 1
    }
    if rowCount == 0 {
      let rest = area.inset(top: showsHeader ? 1 : 0)
      return drawNotice(emptyNotice, into: &buffer, in: rest)
    }
    for (offset, cells) in contents.enumerated() {
      let place = Rect(column: area.column, row: line + offset, columns: area.columns, rows: 1)
      draw(cells, layout, in: place, isSelected: first + offset == selected, &buffer)
    }
  }

  private func drawHeader(_ layout: TableLayout, _ area: Rect, _ buffer: inout CellBuffer) {
    for (index, left, width) in layout.places {
      let room = Rect(column: area.column + left, row: area.row, columns: width, rows: 1)
      var title = columns[index].title
      if index == sortColumn {
        let mark = sortsDescending ? buffer.charset.descending : buffer.charset.ascending
        title = columns[index].alignment == .left ? "\(title) \(mark)" : "\(mark) \(title)"
      }
      buffer.write(title, in: room, Style(.heading), aligned: columns[index].alignment)
    }
    if layout.hidden > 0, layout.used + 4 <= area.columns {
      buffer.write(
        "+\(layout.hidden)", in: area.inset(left: layout.used), Style(.muted), aligned: .right)
    }
  }

  private func draw(
    _ cells: [StyledText], _ layout: TableLayout, in area: Rect, isSelected: Bool,
    _ buffer: inout CellBuffer
  ) {
    if isSelected { buffer.fill(area, with: .blank(.selected)) }
    if layout.hasMark, isSelected {
      buffer.set(Cell(buffer.charset.pointer, .selected), at: area.origin)
    }
    for (index, left, width) in layout.places where index < cells.count {
      var style = cells[index].style
      if isSelected {
        // Judgements keep their colour on the selection, plain text takes the selection's.
        style = style.foreground == .text ? Style.selected : style.on(.selectionBackground)
      }
      buffer.write(
        cells[index].text,
        in: Rect(column: area.column + left, row: area.row, columns: width, rows: 1), style,
        aligned: columns[index].alignment)
    }
  }
}

/// Which columns are shown, where, and how wide.
private struct TableLayout {
  var places: [(index: Int, left: Int, width: Int)] = []
  var hidden = 0
  var used = 0
  var hasMark = false
}

extension Table {
  private func layout(
    _ contents: [[StyledText]], width available: Int, charset: Charset
  ) -> TableLayout {
    var widths = columns.enumerated().map { index, column in
      let title = displayWidth(of: column.title, in: charset) + (index == sortColumn ? 2 : 0)
      let cells = contents.lazy.map {
        index < $0.count ? displayWidth(of: $0[index].text, in: charset) : 0
      }
      return max(column.minimumWidth, title, cells.max() ?? 0)
    }
    var layout = TableLayout()
    layout.hasMark = selected != nil && available > 20
    let margin = layout.hasMark ? 2 : 0
    let scrolling = columns.indices.filter { columns[$0].rank > 0 }
    let scrolledOut = Set(scrolling.prefix(max(0, min(firstColumn, scrolling.count - 1))))
    var shown = columns.indices.filter { !scrolledOut.contains($0) }
    func total() -> Int { shown.reduce(margin) { $0 + widths[$1] } + max(0, shown.count - 1) * 2 }
    func shrink(to least: Int) {
      for index in shown where columns[index].isFlexible && total() > available {
        let floor = min(widths[index], max(columns[index].minimumWidth, least))
        widths[index] = max(floor, widths[index] - (total() - available))
      }
    }
    // First a name is cut a little, then columns go, then the name is cut as far as need be.
    shrink(to: 16)
    while total() > available,
      let last = shown.last(where: { index in
        columns[index].rank > 0 && columns[index].rank == shown.map { columns[$0].rank }.max()
      })
    { shown.removeAll { $0 == last } }
    shrink(to: 4)
    if total() < available, let index = shown.first(where: { columns[$0].isFlexible }) {
      widths[index] += min(available - total(), 4)
    }
    var left = margin
    for index in shown where left < available {
      let width = min(widths[index], available - left)
      layout.places.append((index, left, width))
      left += width + 2
    }
    layout.used = min(left, available)
    layout.hidden = columns.count - layout.places.count
    return layout
  }
}
