// The sections on draws: traces of the worst parameters, and how the sampler moved.

import Panes
import RunFolder
import TerminalCore

extension ReportFigures {
  /// Traces are drawn of so many parameters, all other plots of the first of them.
  private static let mostTraces = 8

  /// The draws of the parameters whose statistics are worst.
  mutating func traces() -> [ReportSection] {
    guard snapshot.hasKeptDraws else { return [] }
    let counted = Set(run.countedParameterNames)
    let sorted = tables(.convergence).first?.rows.compactMap { row -> String? in
      if case .text(let name) = row[0], counted.contains(name) { name } else { nil }
    }
    guard let names = sorted, let worst = names.first else { return [] }
    let shown = names.prefix(Self.mostTraces)
    var words = "Traces of the \(shown.count) parameters nearest to a limit or beyond it"
    let left = names.count - shown.count
    words += left > 0 ? "; \(Format.grouped(left)) more are left out." : "."
    var body = [ReportMarkup.paragraph(shown.count == names.count ? "All parameters." : words)]
    for name in shown {
      browsing.choose(name)
      let panes = PaneSet()
      prepare(.trace, panes)
      body.append(figure(frame(.trace, panes, rows: 16), "Trace of \(name)"))
    }
    browsing.choose(worst)
    prepare(.trace, PaneSet())
    body.append(ReportMarkup.heading("More on \(worst)"))
    for state in walk(.trace, from: PaneSet(), by: .nextSection, most: 12).states.dropFirst() {
      body.append(figure(frame(.trace, state, rows: 16), "\(title(.trace, state)) of \(worst)"))
    }
    return [ReportSection(id: "trace", title: "Trace", body: body)]
  }

  /// Every view of the sampler.
  mutating func sampler() -> [ReportSection] {
    guard snapshot.hasKeptDraws else { return [] }
    prepare(.sampler, PaneSet())
    var body: [String] = []
    for state in walk(.sampler, from: PaneSet(), by: .nextSection, most: 12).states {
      body.append(figure(frame(.sampler, state, rows: 22), title(.sampler, state)))
    }
    if let chains = tables(.sampler).first(where: { $0.name == "chains" }) {
      body.append(ReportTable(table: chains, caption: "Transitions after warm-up by chain").html)
    }
    return [ReportSection(id: "sampler", title: "Sampler", body: body)]
  }

  /// What stands in the top line of a frame, up to what follows a colon.
  func title(_ kind: PaneKind, _ panes: PaneSet) -> String {
    let lines = frame(kind, panes, rows: 16).asText().split(separator: "\n")
    for line in lines.prefix(3) {
      guard let start = line.firstRange(of: "┌─ ") else { continue }
      let rest = line[start.upperBound...]
      let end = rest.firstRange(of: " ─")?.lowerBound ?? rest.endIndex
      let title = rest[..<end]
      return String(title[..<(title.firstIndex(of: ":") ?? title.endIndex)])
    }
    return kind.title
  }
}
