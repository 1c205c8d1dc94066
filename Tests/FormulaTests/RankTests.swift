// Detection and naming of columns whose effects cannot be told apart.

import Tables
import Testing

@testable import Formula

@Suite("A rank-deficient design is refused by name, with the mend")
struct RankTests {
  private func aliased(_ columns: [[Double]]) -> [AliasedColumn] {
    aliasedColumns(
      of: columns.flatMap { $0 }, rowCount: columns[0].count, columnCount: columns.count)
  }

  @Test("a combination names the columns that it combines")
  func combination() {
    let one = [1.0, 1, 1, 1, 1], x = [1.0, 2, 3, 4, 7], z = [2.0, 0, 1, 5, 3]
    let sum = x.indices.map { 2 * x[$0] - z[$0] }
    #expect(aliased([one, x, z]).isEmpty)
    #expect(
      aliased([one, x, sum, z]) == [AliasedColumn(column: 3, combination: [1, 2])])
    #expect(
      aliased([one, [3, 3, 3, 3, 3], x, [0, 0, 0, 0, 0]]) == [
        AliasedColumn(column: 1, combination: [0]), AliasedColumn(column: 3, combination: []),
      ])
    #expect(
      aliased([[1, 1], [1, 2], [4, 5]]) == [AliasedColumn(column: 2, combination: [0, 1])])
  }

  @Test("the boundary is a relative length of 1e-7, at any scale of the columns")
  func tolerance() {
    let one = [Double](repeating: 1, count: 1000)
    for scale in [1e-200, 1, 1e200] {
      let near = (0..<1000).map { scale * (1 + ($0 % 2 == 0 ? 3e-7 : -3e-7)) }
      let nearer = (0..<1000).map { scale * (1 + ($0 % 2 == 0 ? 3e-8 : -3e-8)) }
      #expect(aliased([one, near]).isEmpty)
      #expect(aliased([one, nearer]).map(\.column) == [1])
    }
  }

  @Test("the triangle by blocks of rows is that of the plain sum of squares")
  func triangle() {
    // R'R = X'X with each column divided by its largest element; 1300 rows make three blocks.
    let n = 1300
    func element(_ row: Int, _ column: Int) -> Double {
      let residue = (row * (2 * column + 3) + column) % 17
      return Double(residue) - 5
    }
    let columns: [[Double]] = (0..<4).map { j in (0..<n).map { element($0, j) } }
    // The largest element of each is 11.
    let r = triangularFactor(of: columns.flatMap { $0 }, rowCount: n, columnCount: 4)
    for a in 0..<4 {
      for b in 0...a {
        var plain = 0.0
        for row in 0..<n { plain += columns[a][row] * columns[b][row] / 121 }
        var product = 0.0
        for k in 0..<4 { product += r[a * 4 + k] * r[b * 4 + k] }
        #expect(abs(plain - product) < 1e-10)
        if a > b { #expect(r[b * 4 + a] == 0) }
      }
    }
  }

  @Test("a constant, a repeated column, an empty cell and too few rows have their own words")
  func words() {
    let table = Table(
      rowCount: 6,
      columns: [
        ("y", .numeric([1, 2, 4, 3, 5, 6])), ("x", .numeric([1, 2, 3, 4, 5, 7])),
        ("k", .numeric([3, 3, 3, 3, 3, 3])), ("x2", .numeric([3, 5, 7, 9, 11, 15])),
        ("f", categories(["a", "a", "a", "b", "b", "b"])),
        ("g", categories(["u", "u", "v", "v", "v", "v"])),
        ("h", categories(["t", "t", "t", "t", "t", "t"])),
      ])
    func printed(_ formula: String) -> String {
      complaint { try modelFrame(formula, table: table) }
    }
    #expect(
      printed("y ~ x + k") == """
        the column 'k' is the same in every row used, so its effect cannot be told from the intercept; leave out 'k'
          y ~ x + k
                  ^
        """)
    #expect(
      printed("y ~ x + log(x) + x2") == """
        the column 'x2' is a combination of '(Intercept)' and 'x', so their effects cannot be told apart; leave out one of them
          y ~ x + log(x) + x2
                           ^~
        """)
    #expect(
      printed("y ~ f*g") == """
        the column 'fb:gv' is a combination of 'fb', so their effects cannot be told apart; leave out one of them
          y ~ f*g
              ^~~
        """)
    #expect(
      printed("y ~ 0 + f:g") == """
        the column 'fb:gu' is zero in every row used: the data have no such combination; leave out 'f:g' or join levels
          y ~ 0 + f:g
                  ^~~
        """)
    #expect(
      printed("y ~ x + h") == """
        'h' has one level, 't', in the rows used: it cannot have an effect; leave it out
          y ~ x + h
                  ^
        """)
    #expect(printed("y ~ poly(x, 5) + f + g").contains("; there are 8 columns for 6 rows"))
    #expect(
      printed("mvbind(y, x2) ~ f + k").contains("leave out 'k' (for the outcome 'y')"))
  }

  @Test("a grouping variable among the fixed effects is stopped before it fills the memory")
  func manyLevels() {
    let count = 3000
    let table = Table(
      rowCount: count,
      columns: [
        ("y", .numeric((0..<count).map(Double.init))),
        ("id", categories((0..<count).map { "s\($0)" })),
      ])
    #expect(
      complaint { try modelFrame("y ~ id", table: table) } == """
        'id' makes more than 2000 columns; effects of the levels of a grouping factor g are written (1 | g)
          y ~ id
              ^~
        """)
  }
}
