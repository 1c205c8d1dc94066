// How far the fit has come: the optimizer's path, the chains, what the worker warns of.

import RunFolder
import TerminalCore

/// The pane of progress.
package struct ProgressPane: Pane {
  package static let kind = PaneKind.progress

  /// How many steps of the optimizer the table is scrolled back.
  private(set) var stepsBack = 0

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last:
      snapshot.run.optimizerSteps.isEmpty ? .disabled("no steps yet") : .enabled
    default: .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let most = max(0, snapshot.run.optimizerSteps.count - 1)
    let page = max(1, size.rows / 2)
    switch command {
    case .up: stepsBack += 1
    case .down: stepsBack -= 1
    case .pageUp: stepsBack += page
    case .pageDown: stepsBack -= page
    case .first: stepsBack = most
    case .last: stepsBack = 0
    default: break
    }
    stepsBack = min(max(0, stepsBack), most)
    return nil
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let sentence = StateSentence(snapshot)
    let rest = drawSentence(sentence, into: &buffer, in: area)
    // Chains that wait for the mode, or for a worker that failed, have nothing to tell.
    let all = ChainStatus.all(of: snapshot.run)
    let chains = all.contains { $0.phase != .waiting } ? all : []
    let plan = ProgressLayout(
      rest, chains: chains.count, steps: snapshot.run.optimizerSteps.count,
      warnings: warningLines(snapshot.run, width: rest.columns - 4).count,
      isLive: snapshot.run.state.isLive)
    if let area = plan.warnings { drawWarnings(snapshot.run, into: &buffer, in: area) }
    if let area = plan.chains {
      ChainTable(chains: chains, rates: snapshot.rates).draw(into: &buffer, in: area)
    }
    if let area = plan.plots {
      if snapshot.run.optimizerSteps.isEmpty, !snapshot.run.state.isLive {
        LogPanel(run: snapshot.run).draw(into: &buffer, in: area)
      } else {
        OptimizerPlots(snapshot: snapshot).draw(into: &buffer, in: area)
      }
    }
    if let area = plan.steps {
      StepTable(steps: snapshot.run.optimizerSteps, back: stepsBack).draw(
        into: &buffer, in: area)
    }
  }

  private func drawSentence(
    _ sentence: StateSentence, into buffer: inout CellBuffer, in area: Rect
  ) -> Rect {
    let most = area.rows >= 16 ? 3 : area.rows >= 8 ? 2 : 1
    let mark = sentence.judgement.mark(in: buffer.charset)
    let text = sentence.judgement == .none ? sentence.text : "\(mark) \(sentence.text)"
    let lines = wrapped(text, columns: max(1, area.columns - 2)).count
    let top = area.splitTop(min(lines, most)).top
    let style = Style(sentence.judgement >= .doubtful ? sentence.judgement.role : .text, .bold)
    let used = buffer.writeWrapped(text, in: top.inset(left: 1, right: 1), style)
    return area.inset(top: used)
  }

  private func drawWarnings(_ run: RunSnapshot, into buffer: inout CellBuffer, in area: Rect) {
    let count = run.warnings.count + run.problems.count
    let title = count == 1 ? "Warning" : "\(count) warnings"
    let inside = buffer.drawPanel(area, title: title, leastRows: 4)
    let lines = warningLines(run, width: area.columns - 4)
    for (index, line) in lines.prefix(inside.rows).enumerated() {
      let row = Rect(
        column: inside.column + 1, row: inside.row + index, columns: inside.columns - 2, rows: 1)
      let isCut = index == inside.rows - 1 && lines.count > inside.rows
      let style = Style(line.isHead ? .warning : .text)
      buffer.write(isCut ? line.text + " …" : line.text, in: row, style)
    }
  }

  private func warningLines(
    _ run: RunSnapshot, width: Int
  ) -> [(text: String, isHead: Bool)] {
    let unreadable = run.problems.map {
      FitWarning(code: "unreadable", message: $0, advice: "")
    }
    return (run.warnings + unreadable).flatMap { warning in
      let head = wrapped("! \(warning.message)", columns: max(1, width))
      let advice = wrapped(warning.advice, columns: max(1, width - 2)).map { "  " + $0 }
      return head.map { ($0, true) } + (warning.advice.isEmpty ? [] : advice.map { ($0, false) })
    }
  }
}

/// Which parts of the pane there is room for, and where.
struct ProgressLayout {
  var chains: Rect?
  var plots: Rect?
  var steps: Rect?
  var warnings: Rect?

  /// Serves chains first, then plots, warnings and the table of steps.
  init(_ area: Rect, chains count: Int, steps: Int, warnings lines: Int, isLive: Bool) {
    guard area.rows > 0 else { return }
    var left = area
    let hasFrames = area.rows >= 12
    let margin = hasFrames ? 3 : 1
    if count > 0 {
      let wanted = min(count + margin, max(area.rows * 2 / 3, min(area.rows, 4)))
      let parts = left.splitBottom(area.rows - wanted < 4 ? area.rows : wanted)
      (left, self.chains) = (parts.rest, parts.bottom)
    }
    if lines > 0, left.rows >= 4 {
      // Once the fit has ended, what it warns of matters more than its path.
      let share = isLive ? left.rows / 3 : left.rows * 2 / 3
      let wanted = hasFrames ? min(lines + 2, max(5, share)) : min(lines, 2)
      let parts = left.splitTop(wanted)
      (self.warnings, left) = (parts.top, parts.rest)
    }
    if steps > 0, left.rows >= 15 {
      let parts = left.splitTop(max(8, left.rows * (count == 0 ? 55 : 65) / 100))
      (plots, self.steps) = (parts.top, parts.rest)
    } else if left.rows >= 3 {
      plots = left
    }
  }
}
