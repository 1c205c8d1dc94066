// A row of a forest plot in which several runs stand one below the other, each with its letter.

import Plots
import TerminalCore

/// The letter and the colour of a run in a comparison.
package struct RunMark: Sendable {
  /// The place of the run, counted from 0.
  package var place: Int

  /// The mark of the run at a place.
  package init(_ place: Int) { self.place = place }

  /// `A`, `B`, ...
  package var letter: Unicode.Scalar { Unicode.Scalar(UInt8(ascii: "A") + UInt8(place % 26)) }
  package var role: ThemeRole { .chain(number: place + 1) }
  /// The letter in its colour.
  package var text: StyledText { StyledText(String(letter), Style(role, .bold)) }
}

/// The axis of the parameters of one section, for all runs.
package struct ComparisonScale: Sendable, Equatable {
  package let scale: Scale

  /// Room for all estimates and zero; what lies far off ends in an arrow.
  package init(_ parameters: [ComparedParameter]) {
    if let range = parameters.first?.range {
      scale = Scale(from: range.lowerBound, to: range.upperBound)
      return
    }
    func ends(_ parameters: [ComparedParameter]) -> [Double] {
      parameters.flatMap { parameter in
        parameter.estimates.flatMap { estimate -> [Double] in
          [estimate?.point, estimate?.outer?.lowerBound, estimate?.outer?.upperBound]
            .compactMap { $0 }.filter(\.isFinite)
        }
      }
    }
    let near = ends(parameters.filter(\.isOnScale))
    scale = Scale(
      covering: near.isEmpty ? ends(parameters) : near, including: [0], margin: 0.03)
  }

  /// The numbers along the axis, in a row of the plot.
  package func drawTicks(into buffer: inout CellBuffer, in area: Rect) {
    let ticks = Ticks(on: scale, atMost: max(2, area.columns / 12))
    var free = area.column
    for (value, label) in zip(ticks.values, ticks.labels) {
      guard let place = scale.position(of: value), (-1e-6...1.000001).contains(place) else {
        continue
      }
      let width = displayWidth(of: label)
      let middle = area.column + Int((place * Double(area.columns - 1)).rounded())
      let start = min(max(area.column, middle - width / 2), area.endColumn - width)
      guard start >= free else { continue }
      buffer.write(label, at: Point(column: start, row: area.row), Style(.axis))
      free = start + width + 1
    }
  }

  /// One run's estimate with its intervals; the run's letter stands at the point.
  package func draw(
    _ estimate: ComparedEstimate, of mark: RunMark, into buffer: inout CellBuffer, in area: Rect
  ) {
    let row = IntervalRow(
      "", point: estimate.point, inner: estimate.inner, outer: estimate.outer, role: mark.role)
    IntervalBar(row, on: scale, reference: 0).draw(into: &buffer, in: area)
    guard let place = scale.position(of: estimate.point), (0...1).contains(place),
      !area.isEmpty
    else { return }
    let column = area.column + Int((place * Double(area.columns - 1)).rounded())
    buffer.set(
      Cell(mark.letter, Style(mark.role, .bold)), at: Point(column: column, row: area.row))
  }
}
