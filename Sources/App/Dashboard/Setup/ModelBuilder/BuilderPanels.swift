// The parts of the model builder beside the columns: formula, outcomes, priors, settings.

import Panes
import Plots
import RunFolder
import TerminalCore

/// The formula with the answer of the check under it.
struct FormulaPanel: Drawable {
  var state: BuilderState

  /// The formula as it is drawn, with cursor and caret.
  private func formula(_ lines: CheckLines) -> FormulaText {
    let text = state.formulaText
    if case .formula(let line) = state.mode {
      return FormulaText(text: text, cursor: line.cursor, fault: lines.fault, style: .plain)
    }
    return FormulaText(text: text, cursor: nil, fault: lines.fault, style: .plain.bold)
  }

  /// The rows that the whole of it takes.
  func height(columns: Int, charset: Charset) -> Int {
    let lines = CheckLines(state)
    let answer = lines.lines.reduce(0) { $0 + max(1, wrapped($1.text, columns: columns - 2).count) }
    return formula(lines).height(columns: columns, charset: charset) + answer
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let lines = CheckLines(state)
    let formula = formula(lines)
    let wanted = formula.height(columns: area.columns, charset: buffer.charset)
    // The first line of the answer has its row, whatever the length of the formula.
    let parts = area.splitTop(min(wanted, max(1, area.rows - 1)))
    buffer.draw(formula, in: parts.top)
    var rest = parts.rest
    for line in lines.lines where !rest.isEmpty {
      let mark = line.judgement.mark(in: buffer.charset)
      let isLead = line.judgement != .none
      let style = Style(line.judgement == .none ? .muted : line.judgement.role)
      if isLead { buffer.write(mark, at: rest.origin, style.bold) }
      let used: Int
      if line.text.hasPrefix(" ") {
        buffer.write(line.text, in: rest.inset(left: 2), style)
        used = 1
      } else {
        used = buffer.writeWrapped(line.text, in: rest.inset(left: 2), style)
      }
      rest = rest.inset(top: max(1, used))
    }
  }
}

/// The outcomes with their families and why they were suggested.
struct OutcomePanel: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    if let families = state.handFamily {
      buffer.write("families by hand: \(families)", in: area)
      return buffer.write(
        "b goes back to choosing", in: area.inset(top: 1), Style(.muted))
    }
    let outcomes = state.choices.outcomes
    guard !outcomes.isEmpty else {
      return buffer.write("none yet: y on a column", in: area, Style(.muted))
    }
    Plots.Table(
      columns: [
        TableColumn("outcome", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("family", alignment: .left, rank: 0),
        TableColumn("why", alignment: .left, rank: 1),
      ],
      rows: outcomes.map { outcome in
        [
          StyledText(outcome.column, .plain.bold), StyledText(outcome.family.label, Style(.accent)),
          StyledText(
            outcome.place == 0 ? outcome.suggestion.reason : "your choice; f goes on",
            Style(.muted)),
        ]
      }
    ).draw(into: &buffer, in: area)
  }
}

/// The priors in force.
struct PriorPanel: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let priors = state.priors
    if let notice = state.priorNotice ?? (priors.isEmpty ? "none" : nil) {
      buffer.writeWrapped(notice, in: area, Style(.muted))
      return
    }
    var table = Plots.Table(
      columns: [
        TableColumn("on", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("prior", alignment: .left, rank: 0),
        TableColumn("", alignment: .left, rank: 1),
      ], rowCount: priors.count
    ) { row in
      let prior = priors[row].summary
      let style = prior.isDefault ? Style(.muted) : Style(.accent, .bold)
      let note = priors[row].summary.target.hasSuffix("means") ? "at the predictors' means" : ""
      return [
        StyledText(priors[row].address, prior.isDefault ? .plain : .plain.bold),
        StyledText(prior.prior, style),
        StyledText(prior.isDefault ? note : "stated", style),
      ]
    }
    table.showsHeader = area.rows >= 4
    table.selected = state.focus == .priors ? state.selectedPrior : nil
    table.firstRow = Plots.Table.firstRow(
      showing: state.selectedPrior, from: 0, visible: table.visibleCount(in: area),
      of: priors.count)
    table.draw(into: &buffer, in: area)
  }
}

/// Method, chains and the rest on one line or two.
struct SettingsPanel: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let base = state.base
    var pieces: [StyledText] = []
    func add(_ setting: BuilderSetting, _ name: String, _ value: String) {
      let isFront = state.focus == .settings && state.setting == setting
      if !pieces.isEmpty { pieces.append(StyledText("  ")) }
      pieces.append(StyledText(name + " ", Style(.muted)))
      pieces.append(StyledText(value, isFront ? .selected.bold : .plain.bold))
    }
    add(.method, "method", base.method.rawValue)
    if base.method == .mcmc {
      add(.chains, "chains", String(base.chains))
      add(.warmup, "warm-up", Format.grouped(base.warmup))
      add(.draws, "draws", Format.grouped(base.draws))
    }
    add(.seed, "seed", String(base.seed))
    buffer.write(pieces, in: area)
    var more: [String] = [base.method.meaning]
    if let until = base.until { more.append("until \(until)") }
    if let dispersion = base.dispersion { more.append("dispersion \(dispersion)") }
    if let zi = base.zeroInflation { more.append("zero inflation \(zi)") }
    buffer.write(more.joined(separator: "; "), in: area.inset(top: 1), Style(.muted))
  }
}
