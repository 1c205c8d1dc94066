// The tables of panes as tables of the page.

import Panes
import TerminalCore

/// A table of the page.
struct ReportTable {
  var table: PaneTable
  var caption = ""
  /// Columns that are left out.
  var hidden: Set<String> = []
  /// The rows that are shown; the others are said to be left out.
  var mostRows = 200
  /// How the whole table can be had.
  var source = ""

  /// The table as markup; nothing without rows.
  var html: String {
    guard !table.rows.isEmpty else { return "" }
    let shown = table.columns.indices.filter { column in
      !hidden.contains(table.columns[column])
        && table.rows.contains { $0[column] != .missing }
    }
    var lines = ["<div class=\"wide\"><table>"]
    if !caption.isEmpty { lines.append("<caption>\(Markup.escaped(caption))</caption>") }
    let titles = shown.map { column in
      let title = Self.titles[table.columns[column]] ?? table.columns[column]
      return "<th scope=\"col\"\(isNumeric(column) ? " class=\"n\"" : "")>"
        + "\(Markup.escaped(title))</th>"
    }
    lines.append("<thead><tr>\(titles.joined())</tr></thead>\n<tbody>")
    for row in table.rows.prefix(mostRows) {
      lines.append("<tr>\(shown.map { cell(row[$0], column: $0) }.joined())</tr>")
    }
    lines.append("</tbody></table></div>")
    if table.rows.count > mostRows {
      let words = "\(Format.grouped(table.rows.count - mostRows)) more rows are left out"
      lines.append(
        ReportMarkup.paragraph(source.isEmpty ? words + "." : "\(words): \(source)", role: "note"))
    }
    return lines.joined(separator: "\n")
  }

  private func isNumeric(_ column: Int) -> Bool {
    table.rows.contains { if case .number = $0[column] { true } else { false } }
  }

  private func cell(_ value: PaneTable.Value, column: Int) -> String {
    let name = table.columns[column]
    switch value {
    case .missing: return "<td\(isNumeric(column) ? " class=\"n\"" : "")></td>"
    case .number(let number):
      return "<td class=\"n\">\(Markup.escaped(Self.text(number, in: name)))</td>"
    case .text(let text):
      let level = ["judgement", "level"].contains(name) ? " class=\"\(Markup.escaped(text))\"" : ""
      return "<td\(level)>\(Markup.escaped(text))</td>"
    }
  }

  /// A number as people read it, by its column.
  private static func text(_ number: Double, in column: String) -> String {
    if column == "p" || column.hasPrefix("p_at") || column.hasPrefix("p_two") {
      return Format.pValue(number)
    }
    if column == "rhat" { return Format.fixed(number, decimals: 3) }
    if column == "contraction" { return Format.fixed(number, decimals: 2) }
    if column.hasPrefix("ess_"), number.isFinite, abs(number) < 1e15 {
      return Format.grouped(Int(number.rounded()))
    }
    if number == number.rounded(), abs(number) < 1e9 { return Format.grouped(Int(number)) }
    return Format.significant(number, digits: 4)
  }

  private static let titles = [
    "rhat": "R-hat", "ess_bulk": "bulk ESS", "ess_tail": "tail ESS", "mcse_mean": "MCSE of mean",
    "mcse_sd": "MCSE of sd", "se": "std. error", "q2.5": "2.5%", "q5": "5%", "q25": "25%",
    "q50": "50%", "q75": "75%", "q95": "95%", "q97.5": "97.5%", "dpar": "parameter",
    "p_at_least": "P(sim ≥ data)", "p_two_sided": "two-sided p", "draws_per_chain": "draws a chain",
    "log_likelihood": "log-likelihood", "gradient_max": "largest gradient",
    "step_length": "step length", "iterations_per_second": "per second",
    "seconds_left": "seconds left", "step_size": "step size",
    "divergences_warmup": "divergences in warm-up", "accept_stat": "acceptance",
    "treedepth_mean": "mean depth", "treedepth_max": "deepest", "ebfmi": "E-BFMI",
  ]
}
