// Columns and names of design matrices against R's model.matrix.

import Foundation
import Tables
import Testing

@testable import Formula

@Suite("A design matrix has the columns, names and values of R's model.matrix")
struct ModelMatrixTests {
  @Test("for 495 formulas, by hand and at random")
  func againstR() throws {
    let file = try #require(
      Bundle.module.url(forResource: "model-matrix", withExtension: "tsv", subdirectory: "Golden"))
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 495)
    let table = crossedTable()
    for line in lines {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      let names = stride(from: 1, to: fields.count, by: 2).map { fields[$0] }
      let sums = stride(from: 2, to: fields.count, by: 2).compactMap { Double(fields[$0]) }
      let columns = try self.columns(fields[0], table)
      #expect(columns.map(\.name) == names, "\(fields[0])")
      guard columns.count == sums.count else { continue }
      for (column, expected) in zip(columns, sums) {
        let sum = column.values.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
        // R prints 15 digits; sums over 36 rows cancel a few of them.
        #expect(
          abs(sum - expected) <= 1e-11 * max(1, abs(expected)), "\(fields[0]): \(column.name)")
      }
    }
  }

  private func columns(_ text: String, _ table: Table) throws -> [DesignMatrix.Column] {
    let formula = try ModelFormula.parse(["y ~ " + text])
    let fixed = formula.outcomes[0].predictors[0].fixed
    var evaluator = Evaluator(table: table)
    let variables = try fixed.variables.map { try evaluator.variable($0) }
    return try DesignMatrix(fixed, variables: variables, rows: Array(0..<table.rowCount)).columns
  }

  @Test("a factor in an interaction without its margin is coded by all its levels")
  func marginality() throws {
    let table = Table(
      rowCount: 4,
      columns: [
        ("y", .numeric([1, 2, 3, 5])), ("f", categories(["u", "u", "v", "v"])),
        ("x", .numeric([1, 2, 3, 4])),
      ])
    let crossed = try modelFrame("y ~ f:x", table: table)
    #expect(crossed.outcomes[0].predictors[0].columnNames == ["(Intercept)", "fu:x", "fv:x"])
    #expect(rows(crossed) == [[1, 1, 0], [1, 2, 0], [1, 0, 3], [1, 0, 4]])
    let nested = try modelFrame("y ~ 0 + f/x", table: table)
    #expect(nested.outcomes[0].predictors[0].columnNames == ["fu", "fv", "fu:x", "fv:x"])
    #expect(rows(nested) == [[1, 0, 1, 0], [1, 0, 2, 0], [0, 1, 0, 3], [0, 1, 0, 4]])
    // R codes f by both levels here and so repeats x; contrasts say the same with full rank.
    let slopes = try modelFrame("y ~ 0 + x + x:f", table: table)
    #expect(slopes.outcomes[0].predictors[0].columnNames == ["x", "x:fv"])
  }

  @Test("names with spaces stand in backticks, as in R")
  func backticks() throws {
    let table = Table(
      rowCount: 3, columns: [("y", .numeric([1, 2, 4])), ("my x", .numeric([1, 0, 2]))])
    let frame = try modelFrame("y ~ `my x`", table: table)
    #expect(frame.outcomes[0].predictors[0].columnNames == ["(Intercept)", "`my x`"])
  }

  @Test("orthogonal polynomials are R's poly(), values to 1e-12")
  func polynomials() {
    // print(poly(c(1, 2, 4, 7, 11, 16.5, 3), 4), digits = 17) in R 4.2.2; the middle row is missing here.
    let expected: [[Double]] = [
      [
        -0.389307151487180425, -0.316636483209573161, -0.171295146654359326, 0.046716858178461614,
        0.337399531288889609, 0.737088206815727953, -0.243965814931966340,
      ],
      [
        0.444127808244764777, 0.199778367603981710, -0.185943175058460058, -0.507082142504312383,
        -0.454706518876202503, 0.514070954087321508, -0.010245293497093149,
      ],
      [
        -0.4874964043827412219, -0.0073900543738545802, 0.4315402804100910150,
        0.1963826902320467416, -0.6380986376870405596, 0.2152100145939785658,
        0.2898521112075203021,
      ],
      [
        0.398820524992984149, -0.254078978616197715, -0.171448330417002831, 0.693939374670388798,
        -0.353347750509422576, 0.056743326457822187, -0.370628166578572282,
      ],
    ]
    let columns = orthogonalPolynomials(of: [1, 2, 4, .nan, 7, 11, 16.5, 3], degree: 4)
    for (column, expected) in zip(columns, expected) {
      #expect(column[3].isNaN)
      let present = column.filter { !$0.isNaN }
      #expect(zip(present, expected).map { abs($0 - $1) }.max() ?? 1 < 1e-12)
    }
  }

  @Test("a variable is calculated on all rows, before rows are dropped")
  func scaledBeforeDropping() throws {
    let table = Table(
      rowCount: 4,
      columns: [("y", .numeric([1, 5, .nan, 2])), ("x", .numeric([1, 2, 3, 6]))])
    // mean 3, sd sqrt(14/3)
    let sd = (14.0 / 3).squareRoot()
    let scaled = rows(try modelFrame("y ~ 0 + scale(x)", table: table)).map { $0[0] }
    #expect(zip(scaled, [-2 / sd, -1 / sd, 3 / sd]).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
