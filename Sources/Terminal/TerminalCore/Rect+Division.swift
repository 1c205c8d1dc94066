// Cutting a rectangle into rows or columns of fixed, proportional and remaining extent.

/// How much of a rectangle a part of it shall have.
package enum Extent: Hashable, Sendable {
  /// Exactly so many cells, as far as there is room.
  case fixed(Int)
  /// A share of the whole rectangle, rounded to cells; 0.25 is a quarter.
  case fraction(Double)
  /// At least so many cells, and an equal share of what is left over.
  case minimum(Int)

  /// An equal share of what is left over.
  package static let rest = Extent.minimum(0)
}

extension Rect {
  /// Parts from top to bottom, one for each extent, with `gap` empty rows between neighbours.
  ///
  /// Where room is short, the first parts are served first and the last may be empty.
  package func rows(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var parts: [Rect] = []
    var top = row
    for height in divide(rows, among: extents, gap: gap) {
      parts.append(
        Rect(column: column, row: min(top, endRow), columns: columns, rows: height))
      top += height + gap
    }
    return parts
  }

  /// Parts from left to right, one for each extent, with `gap` empty columns between neighbours.
  ///
  /// Where room is short, the first parts are served first and the last may be empty.
  package func columns(_ extents: [Extent], gap: Int = 0) -> [Rect] {
    var parts: [Rect] = []
    var left = column
    for width in divide(columns, among: extents, gap: gap) {
      parts.append(
        Rect(column: min(left, endColumn), row: row, columns: width, rows: rows))
      left += width + gap
    }
    return parts
  }

  /// A part at the top and the rest below it.
  package func splitTop(_ height: Int) -> (top: Rect, rest: Rect) {
    let parts = rows([.fixed(height), .rest])
    return (parts[0], parts[1])
  }

  /// The rest above, and a part at the bottom.
  package func splitBottom(_ height: Int) -> (rest: Rect, bottom: Rect) {
    let parts = rows([.fixed(rows - min(max(0, height), rows)), .rest])
    return (parts[0], parts[1])
  }

  /// A part on the left and the rest beside it.
  package func splitLeft(_ width: Int) -> (left: Rect, rest: Rect) {
    let parts = columns([.fixed(width), .rest])
    return (parts[0], parts[1])
  }

  /// The rest, and a part on the right.
  package func splitRight(_ width: Int) -> (rest: Rect, right: Rect) {
    let parts = columns([.fixed(columns - min(max(0, width), columns)), .rest])
    return (parts[0], parts[1])
  }

  /// Cells of a regular grid, row by row, as equal in size as whole cells allow.
  package func grid(columns across: Int, rows down: Int, gap: Int = 0) -> [Rect] {
    let share = Extent.rest
    return rows(Array(repeating: share, count: max(0, down)), gap: gap).flatMap {
      $0.columns(Array(repeating: share, count: max(0, across)), gap: gap)
    }
  }
}

/// Extents in cells that never sum to more than `total` less the gaps.
private func divide(_ total: Int, among extents: [Extent], gap: Int) -> [Int] {
  var left = max(0, total - gap * max(0, extents.count - 1))
  let whole = left
  var sharers = 0
  var lengths = extents.map { extent in
    let wanted: Int
    switch extent {
    case .fixed(let cells): wanted = cells
    case .fraction(let share):
      wanted = share.isFinite ? Int((min(max(share, 0), 1) * Double(whole)).rounded()) : 0
    case .minimum(let cells):
      wanted = cells
      sharers += 1
    }
    let given = min(max(0, wanted), left)
    left -= given
    return given
  }
  for (index, extent) in extents.enumerated() {
    guard case .minimum = extent else { continue }
    let share = left / sharers + (left % sharers > 0 ? 1 : 0)
    lengths[index] += share
    left -= share
    sharers -= 1
  }
  return lengths
}
