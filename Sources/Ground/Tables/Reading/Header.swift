// The first line of a delimited file: the delimiter and the names of the columns.

/// The names of the columns and where the rows begin.
struct Header {
  let delimiter: UInt8
  /// The sanitised names, all different.
  private(set) var names: [String] = []
  /// The byte of the file where each name stands.
  private(set) var offsets: [Int] = []
  /// The first byte after the header.
  let end: Int

  init(_ bytes: Span<UInt8>, options: DelimitedFile.Options) throws(Fault) {
    var start = FieldScanner(delimiter: 0, position: ByteOrderMark.length(in: bytes))
    guard start.findRow(in: bytes) else {
      throw Fault(
        offset: 0, message: "the file is empty; it needs a line of column names and rows below it")
    }
    delimiter = options.delimiter ?? Header.sniffDelimiter(bytes, from: start.position)
    var scanner = FieldScanner(delimiter: delimiter, position: start.position)
    var isAllNumbers = true
    var field: Field
    repeat {
      field = try scanner.next(in: bytes)
      var name = SanitizedText.clean(String(decoding: field.content(in: bytes), as: UTF8.self))
      if name.isEmpty {
        guard names.isEmpty else {
          throw Fault(
            offset: field.offset,
            message: "column \(names.count + 1) has no name; write one in the header line")
        }
        name = "row"
      }
      let isNumber = NumberReading(bytes, from: field.start, to: field.end) != .text
      if field.isQuoted || !isNumber { isAllNumbers = false }
      names.append(name)
      offsets.append(field.offset)
    } while !field.endsRow
    end = scanner.position
    if isAllNumbers {
      throw Fault(
        offset: offsets[0],
        message: "the first line holds numbers, not names of columns; add a header line, "
          + "or quote the names")
    }
    try requireDistinctNames()
    try requireColumns(of: options)
  }

  private func requireDistinctNames() throws(Fault) {
    var places: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if let first = places.updateValue(index, forKey: name) {
        throw Fault(
          offset: offsets[index],
          message: "the name '\(name)' of column \(index + 1) is already that of column "
            + "\(first + 1); rename one of them")
      }
    }
  }

  /// Throws unless each column that the options name is in the file.
  private func requireColumns(of options: DelimitedFile.Options) throws(Fault) {
    let wanted = options.factors.union(options.levels.keys).union(options.columns ?? [])
    guard let unknown = wanted.subtracting(names).min() else { return }
    let known = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
    throw Fault(
      offset: offsets[0],
      message: "there is no column '\(SanitizedText.clean(unknown))'; the columns are \(known)")
  }

  /// The delimiter that stands most often in the header line outside quotes; a comma when none does.
  private static func sniffDelimiter(_ bytes: Span<UInt8>, from start: Int) -> UInt8 {
    let candidates = [Ascii.comma, Ascii.tab, Ascii.semicolon]
    var counts = [0, 0, 0]
    var isQuoted = false
    for index in start..<bytes.count {
      let byte = bytes[index]
      if byte == Ascii.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Ascii.newline || byte == Ascii.carriageReturn { break }
      if let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
    }
    var best = 0
    for candidate in 1..<candidates.count where counts[candidate] > counts[best] {
      best = candidate
    }
    return candidates[best]
  }
}
