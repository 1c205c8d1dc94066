// Rectangles and their division, over all small sizes.

import Testing

@testable import TerminalCore

@Suite("Parts of a rectangle lie inside it and do not overlap")
struct GeometryTests {
  static let plans: [[Extent]] = [
    [], [.rest], [.fixed(3), .rest], [.rest, .fixed(2)], [.fraction(0.3), .rest, .minimum(4)],
    [.fixed(2), .fixed(2), .fixed(2)], [.minimum(5), .minimum(5)], [.fraction(2), .fraction(.nan)],
    [.fixed(-3), .rest, .rest, .rest],
  ]

  @Test("for every width up to 40, plan and gap", arguments: plans)
  func dividesColumns(plan: [Extent]) {
    for width in 0...40 {
      for gap in 0...2 {
        let whole = Rect(column: 3, row: 2, columns: width, rows: 5)
        let parts = whole.columns(plan, gap: gap)
        #expect(parts.count == plan.count)
        var end = whole.column
        for part in parts {
          #expect(part.isEmpty || part.column >= end)
          #expect(part.column >= whole.column && part.endColumn <= whole.endColumn)
          #expect(part.rows == 5 && part.row == 2)
          if !part.isEmpty { end = part.endColumn + gap }
        }
      }
    }
  }

  @Test("and with a part that takes the rest nothing is left over")
  func fills() {
    let parts = Rect(column: 0, row: 0, columns: 80, rows: 24)
      .rows([.fixed(1), .rest, .fraction(0.25), .minimum(3)])
    #expect(parts.map(\.rows) == [1, 7, 6, 10])
    #expect(parts.map(\.row) == [0, 1, 8, 14])
  }

  @Test("The first parts are served first where room is short")
  func firstServed() {
    let parts = Rect(column: 0, row: 0, columns: 5, rows: 1).columns([.fixed(3), .fixed(3), .rest])
    #expect(parts.map(\.columns) == [3, 2, 0])
  }

  @Test("A split at an edge leaves the rest")
  func splits() {
    let whole = Rect(column: 0, row: 0, columns: 10, rows: 6)
    #expect(whole.splitTop(2).rest == Rect(column: 0, row: 2, columns: 10, rows: 4))
    #expect(whole.splitBottom(2).bottom == Rect(column: 0, row: 4, columns: 10, rows: 2))
    #expect(whole.splitLeft(99).rest.isEmpty)
    #expect(whole.splitRight(4).right == Rect(column: 6, row: 0, columns: 4, rows: 6))
    #expect(whole.splitBottom(9).bottom == whole)
    #expect(whole.grid(columns: 3, rows: 2).map(\.columns) == [4, 3, 3, 4, 3, 3])
  }

  @Test("An inset never turns a rectangle inside out")
  func insets() {
    for columns in 0...6 {
      for rows in 0...6 {
        let whole = Rect(column: 1, row: 1, columns: columns, rows: rows)
        let inside = whole.inset(by: 2)
        #expect(inside.intersection(whole).size == inside.size)
        #expect(inside.columns == max(0, columns - 4))
      }
    }
    #expect(Rect(Size(columns: 9, rows: 9)).centered(Size(columns: 3, rows: 99)).origin.column == 3)
  }
}
