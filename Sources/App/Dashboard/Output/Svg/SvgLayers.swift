// What a frame is made of, sorted by how it is drawn: grounds, blocks, lines, dots, marks and text.

import TerminalCore

/// A piece of text on one row.
struct SvgText: Hashable {
  var column: Int
  var row: Int
  /// The columns that it takes.
  var columns: Int
  var text: String
}

/// How text is written.
struct SvgTextPen: Hashable {
  var pen: SvgPen
  var isBold: Bool
}

/// How blocks are filled; shades let the ground through.
struct SvgBlockPen: Hashable {
  var pen: SvgPen
  var opacity: Double
}

/// The shapes of a frame.
struct SvgLayers {
  static let cell = (width: 8, height: 16)

  private(set) var grounds = SvgOrdered<SvgPaint, SvgRects>()
  private(set) var blocks = SvgOrdered<SvgBlockPen, SvgRects>()
  private(set) var lines = SvgOrdered<SvgPen, SvgStrokes>()
  private(set) var heavyLines = SvgOrdered<SvgPen, SvgStrokes>()
  private(set) var dots = SvgOrdered<SvgPen, SvgDots>()
  private(set) var filled = SvgOrdered<SvgPen, String>()
  private(set) var stroked = SvgOrdered<SvgPen, String>()
  private(set) var underlines = SvgOrdered<SvgPen, SvgRects>()
  private(set) var texts = SvgOrdered<SvgTextPen, [SvgText]>()

  /// The run of text that the next character may join.
  private var run: (text: SvgText, pen: SvgTextPen, blanks: Int)?

  /// The shapes of all cells.
  init(_ frame: CellBuffer, _ theme: Theme, paper: SvgPaint) {
    var known: [Style: SvgLooks] = [:]
    let columns = frame.fullSize.columns
    for (index, cell) in frame.cells.enumerated() {
      let looks: SvgLooks
      if let found = known[cell.style] {
        looks = found
      } else {
        looks = SvgLooks(cell.style, theme, paper: paper)
        known[cell.style] = looks
      }
      if index % columns == 0 { endRun() }
      add(cell, looks, column: index % columns, row: index / columns)
    }
    endRun()
  }

  private mutating func add(_ cell: Cell, _ looks: SvgLooks, column: Int, row: Int) {
    let (x, y) = (column * Self.cell.width, row * Self.cell.height)
    if let ground = looks.ground {
      grounds[ground, default: SvgRects()].add(
        SvgRect(x: x, y: y, width: Self.cell.width, height: Self.cell.height))
    }
    if looks.isUnderlined {
      underlines[looks.pen, default: SvgRects()].add(
        SvgRect(x: x, y: y + 14, width: Self.cell.width, height: 1))
    }
    if cell.isContinuation { return }
    if cell.scalar == " " {
      blank()
      return
    }
    let pen = looks.pen
    switch SvgGlyph(cell.scalar) {
    case .text:
      append(cell, SvgTextPen(pen: pen, isBold: looks.isBold), column: column, row: row)
      return
    case .dots(let points):
      for point in points { dots[pen, default: SvgDots()].add(x: x + point.x, y: y + point.y) }
    case .blocks(let rects, let opacity):
      for rect in rects {
        blocks[SvgBlockPen(pen: pen, opacity: opacity), default: SvgRects()].add(
          SvgRect(x: x + rect.x, y: y + rect.y, width: rect.width, height: rect.height))
      }
    case .lines(let arms, let isHeavy): addLines(arms, isHeavy, pen, x: x, y: y)
    case .dashes(let strokes):
      for stroke in strokes {
        var moved = stroke
        moved.x += x
        moved.y += y
        lines[pen, default: SvgStrokes()].add(moved)
      }
    case .filled(let path): filled[pen, default: ""] += "M\(x) \(y)\(path)"
    case .stroked(let path): stroked[pen, default: ""] += "M\(x) \(y)\(path)"
    }
    endRun()
  }

  private mutating func addLines(_ arms: [Bool], _ isHeavy: Bool, _ pen: SvgPen, x: Int, y: Int) {
    let (half, middle) = (Self.cell.width / 2, Self.cell.height / 2)
    let strokes = [
      SvgStroke(x: x, y: y + middle, length: half, isVertical: false),
      SvgStroke(x: x + half, y: y + middle, length: half, isVertical: false),
      SvgStroke(x: x + half, y: y, length: middle, isVertical: true),
      SvgStroke(x: x + half, y: y + middle, length: middle, isVertical: true),
    ]
    for (arm, stroke) in zip(arms, strokes) where arm {
      if isHeavy {
        heavyLines[pen, default: SvgStrokes()].add(stroke)
      } else {
        lines[pen, default: SvgStrokes()].add(stroke)
      }
    }
  }

  /// A space: one may stand inside a run, two end it, so that columns stay where they are in any font.
  private mutating func blank() {
    guard let blanks = run?.blanks, blanks == 0 else { return endRun() }
    run?.blanks = 1
  }

  private mutating func append(_ cell: Cell, _ pen: SvgTextPen, column: Int, row: Int) {
    var text = String(cell.scalar)
    if cell.hasMark { text.unicodeScalars.append(cell.mark) }
    let isWide = cell.width != 1
    if !isWide, let known = run, known.pen == pen, known.text.row == row,
      known.text.column + known.text.columns + known.blanks == column
    {
      run?.text.text += (known.blanks == 1 ? " " : "") + text
      run?.text.columns += known.blanks + 1
      run?.blanks = 0
      return
    }
    endRun()
    run = (SvgText(column: column, row: row, columns: cell.width, text: text), pen, 0)
    // Fonts disagree on how wide these are, so each has its own place.
    if isWide { endRun() }
  }

  private mutating func endRun() {
    if let run { texts[run.pen, default: []].append(run.text) }
    run = nil
  }
}
