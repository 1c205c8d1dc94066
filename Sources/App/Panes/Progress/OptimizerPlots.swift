// The optimizer's path: the log-likelihood and the gradient by iteration.

import Plots
import RunFolder
import TerminalCore

/// Two line plots side by side, or the first alone where there is little room.
struct OptimizerPlots: Drawable {
  var snapshot: DashboardSnapshot

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let steps = snapshot.run.optimizerSteps
    guard !steps.isEmpty else {
      let title = snapshot.run.state == .foreign ? "Run" : "Optimizer"
      let inside = buffer.drawPanel(area, title: title)
      let words = missingWords(.optimizerSteps, snapshot)
      return buffer.drawNotice(words, in: inside.inset(left: 1, right: 1))
    }
    let x = steps.map { Double($0.iteration) }
    let isPair = area.columns >= 64
    let parts = isPair ? area.columns([.rest, .rest]) : [area]
    var objective = LinePlot([Curve(x: x, y: steps.map(\.logLikelihood))])
    objective.hasWholeX = true
    objective.xName = "step"
    draw(
      objective, title: "Log-likelihood",
      note: Format.fixed(steps.last?.logLikelihood ?? .nan, decimals: 3), into: &buffer,
      in: parts[0])
    guard isPair else { return }
    var gradient = LinePlot([Curve(x: x, y: steps.map(\.gradientMax), role: .chain(2))])
    gradient.yKind = .logarithmic
    gradient.hasWholeX = true
    gradient.xName = "step"
    gradient.emptyNotice = "the gradient is zero"
    draw(
      gradient, title: "Largest gradient, log scale",
      note: Format.significant(steps.last?.gradientMax ?? .nan, digits: 2),
      into: &buffer, in: parts[1])
  }

  private func draw(
    _ plot: LinePlot, title: String, note: String, into buffer: inout CellBuffer, in area: Rect
  ) {
    buffer.draw(plot, in: buffer.drawPanel(area, title: title, note: note))
  }
}

/// The last steps as numbers.
struct StepTable: Drawable {
  var steps: [OptimizerStep]
  /// How many steps the table is scrolled back from the newest.
  var back: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let inside = buffer.drawPanel(
      area, title: "Optimizer steps", note: counted(steps.count, "step"))
    var table = Table(
      columns: [
        TableColumn("step", rank: 0), TableColumn("log-likelihood", rank: 0),
        TableColumn("change", rank: 2), TableColumn("largest gradient", rank: 1),
        TableColumn("step length", rank: 3), TableColumn("evaluations", rank: 4),
      ], rowCount: steps.count
    ) { cells(of: $0) }
    table.emptyNotice = "no steps yet"
    let visible = table.visibleCount(in: inside)
    table.firstRow = max(0, steps.count - visible - back)
    table.draw(into: &buffer, in: inside.inset(left: 1, right: 1))
  }

  private func cells(of index: Int) -> [StyledText] {
    let step = steps[index]
    let change = index > 0 ? step.logLikelihood - steps[index - 1].logLikelihood : .nan
    return [
      StyledText(String(step.iteration), Style(.muted)),
      StyledText(Format.fixed(step.logLikelihood, decimals: 4)),
      StyledText(Format.significant(change, digits: 3)),
      StyledText(Format.significant(step.gradientMax, digits: 3)),
      StyledText(Format.significant(step.stepLength, digits: 3)),
      StyledText(Format.grouped(step.evaluations)),
    ]
  }
}
