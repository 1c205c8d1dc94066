// Text, frames and areas on a grid of cells, as drawings and over random strokes.

import Testing

@testable import TerminalCore

/// A small generator for tests, the same numbers every time.
struct Dice {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

@Suite("Cells hold whole characters and nothing is drawn outside a view")
struct CellBufferTests {
  private func buffer(_ columns: Int, _ rows: Int, _ charset: Charset = .braille) -> CellBuffer {
    CellBuffer(size: Size(columns: columns, rows: rows), charset: charset, filledWith: Cell("·"))
  }

  @Test("Text ends at the edge, with an ellipsis if asked for")
  func clips() {
    var grid = buffer(6, 4)
    grid.write("parameter", at: Point(column: 2, row: 0))
    grid.write("parameter", at: Point(column: 0, row: 1), limit: 5, ellipsis: true)
    grid.write("fits", at: Point(column: 0, row: 2), limit: 4, ellipsis: true)
    grid.write("left out", at: Point(column: 7, row: 3))
    #expect(
      grid.asText() == """
        ··para
        para…·
        fits··
        ······
        """)
  }

  @Test("A wide character is never split")
  func wide() {
    var grid = buffer(6, 4)
    grid.write("日本語", at: Point(column: 1, row: 0), limit: 5)
    grid.write("日本語", at: Point(column: 0, row: 1), limit: 4, ellipsis: true)
    grid.write("日本語", at: .init(column: 0, row: 2))
    grid.write("x", at: Point(column: 1, row: 2))
    grid.write("y", at: Point(column: 4, row: 2))
    grid.set(Cell("日"), at: Point(column: 5, row: 3))
    #expect(
      grid.asText() == """
        ·日本·
        日… ··
         x本y
        ·····
        """)
  }

  @Test("Marks go onto the letter before them, harmful characters nowhere")
  func sanitises() {
    var grid = buffer(8, 2)
    let used = grid.write("θ\u{302}\u{1B}[2J\u{202E}\nx", at: .zero)
    #expect(used == 5)
    grid.write("\u{302}y", at: Point(column: 0, row: 1))
    #expect(
      grid.asText() == """
        θ\u{302}[2Jx···
        y·······
        """)
  }

  @Test("In ASCII everything is ASCII and keeps its place")
  func ascii() {
    var grid = buffer(22, 3, .ascii)
    grid.fill(grid.bounds)
    grid.write("σ² ≥ 0.5 – Größe é 日本…", at: .zero)
    grid.drawBox(Rect(column: 0, row: 1, columns: 22, rows: 2), title: "θ̂")
    #expect(
      grid.asText() == """
        s2 > 0.5 - Grose e ??~
        +- q ----------------+
        +--------------------+
        """)
    #expect(grid.asText().unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test("Aligned text stands where it should")
  func aligns() {
    var grid = buffer(9, 4)
    for (row, alignment) in [Alignment.left, .center, .right].enumerated() {
      grid.write(
        "abc", in: Rect(column: 1, row: row, columns: 7, rows: 1), aligned: alignment)
    }
    grid.write("abcdefgh", in: Rect(column: 1, row: 3, columns: 7, rows: 1), aligned: .right)
    #expect(
      grid.asText() == """
        ·abc·····
        ···abc···
        ·····abc·
        ·abcdef…·
        """)
  }

  @Test("A frame has its titles in its lines and returns what is inside")
  func frames() {
    var grid = buffer(24, 6)
    let inside = grid.drawBox(
      Rect(column: 1, row: 1, columns: 22, rows: 4), title: "trace", note: "4 chains",
      footnote: "live")
    #expect(inside == Rect(column: 2, row: 2, columns: 20, rows: 2))
    grid.fill(inside)
    #expect(
      grid.asText() == """
        ························
        ·┌─ trace ─ 4 chains ─┐·
        ·│                    │·
        ·│                    │·
        ·└───────────── live ─┘·
        ························
        """)
  }

  @Test("An area is a buffer of its own")
  func areas() {
    var grid = buffer(8, 4)
    grid.withArea(Rect(column: 2, row: 1, columns: 4, rows: 2)) { view in
      #expect(view.size == Size(columns: 4, rows: 2))
      view.fill(view.bounds.inset(left: -9, top: -9, right: -9, bottom: -9), with: Cell("o"))
      view.withArea(Rect(column: 3, row: 1, columns: 9, rows: 9)) { inner in
        inner.write("xyz", at: .zero)
      }
      view.write("ab", at: Point(column: -1, row: 0))
    }
    #expect(
      grid.asText() == """
        ········
        ··booo··
        ··ooox··
        ········
        """)
  }

  @Test("Words are wrapped between words, long ones cut")
  func wraps() {
    #expect(wrapped("the quick brown fox", columns: 9) == ["the quick", "brown fox"])
    #expect(wrapped("a\n\nbc", columns: 5) == ["a", "", "bc"])
    #expect(wrapped("incomprehensible", columns: 6) == ["incomp", "rehens", "ible"])
    #expect(wrapped("日本語", columns: 3) == ["日", "本", "語"])
    #expect(wrapped("日", columns: 1).isEmpty)
    var grid = buffer(6, 2)
    #expect(grid.writeWrapped("one two three four", in: grid.bounds) == 2)
    #expect(
      grid.asText() == """
        one···
        two t…
        """)
  }

  @Test("Random strokes never separate halves or leave the area", arguments: 1...20)
  func strokes(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    var grid = buffer(12, 5)
    let area = Rect(column: 3, row: 1, columns: 6, rows: 3)
    let texts = ["a日b", "日本語", "xyz", "θ\u{302}ab", "한", "─"]
    for _ in 0..<200 {
      grid.withArea(area) { view in
        let point = Point(column: dice.roll(10) - 2, row: dice.roll(5) - 1)
        switch dice.roll(3) {
        case 0: view.write(texts[dice.roll(6)], at: point)
        case 1: view.set(Cell("日"), at: point)
        default:
          view.fill(
            Rect(origin: point, size: Size(columns: dice.roll(5), rows: dice.roll(3))),
            with: Cell(dice.roll(2) == 0 ? "本" : "."))
        }
      }
      for row in 0..<5 {
        for column in 0..<12 {
          let cell = grid.cells[row * 12 + column]
          let isInside = area.contains(Point(column: column, row: row))
          #expect(isInside || cell == Cell("·"))
          if cell.width == 2 {
            #expect(column < 11 && grid.cells[row * 12 + column + 1].isContinuation)
          }
          if cell.isContinuation {
            #expect(column > 0 && grid.cells[row * 12 + column - 1].width == 2)
          }
        }
      }
    }
  }
}

@Suite("The difference of two frames turns one into the other")
struct FrameDifferenceTests {
  @Test("writing only cells that changed, and whole characters", arguments: 1...30)
  func reconstructs(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let size = Size(columns: 1 + dice.roll(15), rows: 1 + dice.roll(6))
    func scribble(_ grid: inout CellBuffer, _ count: Int) {
      for _ in 0..<count {
        let point = Point(column: dice.roll(size.columns), row: dice.roll(size.rows))
        grid.write(
          ["a日", "b", "本", "θ\u{302}"][dice.roll(4)], at: point, Style([.text, .bad][dice.roll(2)]))
      }
    }
    var old = CellBuffer(size: size)
    scribble(&old, 12)
    var new = old
    scribble(&new, dice.roll(4))
    var result = old.cells
    var written = 0
    for run in new.changes(since: old) {
      #expect(!(run.cells.first?.isContinuation ?? true))
      #expect(run.column + run.cells.count <= size.columns)
      for (offset, cell) in run.cells.enumerated() {
        result[run.row * size.columns + run.column + offset] = cell
      }
      written += run.cells.count
    }
    #expect(result == new.cells)
    let changed = zip(old.cells, new.cells).filter { $0 != $1 }.count
    #expect(written <= 2 * changed)
  }

  @Test("All is written where there was nothing or another size")
  func first() {
    let grid = CellBuffer(size: Size(columns: 4, rows: 3))
    #expect(grid.changes(since: nil).reduce(0) { $0 + $1.cells.count } == 12)
    let other = CellBuffer(size: Size(columns: 3, rows: 4))
    #expect(grid.changes(since: other).reduce(0) { $0 + $1.cells.count } == 12)
    #expect(Array(grid.changes(since: grid)).isEmpty)
    #expect(Array(CellBuffer(size: .zero).changes(since: nil)).isEmpty)
  }
}
