// Numbers as people read them in a table or beside an axis.

/// Numbers as text for display; what is not a number is ``notAvailable``, in every locale alike.
package enum Format {
  /// What stands for a number that there is not.
  package static let notAvailable = "–"

  /// A number with so many significant digits: `0.0123`, `1.50`, `12300`, `1.23e-05`.
  ///
  /// Trailing zeros are kept, because they say how exact the number is. An exponent is used below
  /// 1e-4 and from 1e7 on.
  package static func significant(_ value: Double, digits: Int = 3) -> String {
    if let special = special(value) { return special }
    let count = max(1, digits)
    var rounded = DecimalDigits(value)
    rounded.round(toDigits: count)
    if rounded.digits.isEmpty { return rounded.text(decimals: count - 1) }
    let power = rounded.exponent - 1
    if power < -4 || power > 6 {
      let exponent = power
      rounded.exponent = 1
      let sign = exponent < 0 ? "-" : "+"
      let magnitude = abs(exponent)
      return rounded.text(decimals: count - 1) + "e" + sign + (magnitude < 10 ? "0" : "")
        + String(magnitude)
    }
    return rounded.text(decimals: max(0, count - 1 - power))
  }

  /// A number with so many decimals: `1.50`, `-0.3`, `12`.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    special(value) ?? DecimalDigits(value).text(decimals: max(0, decimals))
  }

  /// The most exact text of a number that takes at most so many columns, of at most `digits`
  /// significant digits; as many `#` as columns where not even one digit fits.
  package static func fitting(_ value: Double, columns: Int, digits: Int = 4) -> String {
    for count in stride(from: max(1, digits), through: 1, by: -1) {
      for text in [significant(value, digits: count), compact(value, digits: count)]
      where displayWidth(of: text) <= columns { return text }
    }
    return String(repeating: "#", count: max(0, columns))
  }

  /// A size or count with at most so many digits and a letter for thousands and more: `950`, `1.2k`,
  /// `34M`.
  package static func compact(_ value: Double, digits: Int = 2) -> String {
    if let special = special(value) { return special }
    var scaled = DecimalDigits(value)
    let count = max(1, digits)
    if scaled.exponent <= 3 {
      if value == value.rounded() { return scaled.text(decimals: 0) }
      return shortened(scaled, digits: count)
    }
    scaled.round(toDigits: count)
    let thousands = min((scaled.exponent - 1) / 3, suffixes.count - 1)
    scaled.exponent -= 3 * thousands
    return shortened(scaled, digits: count) + suffixes[thousands]
  }

  /// A whole number with thin groups of three: `12 345`.
  package static func grouped(_ count: Int) -> String {
    let digits = String(count.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0, digits.count > 4 { text += " " }
      text.append(digit)
    }
    return (count < 0 ? "-" : "") + text
  }

  /// A share as a percentage: `12%`, `0.4%`.
  package static func percent(_ share: Double, decimals: Int = 0) -> String {
    special(share) ?? fixed(share * 100, decimals: decimals) + "%"
  }

  /// A p-value: `0.034`, `< 0.001`.
  package static func pValue(_ p: Double) -> String {
    if let special = special(p) { return special }
    return p < 0.001 ? "< 0.001" : fixed(p, decimals: 3)
  }

  /// A length of time in seconds: `0.42 s`, `12 s`, `1 m 05 s`, `2 h 03 m`, `3 d 04 h`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return notAvailable }
    if seconds < 9.95 { return significant(seconds, digits: seconds < 0.095 ? 1 : 2) + " s" }
    let whole = Int(seconds.rounded())
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) m \(two(whole % 60)) s" }
    if whole < 86400 { return "\(whole / 3600) h \(two(whole % 3600 / 60)) m" }
    return "\(whole / 86400) d \(two(whole % 86400 / 3600)) h"
  }

  private static let suffixes = ["", "k", "M", "G", "T", "P", "E"]

  /// At most so many significant digits, without zeros at the end.
  private static func shortened(_ number: DecimalDigits, digits count: Int) -> String {
    var number = number
    number.round(toDigits: count)
    return number.text(decimals: max(0, number.digits.count - number.exponent))
  }

  private static func special(_ value: Double) -> String? {
    if value.isNaN { return notAvailable }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return nil
  }
}
