// The draws of one parameter by iteration, chain by chain, and how they are distributed.

import Plots
import RunFolder
import TerminalCore

/// The pane of traces.
package struct TracePane: Pane {
  package static let kind = PaneKind.trace

  private(set) var zoom = ZoomWindow()
  /// How the draws are shown.
  package internal(set) var mode = TraceMode.trace

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .sortColumn, .sortReverse, .open, .newGroups, .pin, .toggleGrid, .switchAxis,
      .toggleReadout,
      .readoutLeft, .readoutRight:
      return .absent
    case .left, .right, .zoomIn, .zoomOut, .zoomReset, .toggleWarmup:
      if mode != .trace { return .absent }
    default: break
    }
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      if browsing.parameters.isEmpty {
        return .disabled(
          browsing.filter.isActive ? "no parameter passes the filter" : "no draws yet")
      }
      return .enabled
    case .cycleChain where snapshot.run.chains.count < 2: return .disabled("there is one chain")
    case .left, .right:
      if zoom.isWhole { return .disabled("all iterations are in view; + zooms in") }
    case .zoomOut, .zoomReset: if zoom.isWhole { return .disabled("nothing is zoomed") }
    case .toggleWarmup where snapshot.run.chains.allSatisfy { $0.warmupCount == 0 }:
      return .disabled("the draws hold no warm-up")
    default: break
    }
    return snapshot.hasDraws ? .enabled : .disabled("no draws yet")
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let length = TraceData(snapshot, browsing).length
    let page = max(1, size.rows - 4)
    switch command {
    case .up: browsing.move(by: -1)
    case .down: browsing.move(by: 1)
    case .pageUp: browsing.move(by: -page)
    case .pageDown: browsing.move(by: page)
    case .first: browsing.move(by: -browsing.parameters.count)
    case .last: browsing.move(by: browsing.parameters.count)
    case .left: zoom.move(by: -1, of: length)
    case .right: zoom.move(by: 1, of: length)
    case .zoomIn: zoom.zoomIn(of: length)
    case .zoomOut: zoom.zoomOut()
    case .zoomReset: zoom.reset()
    case .toggleWarmup: browsing.includesWarmup.toggle()
    case .cycleChain: browsing.cycleChain(of: snapshot.run)
    case .previousSection: mode = mode.stepped(by: -1)
    case .nextSection: mode = mode.stepped(by: 1)
    default: break
    }
    return nil
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    guard let index = browsing.parameterIndex else { return [] }
    let first = centredFirstRow(index, visible: size.rows, of: browsing.parameters.count)
    return [browsing.parameters[index]] + browsing.parameters.dropFirst(first).prefix(size.rows)
  }

  /// The plots of the parameter in front, in every mode, so that switching does not wait for them.
  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? {
    guard snapshot.hasKeptDraws else { return nil }
    return browsing.parameter.map { .draws(parameter: $0) }
  }

  /// Shows the draws in another way.
  package mutating func show(_ mode: TraceMode) { self.mode = mode }

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
    let data = TraceData(snapshot, browsing)
    var rest = area
    let isWide = area.columns >= 100 && area.rows >= 8
    if isWide {
      let list: Rect
      (list, rest) = rest.splitLeft(min(56, area.columns / 3))
      ParameterList(snapshot: snapshot, browsing: browsing).draw(into: &buffer, in: list)
    }
    let hasDensity = isWide && rest.columns >= 78 && mode == .trace
    let parts = hasDensity ? rest.columns([.rest, .fixed(max(24, rest.columns / 4))]) : [rest]
    draw(name, title, data, snapshot, into: &buffer, in: parts[0], browsing)
    if hasDensity {
      TraceDensity(name: name, data: data, snapshot: snapshot).draw(into: &buffer, in: parts[1])
    }
  }

  private func draw(
    _ name: String, _ title: String, _ data: TraceData, _ snapshot: DashboardSnapshot,
    into buffer: inout CellBuffer, in area: Rect, _ browsing: Browsing
  ) {
    let place = browsing.parameterIndex.map {
      "\($0 + 1) of \(browsing.parameters.count)"
    }
    let views = "view \(mode.rawValue + 1) of \(TraceMode.allCases.count) ([ ])"
    let room = area.columns - 6 - displayWidth(of: title, in: buffer.charset)
    let shown = shortened(name, columns: max(12, room - 2), charset: buffer.charset)
    let fullNote = place.map { "\(views), \($0)" } ?? views
    let isRoomy = displayWidth(of: shown + fullNote, in: buffer.charset) + 4 <= room
    let inside = buffer.drawPanel(
      area, title: "\(title): \(shown)", note: isRoomy ? fullNote : place ?? "",
      footnote: data.footnote(of: name, mode))
    let hasNumbers = inside.rows >= 6
    let parts = inside.rows([.rest, .fixed(hasNumbers ? 2 : 1)])
    if mode == .trace {
      var plot = TracePlot(data.series(of: name), warmup: data.warmup)
      plot.showsWarmup = data.showsWarmup
      plot.scalesToWarmup = browsing.includesWarmup
      plot.window = zoom.range(first: data.firstShown, length: data.length)
      plot.plannedLength = zoom.isWhole ? data.plannedLength : nil
      buffer.draw(plot, in: parts[0])
    } else {
      buffer.draw(
        DrawsPlots(mode: mode, name: name, data: data, snapshot: snapshot), in: parts[0])
    }
    let lines = parts[1].inset(left: 1, right: 1)
    drawLegend(data, into: &buffer, in: lines.splitTop(1).top, browsing)
    if hasNumbers {
      let line = lines.inset(top: 1)
      buffer.write(data.numbers(of: name, buffer.charset), in: line)
    }
  }

  private func drawLegend(
    _ data: TraceData, into buffer: inout CellBuffer, in area: Rect, _ browsing: Browsing
  ) {
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
