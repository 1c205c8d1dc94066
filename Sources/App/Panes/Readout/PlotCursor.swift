// The cursor in a plot whose readings are shown, and what a plot has to say at a place.

import Plots
import TerminalCore

/// A cursor in a plot, kept at a value so that it stays where it is when the plot moves.
struct PlotCursor: Equatable {
  /// Whether the readings are shown.
  private(set) var isOn = false
  /// The value on the x axis; `nil` until it is moved.
  private(set) var place: Double?

  mutating func toggle() { isOn.toggle() }

  mutating func turnOff() { isOn = false }

  /// Forgets the place, as when another axis comes into view.
  mutating func forget() { place = nil }

  /// Goes to where a plot was pressed; whether that was inside a plot.
  mutating func put(at point: Point, in reading: PlotReading) -> Bool {
    guard let frame = reading.frame(at: point) else { return false }
    place = reading.snapped(frame.xValue(at: point.column))
    isOn = true
    return true
  }

  /// Goes so many columns to the right, but to the next place that reads differently at least.
  mutating func move(by columns: Int, in reading: PlotReading) {
    guard let frame = reading.frames.first, columns != 0 else { return }
    let now = value(in: reading)
    var next = frame.xValue(at: frame.nearestColumn(of: now) + columns)
    if let unit = reading.unit, abs(next - now) < unit {
      next = now + (columns < 0 ? -unit : unit)
    }
    place = min(max(reading.snapped(next), frame.x.lower), frame.x.upper)
  }

  /// The value that the cursor stands at, within what is shown.
  func value(in reading: PlotReading) -> Double {
    guard let scale = reading.frames.first?.x else { return place ?? reading.start }
    return min(max(place ?? reading.start, scale.lower), scale.upper)
  }
}

/// What can be read off a plot.
struct PlotReading {
  /// Where the data lie; of several plots all over one x axis.
  var frames: [PlotFrame]
  /// Where the cursor stands until it is moved.
  var start: Double
  /// The distance of neighbouring values on the x axis, such as one iteration; `nil` if continuous.
  var unit: Double?
  /// What stands at a value, given all values that share its column; first where, then what is there.
  var words: (_ value: Double, _ column: ClosedRange<Double>) -> [[StyledText]]

  /// The plot in which a point lies.
  func frame(at point: Point) -> PlotFrame? { frames.first { $0.area.contains(point) } }

  /// The value at which there is something to read.
  func snapped(_ value: Double) -> Double {
    guard let unit else { return value }
    return (value / unit).rounded() * unit
  }

  /// What the cursor reads.
  func words(at cursor: PlotCursor) -> [[StyledText]] {
    guard let frame = frames.first else { return [] }
    let value = cursor.value(in: self)
    return words(value, frame.xValues(in: frame.nearestColumn(of: value)))
  }

  /// Draws the cursor over the plots.
  func draw(_ cursor: PlotCursor, into buffer: inout CellBuffer) {
    guard cursor.isOn else { return }
    let value = cursor.value(in: self)
    for frame in frames where !frame.area.isEmpty {
      buffer.drawCursor(column: frame.nearestColumn(of: value), in: frame)
    }
  }
}

extension CellBuffer {
  /// Draws an upright line where there is room, and lights up what is drawn in its way; a mark on the
  /// axis shows the place where the plot is full.
  mutating func drawCursor(column: Int, in frame: PlotFrame) {
    for row in frame.area.row..<frame.area.endRow { light(Point(column: column, row: row)) }
    if frame.hasAxis {
      set(
        Cell(charset.ascending, Style(.accent, .bold)),
        at: Point(column: column, row: frame.area.endRow))
    }
  }

  /// Marks a point of a plot that is read.
  mutating func mark(_ point: (x: Double, y: Double), in frame: PlotFrame) {
    guard let column = frame.column(of: point.x), let row = frame.row(of: point.y) else { return }
    set(
      Cell(charset.point, Style(.accent, on: .selectionBackground, .bold)),
      at: Point(column: column, row: row))
  }

  private mutating func light(_ point: Point) {
    guard let cell = self[point] else { return }
    if cell.scalar == " " || cell.scalar == "\u{2800}" {
      set(Cell(charset.lines.vertical, Style(.accent, on: cell.style.background)), at: point)
    } else {
      restyle(Rect(origin: point, size: Size(columns: 1, rows: 1))) {
        $0 = Style($0.foreground, on: .selectionBackground, $0.attributes)
      }
    }
  }

  /// Writes readings over the rows of an area, and returns the number of rows used.
  ///
  /// No reading is broken; what finds no room is counted.
  @discardableResult
  mutating func write(readings: [[StyledText]], in area: Rect) -> Int {
    var (row, used) = (0, 0)
    for (index, pieces) in readings.enumerated() {
      let width = pieces.reduce(0) { $0 + displayWidth(of: $1.text, in: charset) }
      let isLastRow = row == area.rows - 1
      // On the last row there must be room to say how many are left out.
      let rest = isLastRow && index < readings.count - 1 ? 4 : 0
      if used > 0, used + 2 + width + rest > area.columns {
        if isLastRow {
          write(
            " +\(readings.count - index)",
            in: area.inset(left: used, top: row), Style(.muted))
          return row + 1
        }
        (row, used) = (row + 1, 0)
      }
      guard row < area.rows else { return row }
      let left = used > 0 ? used + 2 : 0
      used = left + write(pieces, in: area.inset(left: left, top: row))
    }
    return row + 1
  }
}

/// A value with enough digits to tell apart what a scale shows.
func reading(_ value: Double?, on scale: Scale) -> String {
  guard let value, value.isFinite else { return Format.notAvailable }
  let largest = max(abs(scale.lower), abs(scale.upper))
  let range = scale.upper - scale.lower
  var digits = 4
  var resolution = range / 200
  while digits < 12, resolution > 0, resolution * 1000 < largest {
    digits += 1
    resolution *= 10
  }
  return Format.significant(value, digits: digits)
}
