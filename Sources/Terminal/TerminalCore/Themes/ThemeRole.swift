// What a colour is for; a theme says which colour it is.

/// What a colour is for.
package enum ThemeRole: Hashable, Sendable {
  /// The background of everything; usually the terminal's own.
  case background
  /// Ordinary text and numbers.
  case text
  /// Text of less weight: units, hints, what is out of use.
  case muted
  /// Titles of panes and plots.
  case title
  /// Headers of table columns.
  case heading
  /// Frames of panes, and of the pane that takes the keys.
  case border, borderFocused
  /// The selected row: its text, and the ground under it.
  case selection, selectionBackground
  /// What should catch the eye without being good or bad.
  case accent
  /// Names of keys in the footer and in the help.
  case key
  /// Axes with their labels, and guide lines inside a plot.
  case axis, grid
  /// The ground of a plot.
  case plotArea
  /// The ground of the warm-up part of a trace, and its mark.
  case warmup
  /// A bar's done and open parts.
  case barFilled, barEmpty
  /// Judgements; always accompanied by a word or sign.
  case ok, warning, bad
  /// The colour of a chain or series: 1 ... 8, then again from 1.
  case chain(Int8)
  /// The colour of a correlation, in hundredths from -100 to 100; see ``correlation(_:)``.
  case correlationStep(Int8)
  /// From harmless (0) to grave (100); see ``severity(_:)``.
  case severityStep(Int8)
  /// Black or white, whichever can be read on the background of the same cell.
  case readable

  /// The colour of the k-th chain or series, counted from 1.
  package static func chain(number: Int) -> ThemeRole {
    .chain(Int8(((number - 1) % 8 + 8) % 8 + 1))
  }

  /// The colour of a value on the diverging scale from -1 through 0 to 1.
  package static func correlation(_ value: Double) -> ThemeRole {
    guard value.isFinite else { return .plotArea }
    return .correlationStep(Int8((min(max(value, -1), 1) * 100).rounded()))
  }

  /// The colour of a value on the scale from harmless, 0, to grave, 1.
  package static func severity(_ value: Double) -> ThemeRole {
    guard value.isFinite else { return .muted }
    return .severityStep(Int8((min(max(value, 0), 1) * 100).rounded()))
  }
}
