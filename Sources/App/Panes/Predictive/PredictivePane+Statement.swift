// What the pane of predictive checks says of itself.

import RunFolder
import TerminalCore

extension PredictivePane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let run = snapshot.run
    guard let content = PredictiveContent(run, outcome: outcome, isNew: isNew, view: view) else {
      return .empty("predictive checks", .predictive, snapshot)
    }
    let title = content.view.title(of: content.outcome)
    var statement = PaneStatement(shows: "\(title) of \(content.names[content.place])")
    if content.view == .paretoK {
      statement.basis = content.loo.map { snapshot.basis(of: $0.draws) } ?? ""
      statement.computed = snapshot.age(of: .loo)
    } else if let report = content.report {
      if content.hasBothKinds {
        statement.shows +=
          content.outcome?.isConditional == true ? ", the groups of the data" : ", new groups"
      }
      statement.basis = report.basisWords
      if report.basis == .posterior, report.draws < snapshot.keptDraws {
        statement.basis =
          "\(counted(report.simulations, "simulation")) from \(Format.grouped(report.draws)) of "
          + "\(Format.grouped(snapshot.keptDraws)) posterior draws"
      }
      statement.computed = snapshot.age(of: .predictive)
    }
    let item = min(items[content.view] ?? 0, max(0, content.itemCount - 1))
    let finding = content.finding(item: item)
    if finding.judgement >= .doubtful {
      let words = finding.words
      statement.add([words.hasSuffix(".") ? String(words.dropLast()) : words], finding.judgement)
    }
    return statement.ended(snapshot)
  }
}
