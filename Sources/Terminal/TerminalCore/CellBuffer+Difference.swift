// What has to be written to turn one frame into the next.

/// A stretch of cells in one row that changed.
package struct CellRun: Sendable {
  package let row: Int
  package let column: Int
  /// The cells as they are now; whole characters only.
  package let cells: ArraySlice<Cell>
}

/// The changed stretches between two frames, top to bottom and left to right, found as asked for.
package struct FrameDifference: Sequence, IteratorProtocol {
  private let old: [Cell]?
  private let new: [Cell]
  private let columns: Int
  private var position = 0

  /// The difference from `old`; everything where the sizes differ or there is no old frame.
  package init(from old: CellBuffer?, to new: CellBuffer) {
    self.old = old?.fullSize == new.fullSize ? old?.cells : nil
    self.new = new.cells
    columns = new.fullSize.columns
  }

  /// The next changed stretch, or `nil` after the last.
  package mutating func next() -> CellRun? {
    while position < new.count, !isChanged(position) { position += 1 }
    guard position < new.count else { return nil }
    let row = position / columns
    let rowEnd = (row + 1) * columns
    var start = position
    if new[start].isContinuation, start > row * columns { start -= 1 }
    while position < rowEnd, isChanged(position) || new[position].isContinuation { position += 1 }
    return CellRun(row: row, column: start - row * columns, cells: new[start..<position])
  }

  private func isChanged(_ index: Int) -> Bool {
    guard let old else { return true }
    return old[index] != new[index]
  }
}

extension CellBuffer {
  /// The stretches of cells that differ from another frame; all rows if there is none of this size.
  package func changes(since old: CellBuffer?) -> FrameDifference {
    FrameDifference(from: old, to: self)
  }
}
