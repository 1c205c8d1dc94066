// Zooming, moving and selecting in the pane of traces: by keys, by the mouse, and by typed ranges.

import Plots
import RunFolder
import TerminalCore

extension TracePane {
  /// Zooms and moves as keys ask.
  mutating func zoom(_ command: PaneCommand, _ view: TraceView) {
    let all = view.data.available
    let isOfValues = mode == .density || (zoomsValues && !isGrid)
    switch command {
    case .zoomIn, .zoomOut:
      let factor = command == .zoomIn ? 0.5 : 2
      guard isOfValues else {
        let centre = cursor.isOn ? view.reading.map { Int(cursor.value(in: $0)) - 1 } : nil
        return draws.zoom(by: factor, about: centre, of: all)
      }
      let centre = mode == .density && cursor.isOn ? view.reading.map(cursor.value) : nil
      zoomValues(by: factor, about: centre, view)
    case .zoomReset:
      draws.reset()
      values.reset()
    case .left, .right:
      let step = command == .left ? -1 : 1
      if mode == .density { moveValues(by: step, view) } else { draws.move(by: step, of: all) }
    case .panUp: moveValues(by: 1, view)
    case .panDown: moveValues(by: -1, view)
    default: break
    }
  }

  private mutating func moveValues(by quarters: Int, _ view: TraceView) {
    guard let name = view.name, let all = view.allValues else { return }
    values.move(by: quarters, within: all, of: name)
  }

  private mutating func zoomValues(by factor: Double, about centre: Double?, _ view: TraceView) {
    guard let name = view.name, let all = view.allValues, let frame = view.frame else { return }
    let scale = mode == .density ? frame.x : frame.y
    values.zoom(
      by: factor, about: centre, from: scale.lower...scale.upper, within: all, of: name)
  }

  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    guard snapshot.hasDraws, browsing.parameter != nil else { return nil }
    let view = TraceView(self, snapshot, browsing, size)
    switch pointer {
    case .press(let point): press(point, view, &browsing)
    case .doublePress(let point): doublePress(point, view, &browsing)
    case .drag(let start, let end): drag(start, end, view)
    case .release(let start, let end): release(start, end, view)
    case .wheelUp(let point): wheel(point, up: true, view, &browsing)
    case .wheelDown(let point): wheel(point, up: false, view, &browsing)
    }
    return nil
  }

  private mutating func press(_ point: Point, _ view: TraceView, _ browsing: inout Browsing) {
    selection = nil
    if let inside = view.layout.listInside, inside.contains(point) {
      let list = ParameterList(snapshot: view.snapshot, browsing: browsing, scroll: scroll)
      let table = list.table(in: inside, browsing.charset)
      guard let row = table.row(at: point, in: inside) else { return }
      scroll.hold(table.firstRow)
      browsing.choose(browsing.parameters[row])
    } else if let density = view.layout.density, density.contains(point) {
      show(.density)
    } else if isGrid {
      guard let place = view.grid.place(at: point, in: view.layout.inside),
        view.namesInGrid.indices.contains(place)
      else { return }
      let name = view.namesInGrid[place]
      if name == browsing.parameter { isGrid = false } else { browsing.choose(name) }
    } else if cursor.isOn, let reading = view.reading {
      _ = cursor.put(at: point, in: reading)
    }
  }

  /// The whole plot again; beside the plot as two presses.
  private mutating func doublePress(
    _ point: Point, _ view: TraceView, _ browsing: inout Browsing
  ) {
    guard let frame = view.frame, frame.area.contains(point) else {
      return press(point, view, &browsing)
    }
    draws.reset()
    values.reset()
  }

  private mutating func drag(_ start: Point, _ end: Point, _ view: TraceView) {
    if let frame = view.frame {
      if frame.area.contains(start) { selection = PlotSelection(start: start, end: end) }
    } else if let reading = view.reading {
      // Where nothing can be zoomed the cursor follows the pointer.
      _ = cursor.put(at: end, in: reading)
    }
  }

  private mutating func release(_ start: Point, _ end: Point, _ view: TraceView) {
    defer { selection = nil }
    guard let frame = view.frame, frame.area.contains(start),
      let name = view.name
    else {
      // A press in a plot turns the readings on there.
      if start == end, !isGrid, let reading = view.reading {
        _ = cursor.put(at: start, in: reading)
      }
      return
    }
    let isTrace = mode == .trace
    let part = PlotSelection(start: start, end: end).part(of: frame, selectsY: isTrace)
    if part.columns == nil, part.rows == nil {
      if start == end, let reading = view.reading { _ = cursor.put(at: start, in: reading) }
      return
    }
    if let columns = part.columns {
      let first = frame.xValues(in: columns.lowerBound).lowerBound
      let last = frame.xValues(in: columns.upperBound).upperBound
      if isTrace {
        let low = Int(first.rounded(.up)) - 1
        draws.show(low..<max(low + 1, Int(last.rounded(.down))), of: view.data.available)
      } else {
        values.show(first...max(first, last), of: name)
      }
    }
    if let rows = part.rows {
      let low = frame.yValues(in: rows.upperBound).lowerBound
      values.show(low...max(low, frame.yValues(in: rows.lowerBound).upperBound), of: name)
    }
  }

  private mutating func wheel(
    _ point: Point, up: Bool, _ view: TraceView, _ browsing: inout Browsing
  ) {
    selection = nil
    guard let frame = view.frame, view.layout.plot.contains(point) else {
      let step = isGrid ? view.grid.across : wheelRows(of: browsing.parameters.count)
      return browsing.move(by: up ? -step : step)
    }
    let factor = up ? 0.7 : 1 / 0.7
    if mode == .density {
      zoomValues(by: factor, about: frame.xValue(at: point.column), view)
    } else if zoomsValues || point.column < frame.area.column {
      // Over the labels of an axis the wheel zooms along it.
      zoomValues(by: factor, about: frame.yValue(at: point.row), view)
    } else {
      draws.zoom(
        by: factor, about: Int(frame.xValue(at: point.column).rounded()) - 1,
        of: view.data.available)
    }
  }

  package mutating func show(
    _ range: PlotRange, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> String? {
    guard snapshot.hasDraws, let name = browsing.parameter else { return "there are no draws yet" }
    guard mode.hasGrid else { return "ranges are for traces and densities; [ goes back to them" }
    if range.draws != nil, mode != .trace { return "a density has no iterations to show" }
    if range.values != nil, isGrid { return "values are zoomed in one large plot; Enter opens it" }
    let data = TraceData(snapshot, browsing)
    if let wanted = range.draws {
      let all = data.available
      guard wanted.upperBound > all.lowerBound, wanted.lowerBound <= all.upperBound else {
        let hint = data.showsWarmup || all.lowerBound == 0 ? "" : "; w shows the warm-up"
        return "there are \(data.unitName)s \(all.lowerBound + 1) to \(all.upperBound)\(hint)"
      }
      draws.show(max(0, wanted.lowerBound - 1)..<wanted.upperBound, of: all)
    }
    if let wanted = range.values {
      let view = TraceView(self, snapshot, browsing, Size(columns: 80, rows: 24))
      guard let all = view.allValues else { return "there are no values yet" }
      guard wanted.lowerBound < wanted.upperBound else { return "the range of values is empty" }
      guard wanted.overlaps(all) else {
        let scale = Scale(from: all.lowerBound, to: all.upperBound)
        return "the values in view are \(Panes.reading(scale.lower, on: scale)) to "
          + Panes.reading(scale.upper, on: scale)
      }
      values.show(wanted, of: name)
    }
    return nil
  }
}
