// No size and no data make a plot fail or draw outside its area.

import TerminalCore
import Testing

@testable import Plots

@Suite("A plot stays inside its area and never fails")
struct RobustnessTests {
  /// Draws in an area inside a larger buffer and looks at what lies around it.
  private func staysInside(
    _ plot: any Drawable, _ columns: Int, _ rows: Int, _ charset: Charset
  ) -> Bool {
    let untouched = Cell("@")
    let whole = Size(columns: columns + 4, rows: rows + 2)
    let area = Rect(column: 2, row: 1, columns: columns, rows: rows)
    var buffer = CellBuffer(size: whole, charset: charset, filledWith: untouched)
    // Without a view of its own, so that the plot itself has to keep to its area.
    plot.draw(into: &buffer, in: area)
    for row in 0..<whole.rows {
      for column in 0..<whole.columns
      where !area.contains(Point(column: column, row: row)) {
        if buffer.cells[row * whole.columns + column] != untouched { return false }
      }
    }
    return charset != .ascii || buffer.asText().unicodeScalars.allSatisfy { $0.isASCII }
  }

  @Test("at any size up to 40 x 20, in every charset", arguments: Examples.all.map(\.name))
  func everySize(name: String) throws {
    let plot = try #require(Examples.all.first { $0.name == name }).plot
    for charset in Charset.allCases {
      for columns in 0...40 {
        for rows in 0...20 {
          #expect(staysInside(plot, columns, rows, charset), "\(columns)x\(rows) \(charset)")
        }
      }
    }
  }

  @Test("on a very large screen", arguments: Examples.all.map(\.name))
  func large(name: String) throws {
    let plot = try #require(Examples.all.first { $0.name == name }).plot
    #expect(staysInside(plot, 400, 120, .braille))
  }

  static let samples: [[Double]] = [
    [], [3], [3, 3, 3], [.nan], [.nan, .infinity, -.infinity], [1, .nan, 2], [0, 0], [-1, 1e308],
    [-1.7e308, 1.7e308], [.leastNonzeroMagnitude, 0], [1e15, 1e15 + 0.125],
    [1, .infinity, 2, -.infinity],
    [0.1, 0.1 + 1e-17], [-5, -4, -3], (0..<5000).map { Double($0 % 97) - 40 },
  ]

  /// Every kind of plot of the same numbers.
  private func plots(of values: [Double]) -> [any Drawable] {
    let series = TraceSeries(values, role: .chain(1))
    var trace = TracePlot([series, TraceSeries([], role: .chain(2))], warmup: 2)
    trace.cursor = 1
    var window = TracePlot([series], warmup: 1)
    window.window = 1..<3
    window.scalesToWarmup = true
    var later = TracePlot([series], warmup: 10_000)
    later.showsWarmup = false
    later.plannedLength = 20_000
    var log = LinePlot([Curve(values), Curve(x: values, y: values.reversed(), isDashed: true)])
    log.yKind = .logarithmic
    log.xKind = .logarithmic
    log.references = values.prefix(3).map { ReferenceLine($0, label: "here") }
    var histogram = HistogramPlot(values: values, bins: 7)
    histogram.expected = values.first
    histogram.mark = values.last.map { ReferenceLine($0) }
    var scatter = ScatterPlot([
      PointSeries(x: values, y: values.reversed()),
      PointSeries(x: values, y: values, glyph: "●"),
    ])
    scatter.curves = [Curve(x: values, y: values, isDashed: true)]
    var quantiles = QQPlot(values)
    quantiles.band = values.first
    var stems = StemPlot(values)
    stems.band = values.last
    let rows = values.prefix(30).map { value in
      IntervalRow(
        "日本語", point: value, outer: value.isNaN ? nil : min(value, 0)...max(value, 0), note: "n")
    }
    let side = min(values.count, 4)
    var heat = HeatMap(
      labels: (0..<side).map { "name \($0)" },
      values: (0..<side * side).map { values[$0 % max(1, values.count)] })
    heat.firstRow = 9
    heat.selected = (0, 0)
    let bars = CountBarPlot(
      values.map { value in
        CountBar(
          base: -value, top: value, expected: values.last ?? 0,
          interval: value.isNaN ? nil : min(value, 0)...max(value, 0))
      }, first: -3, width: 7)
    var bands = IntervalBandPlot(
      values.map { value in
        let range = value.isNaN ? 0...0 : min(value, 0)...max(value, 0)
        return PredictedPoint(
          x: value, observed: value, predicted: value, inner: range, outer: range)
      })
    bands.isRelative = bands.needsRelative(rows: 10)
    var shifted = bands
    shifted.isRelative.toggle()
    var layers = LayeredHistogramPlot(
      [
        HistogramLayer(values, role: .chain(1), isFilled: true),
        HistogramLayer(values.reversed(), role: .chain(2)),
      ], range: 0...1)
    layers.expected = values.first
    let parallel = ParallelPlot(
      names: values.prefix(6).map { "axis \($0)" },
      lines: [ParallelLine(values), ParallelLine(values.reversed(), isInFront: true)])
    return [
      bars, bands, shifted,
      layers, parallel, SmallMultiples((0..<9).map { SmallPlot("plot \($0)", plot: layers) }),
      trace, window, later, LinePlot([Curve(values)]), log, DensityPlot([series]), histogram,
      HistogramPlot(counts: values, range: 0...1), scatter, quantiles, stems, IntervalPlot(rows),
      heat, Sparkline(values), ProgressBar(values.first),
    ]
  }

  @Test("with numbers that are missing, infinite, equal or far apart", arguments: samples)
  func oddNumbers(values: [Double]) {
    for (kind, plot) in plots(of: values).enumerated() {
      for (columns, rows) in [(0, 0), (1, 1), (9, 4), (13, 6), (40, 12), (80, 24)] {
        for charset in Charset.allCases {
          #expect(staysInside(plot, columns, rows, charset), "plot \(kind) at \(columns)x\(rows)")
        }
      }
    }
  }
}
