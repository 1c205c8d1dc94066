// The sections that are tables first: verdicts, estimates, convergence; and progress.

import Panes
import RunFolder
import TerminalCore

extension ReportFigures {
  /// What is wrong, in words, before anything else.
  func verdicts() -> ReportSection {
    var body: [String] = []
    guard let table = tables(.overview).first else {
      body.append(ReportMarkup.paragraph("There is nothing to judge: \(run.state.word)."))
      return ReportSection(id: "verdicts", title: "Verdicts", body: body)
    }
    let levels = ["failed", "warned", "passed", "unavailable"]
    let counts = levels.compactMap { level -> String? in
      let count = table.rows.count { $0.first == .text(level) }
      return count == 0 ? nil : "\(count) \(level == "unavailable" ? "not available" : level)"
    }
    let troubles = table.rows.filter { [.text("failed"), .text("warned")].contains($0[0]) }
    let isPreliminary = run.checkReport == nil
    body.append(
      ReportMarkup.paragraph(
        (troubles.isEmpty ? "Nothing is wrong as far as was checked" : "What to look at first")
          + ": \(counts.joined(separator: ", "))."
          + (isPreliminary
            ? " These checks are preliminary: the run has not made its own yet." : ""),
        role: troubles.isEmpty ? "passed" : "warned"))
    body.append(
      ReportTable(table: table, hidden: ["source"], source: command(.overview, table)).html)
    let warnings = run.problems.map { ReportMarkup.paragraph($0, role: "warned") }
    return ReportSection(id: "verdicts", title: "Verdicts", body: body + warnings)
  }

  /// The estimates as a forest plot and as numbers.
  func estimates() -> [ReportSection] {
    guard let table = tables(.estimates).first, !table.rows.isEmpty else { return [] }
    let rows = min(table.rows.count + sectionCount(table) + 6, 80)
    return [
      ReportSection(
        id: "estimates", title: "Estimates",
        body: [
          figure(
            frame(.estimates, PaneSet(), rows: rows),
            "Estimates with their 50% and 95% intervals"),
          ReportTable(table: table, source: command(.estimates, table)).html,
        ])
    ]
  }

  /// How many sections the estimates stand in; each has a row of its own.
  private func sectionCount(_ table: PaneTable) -> Int {
    var count = 0
    for (place, row) in table.rows.enumerated()
    where place == 0 || row[0] != table.rows[place - 1][0] { count += 1 }
    return 2 * count
  }

  /// R-hat and effective sample sizes, the worst first; random effects apart.
  func convergence() -> [ReportSection] {
    guard snapshot.hasKeptDraws, let table = tables(.convergence).first else { return [] }
    let counted = Set(run.countedParameterNames)
    func isCounted(_ value: PaneTable.Value) -> Bool {
      if case .text(let name) = value { counted.contains(name) } else { false }
    }
    var own = table
    own.rows = table.rows.filter { isCounted($0[0]) }
    var effects = table
    effects.rows = table.rows.filter { !isCounted($0[0]) && $0[0] != .text("lp__") }
    var body = [
      ReportTable(
        table: own, caption: "The worst first", hidden: ["chains", "mcse_sd"],
        source: command(.convergence, table)
      ).html
    ]
    if !effects.rows.isEmpty {
      let most = 10
      body.append(
        ReportTable(
          table: effects,
          caption: "Random effects, \(Format.grouped(effects.rows.count)) in all, the worst first",
          hidden: ["chains", "mcse_sd"], mostRows: most, source: command(.convergence, table)
        ).html)
    }
    return [ReportSection(id: "convergence", title: "Convergence", body: body)]
  }

  /// The optimizer's path and the chains.
  func progress() -> [ReportSection] {
    let own = tables(.progress)
    guard !own.isEmpty else { return [] }
    var body: [String] = []
    if own.contains(where: { $0.name == "optimizer" }) {
      body.append(figure(frame(.progress, PaneSet(), rows: 30), "How far the fit has come"))
    }
    body += own.map { table in
      ReportTable(
        table: table, caption: table.name == "chains" ? "Chains" : "Steps of the optimizer",
        mostRows: 60, source: command(.progress, table)
      ).html
    }
    return [ReportSection(id: "progress", title: "Progress", body: body)]
  }
}
