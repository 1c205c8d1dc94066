// Tables as CSV: text that the reader, R and every spreadsheet read back as the same table.

/// Writes tables as delimited text, quoted as RFC 4180 has it, with LF at the end of each row.
///
/// Numbers have the fewest digits that read back as the same double, missing values are `NA`, and text is
/// quoted where it would be read as something else: a delimiter, a quote, a line break, blanks at its
/// ends, or a mark of a missing value. A factor's levels of digits are written plainly, so the reader
/// needs to be told that they are a factor, as it does for any file.
package struct DelimitedWriter: Sendable {
  /// The byte between fields.
  package let delimiter: UInt8

  /// A writer; the delimiter is a comma unless another is given.
  package init(delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// Writes the table to the file at `path`.
  package func write(
    _ table: Table, to path: String, placement: OutputFile.Placement = .atomic
  ) throws(WriteError) {
    try OutputFile.write(text(of: table).bytes, to: path, placement: placement)
  }

  /// The table as text, the header first.
  package func text(of table: Table) -> TextBuilder {
    var builder = TextBuilder()
    for (index, name) in table.names.enumerated() {
      if index > 0 { builder.append(byte: delimiter) }
      builder.append(contentsOf: headerField(name))
    }
    builder.append(byte: Ascii.newline)

    let columns = table.names.compactMap { name in table[name].map(WritableColumn.init) }
    let levels = columns.map { column in column.levels.map { field($0) } }
    for row in 0..<table.rowCount {
      for (index, column) in columns.enumerated() {
        if index > 0 { builder.append(byte: delimiter) }
        if let values = column.values {
          append(values[row], to: &builder)
        } else if column.codes[row] < 0 {
          builder.append("NA" as StaticString)
        } else {
          builder.append(contentsOf: levels[index][Int(column.codes[row])])
        }
      }
      builder.append(byte: Ascii.newline)
    }
    return builder
  }

  /// A column in the form the rows are written from.
  private struct WritableColumn {
    var values: [Double]?
    var codes: [Int32] = []
    var levels: [String] = []

    init(_ column: Column) {
      switch column {
      case .numeric(let values): self.values = values
      case .factor(let factor): (codes, levels) = (factor.codes, factor.levels)
      }
    }
  }

  private func append(_ value: Double, to builder: inout TextBuilder) {
    if value.isFinite {
      builder.append(value)
    } else if value.isNaN {
      builder.append("NA" as StaticString)
    } else {
      builder.append(value < 0 ? "-Inf" : "Inf" as StaticString)
    }
  }

  /// A name of a column; quoted also where a first line of numbers would seem to lack a header.
  private func headerField(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    let isNumber = NumberReading(bytes.span, from: 0, to: bytes.count) != .text
    return isNumber ? quoted(bytes) : field(name)
  }

  private func field(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let isBlank = { (byte: UInt8?) in byte == Ascii.space || byte == Ascii.tab }
    let needsQuotes =
      isMissingMark(bytes[...]) || isBlank(bytes.first) || isBlank(bytes.last)
      || bytes.contains {
        $0 == delimiter || $0 == Ascii.quote || $0 == Ascii.newline || $0 == Ascii.carriageReturn
      }
    return needsQuotes ? quoted(bytes) : bytes
  }

  private func quoted(_ bytes: [UInt8]) -> [UInt8] {
    var result = [Ascii.quote]
    for byte in bytes {
      if byte == Ascii.quote { result.append(byte) }
      result.append(byte)
    }
    result.append(Ascii.quote)
    return result
  }
}
