// Dots: where they are, whose colour they have, and what a trace keeps of many draws.

import Glibc
import TerminalCore
import Testing

@testable import Plots

@Suite("Dots make cells")
struct DotCanvasTests {
  @Test("each at its place in braille, quadrants and ASCII")
  func places() {
    for (charset, glyphs) in [
      (Charset.braille, ["⠁", "⠈", "⠂", "⠐", "⠄", "⠠", "⡀", "⢀"]), (.block, ["▘", "▝", "▖", "▗"]),
      (.ascii, ["'", "."]),
    ] {
      var seen: [String] = []
      for y in 0..<charset.dots.rows {
        for x in 0..<charset.dots.columns {
          var canvas = DotCanvas(size: Size(columns: 1, rows: 1), charset: charset)
          canvas.set(x: x, y: y, .plain)
          seen.append(text(of: canvas, charset))
        }
      }
      #expect(seen == glyphs)
    }
  }

  private func text(of canvas: DotCanvas, _ charset: Charset) -> String {
    var buffer = CellBuffer(size: canvas.size, charset: charset)
    canvas.draw(into: &buffer, at: .zero)
    return buffer.asText()
  }

  @Test("and lines, also from far outside")
  func lines() {
    var canvas = DotCanvas(size: Size(columns: 6, rows: 3), charset: .braille)
    canvas.line(from: (0, 11), to: (11, 0), .plain)
    canvas.line(from: (-1e9, -1e9), to: (1e9, 1e9), .plain)
    canvas.line(from: (50, 0), to: (60, 5), .plain)
    canvas.line(from: (.nan, 0), to: (3, 3), .plain)
    #expect(
      text(of: canvas, .braille) == """
        ⠑⢄  ⡠⠊
          ⡱⢎
        ⡠⠊  ⠑⢄
        """)
  }

  @Test("The last series drawn has the cell to itself")
  func occludes() {
    var canvas = DotCanvas(size: Size(columns: 1, rows: 1), charset: .braille)
    canvas.setColumn(x: 0, from: -5, to: 99, Style(.chain(1)))
    canvas.set(x: 1, y: 0, Style(.chain(2)))
    var buffer = CellBuffer(size: canvas.size)
    buffer.fill(buffer.bounds, with: .blank(Style(.text, on: .warmup)))
    canvas.draw(into: &buffer, at: .zero)
    #expect(buffer[.zero] == Cell("⠈", Style(.chain(2), on: .warmup)))
  }
}

@Suite("A trace loses nothing of many draws")
struct TraceDecimationTests {
  @Test("Every column of dots reaches from its least to its largest draw", arguments: 1...8)
  func extremes(seed: Int) {
    var values = uniform(20_000, seed: UInt64(seed))
    values[7777] = 3  // one excursion among twenty thousand must be seen
    var plot = TracePlot([TraceSeries(values, role: .chain(1))])
    plot.showsAxes = false
    let size = Size(columns: 30, rows: 10)
    var buffer = CellBuffer(size: size)
    buffer.draw(plot, in: buffer.bounds)
    // The slow twin: every draw as a dot of its own.
    let scale = Scale(covering: values)
    var naive = DotCanvas(size: size, charset: .braille)
    for (index, value) in values.enumerated() {
      let x = Double(index) / Double(values.count - 1) * Double(naive.dots.columns - 1)
      let y = (1 - (scale.position(of: value) ?? 0)) * Double(naive.dots.rows - 1)
      naive.set(x: Int(x.rounded()), y: Int(y.rounded()), Style(.chain(1)))
    }
    for row in 0..<size.rows {
      for column in 0..<size.columns where !naive.isEmpty(column: column, row: row) {
        #expect(buffer[Point(column: column, row: row)]?.scalar != " ")
      }
    }
    #expect((0..<30).contains { buffer[Point(column: $0, row: 0)]?.scalar != " " })
  }

  @Test("Warm-up is dimmed, on its own ground, named, and out of the scale")
  func warmup() {
    var plot = Examples.trace
    #expect(plot.valueScale.upper < 1.1)
    plot.scalesToWarmup = true
    #expect(plot.valueScale.upper > 2)
    var buffer = CellBuffer(size: Size(columns: 60, rows: 12))
    buffer.draw(Examples.trace, in: buffer.bounds)
    let area = Examples.trace.axes.dataArea(in: Rect(buffer.fullSize))
    for column in area.column..<area.endColumn {
      for row in area.row..<area.endRow {
        guard let style = buffer[Point(column: column, row: row)]?.style else { continue }
        let isWarmup = column - area.column < 14
        #expect((style.background == .warmup) == isWarmup, "column \(column)")
        if case .chain = style.foreground {
          #expect(style.attributes.contains(.dim) == isWarmup || column - area.column == 13)
        }
      }
    }
    #expect(buffer.asText().contains("warm-up"))
    plot.showsWarmup = false
    #expect(plot.shownWindow == 100..<400)
    #expect(!drawing(plot, 60, 12).contains("warm-up"))
  }

  @Test("A window shows only its draws")
  func window() {
    var plot = Examples.trace
    plot.window = 150..<90_000
    #expect(plot.shownWindow == 150..<400)
    plot.plannedLength = 1000
    #expect(plot.shownWindow == 150..<1000)
    plot.window = 5000..<6000
    #expect(plot.shownWindow.isEmpty)
    #expect(drawing(plot, 20, 3).contains("no draws yet"))
  }
}

@Suite("A density is the mean of its kernels")
struct KernelDensityTests {
  @Test("as the sum over all values says, and has area one")
  func agreesWithSum() {
    let values = uniform(400, seed: 2).map { $0 * $0 * 4 }
    let scale = Scale(covering: values, margin: 0.6)
    let points = 512
    let fast = kernelDensity(of: values, on: scale, points: points)
    let sorted = values.sorted()
    let mean = values.reduce(0, +) / 400
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399).squareRoot()
    func quartile(_ place: Double) -> Double {
      let below = Int(place)
      return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
    }
    let spread = (quartile(0.75 * 399) - quartile(0.25 * 399)) / 1.34
    let width = 0.9 * min(deviation, spread) * pow(400, -0.2)
    let highest = fast.max() ?? 0
    for (index, density) in fast.enumerated() {
      let x = scale.value(at: Double(index) / Double(points - 1))
      let exact =
        values.reduce(0.0) { sum, value in
          let z = (x - value) / width
          return sum + exp(-z * z / 2)
        } / (400 * width * (2 * Double.pi).squareRoot())
      // Linear binning errs by the square of the bin over that of the bandwidth.
      #expect(abs(density - exact) < 0.005 * highest)
    }
    let area = fast.reduce(0, +) * (scale.upper - scale.lower) / Double(points - 1)
    #expect(abs(area - 1) < 0.01)
  }
}

@Suite("Tables show what there is room for")
struct TableTests {
  @Test("The view moves as little as it can")
  func scrolls() {
    #expect(Table.firstRow(showing: 5, from: 0, visible: 4, of: 100) == 2)
    #expect(Table.firstRow(showing: 1, from: 2, visible: 4, of: 100) == 1)
    #expect(Table.firstRow(showing: 4, from: 2, visible: 4, of: 100) == 2)
    #expect(Table.firstRow(showing: 0, from: 99, visible: 4, of: 3) == 0)
    #expect(Table.firstRow(showing: 99, from: 0, visible: 4, of: 100) == 96)
  }

  @Test("Only rows in view are asked for")
  func lazy() {
    var asked: [Int] = []
    var table = Table(columns: [TableColumn("x")], rowCount: 1_000_000) { row in
      asked.append(row)
      return [StyledText("\(row)")]
    }
    table.firstRow = 500
    #expect(drawing(table, 10, 3) == "  x\n500\n501")
    #expect(asked == [500, 501])
  }

  @Test("A selected row keeps its judgements' colours and loses none of its width")
  func selection() {
    var buffer = CellBuffer(size: Size(columns: 44, rows: 6))
    buffer.draw(Examples.table, in: buffer.bounds)
    let map = buffer.asMap { style in
      style.background == .selectionBackground ? (style.foreground == .bad ? "B" : "s") : "."
    }
    let row = map.split(separator: "\n")[2]
    #expect(row.count == 44 && row.allSatisfy { $0 != "." })
    #expect(row.filter { $0 == "B" }.count == 4)
    #expect(map.filter { $0 == "s" || $0 == "B" }.count == 44)
  }

  @Test("A heat map colours by the value")
  func heat() {
    var buffer = CellBuffer(size: Size(columns: 40, rows: 6))
    buffer.draw(Examples.heat, in: buffer.bounds)
    var found: Set<ThemeRole> = []
    for cell in buffer.cells {
      if case .correlationStep = cell.style.background { found.insert(cell.style.background) }
    }
    #expect(found == [.correlation(1), .correlation(-0.43), .correlation(0.2)])
  }
}
