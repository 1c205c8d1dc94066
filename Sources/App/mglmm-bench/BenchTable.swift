// A table of measurements: aligned plain text for people, objects by column for programs.

import RunFolder

/// One cell of a table.
enum Cell {
  case text(String)
  /// A count, shown whole.
  case count(Int)
  /// A measurement, shown with three significant digits; not finite is shown as "-".
  case number(Double)
  /// Why there is no number.
  case absent(String)

  /// The cell as people see it.
  var text: String {
    switch self {
    case .text(let text), .absent(let text): text
    case .count(let count): String(count)
    case .number(let value): NumberText.brief(value)
    }
  }

  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .count(let count): .integer(count)
    case .number(let value): .number(value)
    case .absent: .null
    }
  }

  var isText: Bool {
    if case .text = self { true } else { false }
  }
}

/// A titled table with remarks below it.
struct BenchTable {
  let title: String
  let columns: [String]
  var rows: [[Cell]] = []
  var remarks: [String] = []

  init(_ title: String, columns: [String]) {
    self.title = title
    self.columns = columns
  }

  /// The table with its columns aligned: text to the left, numbers to the right.
  var text: String {
    let cells = rows.map { $0.map(\.text) }
    let widths = columns.indices.map { column in
      ([columns[column]] + cells.map { $0[column] }).map(\.count).max() ?? 0
    }
    let isLeft = columns.indices.map { column in rows.first?[column].isText ?? false }
    func line(_ parts: [String]) -> String {
      var line = ""
      for (column, part) in parts.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - part.count)
        line += (column > 0 ? "  " : "") + (isLeft[column] ? part + blanks : blanks + part)
      }
      while line.last == " " { line.removeLast() }
      return line
    }
    let rule = String(repeating: "-", count: widths.reduce(0, +) + 2 * (widths.count - 1))
    return ([title, line(columns), rule] + cells.map(line) + remarks.map { "  " + $0 })
      .joined(separator: "\n") + "\n"
  }

  /// The table as a title, rows by column name, and remarks.
  var json: JSONValue {
    .object([
      JSONMember("title", .string(title)),
      JSONMember(
        "rows",
        .array(
          rows.map { row in
            .object(zip(columns, row).map { JSONMember($0, $1.json) })
          })),
      JSONMember("remarks", .array(remarks.map { .string($0) })),
    ])
  }
}

/// Numbers for people.
enum NumberText {
  /// Three significant digits without an exponent.
  static func brief(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    let size = abs(value)
    if size == 0 { return "0" }
    return if size >= 100 {
      String(Int(value.rounded()))
    } else if size >= 10 {
      fixed(value, decimals: 1)
    } else if size >= 1 {
      fixed(value, decimals: 2)
    } else if size >= 0.1 {
      fixed(value, decimals: 3)
    } else {
      fixed(value, decimals: size >= 0.01 ? 4 : 5)
    }
  }

  /// A given number of decimals, at most nine.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((abs(value) * Double(scale)).rounded())
    let digits = String(scaled % scale)
    let zeros = String(repeating: "0", count: decimals - digits.count)
    let sign = value < 0 && scaled != 0 ? "-" : ""
    return sign + String(scaled / scale) + (decimals > 0 ? "." + zeros + digits : "")
  }
}
