// The model builder on the screen: columns left, the model right; one part at a time where there is little room.

import Panes
import Plots
import RunFolder
import TerminalCore

extension BuilderState {
  /// The screen as it should look now.
  package func frame() -> CellBuffer {
    var buffer = CellBuffer(size: size, charset: charset)
    buffer.draw(BuilderView(state: self), in: Rect(size))
    return buffer
  }
}

/// The whole screen of the builder.
struct BuilderView: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    var rest = area
    if area.rows >= 4 {
      let parts = rest.splitTop(1)
      drawHeader(into: &buffer, in: parts.top)
      rest = parts.rest
    }
    if area.rows >= 3 {
      let parts = rest.splitBottom(1)
      buffer.draw(BuilderFooter(state: state), in: parts.bottom)
      rest = parts.rest
    }
    if area.rows >= 20, state.request.hasModel {
      let rows = min(2, wrapped(state.commandLine, columns: area.columns - 4).count)
      let parts = rest.splitBottom(rows)
      drawCommand(into: &buffer, in: parts.bottom)
      rest = parts.rest
    }
    if area.columns >= 100, area.rows >= 18 {
      drawWide(into: &buffer, in: rest)
    } else if area.rows >= 16, area.columns >= 50 {
      drawMiddle(into: &buffer, in: rest)
    } else {
      drawSmall(into: &buffer, in: rest)
    }
    switch state.mode {
    case .help(let scroll):
      buffer.draw(
        SetupHelp(title: "Help: model builder", lines: BuilderKeys.help, scroll: scroll), in: area)
    case .confirmLeave:
      buffer.draw(
        SetupQuestion(
          title: "Leave?", text: "The columns chosen and the formula are not kept.", yes: "leave"),
        in: area)
    default: break
    }
  }

  // MARK: - Layouts

  private func drawWide(into buffer: inout CellBuffer, in area: Rect) {
    let left = min(max(54, area.columns * 52 / 100), 92)
    let sides = area.splitLeft(left)
    drawColumns(into: &buffer, in: sides.left)
    let inside = sides.rest.columns - 4
    let formula = FormulaPanel(state: state)
    let outcomeRows = max(1, state.choices.outcomes.count + 1)
    let formulaRows = min(
      max(3, formula.height(columns: inside, charset: buffer.charset)), max(4, area.rows / 3))
    let parts = sides.rest.rows([
      .fixed(formulaRows + 2), .fixed(min(outcomeRows, 6) + 2), .rest, .fixed(4),
    ])
    drawBox(.formula, title: formulaTitle, note: "e edits", formula, into: &buffer, in: parts[0])
    drawBox(
      nil, title: "Outcomes", note: "f next family", OutcomePanel(state: state), into: &buffer,
      in: parts[1])
    drawBox(
      .priors, title: "Priors", note: priorNote, PriorPanel(state: state), into: &buffer,
      in: parts[2])
    drawBox(
      .settings, title: "Settings", note: "m next method", SettingsPanel(state: state),
      into: &buffer, in: parts[3])
  }

  private func drawMiddle(into buffer: inout CellBuffer, in area: Rect) {
    let formula = FormulaPanel(state: state)
    let height = min(
      max(2, formula.height(columns: area.columns - 4, charset: buffer.charset)), area.rows / 3)
    let parts = area.rows([.rest, .fixed(height + 2), .fixed(1)])
    switch state.focus {
    case .priors:
      drawBox(
        .priors, title: "Priors", note: priorNote, PriorPanel(state: state), into: &buffer,
        in: parts[0])
    default: drawColumns(into: &buffer, in: parts[0])
    }
    drawBox(.formula, title: formulaTitle, note: familyNote, formula, into: &buffer, in: parts[1])
    buffer.draw(SettingsPanel(state: state), in: parts[2].inset(left: 1))
  }

  private func drawSmall(into buffer: inout CellBuffer, in area: Rect) {
    let formula = FormulaPanel(state: state)
    let isFormula = state.focus == .formula || isEditing
    let height = min(
      formula.height(columns: area.columns, charset: buffer.charset),
      isFormula ? area.rows : max(2, area.rows / 3))
    let parts = area.splitBottom(area.rows >= 4 ? height : 0)
    switch state.focus {
    case .priors: buffer.draw(PriorPanel(state: state), in: parts.rest)
    case .settings: buffer.draw(SettingsPanel(state: state), in: parts.rest)
    default: drawColumnContent(into: &buffer, in: parts.rest)
    }
    if !parts.bottom.isEmpty {
      buffer.fill(parts.bottom)
      buffer.draw(formula, in: parts.bottom)
    }
  }

  private var isEditing: Bool {
    if case .formula = state.mode { true } else { false }
  }

  // MARK: - Parts

  private var formulaTitle: String {
    isEditing ? "Formula: editing" : state.handFormula == nil ? "Formula" : "Formula, by hand"
  }

  private var familyNote: String { state.familyText.map { "family \($0)" } ?? "" }

  private var priorNote: String {
    let count = state.priors.count
    return count == 0 ? "" : "\(count), Enter states another"
  }

  private func drawBox(
    _ focus: BuilderFocus?, title: String, note: String, _ content: some Drawable,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let isFront = focus != nil && focus == state.focus
    let inside = buffer.drawBox(
      area, title: title, note: note, style: Style(isFront ? .borderFocused : .border))
    buffer.draw(content, in: inside.inset(left: 1, right: 1))
  }

  private func drawColumns(into buffer: inout CellBuffer, in area: Rect) {
    let count = state.data?.columns.count ?? 0
    var note = state.order == .file ? "" : state.order.rawValue
    if !state.filter.pattern.isEmpty { note = "\(state.listed.count) of \(count) match" }
    let inside = buffer.drawBox(
      area, title: count == 0 ? "Columns" : "Columns (\(count))", note: note,
      style: Style(state.focus == .columns ? .borderFocused : .border))
    drawColumnContent(into: &buffer, in: inside.inset(left: 1, right: 1))
  }

  private func drawColumnContent(into buffer: inout CellBuffer, in area: Rect) {
    if let fault = state.fault {
      buffer.writeWrapped(fault, in: area, Style(.bad))
    } else if state.data == nil {
      buffer.write("reading \(shownName) ...", in: area, Style(.muted))
    } else {
      buffer.draw(ColumnTable(state: state), in: area)
    }
  }

  private var shownName: String {
    state.data?.name ?? DataProfile.shown(state.path)
  }

  private func drawHeader(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(left: area.columns > 2 ? 1 : 0, right: area.columns > 2 ? 1 : 0)
    var left: [StyledText] = []
    if area.columns >= 60 { left.append(StyledText("mglmm-tui  ", Style(.title, .bold))) }
    left += [StyledText("New model  ", Style(.muted)), StyledText(shownName, .plain.bold)]
    let used = buffer.write(left, in: room)
    guard let data = state.data else { return }
    let rows = Format.grouped(data.rows)
    let size =
      data.isSample
      ? "first \(rows) rows of a file of \(Format.compact(Double(data.bytes), digits: 3))B"
      : "\(rows) rows"
    if room.columns - used > displayWidth(of: size) + 2 {
      buffer.write(
        size, in: room.inset(left: used + 2), Style(data.isSample ? .warning : .muted),
        aligned: .right)
    }
  }

  private func drawCommand(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(left: 1, right: 1)
    buffer.write("$", at: room.origin, Style(.key, .bold))
    // What a shell reads is shown as it is, broken between words.
    buffer.writeWrapped(state.commandLine, in: room.inset(left: 2), Style(.muted))
  }
}
