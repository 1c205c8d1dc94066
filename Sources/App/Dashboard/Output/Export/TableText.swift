// The numbers of a pane as CSV.

import Panes
import Tables

/// Tables as CSV.
package enum TableText {
  /// A table as RFC 4180 has it, with LF at the end of each row: numbers in the fewest digits that read
  /// back as the same, what is missing empty, text without control characters.
  package static func csv(_ table: PaneTable) -> String {
    var builder = TextBuilder()
    for (place, name) in table.columns.enumerated() {
      if place > 0 { builder.append(byte: comma) }
      append(name, to: &builder)
    }
    builder.append(byte: newline)
    for row in table.rows {
      for (place, value) in row.enumerated() {
        if place > 0 { builder.append(byte: comma) }
        append(value, to: &builder)
      }
      builder.append(byte: newline)
    }
    return builder.string
  }

  /// One row with the names of its columns, a line for each, for the clipboard.
  static func row(_ row: [PaneTable.Value], of table: PaneTable) -> String {
    zip(table.columns, row).map { name, value in
      var builder = TextBuilder()
      append(value, to: &builder)
      return "\(name)\t\(builder.string)"
    }.joined(separator: "\n") + "\n"
  }

  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")
  /// Longer than any name or sentence of a run.
  private static let longestText = 10_000

  private static func append(_ value: PaneTable.Value, to builder: inout TextBuilder) {
    switch value {
    case .missing: break
    case .number(let number) where number.isNaN: break
    case .number(let number) where number.isInfinite: builder.append(number < 0 ? "-Inf" : "Inf")
    case .number(let number): builder.append(number)
    case .text(let text): append(text, to: &builder)
    }
  }

  /// A text; quoted where it holds what ends a field, blanks at its ends, or nothing at all.
  private static func append(_ text: String, to builder: inout TextBuilder) {
    let clean = SanitizedText.clean(text, limit: longestText)
    let needsQuotes =
      clean.isEmpty || clean.first == " " || clean.last == " "
      || clean.utf8.contains { $0 == comma || $0 == quote }
    guard needsQuotes else { return builder.append(clean) }
    builder.append(byte: quote)
    for byte in clean.utf8 {
      if byte == quote { builder.append(byte: quote) }
      builder.append(byte: byte)
    }
    builder.append(byte: quote)
  }
}
