// The columns of the data as a table: part in the model, type, missing values, histogram, range.

import Plots
import TerminalCore

/// The list of columns.
struct ColumnTable: Drawable {
  var state: BuilderState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard let data = state.data else { return }
    let charset = buffer.charset
    let hasMissing = data.columns.contains { $0.missing > 0 }
    var table = Plots.Table(
      columns: [
        TableColumn("", alignment: .left, minimumWidth: 3, rank: 0),
        TableColumn("column", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("type", alignment: .left, rank: 1),
        TableColumn("missing", rank: hasMissing ? 2 : 5),
        TableColumn("values", alignment: .left, rank: 3),
        TableColumn("range or levels", alignment: .left, rank: 4),
      ], rowCount: state.listed.count
    ) { row in cells(data.columns[state.listed[row]], charset) }
    table.selected = state.focus == .columns && !state.listed.isEmpty ? state.selected : nil
    table.firstRow = Plots.Table.firstRow(
      showing: state.selected, from: 0, visible: table.visibleCount(in: area),
      of: state.listed.count)
    table.emptyNotice = "no column matches the filter"
    table.draw(into: &buffer, in: area)
  }

  private func cells(_ column: ColumnProfile, _ charset: Charset) -> [StyledText] {
    let role = state.choices.role(of: column.name)
    let style =
      switch role {
      case .outcome: Style(.chain(number: 1), .bold)
      case .predictor: Style(.chain(number: 2), .bold)
      case .group: Style(.chain(number: 3), .bold)
      case .unused: Style(.muted)
      }
    return [
      StyledText(mark(column, role, charset), style),
      StyledText(column.name, role == .unused ? .plain : .plain.bold),
      StyledText(type(column), Style(.muted)),
      column.missing == 0
        ? StyledText(charset == .ascii ? "-" : "–", Style(.muted))
        : StyledText(Format.grouped(column.missing), Style(.warning)),
      StyledText(
        Self.bars(column.bins, charset),
        Style(column.kind == .text ? .chain(number: 3) : .chain(number: 1))),
      StyledText(range(column), Style(.muted)),
    ]
  }

  /// The part in the model, or what it could be: `Y1`, `*X`, `X|`, `G`, `g?`.
  private func mark(_ column: ColumnProfile, _ role: ColumnRole, _ charset: Charset) -> String {
    switch role {
    case .outcome:
      let place = state.choices.outcomes.firstIndex { $0.column == column.name } ?? 0
      return state.choices.outcomes.count > 1 ? "Y\(place + 1)" : "Y"
    case .predictor:
      let predictor = state.choices.predictors.first { $0.column == column.name }
      let varies = state.choices.groups.contains { $0.slopes.contains(column.name) }
      return (predictor?.isCrossed == true ? "*" : "") + "X" + (varies ? "|" : "")
    case .group: return "G"
    case .unused: return column.looksLikeGroup ? "g?" : charset == .ascii ? "-" : "·"
    }
  }

  private func type(_ column: ColumnProfile) -> String {
    if column.numbersRows { return "row number" }
    switch column.kind {
    case .text: return "text \(Format.compact(Double(column.distinct), digits: 3))"
    case .integer where column.looksLikeGroup:
      return "integer \(Format.compact(Double(column.distinct), digits: 3))"
    default: return column.kind.rawValue
    }
  }

  private func range(_ column: ColumnProfile) -> String {
    if let moments = column.moments {
      if column.kind == .zeroOne { return "\(Format.percent(moments.mean)) are 1" }
      if column.kind == .constant { return Format.significant(moments.minimum, digits: 4) }
      return "\(Self.number(moments.minimum)) to \(Self.number(moments.maximum))"
    }
    let names = column.levels.prefix(4).map(\.name).joined(separator: ", ")
    return column.distinct > 4 ? names + ", ..." : names
  }

  private static func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e6 { return String(Int(value)) }
    return Format.significant(value, digits: 3)
  }

  /// Counts as a row of bars; a count of nothing is a gap.
  static func bars(_ counts: [Int], _ charset: Charset) -> String {
    let glyphs = charset.verticalBars
    guard let most = counts.max(), most > 0 else { return "" }
    var text = String.UnicodeScalarView()
    for count in counts {
      let parts = Double(count) / Double(most) * Double(glyphs.count - 1)
      text.append(glyphs[count == 0 ? 0 : max(1, Int(parts.rounded()))])
    }
    return String(text)
  }
}
