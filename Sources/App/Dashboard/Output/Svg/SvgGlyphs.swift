// How glyphs made for drawing become shapes: dots, blocks, lines and marks, on a cell of 8 by 16 units.

/// The parts of a glyph.
enum SvgGlyph {
  /// Dots of braille, as points of the cell.
  case dots([(x: Int, y: Int)])
  /// Filled rectangles, the whole of them faint for a shade.
  case blocks([SvgRect], opacity: Double)
  /// Lines from the middle to the edges, in this order: left, right, up, down.
  case lines([Bool], isHeavy: Bool)
  /// Strokes along one axis.
  case dashes([SvgStroke])
  /// A closed shape, as a path after its starting point at the corner of the cell.
  case filled(String)
  /// A line that is no frame, as a path.
  case stroked(String)
  /// Anything else is text.
  case text

  /// The parts of a character.
  init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    switch value {
    case 0x2800...0x28FF: self = .dots(Self.braille(value - 0x2800))
    case 0x2580...0x259F: self = Self.block(value)
    case 0x2500...0x257F: self = Self.line(scalar)
    default: self = Self.mark(scalar)
    }
  }

  private static func braille(_ mask: UInt32) -> [(x: Int, y: Int)] {
    var dots: [(x: Int, y: Int)] = []
    for y in 0..<4 {
      for x in 0..<2 {
        let bit: UInt32 = y == 3 ? 0x40 << UInt32(x) : 1 << UInt32(3 * x + y)
        if mask & bit != 0 { dots.append((x: 2 + 4 * x, y: 2 + 4 * y)) }
      }
    }
    return dots
  }

  /// Parts from below, from the left, shades, and quadrants by the bits top left, top right, bottom
  /// left, bottom right.
  private static func block(_ value: UInt32) -> SvgGlyph {
    func rect(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> SvgGlyph {
      .blocks([SvgRect(x: x, y: y, width: width, height: height)], opacity: 1)
    }
    let part = Int(value)
    switch value {
    case 0x2580: return rect(0, 0, 8, 8)
    case 0x2581...0x2588:
      let height = 2 * (part - 0x2580)
      return rect(0, 16 - height, 8, height)
    case 0x2589...0x258F: return rect(0, 0, 0x2590 - part, 16)
    case 0x2590: return rect(4, 0, 4, 16)
    case 0x2591...0x2593:
      let whole = SvgRect(x: 0, y: 0, width: 8, height: 16)
      return .blocks([whole], opacity: 0.25 * Double(part - 0x2590))
    case 0x2594: return rect(0, 0, 8, 2)
    case 0x2595: return rect(7, 0, 1, 16)
    default:
      let mask = quadrants[part - 0x2596]
      let parts = (0..<4).filter { mask & (1 << $0) != 0 }.map {
        SvgRect(x: $0 % 2 * 4, y: $0 / 2 * 8, width: 4, height: 8)
      }
      return .blocks(parts, opacity: 1)
    }
  }

  /// From U+2596 on.
  private static let quadrants = [4, 8, 1, 13, 9, 7, 11, 2, 6, 14]

  private static func line(_ scalar: Unicode.Scalar) -> SvgGlyph {
    switch scalar {
    case "┄", "╌", "┈":
      return .dashes([1, 5].map { SvgStroke(x: $0, y: 8, length: 2, isVertical: false) })
    case "┆", "╎", "┊":
      return .dashes(
        [(1, 3), (6, 4), (12, 3)].map { SvgStroke(x: 4, y: $0, length: $1, isVertical: true) })
    default: break
    }
    if let arms = lightArms[scalar] { return .lines(arms, isHeavy: false) }
    if let arms = heavyArms[scalar] { return .lines(arms, isHeavy: true) }
    return .text
  }

  private static let lightArms = arms(
    "─lr │ud ┌rd ┐ld └ru ┘lu ├rud ┤lud ┬lrd ┴lru ┼lrud ╭rd ╮ld ╰ru ╯lu ╴l ╵u ╶r ╷d")
  private static let heavyArms = arms("━lr ┃ud ┏rd ┓ld ┗ru ┛lu ┣rud ┫lud ┳lrd ┻lru ╋lrud")

  private static func arms(_ text: String) -> [Unicode.Scalar: [Bool]] {
    var table: [Unicode.Scalar: [Bool]] = [:]
    for word in text.split(separator: " ") {
      guard let glyph = word.unicodeScalars.first else { continue }
      table[glyph] = "lrud".map { word.dropFirst().contains($0) }
    }
    return table
  }

  private static func mark(_ scalar: Unicode.Scalar) -> SvgGlyph {
    switch scalar {
    case "●": .filled("m1 8a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z")
    case "•": .filled("m2 8a2 2 0 1 0 4 0a2 2 0 1 0 -4 0z")
    case "○": .stroked("m1 8a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z")
    case "▲": .filled("m1 12l3 -8l3 8z")
    case "▼": .filled("m1 4h6l-3 8z")
    case "▶": .filled("m1 4l6 4l-6 4z")
    case "◀": .filled("m7 4v8l-6 -4z")
    case "■": .filled("m1 5h6v6h-6z")
    case "▸": .filled("m2 5l4 3l-4 3z")
    case "◂": .filled("m6 5v6l-4 -3z")
    case "✗": .stroked("m2 5l4 6m0 -6l-4 6")
    case "✓": .stroked("m1 9l2 3l4 -8")
    default: .text
    }
  }
}

/// A rectangle in units.
struct SvgRect: Hashable {
  var x: Int
  var y: Int
  var width: Int
  var height: Int
}

/// A stroke to the right or downwards, in units.
struct SvgStroke: Hashable {
  var x: Int
  var y: Int
  var length: Int
  var isVertical: Bool
}
