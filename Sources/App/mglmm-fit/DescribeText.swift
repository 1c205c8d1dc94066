// The description of a model as text for people.

import RunFolder

/// Descriptions as text.
enum DescribeText {
  /// A model that could be fitted.
  static func text(of description: ModelDescription) -> String {
    var text = description.model.formula + "\n"
    text += "\(description.parameters) parameters, \(description.effects) random effects, "
    text += "\(description.observations) values in \(description.rows) rows; "
    text += "method \(description.method.rawValue)\n\n"
    text += section(
      "Outcomes",
      description.model.outcomes.map { outcome in
        let scales = description.dispersion.filter { $0.outcome == outcome.name }
          .map { $0.parameter + ($0.isFixed ? " (fixed)" : "") }
        return [
          outcome.name, outcome.family, "link \(outcome.link)", "\(outcome.observations) values",
          scales.joined(separator: ", "),
        ]
      })
    text += section(
      "Left out",
      description.missing.map {
        [$0.outcome, "\($0.rows) rows", "missing \($0.columns.joined(separator: ", "))"]
      })
    text += section("Coefficients", coefficients(description))
    text += section(
      "Random effects",
      description.random.map { block in
        [
          block.group, "\(block.levels) levels", block.structure,
          block.terms.map { name($0, description) }.joined(separator: ", "),
        ]
      })
    text += section(
      "Priors",
      description.priors.map {
        [
          $0.address, "~ \($0.summary.prior)",
          $0.summary.isDefault ? "default" : "stated", $0.summary.target,
        ]
      })
    for note in description.notes { text += "note: \(note)\n" }
    for warning in description.warnings {
      text += "warning: \(warning.message); \(warning.advice)\n"
    }
    return text
  }

  /// What is wrong, and under the formula a caret where.
  static func text(of fault: ModelFault) -> String {
    guard let formula = fault.formula, let offset = fault.offset, let length = fault.length else {
      return fault.message
    }
    let indent = String(repeating: " ", count: offset)
    let caret = "^" + String(repeating: "~", count: length - 1)
    return "\(fault.message)\n  \(formula)\n  \(indent)\(caret)"
  }

  /// A line for each linear predictor.
  private static func coefficients(_ description: ModelDescription) -> [[String]] {
    var rows: [[String]] = []
    for term in description.fixed {
      let parameter = term.parameter == "mu" ? "" : "\(term.parameter) of "
      let owner = parameter + term.outcome
      if rows.last?[0] == owner {
        rows[rows.count - 1][1] += ", " + term.term
      } else {
        rows.append([owner, term.term])
      }
    }
    return rows
  }

  private static func name(_ term: PredictorTerm, _ description: ModelDescription) -> String {
    let parameter = term.parameter == "mu" ? "" : "\(term.parameter) "
    let outcome = description.model.outcomes.count > 1 ? "\(term.outcome) " : ""
    return parameter + outcome + term.term
  }

  /// A table under its title; nothing when it has no rows.
  private static func section(_ title: String, _ rows: [[String]]) -> String {
    guard let columns = rows.map(\.count).max() else { return "" }
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    var text = title + "\n"
    for row in rows {
      var line = " "
      for (column, cell) in row.enumerated() where widths[column] > 0 {
        line += " " + cell + String(repeating: " ", count: widths[column] - cell.count + 1)
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text + "\n"
  }
}
