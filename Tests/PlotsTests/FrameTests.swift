// From a cell to the values drawn in it, and back.

import TerminalCore
import Testing

@testable import Plots

@Suite("A cell of a plot is found from a value, and a value from a cell")
struct FrameTests {
  private struct Case {
    var frame: PlotFrame
    var axes: Axes
    var area: Rect
    var charset: Charset
  }

  /// Scales from 1e-6 to 1e6 wide, areas of all sizes.
  private func cases(_ count: Int) -> [Case] {
    (1...count).map { index in
      let dice = uniform(8, seed: UInt64(index))
      let isLogarithmic = dice[0] < 0.3
      var width = 1.0
      for _ in 0..<Int(dice[1] * 12) { width *= dice[2] < 0.5 ? 10 : 0.1 }
      let start = isLogarithmic ? width * (0.01 + dice[3]) : (dice[3] - 0.5) * width * 10
      func scale(_ share: Double) -> Scale {
        Scale(
          from: start, to: start + width * (0.1 + share), isLogarithmic ? .logarithmic : .linear)
      }
      let axes = Axes(x: Axis(scale(dice[4])), y: Axis(scale(dice[5])))
      let charset = Charset.allCases[index % 3]
      let area = Rect(
        column: index % 5, row: index % 3, columns: 1 + Int(dice[6] * 90),
        rows: 1 + Int(dice[7] * 40))
      return Case(
        frame: axes.frame(in: area, charset: charset), axes: axes, area: area, charset: charset)
    }
  }

  @Test("the value in the middle of a cell lies in that cell")
  func inversion() {
    for item in cases(300) {
      let frame = item.frame
      for column in frame.area.column..<frame.area.endColumn {
        #expect(frame.column(of: frame.xValue(at: column)) == column, "\(frame)")
        #expect(frame.nearestColumn(of: frame.xValue(at: column)) == column)
        #expect(frame.xValues(in: column).contains(frame.xValue(at: column)))
      }
      for row in frame.area.row..<frame.area.endRow {
        #expect(frame.row(of: frame.yValue(at: row)) == row, "\(frame)")
        #expect(frame.yValues(in: row).contains(frame.yValue(at: row)))
      }
    }
  }

  @Test("neighbouring columns share the edge between them and cover the scale")
  func tiling() throws {
    for item in cases(100) where item.frame.area.columns > 1 && item.frame.area.rows > 1 {
      let (frame, area) = (item.frame, item.frame.area)
      for column in area.column..<area.endColumn - 1 {
        let (left, right) = (frame.xValues(in: column), frame.xValues(in: column + 1))
        #expect(abs(left.upperBound - right.lowerBound) < 1e-9 * max(1, abs(left.upperBound)))
      }
      #expect(frame.xValues(in: area.column).lowerBound <= frame.x.lower)
      #expect(frame.xValues(in: area.endColumn - 1).upperBound >= frame.x.upper)
      #expect(frame.yValues(in: area.row).upperBound >= frame.y.upper)
      #expect(frame.yValues(in: area.endRow - 1).lowerBound <= frame.y.lower)
    }
  }

  @Test("the frame is where the plot draws: a point's dot stands in the cell that is found for it")
  func drawn() throws {
    for (index, item) in cases(200).enumerated() {
      let dice = uniform(2, seed: UInt64(1000 + index))
      let frame = item.frame
      let (x, y) = (frame.x.value(at: dice[0]), frame.y.value(at: dice[1]))
      var buffer = CellBuffer(size: Size(columns: 110, rows: 50), charset: item.charset)
      var region = item.axes.draw(into: &buffer, in: item.area)
      #expect(region.area == frame.area)
      buffer.clear()
      region.point(x, y, Style(.bad))
      region.finish(into: &buffer)
      let column = try #require(frame.column(of: x))
      let row = try #require(frame.row(of: y))
      #expect(buffer[Point(column: column, row: row)]?.style.foreground == .bad, "\(frame)")
    }
  }

  @Test("what is outside has no cell, and the nearest is at the edge")
  func outside() {
    let axes = Axes(x: Axis(Scale(from: 1, to: 2)), y: Axis(Scale(from: 1, to: 2)))
    let frame = axes.frame(in: Rect(Size(columns: 40, rows: 10)), charset: .braille)
    #expect(frame.column(of: 0.9) == nil && frame.column(of: 2.1) == nil)
    #expect(frame.row(of: .nan) == nil && frame.column(of: .infinity) == nil)
    #expect(frame.nearestColumn(of: 0.9) == frame.area.column)
    #expect(frame.nearestColumn(of: 9) == frame.area.endColumn - 1)
    #expect(frame.xValue(at: -5) == frame.xValue(at: frame.area.column))
  }

  @Test("a table tells which row and which title is at a point")
  func table() {
    var table = Table(
      columns: [TableColumn("name", alignment: .left, rank: 0), TableColumn("value")],
      rows: (1...9).map { [StyledText("row \($0)"), StyledText("\($0)")] })
    table.firstRow = 3
    let area = Rect(column: 2, row: 1, columns: 30, rows: 5)
    func point(_ column: Int, _ row: Int) -> Point { Point(column: column, row: row) }
    #expect(table.row(at: point(4, 2), in: area) == 3)
    #expect(table.row(at: point(4, 5), in: area) == 6)
    #expect(table.row(at: point(4, 6), in: area) == nil)
    #expect(table.row(at: point(4, 1), in: area) == nil, "the header is no row")
    #expect(table.header(at: point(3, 1), in: area, charset: .braille) == 0)
    #expect(table.header(at: point(12, 1), in: area, charset: .braille) == 1)
    #expect(table.header(at: point(31, 1), in: area, charset: .braille) == nil)
    #expect(table.header(at: point(3, 2), in: area, charset: .braille) == nil)
  }
}
