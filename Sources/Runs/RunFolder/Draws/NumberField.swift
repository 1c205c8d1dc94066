// Reads one field of a CSV file of draws as a number, fast.

import CNumberText

/// Reads fields of CSV files of draws.
enum NumberField {
  /// The number that the field holds; NaN for NA and nothing; nil when it is not a number.
  static func parse(_ field: Span<UInt8>) -> Double? {
    if field.count == 1 {
      // Tree depths, flags and counts are mostly one digit.
      let digit = field[0] &- 0x30
      if digit < 10 { return Double(digit) }
    }
    var value = 0.0
    let isRead = field.withUnsafeBytes { buffer in
      // The callee reads `count` bytes from the pointer and keeps neither.
      number_text_parse(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &value)
    }
    if isRead == 1 { return value }
    return parseRare(field)
  }

  /// What from_chars does not read: blanks around the number, NA, an empty field, numbers out of range.
  private static func parseRare(_ field: Span<UInt8>) -> Double? {
    var bytes: [UInt8] = []
    for index in field.indices { bytes.append(field[index]) }
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    if text.isEmpty || text == "NA" { return .nan }
    if text.utf8.count != bytes.count { return parse(Array(text.utf8).span) }
    return outOfRange(text)
  }

  /// Numbers that underflow to zero or overflow to infinity, which from_chars refuses.
  private static func outOfRange(_ text: String) -> Double? {
    text.utf8.allSatisfy { (0x2B...0x39).contains($0) || $0 == 0x65 || $0 == 0x45 }
      ? Double(text) : nil
  }
}
