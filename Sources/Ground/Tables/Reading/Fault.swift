// What is wrong at one byte of a file, before line and column are counted.

/// An error inside the reader: the byte it is at, and the message.
struct Fault: Error {
  let offset: Int
  let message: String

  /// The error as the caller sees it, with the place as line and column.
  func error(in bytes: Span<UInt8>, file: String) -> TableError {
    let place = TextPosition(of: offset, in: bytes)
    return TableError(
      kind: .malformed, file: file, line: place.line, column: place.column, message: message)
  }
}

/// A place in a text as an editor shows it.
struct TextPosition {
  /// The line, counted from 1.
  private(set) var line = 1
  /// The character of the line, counted from 1; a byte-order mark is no character.
  private(set) var column = 1

  /// The position of the byte at `offset`; counted only when there is an error, so it walks the file.
  init(of offset: Int, in bytes: Span<UInt8>) {
    var index = ByteOrderMark.length(in: bytes)
    while index < min(offset, bytes.count) {
      let byte = bytes[index]
      index += 1
      let endsLine =
        byte == Ascii.newline
        || (byte == Ascii.carriageReturn
          && !(index < bytes.count && bytes[index] == Ascii.newline))
      if endsLine {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 && byte != Ascii.carriageReturn {
        column += 1
      }
    }
  }
}
