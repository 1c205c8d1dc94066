// Text under construction as bytes: numbers in their shortest exact form, no intermediate strings.

import CNumberText

/// Text under construction, as UTF-8 bytes.
struct TextBuilder {
  private(set) var bytes: [UInt8] = []

  static let hexDigits = Array("0123456789abcdef".utf8)

  /// The text so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(byte: UInt8) { bytes.append(byte) }

  mutating func append(_ value: Int) {
    if (0..<10).contains(value) {
      bytes.append(UInt8(ascii: "0") + UInt8(value))
    } else {
      append(String(value))
    }
  }

  /// Appends the shortest decimal that reads back as `value`.
  mutating func append(_ value: Double) {
    // The longest shortest form, -2.2250738585072014e-308, has 24 characters.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
      let length = number_text_shortest(value, buffer.baseAddress, buffer.count)
      precondition(length > 0, "a number longer than any double can be")
      UnsafeRawBufferPointer(buffer).prefix(length).withMemoryRebound(to: UInt8.self) {
        bytes.append(contentsOf: $0)
      }
    }
  }

  /// Takes the bytes out, leaving the builder empty but its memory reserved.
  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }
}
