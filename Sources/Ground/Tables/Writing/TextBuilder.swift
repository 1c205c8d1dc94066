// A growing buffer of bytes with fast numbers, for every file that is written row by row.

import CNumberText

/// Appends text and numbers to an array of bytes without making strings.
package struct TextBuilder: Sendable {
  /// What has been appended.
  package private(set) var bytes: [UInt8] = []

  /// An empty builder.
  package init() {}

  /// The number of bytes.
  package var count: Int { bytes.count }

  /// The bytes as a string.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Makes room for `capacity` bytes in all.
  package mutating func reserveCapacity(_ capacity: Int) { bytes.reserveCapacity(capacity) }

  /// Empties the builder and keeps its memory, for the next row or block.
  package mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends one byte.
  package mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends text as UTF-8.
  package mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends text that is known when the program is built.
  package mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Appends bytes.
  package mutating func append(contentsOf other: some Sequence<UInt8>) {
    bytes.append(contentsOf: other)
  }

  /// Appends an integer in decimal.
  package mutating func append(_ value: Int) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var start = digits.count
      var rest = value.magnitude
      repeat {
        start -= 1
        digits[start] = Ascii.zero + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if value < 0 {
        start -= 1
        digits[start] = Ascii.minus
      }
      // All bytes from `start` on have been written above.
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Appends the shortest decimal text that reads back as the same number; `nan`, `inf` and `-inf` as C writes them.
  package mutating func append(_ value: Double) {
    appendNumber(capacity: 32) { number_text_shortest(value, $0, $1) }
  }

  /// Appends a number with `digits` significant digits, 1 to 17, as printf's %g does.
  package mutating func append(_ value: Double, significantDigits digits: Int) {
    precondition((1...17).contains(digits), "a double has 1 to 17 significant digits")
    appendNumber(capacity: 64) { number_text_significant(value, Int32(digits), $0, $1) }
  }

  /// Appends what `write` puts at the start of a buffer of `capacity` characters; it returns their number.
  private mutating func appendNumber(
    capacity: Int, _ write: (UnsafeMutablePointer<CChar>, Int) -> Int
  ) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      guard let start = buffer.baseAddress else { preconditionFailure("an empty buffer") }
      let count = write(start, capacity)
      precondition(count > 0, "a number longer than its buffer")
      // `write` has set the first `count` characters.
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
    }
  }
}
