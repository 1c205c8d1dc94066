// The words of the formula language.

/// One word of a formula and where it stands.
struct Token: Sendable, Equatable {
  /// What kind of word it is.
  enum Kind: Sendable, Equatable {
    /// A name, with backticks taken off.
    case name(String)
    /// A number and how it was written.
    case number(Double, written: String)
    /// A text in quotes, with escapes resolved.
    case string(String)
    /// An operator, in R's spelling (`**` is `^`).
    case symbol(String)
    case openParenthesis
    case closeParenthesis
    case comma
    case end
  }

  let kind: Kind
  let place: Place
}
