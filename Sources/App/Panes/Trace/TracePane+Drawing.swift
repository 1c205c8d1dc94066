// The drawing of the pane of traces.

import Plots
import RunFolder
import TerminalCore

extension TracePane {
  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let title = mode.title + priorWords(snapshot)
    guard snapshot.hasDraws else {
      let inside = buffer.drawPanel(area, title: title)
      return buffer.drawNotice(
        missingWords(.draws, snapshot), in: inside.inset(left: 1, right: 1))
    }
    guard let name = browsing.parameter else {
      let inside = buffer.drawPanel(area, title: title)
      return buffer.drawNotice(
        "No parameter passes the filter \(browsing.filter.pattern). Esc clears it.", in: inside)
    }
    // What is pressed is found by the same charset as what is drawn.
    var browsing = browsing
    browsing.charset = buffer.charset
    let view = TraceView(self, snapshot, browsing, area.size)
    buffer.withArea(area) { buffer in
      if let list = view.layout.list {
        ParameterList(snapshot: snapshot, browsing: browsing, scroll: scroll).draw(
          into: &buffer, in: list)
      }
      if isGrid {
        drawGrid(view, title, into: &buffer)
      } else {
        drawPlot(of: name, view, title, into: &buffer)
      }
      if let density = view.layout.density {
        TraceDensity(name: name, data: view.data, snapshot: snapshot).draw(
          into: &buffer, in: density)
      }
    }
  }

  private func drawGrid(_ view: TraceView, _ title: String, into buffer: inout CellBuffer) {
    let names = view.namesInGrid
    let all = view.browsing.parameters
    let first = names.first.flatMap { all.firstIndex(of: $0) } ?? 0
    let inside = buffer.drawPanel(
      view.layout.panel, title: "\(title), grid",
      note: "\(first + 1)–\(first + names.count) of \(all.count)",
      footnote: [view.zoomWords, "Enter: one large"].filter { !$0.isEmpty }
        .joined(separator: ", "))
    TraceGrid(view: view).draw(into: &buffer, in: inside)
  }

  private func drawPlot(
    of name: String, _ view: TraceView, _ title: String, into buffer: inout CellBuffer
  ) {
    let (data, browsing, area) = (view.data, view.browsing, view.layout.panel)
    let place = browsing.parameterIndex.map { "\($0 + 1) of \(browsing.parameters.count)" }
    let views = "view \(mode.rawValue + 1) of \(TraceMode.allCases.count) ([ ])"
    let pin = browsing.pinned.contains(name) ? "\(buffer.charset.pin) " : ""
    let room = area.columns - 6 - displayWidth(of: title + pin, in: buffer.charset)
    let shown = pin + shortened(name, columns: max(12, room - 2), charset: buffer.charset)
    let fullNote = place.map { "\(views), \($0)" } ?? views
    let isRoomy = displayWidth(of: shown + fullNote, in: buffer.charset) + 4 <= room
    _ = buffer.drawPanel(
      area, title: "\(title): \(shown)", note: isRoomy ? fullNote : place ?? "",
      footnote: [view.zoomWords, data.footnote(of: name, mode)].filter { !$0.isEmpty }
        .joined(separator: ", "))
    if mode == .trace {
      buffer.draw(view.trace(of: name), in: view.layout.plot)
    } else {
      buffer.draw(view.plots(of: name), in: view.layout.plot)
    }
    let reading = cursor.isOn ? view.reading : nil
    reading?.draw(cursor, into: &buffer)
    if let selection, let frame = view.frame {
      selection.draw(over: frame, selectsY: mode == .trace, into: &buffer)
    }
    drawLines(of: name, view, reading, into: &buffer)
  }

  /// The rows under the plot: readings or the legend, then the numbers of the parameter.
  private func drawLines(
    of name: String, _ view: TraceView, _ reading: PlotReading?, into buffer: inout CellBuffer
  ) {
    let lines = view.layout.lines
    var rows = 1
    if let words = selectionWords(view) {
      buffer.write(words, in: lines, Style(.accent))
    } else if let reading {
      rows = buffer.write(readings: reading.words(at: cursor), in: lines)
    } else {
      drawLegend(view.data, into: &buffer, in: lines.splitTop(1).top)
    }
    if view.layout.hasNumbers, rows < 2 {
      buffer.write(view.data.numbers(of: name, buffer.charset), in: lines.inset(top: 1))
    }
  }

  /// What a release of the button would show.
  private func selectionWords(_ view: TraceView) -> String? {
    guard let selection, let frame = view.frame else { return nil }
    let part = selection.part(of: frame, selectsY: mode == .trace)
    var words: [String] = []
    if let columns = part.columns {
      let low = frame.xValues(in: columns.lowerBound).lowerBound
      let high = frame.xValues(in: columns.upperBound).upperBound
      words.append(
        mode == .trace
          ? "\(view.data.unitName)s \(Int(low.rounded(.up))) to \(Int(high.rounded(.down)))"
          : "values \(Panes.reading(low, on: frame.x)) to \(Panes.reading(high, on: frame.x))")
    }
    if let rows = part.rows {
      let low = frame.yValues(in: rows.upperBound).lowerBound
      let high = frame.yValues(in: rows.lowerBound).upperBound
      words.append(
        "values \(Panes.reading(low, on: frame.y)) to \(Panes.reading(high, on: frame.y))")
    }
    return words.isEmpty ? nil : "zoom to " + words.joined(separator: ", ")
  }

  private func drawLegend(_ data: TraceData, into buffer: inout CellBuffer, in area: Rect) {
    let note = mode == .trace ? data.legendNote : mode.caption
    let width = displayWidth(of: note, in: buffer.charset)
    let hasNote = width + 12 <= area.columns
    let room = hasNote ? area.inset(right: width + 2) : area
    // Growth is that of all chains together.
    let entries: [(name: String, role: ThemeRole)] =
      mode == .essGrowth ? [("bulk", .chain(1)), ("tail", .chain(2))] : data.legend
    buffer.draw(Legend(entries), in: room)
    if hasNote { buffer.write(note, in: area, Style(.muted), aligned: .right) }
  }
}
