// A data table: named columns of equal length, in the order of the file.

/// A data table: named columns of equal length.
package struct Table: Sendable, Equatable {
  /// The number of rows.
  package let rowCount: Int
  /// The sanitised names of the columns, in the order of the file; no two are equal.
  package private(set) var names: [String]
  private var columns: [String: Column]

  /// A table from names and columns.
  ///
  /// - Precondition: names are distinct and all columns have `rowCount` rows.
  package init(rowCount: Int, columns: [(name: String, column: Column)]) {
    precondition(columns.allSatisfy { $0.column.count == rowCount }, "columns of unequal length")
    self.rowCount = rowCount
    names = columns.map(\.name)
    self.columns = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0.column) })
  }

  /// The column called `name`, if there is one; setting it replaces or adds a column.
  package subscript(name: String) -> Column? {
    get { columns[name] }
    set {
      precondition(newValue.map { $0.count == rowCount } ?? true, "a column of another length")
      if newValue == nil { names.removeAll { $0 == name } }
      if newValue != nil && columns[name] == nil { names.append(name) }
      columns[name] = newValue
    }
  }
}
