// Names written on curves, so that curves are told apart without colour.

import TerminalCore

/// A curve with its name.
struct NamedCurve {
  var name: String
  var role: ThemeRole
  var x: [Double]
  /// A value that is not finite has no place for the name.
  var y: [Double]
}

/// Names on their curves, each at another place along the axis, so that none covers another.
struct CurveNames {
  private let curves: [NamedCurve]

  init(_ curves: [NamedCurve]) { self.curves = curves }

  /// Writes the names over a region that has been drawn.
  func draw(on region: PlotRegion, into buffer: inout CellBuffer) {
    let area = region.area
    guard area.rows >= 3, area.columns >= 8 * curves.count else { return }
    for (index, curve) in curves.enumerated() {
      let cells = cells(of: curve, region)
      guard let first = cells.first?.column, let last = cells.last?.column else { continue }
      let wanted =
        Double(first) + Double(last - first) * (Double(index) + 0.5) / Double(curves.count)
      guard
        let place = cells.min(by: {
          abs(Double($0.column) - wanted) < abs(Double($1.column) - wanted)
        })
      else { continue }
      buffer.write(
        curve.name, at: place, Style(curve.role, .bold), limit: area.endColumn - place.column)
    }
  }

  /// The cells that a curve goes through, from left to right.
  private func cells(of curve: NamedCurve, _ region: PlotRegion) -> [Point] {
    zip(curve.x, curve.y).compactMap { x, y in
      guard let column = region.column(of: x), let row = region.row(of: y) else { return nil }
      return Point(column: column, row: row)
    }
  }
}
