// The numbers that a pane shows, as a table that can be written as CSV.

/// A table with a name of its own, since a pane may show several.
package struct PaneTable: Equatable, Sendable {
  /// One entry of a table.
  package enum Value: Hashable, Sendable {
    case text(String)
    case number(Double)
    /// What is not known.
    case missing

    /// A number, or missing where there is none.
    package init(_ number: Double?) { self = number.map { .number($0) } ?? .missing }
  }

  /// The name, for the file: `trace`, `correlations`.
  package var name: String
  package var columns: [String]
  /// Row by row, each as long as ``columns``.
  package var rows: [[Value]]

  /// A table.
  package init(name: String, columns: [String], rows: [[Value]]) {
    self.name = name
    self.columns = columns
    self.rows = rows
  }
}
