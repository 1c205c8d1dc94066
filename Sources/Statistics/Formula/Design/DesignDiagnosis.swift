// Says in words why the coefficients of a design matrix cannot be told apart, and what to leave out.

/// Throws when a column of `matrix` is a combination of columns before it.
///
/// - Parameter context: `"for the outcome 'passed'"` when there are several outcomes, else empty.
func requireFullRank(
  _ matrix: DesignMatrix, of fixed: FixedTerms, design: [Double], rowCount: Int, context: String
) throws(FormulaError) {
  let columns = matrix.columns
  let aliased = aliasedColumns(of: design, rowCount: rowCount, columnCount: columns.count)
  // The intercept comes first, so every aliased column is made by a term.
  guard let first = aliased.first, let term = columns[first.column].term.map({ fixed.terms[$0] })
  else { return }
  let name = columns[first.column].name
  let label = fixed.label(of: term)
  var message: String
  if first.combination.isEmpty {
    message =
      term.variables.count > 1
      ? "the column '\(name)' is zero in every row used: the data have no such combination; "
        + "leave out '\(label)' or join levels"
      : "the column '\(name)' is zero in every row used; leave out '\(label)'"
  } else if first.combination.allSatisfy({ columns[$0].term == nil }) {
    message =
      "the column '\(name)' is the same in every row used, so its effect cannot be told from the "
      + "intercept; leave out '\(label)'"
  } else {
    message =
      "the column '\(name)' is a combination of "
      + quotedList(first.combination.map { columns[$0].name })
      + ", so their effects cannot be told apart; leave out one of them"
  }
  if rowCount < columns.count {
    message += "; there are \(counted(columns.count, "column")) for \(counted(rowCount, "row"))"
  }
  if aliased.count > 1 {
    message +=
      "; likewise " + quotedList(aliased.dropFirst().map { columns[$0.column].name })
  }
  throw term.place.error(message + (context.isEmpty ? "" : " (\(context))"))
}
