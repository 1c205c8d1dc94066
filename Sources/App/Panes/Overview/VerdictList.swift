// The verdicts as a list, and the one in front in full.

import Plots
import TerminalCore

/// A line for each verdict; meaning, advice and source of the one in front below.
struct VerdictList: Drawable {
  var report: OverviewReport
  var selected: Int
  var emptyWords: String

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let lines = report.lines
    guard !lines.isEmpty else {
      let inside = buffer.drawPanel(area, title: "Verdicts").inset(left: 1, right: 1)
      return buffer.drawNotice(emptyWords, in: inside)
    }
    let line = lines[selected]
    var list = area
    if area.rows >= 7 {
      let hasFrame = area.rows >= 16 && area.columns >= 24
      let width = area.columns - (hasFrame ? 4 : 2)
      let words = details(of: line).reduce(0) {
        $0 + wrapped($1.text, columns: max(1, width)).count
      }
      let wanted = min(words + (hasFrame ? 2 : 1), hasFrame ? area.rows / 2 : area.rows / 3)
      let parts = area.splitBottom(max(2, wanted))
      list = parts.rest
      drawDetails(of: line, hasFrame: hasFrame, into: &buffer, in: parts.bottom)
    }
    let inside = buffer.drawPanel(
      list, title: "Verdicts",
      note: area.columns < 60 ? report.shortTally(in: buffer.charset) : report.tally,
      footnote: report.basis)
    drawTable(lines, into: &buffer, in: inside.inset(left: 1, right: 1))
  }

  private func drawTable(
    _ lines: [OverviewLine], into buffer: inout CellBuffer, in area: Rect
  ) {
    let charset = buffer.charset
    let subjects = lines.map { displayWidth(of: $0.subject, in: charset) }.max() ?? 0
    // What stands below for the line in front, a wide list has for every line.
    let isWide = area.columns >= 110
    let meaning = area.columns - 62 - min(subjects, 24)
    let room = isWide ? 24 : max(10, area.columns - (area.columns >= 60 ? 46 : 28))
    var table = Table(
      columns: [
        TableColumn("", alignment: .left, rank: 0),
        TableColumn("check", alignment: .left, rank: 0),
        TableColumn(
          "of", alignment: .left, minimumWidth: min(subjects, 10), rank: 1, isFlexible: true),
        TableColumn("number", rank: 0), TableColumn("limit", rank: 2),
        TableColumn("", alignment: .left, minimumWidth: isWide ? meaning : 0, rank: 3),
      ], rowCount: lines.count
    ) { row in
      let line = lines[row]
      let style = Style(line.judgement == .good ? .text : line.judgement.role)
      return [
        StyledText(line.judgement.sign(in: charset), Style(line.judgement.role, .bold)),
        StyledText(line.check, style),
        StyledText(shortened(line.subject, columns: room, charset: charset)),
        StyledText(line.number, style), StyledText(line.limit, Style(.muted)),
        StyledText(isWide ? clipped(line.meaning, columns: meaning) : "", Style(.muted)),
      ]
    }
    table.selected = selected
    table.showsHeader = area.rows >= 5
    table.firstRow = centredFirstRow(
      selected, visible: table.visibleCount(in: area), of: lines.count)
    table.draw(into: &buffer, in: area)
  }

  private func details(of line: OverviewLine) -> [StyledText] {
    var parts = [StyledText(line.meaning)]
    if !line.advice.isEmpty { parts.append(StyledText(line.advice, .plain.bold)) }
    let limit = line.limit.isEmpty ? "" : "Limit \(line.limit), "
    parts.append(
      StyledText("\(limit)\(line.source). Enter: \(line.pane.title).", Style(.muted)))
    return parts
  }

  private func drawDetails(
    of line: OverviewLine, hasFrame: Bool, into buffer: inout CellBuffer, in area: Rect
  ) {
    let title = line.subject.isEmpty ? line.check : "\(line.check) of \(line.subject)"
    var rest =
      hasFrame
      ? buffer.drawPanel(area, title: title, leastRows: 3).inset(left: 1, right: 1)
      : area.inset(left: 1, right: 1)
    for part in details(of: line) {
      guard rest.rows > 0 else { return }
      let used = buffer.writeWrapped(part.text, in: rest, part.style)
      rest = rest.inset(top: used)
    }
  }
}

extension Judgement {
  /// The mark of a list in which each line has one.
  func sign(in charset: Charset) -> String { self == .none ? "?" : mark(in: charset) }
}
