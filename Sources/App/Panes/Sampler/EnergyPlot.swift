// Energies the chains visit against those a transition reaches, with E-BFMI by chain.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// Two overlaid histograms and a line of E-BFMI.
struct EnergyPlot: Drawable {
  var snapshot: DashboardSnapshot
  var detail: SamplerDetail

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard let energies = detail.energies else {
      return buffer.drawNotice(
        "Not available: the energies are missing, too few or all the same.",
        in: area.inset(left: 1, right: 1))
    }
    let parts = area.rows([.rest, .fixed(area.rows >= 6 ? 2 : 1)])
    var plot = LayeredHistogramPlot(
      [
        HistogramLayer(energies.marginal, role: .chain(1), isFilled: true),
        HistogramLayer(energies.transition, role: .chain(2)),
      ], range: energies.range)
    plot.xName = "energy less its mean; change of energy"
    buffer.draw(plot, in: parts[0])
    let lines = parts[1].inset(left: 1, right: 1)
    let names =
      area.columns >= 60
      ? ["marginal energy, filled", "change in a transition, outline"] : ["marginal", "change"]
    buffer.draw(Legend([(names[0], .chain(1)), (names[1], .chain(2))]), in: lines.splitTop(1).top)
    guard lines.rows > 1 else { return }
    buffer.write(fractions(buffer.charset), in: lines.inset(top: 1))
  }

  /// E-BFMI of each chain with its judgement, and the limit.
  private func fractions(_ charset: Charset) -> [StyledText] {
    let limits = snapshot.diagnostics.thresholds
    let limit = Format.significant(limits.energyFraction, digits: 1)
    var pieces = [StyledText("E-BFMI ", Style(.muted))]
    for chain in detail.chains {
      pieces.append(StyledText("\(chain.chain): ", Style(.chain(number: chain.chain))))
      let value = chain.energyFraction
      let judgement: Judgement =
        value.map {
          $0 < limits.energyFractionFailed ? .bad : $0 < limits.energyFraction ? .doubtful : .good
        } ?? .none
      pieces.append(
        .judged(value.map { Format.fixed($0, decimals: 2) } ?? "–", judgement, charset))
      pieces.append(StyledText("  "))
    }
    pieces.append(StyledText("limit \(limit)", Style(.muted)))
    return pieces
  }
}
