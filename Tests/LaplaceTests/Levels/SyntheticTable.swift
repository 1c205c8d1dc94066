// Small tables for which answers are known on paper.

import Tables

enum SyntheticTable {
  /// One binary value in each of `levels` groups.
  static func binary(levels: Int) throws -> Table {
    try table("g,y\n" + (0..<levels).map { "g\($0),\($0 % 3 == 0 ? 0 : 1)\n" }.joined())
  }

  /// `each` values in each of `levels` groups, and the groups' means.
  static func balanced(levels: Int, each: Int) throws -> (Table, [Double]) {
    var text = "g,y\n"
    var means: [Double] = []
    for level in 0..<levels {
      var sum = 0.0
      for row in 0..<each {
        let y = Double((level * 37 + row * row * 11 + level * row * 5) % 23) / 4
        sum += y
        text += "g\(level),\(y)\n"
      }
      means.append(sum / Double(each))
    }
    return (try table(text), means)
  }

  /// Four groups, of which only the third has values of x other than 0.
  static func oneInformativeLevel() throws -> Table {
    var text = "g,x,y\n"
    for level in 0..<4 {
      for row in 0..<4 {
        text += "g\(level),\(level == 2 ? row : 0),\(Double((level * 7 + row * 3) % 5))\n"
      }
    }
    return try table(text)
  }

  private static func table(_ text: String) throws -> Table {
    let bytes = Array(text.utf8)
    return try DelimitedFile.parse(bytes.span, file: "table.csv")
  }
}
