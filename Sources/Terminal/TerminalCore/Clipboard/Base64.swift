// Bytes as letters that every terminal passes on.

/// Base64 (RFC 4648, section 4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// The number of characters that so many bytes become.
  static func length(ofBytes count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Bytes as text, filled up with `=` to a multiple of four characters.
  static func encoded(_ bytes: some Collection<UInt8>) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(length(ofBytes: bytes.count))
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(3)
      var bits: UInt32 = 0
      for byte in part { bits = bits << 8 | UInt32(byte) }
      bits <<= UInt32(8 * (3 - part.count))
      for place in 0..<4 {
        let isFilling = place > part.count
        result.append(
          isFilling ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)])
      }
      rest = rest.dropFirst(3)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
