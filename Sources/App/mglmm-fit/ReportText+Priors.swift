// The priors of a fit as a table for people.

import RunFolder

extension ReportText {
  /// One line for each parameter or set of parameters; nothing when there are none.
  static func priors(_ priors: [PriorSummary]) -> String {
    guard !priors.isEmpty else { return "" }
    let rows = priors.map { prior in
      let note =
        prior.isDefault
        ? " (default)" : prior.prior.hasPrefix("constant(") ? " (fixed, not estimated)" : ""
      return [prior.parameterClass, "  " + prior.target, "  " + prior.prior + note]
    }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return "Priors\n"
      + rows.map { row in
        let cells = (0..<2).map {
          row[$0] + String(repeating: " ", count: widths[$0] - row[$0].count)
        }
        return "  " + cells.joined() + row[2] + "\n"
      }.joined() + "\n"
  }
}
