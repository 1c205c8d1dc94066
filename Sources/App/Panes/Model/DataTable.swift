// The columns of the data as a table: type, range, missing values and a small histogram.

import Plots
import RunFolder
import TerminalCore

/// The columns that the model uses.
struct DataTable {
  private let summary: DataSummary
  private let model: ModelSummary?

  init(_ summary: DataSummary, _ model: ModelSummary?) {
    self.summary = summary
    self.model = model
  }

  /// What the table rests on: `1963 rows`, or the beginning of a large file.
  var basis: String {
    summary.isComplete
      ? counted(summary.rows, "row") : "the first \(Format.grouped(summary.rows)) rows"
  }

  /// The table, from a row on.
  func table(firstRow: Int, _ charset: Charset) -> Table {
    let columns = summary.columns
    var table = Table(
      columns: [
        TableColumn("column", alignment: .left, minimumWidth: 6, rank: 0, isFlexible: true),
        TableColumn("use", alignment: .left, rank: 5),
        TableColumn("type", alignment: .left, rank: 1), TableColumn("missing", rank: 2),
        TableColumn("shape", alignment: .left, rank: 3),
        TableColumn("values", alignment: .left, rank: 4, isFlexible: true),
      ], rowCount: columns.count
    ) { row in
      let column = columns[row]
      let use = use(of: column.name)
      return [
        StyledText(column.name, use == "outcome" ? Style(.text, .bold) : .plain),
        StyledText(use, Style(.muted)), StyledText(type(of: column)),
        StyledText(
          column.missing == 0 ? "0" : Format.grouped(column.missing),
          Style(column.missing > 0 ? .warning : .muted)),
        StyledText(bars(of: column, charset), Style(.chain(1))), StyledText(values(of: column)),
      ]
    }
    table.firstRow = firstRow
    table.emptyNotice = "data.csv has no columns"
    return table
  }

  private func use(of name: String) -> String {
    if model?.outcomes.contains(where: { $0.name == name }) == true { return "outcome" }
    return model?.groups.contains { $0.name == name } == true ? "group" : ""
  }

  private func type(of column: ColumnSummary) -> String {
    switch column.content {
    case .numbers: "number"
    case .binary: "0 or 1"
    case .levels(let levels): "factor (\(Format.grouped(levels.count)))"
    case .empty: "empty"
    }
  }

  private func values(of column: ColumnSummary) -> String {
    switch column.content {
    case .numbers(let numbers):
      func text(_ value: Double) -> String { Format.compact(value, digits: 3) }
      return
        "\(text(numbers.minimum)) to \(text(numbers.maximum)), median \(text(numbers.median)), "
        + "sd \(text(numbers.standardDeviation))"
    case .binary(let ones):
      let count = summary.rows - column.missing
      return
        "\(Format.grouped(ones)) ones (\(Format.percent(Double(ones) / Double(max(1, count)))))"
    case .levels(let levels):
      if levels.count <= 4 {
        return levels.map { "\($0.name) \(Format.grouped($0.count))" }.joined(separator: ", ")
      }
      let counts = levels.map(\.count)
      return "\(levels[0].name) … \(levels[levels.count - 1].name), "
        + "\(Format.grouped(counts.min() ?? 0)) to \(Format.grouped(counts.max() ?? 0)) rows each"
    case .empty: return "no values"
    }
  }

  /// The distribution as bars in a line; of many levels the first.
  private func bars(of column: ColumnSummary, _ charset: Charset) -> String {
    let most = DataTable.mostBars
    switch column.content {
    case .numbers(let numbers): return Self.bars(numbers.bins, charset)
    case .binary(let ones):
      return Self.bars([summary.rows - column.missing - ones, ones], charset)
    case .levels(let levels): return Self.bars(levels.prefix(most).map(\.count), charset)
    case .empty: return ""
    }
  }

  private static let mostBars = 10

  /// Counts as bars of eighths of a row; what occurs at all shows.
  static func bars(_ counts: [Int], _ charset: Charset) -> String {
    let glyphs = charset.verticalBars
    let top = Double(max(1, counts.max() ?? 1))
    var text = String.UnicodeScalarView()
    for count in counts {
      let share = Double(count) / top * Double(glyphs.count - 1)
      text.append(glyphs[min(max(count > 0 ? 1 : 0, Int(share.rounded())), glyphs.count - 1)])
    }
    return String(text)
  }
}
