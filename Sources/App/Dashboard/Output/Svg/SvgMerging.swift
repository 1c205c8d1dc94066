// Neighbouring shapes of one colour joined into few, so that drawings are small and have no seams.

/// Values by key, in the order in which the keys first came.
struct SvgOrdered<Key: Hashable, Value> {
  private(set) var keys: [Key] = []
  private var values: [Key: Value] = [:]

  /// The value of a key, begun with a default.
  subscript(key: Key, default value: @autoclosure () -> Value) -> Value {
    get { values[key] ?? value() }
    set {
      if values.updateValue(newValue, forKey: key) == nil { keys.append(key) }
    }
  }
}

/// Rectangles that are added row by row, from left to right.
struct SvgRects {
  private var rects: [SvgRect] = []

  /// Adds a rectangle, or makes the last one wider.
  mutating func add(_ rect: SvgRect) {
    if let last = rects.last, last.y == rect.y, last.height == rect.height,
      last.x + last.width == rect.x
    {
      rects[rects.count - 1].width += rect.width
    } else {
      rects.append(rect)
    }
  }

  /// The rectangles as one path; those that stand on each other are one.
  var path: String {
    struct Sides: Hashable {
      var x: Int
      var width: Int
    }
    var merged: [SvgRect] = []
    var open: [Sides: Int] = [:]
    for rect in rects {
      let sides = Sides(x: rect.x, width: rect.width)
      if let place = open[sides], merged[place].y + merged[place].height == rect.y {
        merged[place].height += rect.height
      } else {
        open[sides] = merged.count
        merged.append(rect)
      }
    }
    return merged.map {
      "M\($0.x) \($0.y)h\($0.width)v\($0.height)h\(-$0.width)z"
    }.joined()
  }
}

/// Lines that are added row by row, from left to right.
struct SvgStrokes {
  private var strokes: [SvgStroke] = []
  private var lastAcross: Int?
  private var lastDown: [Int: Int] = [:]

  /// Adds a stroke, or makes the one longer that it goes on from.
  mutating func add(_ stroke: SvgStroke) {
    let place = stroke.isVertical ? lastDown[stroke.x] : lastAcross
    if let place {
      let known = strokes[place]
      let goesOn =
        stroke.isVertical
        ? known.y + known.length == stroke.y
        : known.y == stroke.y && known.x + known.length == stroke.x
      if goesOn {
        strokes[place].length += stroke.length
        return
      }
    }
    if stroke.isVertical { lastDown[stroke.x] = strokes.count } else { lastAcross = strokes.count }
    strokes.append(stroke)
  }

  /// The lines as one path.
  var path: String {
    strokes.map { "M\($0.x) \($0.y)\($0.isVertical ? "v" : "h")\($0.length)" }.joined()
  }
}

/// Dots that are added cell by cell: strokes of no length with round ends.
struct SvgDots {
  private var dots: [(x: Int, y: Int)] = []

  mutating func add(x: Int, y: Int) { dots.append((x: x, y: y)) }

  /// The dots as one path, row by row, each placed from the one before it.
  var path: String {
    var text = ""
    var last: (x: Int, y: Int)?
    for dot in dots.sorted(by: { ($0.y, $0.x) < ($1.y, $1.x) }) {
      if let last {
        text += "m\(dot.x - last.x) \(dot.y - last.y)h0"
      } else {
        text += "M\(dot.x) \(dot.y)h0"
      }
      last = dot
    }
    return text
  }
}
