// What the pane of traces says of itself.

import RunFolder
import TerminalCore

extension TracePane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let kind = mode.title.prefix(1).lowercased() + mode.title.dropFirst()
    guard snapshot.hasDraws else { return .empty(kind, .draws, snapshot) }
    guard let name = browsing.parameter else {
      return PaneStatement(
        shows: kind, problems: ["no parameter passes the filter \(browsing.filter.pattern)"])
    }
    let data = TraceData(snapshot, browsing)
    var shows = "\(kind) of \(name)"
    if let front = data.front { shows += ", chain \(front) in front" }
    if mode == .trace, data.warmup > 0, snapshot.hasKeptDraws {
      shows += data.showsWarmup ? ", with warm-up" : ", without warm-up"
    }
    shows += priorWords(snapshot) + snapshot.filterWords(browsing)
    let basis = StatedBasis([name], snapshot)
    var statement = PaneStatement(shows: shows, basis: basis.words, computed: basis.computed)
    switch mode {
    case .trace, .density:
      // The plot has every draw; only the numbers under it may be older.
      if snapshot.hasKeptDraws {
        statement.basis = basisWords(snapshot.diagnostics.basis, of: snapshot.run.chains.count)
      }
    default:
      if let detail = snapshot.diagnostics.drawsDetail, detail.parameter == name {
        let now = snapshot.diagnostics.basis.draws
        let words = basisWords(detail.basis, of: snapshot.run.chains.count)
        statement.basis =
          detail.basis.draws < now
          ? "on \(detail.basis.chains.count) × \(Format.grouped(detail.basis.draws)) of "
            + "\(Format.grouped(now)) draws" : words
      } else if snapshot.hasKeptDraws {
        statement.add(["not computed yet"], .none)
      }
    }
    let passed = snapshot.limitsPassed(name, isNamed: false)
    statement.add(passed.words, passed.judgement)
    statement.add(basis.missing, .none)
    return statement.ended(snapshot)
  }
}
