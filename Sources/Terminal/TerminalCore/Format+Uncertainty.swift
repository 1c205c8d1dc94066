// Numbers as exactly as their uncertainty allows.

extension Format {
  /// A number to the second digit of its uncertainty: 0.5303 ± 0.122 is `0.53`, -8040.31 ± 3.0 is
  /// `-8040.3`; with four significant digits where the uncertainty is not known.
  package static func measured(_ value: Double, spread: Double) -> String {
    guard let decimals = decimals(forSpread: spread), value.isFinite, abs(value) < 1e7 else {
      return significant(value, digits: 4)
    }
    return fixed(value, decimals: decimals)
  }

  /// The ends of an interval, both with as many decimals as a standard deviation of a quarter of its
  /// width allows: `[-0.367, 0.012]`, `[-8046.9, -8035.1]`.
  package static func interval(_ lower: Double, _ upper: Double) -> String {
    let spread = (upper - lower) / 4
    return "[\(end(lower, spread)), \(end(upper, spread))]"
  }

  private static func end(_ value: Double, _ spread: Double) -> String {
    guard let decimals = decimals(forSpread: spread), value.isFinite, abs(value) < 1e7 else {
      return significant(value, digits: 3)
    }
    return fixed(value, decimals: decimals)
  }

  /// How many decimals show the second digit of an uncertainty; `nil` where that is no plain number.
  private static func decimals(forSpread spread: Double) -> Int? {
    guard spread.isFinite, spread > 0 else { return nil }
    var rounded = DecimalDigits(spread)
    // 0.0996 has its second digit where 0.10 has it.
    rounded.round(toDigits: 2)
    let decimals = 2 - rounded.exponent
    return (-6...6).contains(decimals) ? max(0, decimals) : nil
  }
}
