// The estimates of a fit without draws, where the convergence of chains would stand.

import Plots
import RunFolder
import TerminalCore

/// Estimates with standard errors and Wald tests; dispersion parameters below.
struct EstimateTable: Drawable {
  var fit: FitReport
  /// Whether draws are still to come.
  var isSampled: Bool
  var selected: Int

  private var sentence: String {
    isSampled
      ? "Estimates of the optimizer; the convergence of chains is shown once there are draws."
      : "Fitted by \(method): there are no draws, so these are estimates, not convergence."
  }

  /// The sentence on top and the frame of the table.
  private func parts(of area: Rect) -> (top: Rect, rest: Rect) {
    guard area.rows >= 6 else { return (Rect(.zero), area) }
    return area.splitTop(wrapped(sentence, columns: area.columns - 2).count)
  }

  /// The row at a point of the area that it is drawn in.
  func row(at point: Point, in area: Rect) -> Int? {
    let inside = panelInside(of: parts(of: area).rest)
    return table(in: inside).row(at: point, in: inside.inset(left: 1, right: 1))
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let (top, rest) = parts(of: area)
    if !top.isEmpty {
      buffer.writeWrapped(sentence, in: top.inset(left: 1, right: 1), Style(.muted))
    }
    let state = fit.converged ? "converged" : "not converged"
    let inside = buffer.drawPanel(
      rest, title: "Estimates", note: "\(fit.approximation), \(state)",
      footnote: "log-likelihood \(Format.fixed(fit.logLikelihood, decimals: 3)), "
        + counted(fit.degreesOfFreedom, "parameter"))
    table(in: inside).draw(into: &buffer, in: inside.inset(left: 1, right: 1))
  }

  private func table(in inside: Rect) -> Table {
    let rows = fit.fixed.map(cells) + fit.dispersion.map(cells)
    var table = Table(
      columns: [
        TableColumn("outcome", alignment: .left, rank: 2),
        TableColumn("term", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("estimate", rank: 0), TableColumn("std. error", rank: 1),
        TableColumn("z", rank: 3), TableColumn("p", rank: 4),
      ], rows: rows)
    table.selected = min(selected, max(0, rows.count - 1))
    table.firstRow = centredFirstRow(
      selected, visible: table.visibleCount(in: inside), of: rows.count)
    return table
  }

  private var method: String {
    switch fit.method {
    case .reml: "restricted maximum likelihood"
    case .map: "penalised maximum likelihood"
    default: "maximum likelihood"
    }
  }

  private func cells(_ effect: FixedEffect) -> [StyledText] {
    let parameter = effect.name.parameter == "mu" ? "" : "\(effect.name.parameter): "
    return [
      StyledText(effect.name.outcome), StyledText(parameter + effect.name.term),
      number(effect.estimate, 4), number(effect.standardError, 3),
      StyledText(Format.fixed(effect.z, decimals: 2)), StyledText(Format.pValue(effect.p)),
    ]
  }

  private func cells(_ dispersion: DispersionEstimate) -> [StyledText] {
    [
      StyledText(dispersion.outcome), StyledText(dispersion.parameter, Style(.accent)),
      number(dispersion.estimate, 4), number(dispersion.standardError, 3),
    ]
  }

  private func number(_ value: Double, _ digits: Int) -> StyledText {
    StyledText(Format.significant(value, digits: digits))
  }
}
