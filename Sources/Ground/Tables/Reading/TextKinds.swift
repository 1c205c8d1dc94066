// What a distinct text of a column may be besides text: a missing value, a number, a logical value.

/// Whether the text, in quotes, stands for a missing value among numbers.
func isMissingMark(_ text: ArraySlice<UInt8>) -> Bool {
  let field = Field(
    start: 0, end: text.count, isQuoted: true, hasDoubledQuotes: false, endsRow: false, offset: 0)
  return field.isMissingMark(in: text.span)
}

/// The value by which a number is ordered; nearly right for integers beyond the doubles, nil for text.
func orderingNumber(_ text: ArraySlice<UInt8>) -> Double? {
  let bytes = text.span
  switch NumberReading(bytes, from: 0, to: bytes.count) {
  case .number(let value): return value
  case .inexactInteger:
    return Double(String(decoding: trimmed(text), as: UTF8.self))
  case .infinite, .text: return nil
  }
}

/// Whether the text is a number that a double holds, so that equal values are equal numbers.
func isExactNumber(_ text: ArraySlice<UInt8>) -> Bool {
  let bytes = text.span
  return NumberReading(bytes, from: 0, to: bytes.count).value != nil
}

/// Digits with at least one comma between digits, and perhaps a sign and a decimal point.
func isCommaNumber(_ text: ArraySlice<UInt8>) -> Bool {
  var rest = trimmed(text)
  if rest.first == Ascii.minus || rest.first == Ascii.plus { rest = rest.dropFirst() }
  guard let first = rest.first, let last = rest.last, rest.contains(Ascii.comma) else {
    return false
  }
  let digits = Ascii.zero...Ascii.nine
  return digits.contains(first) && digits.contains(last)
    && rest.allSatisfy { digits.contains($0) || $0 == Ascii.comma || $0 == Ascii.point }
}

/// The value of a text that R reads as logical.
func logicalValue(_ text: ArraySlice<UInt8>) -> Bool? {
  switch String(decoding: text, as: UTF8.self) {
  case "TRUE", "true", "True", "T": true
  case "FALSE", "false", "False", "F": false
  default: nil
  }
}

/// The text without blanks around it.
func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  let isBlank = { (byte: UInt8) in byte == Ascii.space || byte == Ascii.tab }
  var rest = text.drop(while: isBlank)
  while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
  return rest
}

/// The first eight bytes as a number that orders as the bytes do, to sort by before looking closer.
func byteOrderKey(_ text: String) -> UInt64 {
  var key: UInt64 = 0
  var count = 0
  for byte in text.utf8 {
    if count == 8 { return key }
    key = key << 8 | UInt64(byte)
    count += 1
  }
  return key << UInt64(8 * (8 - count))
}
