// The rows of a delimited file into columns: one pass, and a second one for columns that turn out to be text.

/// Reads the rows below a header.
struct TableReader {
  let header: Header
  let options: DelimitedFile.Options

  init(header: Header, options: DelimitedFile.Options) {
    self.header = header
    self.options = options
  }

  /// The table of all rows.
  func table(from bytes: Span<UInt8>) throws(Fault) -> Table {
    let rowGuess = guessRowCount(of: bytes)
    var builders = header.names.map { name in
      let isKept = options.columns?.contains(name) ?? true
      let isFactor = options.factors.contains(name) || options.levels[name] != nil
      return ColumnBuilder(isKept ? isFactor ? .texts : .numbers : .skipped, rows: rowGuess)
    }
    let rowCount = try readRows(of: bytes, into: &builders)
    guard rowCount > 0 else {
      throw Fault(
        offset: bytes.count, message: "there are names of columns but no rows; add the data")
    }

    var columns: [Column?] = []
    for (index, builder) in builders.enumerated() {
      columns.append(try column(index, from: builder))
    }
    // A column that began with numbers and is text after all is read again, from its first row.
    let refused = builders.indices.filter { builders[$0].mode == .refused }
    if !refused.isEmpty {
      for index in builders.indices {
        builders[index] = ColumnBuilder(
          refused.contains(index) ? .texts : .skipped, rows: rowCount)
      }
      _ = try readRows(of: bytes, into: &builders)
      for index in refused { columns[index] = try column(index, from: builders[index]) }
    }

    var kept: [(name: String, column: Column)] = []
    for (name, column) in zip(header.names, columns) {
      if let column { kept.append((name, column)) }
    }
    return Table(rowCount: rowCount, columns: kept)
  }

  /// About how many rows there are, a little more rather than less, by the length of the first lines.
  ///
  /// Only to reserve memory, which is not touched before it is used; a wrong guess costs a copy.
  private func guessRowCount(of bytes: Span<UInt8>) -> Int {
    let sample = header.end..<min(bytes.count, header.end + 1 << 14)
    var lines = 1
    for index in sample where bytes[index] == Ascii.newline { lines += 1 }
    // A row has at least a byte for each column: what is reserved stays in proportion to the file.
    let bytesPerRow = max(sample.count / lines, header.names.count)
    return (bytes.count - header.end) / bytesPerRow * 9 / 8
  }

  /// Reads all rows into the builders and returns their number.
  private func readRows(
    of bytes: Span<UInt8>, into builders: inout [ColumnBuilder]
  ) throws(Fault) -> Int {
    var scanner = FieldScanner(delimiter: header.delimiter, position: header.end)
    let last = builders.count - 1
    var rows = 0
    while scanner.findRow(in: bytes) {
      for column in 0...last {
        let field = try scanner.next(in: bytes)
        builders[column].add(field, in: bytes)
        if field.endsRow != (column == last) {
          throw try raggedRow(field, found: column + 1, isFirst: rows == 0, &scanner, bytes)
        }
      }
      rows += 1
    }
    return rows
  }

  /// The fault of a row with another number of fields than the header; reads the row to its end to count them.
  private func raggedRow(
    _ field: Field, found: Int, isFirst: Bool, _ scanner: inout FieldScanner,
    _ bytes: Span<UInt8>
  ) throws(Fault) -> Fault {
    let expected = header.names.count
    if field.endsRow {
      return Fault(
        offset: field.isQuoted ? field.end + 1 : field.end,
        message: "the row ends after \(fields(found)), the header has \(expected); "
          + "add what is missing, or NA")
    }
    var found = found
    var surplus = field
    repeat {
      let next = try scanner.next(in: bytes)
      if found == expected { surplus = next }
      found += 1
      if next.endsRow { break }
    } while true
    let mend =
      isFirst && found == expected + 1
      ? "if the rows begin with a row name, give that column a name, too"
      : "quote a field that holds the delimiter, or remove the surplus"
    return Fault(
      offset: surplus.offset,
      message: "the row has \(fields(found)), the header \(expected); \(mend)")
  }

  private func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }

  /// The finished column; nil when it is skipped or must be read again.
  private func column(_ index: Int, from builder: ColumnBuilder) throws(Fault) -> Column? {
    let name = header.names[index]
    switch builder.mode {
    case .skipped, .refused: return nil
    case .numbers:
      if let offset = builder.firstInfinite {
        throw Fault(
          offset: offset,
          message: "an infinite or too large number in column '\(name)'; write a number below "
            + "1.8e308, or NA")
      }
      return .numeric(builder.values)
    case .texts:
      let levels = FactorLevels(
        of: name, in: builder.interner, order: options.levels[name],
        mayBeMistakenNumbers: !options.factors.contains(name) && options.levels[name] == nil,
        headerOffset: header.offsets[index])
      return .factor(try levels.factor(codes: builder.codes))
    }
  }
}
