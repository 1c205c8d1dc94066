// A stretch of a formula's text, carried by every part of it so that an error can point there.

/// A stretch of a formula's text.
struct Place: Sendable, Equatable {
  /// The whole formula.
  let formula: String
  /// The first character, counted from 0.
  let offset: Int
  /// The number of characters.
  let length: Int

  /// From the start of this place to the end of `other`, which must not lie before it.
  func through(_ other: Place) -> Place {
    Place(formula: formula, offset: offset, length: other.offset + other.length - offset)
  }

  /// The error with this message that points here.
  func error(_ message: String) -> FormulaError {
    FormulaError(message, formula: formula, offset: offset, length: length)
  }
}
