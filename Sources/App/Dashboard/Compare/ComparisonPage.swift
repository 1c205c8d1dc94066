// A comparison as rows of the screen: facts in columns, cautions, and a forest plot.

import Panes
import Plots
import RunFolder
import TerminalCore

/// Rows that are drawn one by one, so that a page can be scrolled or written out whole.
struct ComparisonPage {
  typealias Row = (inout CellBuffer, Rect) -> Void

  private(set) var rows: [Row] = []
  private let runs: [DashboardSnapshot]
  private let columns: Int
  private let charset: Charset

  /// An empty page of some width.
  init(_ runs: [DashboardSnapshot], columns: Int, charset: Charset) {
    self.runs = runs
    self.columns = columns
    self.charset = charset
  }

  private mutating func add(_ pieces: [StyledText]) {
    rows.append { buffer, area in buffer.write(pieces, in: area) }
  }

  /// An empty row.
  mutating func addGap() { rows.append { _, _ in } }

  // MARK: - Facts

  /// The runs with their letters, the cautions, and the facts in columns.
  mutating func addFacts() {
    let notes = ComparisonNotes(runs).all
    for note in notes where note.judgement >= .doubtful { add(note) }
    let facts = ComparisonFacts(runs)
    let names = facts.sections.flatMap(\.facts).map(\.name)
    let width = min(names.map(\.count).max() ?? 0, max(8, columns / 4)) + 2
    let share = max(4, (columns - width) / max(1, runs.count))
    addCells(
      "", runs.map { $0.run.name }, roles: runs.indices.map { RunMark($0).role }, width, share)
    for section in facts.sections {
      add([StyledText(section.title, Style(.heading, .bold))])
      for fact in section.facts {
        let roles = fact.judgements.map { $0 >= .doubtful ? $0.role : ThemeRole.text }
        let values = zip(fact.values, fact.judgements).map { value, judgement in
          judgement >= .doubtful ? "\(judgement.mark(in: charset)) \(value)" : value
        }
        let mark = fact.differs ? (charset == .ascii ? "*" : "≠") : " "
        addCells("\(mark)\(fact.name)", values, roles: roles, width, share)
      }
    }
    for note in notes where note.judgement < .doubtful { add(note) }
  }

  private mutating func add(_ note: ComparisonNote) {
    let isCaution = note.judgement >= .doubtful
    let mark = isCaution ? note.judgement.mark(in: charset) + " " : ""
    for line in wrapped(mark + note.words, columns: columns) {
      add([StyledText(line, Style(isCaution ? note.judgement.role : .muted))])
    }
  }

  /// One fact: its name, and below each run its text over as many rows as it takes.
  private mutating func addCells(
    _ name: String, _ values: [String], roles: [ThemeRole], _ width: Int, _ share: Int
  ) {
    let isHead = name.isEmpty
    let lines = values.enumerated().map { place, value in
      wrapped(
        (isHead ? "\(RunMark(place).letter) " : "") + value, columns: max(3, share - 2))
    }
    for line in 0..<(lines.map(\.count).max() ?? 0) {
      let head = line == 0 ? name : ""
      let cells = lines.map { line < $0.count ? $0[line] : "" }
      rows.append { buffer, area in
        let isMarked = head.hasPrefix("≠") || head.hasPrefix("*")
        buffer.write(
          head, in: area.splitLeft(width - 1).left, Style(isMarked ? .accent : .muted))
        for (place, cell) in cells.enumerated() {
          let room = Rect(
            column: area.column + width + place * share, row: area.row, columns: share - 2, rows: 1)
          buffer.write(
            cell, in: room.intersection(area), Style(roles[place], isHead ? .bold : []))
        }
      }
    }
  }

  // MARK: - Estimates

  /// The parameters that the runs share, each with a row for every run, over the axis of its section.
  mutating func addEstimates() {
    let comparison = ParameterComparison(runs)
    let shared = comparison.shared
    guard !shared.isEmpty else {
      add([StyledText("The runs share no parameter yet.", Style(.muted))])
      return addAlone(comparison)
    }
    var legend = [StyledText("Estimates, 50% and 95% intervals:  ", Style(.heading, .bold))]
    for (place, run) in runs.enumerated() {
      legend += [RunMark(place).text, StyledText(" \(run.run.name)  ", Style(.muted))]
    }
    add(legend)
    let label = min(
      shared.map { displayWidth(of: $0.label, in: charset) }.max() ?? 0, max(8, columns / 4))
    let texts = shared.flatMap { $0.estimates.compactMap { $0.map { Self.text($0) } } }
    let number = min(
      texts.map { displayWidth(of: $0, in: charset) }.max() ?? 0, max(0, columns - label - 5))
    let left = label + number + 7
    let hasPlot = columns - left >= 12
    var sections: [String] = []
    for parameter in shared where !sections.contains(parameter.section) {
      sections.append(parameter.section)
    }
    for section in sections {
      let own = shared.filter { $0.section == section }
      let scale = ComparisonScale(own)
      rows.append { buffer, area in
        buffer.write(
          section, in: hasPlot ? area.splitLeft(left - 1).left : area, Style(.title, .bold))
        if hasPlot { scale.drawTicks(into: &buffer, in: area.inset(left: left)) }
      }
      for parameter in own { add(parameter, label, number, hasPlot ? left : nil, scale) }
    }
    addAlone(comparison)
  }

  private mutating func add(
    _ parameter: ComparedParameter, _ label: Int, _ number: Int, _ left: Int?,
    _ scale: ComparisonScale
  ) {
    let shown = parameter.estimates.enumerated().compactMap { place, estimate in
      estimate.map { (mark: RunMark(place), estimate: $0) }
    }
    for (line, (mark, estimate)) in shown.enumerated() {
      let name = line == 0 ? parameter.label : ""
      rows.append { buffer, area in
        buffer.write(
          name,
          in: Rect(column: area.column + 1, row: area.row, columns: label, rows: 1)
            .intersection(area))
        buffer.write(
          [mark.text], in: Rect(column: area.column + label + 2, row: area.row, columns: 1, rows: 1)
        )
        buffer.write(
          Self.text(estimate),
          in: Rect(
            column: area.column + label + 4, row: area.row, columns: number, rows: 1
          ).intersection(area), aligned: .right)
        if let left {
          scale.draw(estimate, of: mark, into: &buffer, in: area.inset(left: left))
        }
      }
    }
  }

  private static func text(_ estimate: ComparedEstimate) -> String {
    let point = Format.significant(estimate.point, digits: 4)
    guard let outer = estimate.outer else { return point }
    return "\(point) [\(Format.significant(outer.lowerBound, digits: 3)), "
      + "\(Format.significant(outer.upperBound, digits: 3))]"
  }

  /// The parameters that one run alone has, by name.
  private mutating func addAlone(_ comparison: ParameterComparison) {
    for place in runs.indices {
      let alone = comparison.alone(in: place)
      guard !alone.isEmpty else { continue }
      let names =
        alone.prefix(20).map(\.label).joined(separator: ", ")
        + (alone.count > 20 ? ", …" : "")
      let words = "\(RunMark(place).letter) alone has \(names)"
      for line in wrapped(words, columns: columns) {
        add([StyledText(line, Style(.muted))])
      }
    }
  }

  // MARK: - Drawing

  /// Draws the rows from one on.
  func draw(from first: Int, into buffer: inout CellBuffer, in area: Rect) {
    for (place, row) in rows.dropFirst(first).prefix(area.rows).enumerated() {
      row(
        &buffer,
        Rect(column: area.column, row: area.row + place, columns: area.columns, rows: 1))
    }
  }
}
