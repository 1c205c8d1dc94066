// The shortest decimal digits of a number, and rounding them: exact, and the same in every locale.

/// A finite number as decimal digits: 0.d₁d₂d₃... x 10^exponent.
///
/// The digits are the shortest that give the number back, so rounding 0.15 to one digit gives 0.2, as
/// people expect who read 0.15.
struct DecimalDigits {
  var isNegative: Bool
  var digits: [UInt8]
  var exponent: Int

  /// The digits of a finite number; zero has none.
  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    exponent = 0
    var pointAt: Int?
    var given = 0
    var text = Substring(value.magnitude.description)
    if let e = text.firstIndex(of: "e") {
      given = Int(text[text.index(after: e)...]) ?? 0
      text = text[..<e]
    }
    for byte in text.utf8 {
      if byte == UInt8(ascii: ".") { pointAt = digits.count } else { digits.append(byte - 48) }
    }
    exponent = (pointAt ?? digits.count) + given
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    exponent -= leading
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { exponent = 0 }
  }

  /// Rounds half away from zero to so many digits; none or fewer may leave zero.
  mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let goesUp = digits[count] >= 5
    digits.removeLast(digits.count - count)
    guard goesUp else { return dropZeros() }
    var place = count - 1
    while place >= 0, digits[place] == 9 {
      digits.remove(at: place)
      place -= 1
    }
    if place >= 0 {
      digits[place] += 1
    } else {
      digits = [1]
      exponent += 1
    }
  }

  /// The number with so many decimals, without exponent.
  func text(decimals: Int) -> String {
    var rounded = self
    rounded.round(toDigits: exponent + decimals)
    var text = rounded.isNegative && !rounded.digits.isEmpty ? "-" : ""
    let whole = max(rounded.digits.isEmpty ? 0 : rounded.exponent, 0)
    if whole == 0 { text += "0" }
    for place in 0..<whole { text += rounded.digit(at: place) }
    guard decimals > 0 else { return text }
    text += "."
    let start = rounded.digits.isEmpty ? 0 : rounded.exponent
    for place in 0..<decimals { text += rounded.digit(at: start + place) }
    return text
  }

  private func digit(at place: Int) -> String {
    digits.indices.contains(place) ? String(digits[place]) : "0"
  }

  private mutating func dropZeros() {
    while digits.last == 0 { digits.removeLast() }
  }
}
