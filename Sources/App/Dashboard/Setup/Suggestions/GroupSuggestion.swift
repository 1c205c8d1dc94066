// Whether a column looks like one that groups rows.

extension ColumnProfile {
  /// Whether rows repeat its values as those of a grouping factor do: schools, patients, sites.
  ///
  /// Text of at least five levels, each in two rows on average. Whole numbers must also come in runs, or be named as
  /// identifiers are: counts repeat, too.
  package var looksLikeGroup: Bool {
    guard distinct >= 5, present >= 2 * distinct else { return false }
    switch kind {
    case .text: return true
    case .integer: return isNamedAsIdentifier || runs <= 2 * distinct
    default: return false
    }
  }

  /// Whether it numbers the rows, so that it says nothing.
  package var numbersRows: Bool {
    kind == .integer && distinct == rows && rows > 2
      && moments.map {
        $0.maximum - $0.minimum == Double(rows - 1)
      } == true
  }

  private var isNamedAsIdentifier: Bool {
    let lower = name.lowercased()
    return ["id", "subject", "patient", "group", "cluster", "site", "plot"].contains(lower)
      || lower.hasSuffix("_id") || lower.hasSuffix(".id") || lower.hasPrefix("id_")
      || (name.hasSuffix("ID") && name != "ID" ? true : name == "ID")
  }
}
