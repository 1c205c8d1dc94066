// The checks that several families make of their responses, with messages that name the mend.

/// Checks shared by families.
enum ResponseChecks {
  /// A number as people write it: whole numbers without ".0".
  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// Throws if there are trials, which only a binomial has.
  static func refuseTrials(_ trials: [Double]?, of family: String) throws(ResponseError) {
    guard trials != nil else { return }
    throw ResponseError(
      row: 0,
      message: "\(family) takes no trials; use the family binomial, or leave trials() out")
  }

  /// Throws at the first value that is not a count.
  static func requireCounts(_ y: [Double], of family: String) throws(ResponseError) {
    for (row, value) in y.enumerated() {
      if value.isFinite, value >= 0, value == value.rounded() { continue }
      let mend =
        value.isFinite && value >= 0
        ? "round the column, or model it as gaussian"
        : "correct it, or leave the cell empty if it is missing"
      throw ResponseError(
        row: row,
        message: "\(family) needs whole numbers from 0 up, and this is \(text(value)); \(mend)")
    }
  }
}
