// Numbers from bytes: exact and fast for integers and short decimals, and never a guess about the rest.

import CNumberText

/// What a piece of text is as a number.
enum NumberReading: Equatable {
  /// A decimal number, correctly rounded.
  case number(Double)
  /// An infinity, in R's, C's or Python's spelling, or a decimal number beyond the largest double.
  case infinite
  /// An integer that no double holds exactly, so that it would become equal to a neighbour.
  case inexactInteger
  /// Something else: text. Hexadecimal numbers are text, too.
  case text

  /// Reads `bytes[start..<end]`, blanks around it aside: `[+-] digits [. digits] [e [+-] digits]`.
  ///
  /// Up to 15 digits or so, mantissa and power of ten are both exact doubles and one rounding is left
  /// (Clinger 1990, "How to read floating point numbers accurately"); the rest goes to `std::from_chars`.
  @inline(__always)
  init(_ bytes: Span<UInt8>, from start: Int, to end: Int) {
    var index = start
    var end = end
    while index < end && isBlank(bytes[index]) { index += 1 }
    while end > index && isBlank(bytes[end - 1]) { end -= 1 }
    let first = index
    var isNegative = false
    if index < end && (bytes[index] == Ascii.minus || bytes[index] == Ascii.plus) {
      isNegative = bytes[index] == Ascii.minus
      index += 1
    }
    let unsigned = index

    var mantissa: UInt64 = 0
    var digits = 0  // since the first that is not zero
    var pointExponent = 0
    var hasDigit = false
    var isInteger = true
    while index < end, let digit = digit(bytes[index]) {
      hasDigit = true
      if digits < 19 { mantissa = mantissa * 10 + digit } else { pointExponent += 1 }
      if mantissa != 0 { digits += 1 }
      index += 1
    }
    if index < end && bytes[index] == Ascii.point {
      isInteger = false
      index += 1
      while index < end, let digit = digit(bytes[index]) {
        hasDigit = true
        if digits < 19 {
          mantissa = mantissa * 10 + digit
          pointExponent -= 1
        }
        if mantissa != 0 { digits += 1 }
        index += 1
      }
    }
    guard hasDigit else {
      self = isInfinity(bytes, from: unsigned, to: end) ? .infinite : .text
      return
    }
    var exponent = 0
    if index < end && bytes[index] | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      guard let value = exponentValue(bytes, from: index + 1, to: end) else {
        self = .text
        return
      }
      exponent = value
      index = end
    }
    guard index == end else {
      self = .text
      return
    }

    let power = pointExponent + exponent
    if digits <= 19 && mantissa <= 1 << 53 && abs(power) <= 22 {
      let magnitude = Double(mantissa)
      let value = power < 0 ? magnitude / powersOfTen[-power] : magnitude * powersOfTen[power]
      self = .number(isNegative ? -value : value)
      return
    }
    if mantissa == 0 {
      self = .number(isNegative ? -0.0 : 0.0)
      return
    }
    guard let value = slowValue(bytes, from: first, to: end) else {
      // Outside the range of a double: the size of the first digit says on which side.
      self = min(digits, 19) + power > 0 ? .infinite : .number(isNegative ? -0.0 : 0.0)
      return
    }
    if isInteger && !isExact(abs(value), digits: digits, bytes, from: end - digits) {
      self = .inexactInteger
      return
    }
    self = .number(value)
  }

  /// The number, if it is one.
  var value: Double? {
    if case .number(let value) = self { value } else { nil }
  }
}

private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

@inline(__always)
private func isBlank(_ byte: UInt8) -> Bool { byte == Ascii.space || byte == Ascii.tab }

@inline(__always)
private func digit(_ byte: UInt8) -> UInt64? {
  let value = byte &- Ascii.zero
  return value <= 9 ? UInt64(value) : nil
}

/// The exponent after the letter, held within ±99999; nil when it is not one.
private func exponentValue(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Int? {
  var index = start
  var isNegative = false
  if index < end && (bytes[index] == Ascii.minus || bytes[index] == Ascii.plus) {
    isNegative = bytes[index] == Ascii.minus
    index += 1
  }
  guard index < end else { return nil }
  var value = 0
  while index < end {
    guard let digit = digit(bytes[index]) else { return nil }
    value = min(value * 10 + Int(digit), 99_999)
    index += 1
  }
  return isNegative ? -value : value
}

/// Whether the text is `inf` or `infinity`, in any case.
private func isInfinity(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
  guard end - start == 3 || end - start == 8 else { return false }
  let word: [UInt8] = Array("infinity".utf8)
  return (0..<end - start).allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
}

/// The correctly rounded value of a well-formed decimal number; nil when it is out of range.
private func slowValue(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Double? {
  bytes.extracting(start..<end).withUnsafeBytes { text in
    var value = 0.0
    let characters = text.bindMemory(to: CChar.self)
    return number_text_parse(characters.baseAddress, characters.count, &value) == 1 ? value : nil
  }
}

/// Whether the `digits` digits from `start` are exactly `value`, a double beyond 2^53.
private func isExact(
  _ value: Double, digits: Int, _ bytes: Span<UInt8>, from start: Int
) -> Bool {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: digits + 32) { buffer in
    let length = number_text_significant(value, Int32(digits), buffer.baseAddress, buffer.count)
    return length == digits
      && (0..<digits).allSatisfy { UInt8(bitPattern: buffer[$0]) == bytes[start + $0] }
  }
}
