// Whether the chains have converged, parameter by parameter, worst first.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The pane of convergence; a fit without draws has its estimates here.
package struct ConvergencePane: Pane {
  package static let kind = PaneKind.convergence

  var sort = ConvergenceColumn.worst
  var isDescending = true
  /// The row in front in the table of estimates.
  private(set) var estimateRow = 0

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      if showsEstimates(snapshot) { return .enabled }
      return browsing.parameters.isEmpty ? .disabled("there are no rows") : .enabled
    case .sortColumn, .sortReverse:
      if showsEstimates(snapshot) { return .disabled("estimates keep the model's order") }
      return snapshot.hasKeptDraws ? .enabled : .disabled("there are no draws to sort by")
    case .open: return snapshot.hasDraws ? .enabled : .disabled("there are no draws to trace")
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .sortColumn:
      let all = ConvergenceColumn.allCases
      sort = all[(sort.rawValue + 1) % all.count]
      isDescending = sort.beginsDescending
    case .sortReverse: isDescending.toggle()
    case .open:
      if let name = browsing.chosenParameter ?? sortedNames(snapshot, browsing).first {
        browsing.choose(name)
      }
      return .trace
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 5)) else { return nil }
      if showsEstimates(snapshot), let fit = snapshot.run.fitReport {
        let count = fit.fixed.count + fit.dispersion.count
        estimateRow = min(max(0, estimateRow + min(max(steps, -count), count)), max(0, count - 1))
      } else {
        let names = sortedNames(snapshot, browsing)
        guard !names.isEmpty else { return nil }
        let row = selectedRow(names, browsing)
        let target = row + min(max(steps, -names.count), names.count)
        browsing.choose(names[min(max(0, target), names.count - 1)])
      }
    }
    return nil
  }

  /// The names in the order of the table; those without numbers come last, in the order of the file.
  func sortedNames(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [String] {
    let report = snapshot.diagnostics
    if sort == .parameter {
      let names = browsing.parameters.sorted()
      return isDescending ? names.reversed() : names
    }
    let keys = browsing.parameters.enumerated().map { index, name in
      let key =
        if let known = report.current(name) {
          sort.key(known, report.thresholds)
        } else {
          report.running[name].flatMap { sort.key($0, report.thresholds) }
        }
      return (name: name, index: index, key: key.flatMap { $0.isNaN ? nil : $0 })
    }
    return keys.sorted { left, right in
      switch (left.key, right.key) {
      case (let a?, let b?) where a != b: isDescending ? a > b : a < b
      case (.some, nil): true
      case (nil, .some): false
      default: left.index < right.index
      }
    }.map(\.name)
  }

  /// The row in front: that of the parameter chosen, or the first, which is the worst.
  private func selectedRow(_ names: [String], _ browsing: Browsing) -> Int {
    browsing.chosenParameter.flatMap { names.firstIndex(of: $0) } ?? 0
  }

  /// A fit without draws, whose estimates are shown instead.
  private func showsEstimates(_ snapshot: DashboardSnapshot) -> Bool {
    !snapshot.hasDraws && snapshot.run.fitReport != nil
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    let names = sortedNames(snapshot, browsing)
    let selected = selectedRow(names, browsing)
    let first = centredFirstRow(selected, visible: size.rows, of: names.count)
    return Array(names.dropFirst(first).prefix(size.rows))
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    if showsEstimates(snapshot), let fit = snapshot.run.fitReport {
      return EstimateTable(fit: fit, isSampled: snapshot.isSampled, selected: estimateRow).draw(
        into: &buffer, in: area)
    }
    let title = "Convergence" + priorWords(snapshot)
    guard snapshot.hasKeptDraws else {
      let inside = buffer.drawPanel(area, title: title)
      return buffer.drawNotice(
        missingWords(.keptDraws, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let words = ConvergenceWords(snapshot)
    let hasWords = area.rows >= 5
    let sentences = hasWords ? words.sentences(most: area.rows >= 12 ? 4 : 1) : []
    let top = area.splitTop(sentences.count)
    for (index, sentence) in sentences.enumerated() {
      let row = Rect(
        column: area.column + 1, row: area.row + index, columns: area.columns - 2, rows: 1)
      let mark = sentence.judgement.mark(in: buffer.charset)
      buffer.write(
        "\(mark) \(sentence.text)", in: row,
        Style(sentence.judgement == .none ? .text : sentence.judgement.role, .bold))
    }
    drawTable(snapshot, browsing, words, into: &buffer, in: top.rest)
  }

  private func drawTable(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, _ words: ConvergenceWords,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let names = sortedNames(snapshot, browsing)
    let filtered = browsing.filter.isActive ? ", \(names.count) of \(browsing.parameterCount)" : ""
    let order =
      "sorted by \(sort.title)" + (isDescending == sort.beginsDescending ? "" : ", reversed")
    let inside = buffer.drawPanel(
      area, title: "Convergence" + priorWords(snapshot), note: order + filtered,
      footnote: words.basis)
    let charset = buffer.charset
    // How old numbers are is told row by row only where it differs.
    let showsAges = sort == .basis || names.contains { isBehind($0, snapshot.diagnostics) }
    let columns = ConvergenceColumn.shown.filter { $0 != .basis || showsAges }
    let longest = names.map { displayWidth(of: $0, in: charset) }.max() ?? 0
    let nameWidth = max(16, inside.columns - (inside.columns >= 100 ? (showsAges ? 86 : 76) : 50))
    var table = Table(
      columns: columns.map {
        TableColumn(
          $0.title, alignment: $0 == .parameter ? .left : .right,
          minimumWidth: $0 == .parameter ? min(longest, nameWidth) : 0, rank: $0.rank,
          isFlexible: $0 == .parameter)
      }, rowCount: names.count
    ) { row in
      let name = shortened(names[row], columns: nameWidth, charset: charset)
      // Numbers on less than half of the draws give way to those that running sums have of all.
      guard let known = snapshot.diagnostics.current(names[row]) else {
        let running = snapshot.diagnostics.running[names[row]]
        return columns.map { $0.cell(name, running) }
      }
      return columns.map { $0.cell(name, known, charset) }
    }
    table.emptyNotice =
      "no parameter passes the filter \(browsing.filter.pattern); Esc clears it"
    table.sortColumn = columns.firstIndex(of: sort)
    table.sortsDescending = isDescending
    let selected = selectedRow(names, browsing)
    table.selected = names.isEmpty ? nil : selected
    let visible = table.visibleCount(in: inside)
    table.firstRow = centredFirstRow(selected, visible: visible, of: names.count)
    table.draw(into: &buffer, in: inside.inset(left: 1, right: 1))
  }
}

/// Whether the numbers of a parameter rest on fewer draws than there are.
private func isBehind(_ name: String, _ report: DiagnosticReport) -> Bool {
  (report.current(name)?.drawsPerChain).map { $0 < report.basis.draws } ?? true
}

/// How many rows a command of motion goes; `nil` for other commands.
func rowSteps(_ command: PaneCommand, page: Int) -> Int? {
  switch command {
  case .up: -1
  case .down: 1
  case .pageUp: -page
  case .pageDown: page
  case .first: -1_000_000
  case .last: 1_000_000
  default: nil
  }
}
