// The plots that the drawings show, from numbers that are the same every time.

import Glibc
import TerminalCore

@testable import Plots

/// Numbers between 0 and 1 from a small generator.
func uniform(_ count: Int, seed: UInt64) -> [Double] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 40) / Double(1 << 24)
  }
}

/// A plot as text in a buffer of its own.
func drawing(
  _ plot: some Drawable, _ columns: Int, _ rows: Int, _ charset: Charset = .braille
) -> String {
  let size = Size(columns: columns, rows: rows)
  var buffer = CellBuffer(size: size, charset: charset)
  buffer.draw(plot, in: buffer.bounds)
  return buffer.asText()
}

/// One of each kind.
enum Examples {
  static var trace: TracePlot {
    let first = (0..<400).map { (index: Int) -> Double in
      let x = Double(index) / 20
      return sin(x) + (index < 100 ? 3 * exp(-x) : 0)
    }
    let second = (0..<400).map { (index: Int) -> Double in cos(Double(index) / 15) / 2 }
    return TracePlot(
      [TraceSeries(first, role: .chain(1)), TraceSeries(second, role: .chain(2))], warmup: 100)
  }

  static var logLine: LinePlot {
    let values = (0..<20).map { (index: Int) -> Double in 1000 * exp(-0.9 * Double(index)) }
    var plot = LinePlot([Curve(values)])
    plot.yKind = .logarithmic
    plot.hasWholeX = true
    plot.xName = "iteration"
    plot.references = [ReferenceLine(1e-3, label: "goal")]
    return plot
  }

  static var growth: LinePlot {
    let draws = [100.0, 200, 400, 800]
    var plot = LinePlot([
      Curve(x: draws, y: [90, 170, 350, 900], role: .chain(1)),
      Curve(x: draws, y: [50, 120, 250, 600], role: .chain(2), isDashed: true),
    ])
    plot.references = [ReferenceLine(400, label: "400")]
    plot.yIncludes = [0]
    plot.xName = "draws"
    return plot
  }

  static var density: DensityPlot {
    let sums = zip(uniform(500, seed: 1), uniform(500, seed: 2)).map { $0 + $1 }
    return DensityPlot([
      TraceSeries(sums, role: .chain(1)),
      TraceSeries(uniform(500, seed: 4).map { $0 / 2 + 0.8 }, role: .chain(2)),
    ])
  }

  static var histogram: HistogramPlot {
    var plot = HistogramPlot(values: uniform(300, seed: 11), bins: 20, range: 0...1)
    plot.expected = 15
    plot.mark = ReferenceLine(0.42, role: .bad)
    return plot
  }

  static var layers: LayeredHistogramPlot {
    let wide = (0..<16).map { (bin: Int) -> Double in exp(-pow(Double(bin) - 7.5, 2) / 20) }
    let narrow = (0..<16).map { (bin: Int) -> Double in
      1.4 * exp(-pow(Double(bin) - 7.5, 2) / 5)
    }
    var plot = LayeredHistogramPlot(
      [
        HistogramLayer(wide, role: .chain(1), isFilled: true),
        HistogramLayer(narrow, role: .chain(2)),
      ], range: -8...8)
    plot.xName = "energy"
    return plot
  }

  static var ranks: LayeredHistogramPlot {
    var plot = LayeredHistogramPlot(
      (0..<3).map { chain in
        HistogramLayer(
          uniform(10, seed: UInt64(chain) + 2).map { 40 + 20 * $0 }, role: .chain(number: chain + 1)
        )
      }, range: 0...1)
    plot.expected = 50
    plot.fromZero = false
    return plot
  }

  static var parallel: ParallelPlot {
    let lines = (0..<12).map { draw in
      ParallelLine(uniform(5, seed: UInt64(draw) + 40).map { 3 * $0 - 1.5 })
    }
    return ParallelPlot(
      names: ["b_Intercept", "b_SES", "sd_school", "cor", "sigma"],
      lines: lines + [ParallelLine([0.2, -0.3, -2.4, 1.1, 0.4], isInFront: true)])
  }

  static var multiples: SmallMultiples {
    SmallMultiples(
      (1...4).map { chain in
        var plot = stems
        plot.role = .chain(number: chain)
        return SmallPlot("chain \(chain)", role: .chain(number: chain), plot: plot)
      })
  }

  static var stems: StemPlot {
    var plot = StemPlot(
      (0..<20).map { (lag: Int) -> Double in pow(0.8, Double(lag)) * cos(Double(lag) / 3) })
    plot.band = 0.1
    return plot
  }

  static var quantiles: QQPlot {
    var plot = QQPlot(uniform(200, seed: 3).map { $0 * $0 })
    plot.band = 1.358 / 200.0.squareRoot()
    return plot
  }

  static var scatter: ScatterPlot {
    var plot = ScatterPlot([
      PointSeries(x: uniform(60, seed: 5), y: uniform(60, seed: 9)),
      PointSeries(x: [0.3, 0.8], y: [0, 1], role: .bad, glyph: "*"),
    ])
    plot.references = [ReferenceLine(0.25), ReferenceLine(0.5), ReferenceLine(0.75)]
    plot.curves = [
      Curve(x: [0, 0.5, 1], y: [0.3, 0.2, 0.4], role: .bad),
      Curve(x: [0, 0.5, 1], y: [0.6, 0.7, 0.6], role: .text, isDashed: true),
    ]
    plot.xRange = 0...1
    plot.yRange = 0...1
    plot.xName = "rank of prediction"
    return plot
  }

  static var intervals: IntervalPlot {
    IntervalPlot([
      IntervalRow(
        "b_math_Intercept", point: 1.2, inner: 0.9...1.5, outer: 0.2...2.1,
        note: "1.20 [0.20, 2.10]"),
      IntervalRow(
        "b_math_SES", point: -0.4, inner: (-0.6)...(-0.2), outer: (-1.1)...0.3,
        note: "-0.40 [-1.10, 0.30]"),
      IntervalRow("σ", point: .nan, note: "–"),
      IntervalRow("cor", point: 0.5, outer: 0.3...0.7),
    ])
  }

  static var heat: HeatMap {
    HeatMap(
      labels: ["math", "passed", "count"],
      values: [1, -0.432, 0.2, -0.432, 1, .nan, 0.2, .nan, 1])
  }

  static var longHeat: HeatMap {
    HeatMap(
      labels: [
        "math_score_Intercept", "passed_Intercept", "math_score_SES", "passed_SES", "z",
      ], values: (0..<25).map { (cell: Int) -> Double in Double(cell % 7) / 6 - 0.5 })
  }

  static var notedHeat: HeatMap {
    var plot = HeatMap(labels: ["math", "passed"], values: [1, -0.432, -0.432, 1])
    plot.notes = ["", "-.61, -.20", "-.61, -.20", ""]
    return plot
  }

  static var bar: ProgressBar {
    var bar = ProgressBar(0.43, label: "43%")
    bar.boundary = 0.25
    return bar
  }

  static var spark: Sparkline { Sparkline(trace.series[0].values) }

  static var legend: Legend {
    Legend((1...4).map { ("chain \($0)", .chain(number: $0)) })
  }

  static var table: Table {
    var table = Table(
      columns: [
        TableColumn("parameter", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("mean"), TableColumn("sd", rank: 2), TableColumn("R-hat", rank: 0),
        TableColumn("ESS bulk"), TableColumn("ESS tail", rank: 3),
      ], rowCount: 12
    ) { row in
      [
        StyledText("b_math_score_predictor\(row)"),
        StyledText(Format.fixed(Double(row) * 1.37 - 3, decimals: 2)), StyledText("0.12"),
        StyledText("1.0\(row)", Style(.bad)), StyledText("\(400 + row * 13)"),
        StyledText("\(300 + row * 7)"),
      ]
    }
    table.selected = 3
    table.sortColumn = 3
    table.sortsDescending = true
    table.firstRow = 2
    return table
  }

  static var countBars: CountBarPlot {
    let observed = [30.0, 14, 9, 8, 4, 2, 1, 0]
    let expected = [21.0, 18, 12, 7, 4, 2, 1, 0.5]
    return CountBarPlot(
      zip(observed, expected).map { (count: Double, mean: Double) -> CountBar in
        let half = 1.64 * mean.squareRoot()
        let isOutside = abs(count - mean) > half
        return CountBar(
          top: count, expected: mean, interval: max(0, mean - half)...(mean + half),
          role: isOutside ? .bad : .chain(1))
      })
  }

  static var hangingBars: CountBarPlot {
    var plot = CountBarPlot(
      countBars.bars.map { bar in
        CountBar(
          base: bar.expected.squareRoot() - bar.top.squareRoot(), top: bar.expected.squareRoot(),
          expected: bar.expected.squareRoot())
      }, first: 0, width: 5)
    plot.xName = "count"
    return plot
  }

  static var bands: IntervalBandPlot {
    IntervalBandPlot(
      (0..<12).map { (index: Int) -> PredictedPoint in
        let x = Double(index)
        let middle = 10 + 2 * x
        return PredictedPoint(
          x: x, observed: middle + (index % 5 == 3 ? 6 : Double(index % 3) - 1), predicted: middle,
          inner: (middle - 1.3)...(middle + 1.3), outer: (middle - 3)...(middle + 3))
      })
  }

  static var relativeBands: IntervalBandPlot {
    var plot = bands
    plot.isRelative = true
    plot.xName = "x"
    return plot
  }

  /// One of each, for what must hold for all.
  static var all: [(name: String, plot: any Drawable)] {
    [
      ("trace", trace), ("logLine", logLine), ("growth", growth), ("density", density),
      ("histogram", histogram), ("stems", stems), ("layers", layers), ("ranks", ranks),
      ("parallel", parallel), ("multiples", multiples), ("quantiles", quantiles),
      ("scatter", scatter),
      ("intervals", intervals), ("heat", heat), ("longHeat", longHeat), ("notedHeat", notedHeat),
      ("bar", bar), ("countBars", countBars), ("hangingBars", hangingBars), ("bands", bands),
      ("relativeBands", relativeBands), ("spark", spark), ("legend", legend), ("table", table),
    ]
  }
}
