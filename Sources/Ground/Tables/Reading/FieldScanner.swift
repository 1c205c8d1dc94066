// The state machine over the bytes of delimited text: one field after the other, quotes, and ends of lines.

/// One field of delimited text.
struct Field {
  /// The content, without outer quotes; without surrounding blanks when it is not quoted.
  var start: Int
  var end: Int
  /// Whether it stands in quotes.
  var isQuoted: Bool
  /// Whether the content has doubled quotes, which stand for one.
  var hasDoubledQuotes: Bool
  /// Whether it is the last field of its row.
  var endsRow: Bool
  /// The first byte of the field in the file, at its quote if it has one.
  var offset: Int
}

/// Walks through delimited text as RFC 4180 has it, with LF, CRLF and lone CR as ends of a row.
struct FieldScanner {
  let delimiter: UInt8
  /// The next byte to read.
  private(set) var position: Int

  init(delimiter: UInt8, position: Int) {
    self.delimiter = delimiter
    self.position = position
  }

  /// Passes over empty lines; returns whether a row follows.
  mutating func findRow(in bytes: Span<UInt8>) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == Ascii.newline || byte == Ascii.carriageReturn else { return true }
      position += 1
    }
    return false
  }

  /// The next field of the row; call only when a row follows or the last field did not end it.
  @inline(__always)
  mutating func next(in bytes: Span<UInt8>) throws(Fault) -> Field {
    var start = position
    while start < bytes.count && isBlank(bytes[start]) { start += 1 }
    if start < bytes.count && bytes[start] == Ascii.quote {
      return try quotedField(from: start, in: bytes)
    }
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      if byte == delimiter || byte == Ascii.newline || byte == Ascii.carriageReturn { break }
      end += 1
    }
    let endsRow = pass(from: end, in: bytes)
    while end > start && isBlank(bytes[end - 1]) { end -= 1 }
    return Field(
      start: start, end: end, isQuoted: false, hasDoubledQuotes: false, endsRow: endsRow,
      offset: start)
  }

  private mutating func quotedField(
    from opening: Int, in bytes: Span<UInt8>
  ) throws(Fault) -> Field {
    var hasDoubledQuotes = false
    var end = opening + 1
    while true {
      while end < bytes.count && bytes[end] != Ascii.quote { end += 1 }
      guard end < bytes.count else {
        throw Fault(
          offset: opening, message: "a quote opens here and is never closed; close or remove it")
      }
      guard end + 1 < bytes.count && bytes[end + 1] == Ascii.quote else { break }
      hasDoubledQuotes = true
      end += 2
    }
    var after = end + 1
    while after < bytes.count && isBlank(bytes[after]) { after += 1 }
    let isAtEnd =
      after == bytes.count || bytes[after] == delimiter || bytes[after] == Ascii.newline
      || bytes[after] == Ascii.carriageReturn
    guard isAtEnd else {
      let place = TextPosition(of: opening, in: bytes)
      throw Fault(
        offset: after,
        message: "text after the closing quote of the field that opens at line \(place.line), "
          + "column \(place.column); double a quote inside a quoted field")
    }
    return Field(
      start: opening + 1, end: end, isQuoted: true, hasDoubledQuotes: hasDoubledQuotes,
      endsRow: pass(from: after, in: bytes), offset: opening)
  }

  /// Steps over the delimiter or the end of the row at `end`; returns whether the row ended.
  @inline(__always)
  private mutating func pass(from end: Int, in bytes: Span<UInt8>) -> Bool {
    guard end < bytes.count else {
      position = bytes.count
      return true
    }
    if bytes[end] == delimiter {
      position = end + 1
      return false
    }
    let isPair =
      bytes[end] == Ascii.carriageReturn && end + 1 < bytes.count
      && bytes[end + 1] == Ascii.newline
    position = end + (isPair ? 2 : 1)
    return true
  }

  @inline(__always)
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == Ascii.space || (byte == Ascii.tab && delimiter != Ascii.tab)
  }
}

extension Field {
  /// Whether the content is written as a missing value: nothing, `NA`, `NaN` or `.`.
  @inline(__always)
  func isMissingMark(in bytes: Span<UInt8>) -> Bool {
    switch end - start {
    case 0: return true
    case 1: return bytes[start] == Ascii.point
    case 2: return bytes[start] == UInt8(ascii: "N") && bytes[start + 1] == UInt8(ascii: "A")
    case 3:
      return bytes[start] == UInt8(ascii: "N") && bytes[start + 1] == UInt8(ascii: "a")
        && bytes[start + 2] == UInt8(ascii: "N")
    default: return false
    }
  }

  /// The content with doubled quotes made single.
  func content(in bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start
    while index < end {
      result.append(bytes[index])
      index += hasDoubledQuotes && bytes[index] == Ascii.quote ? 2 : 1
    }
    return result
  }
}
