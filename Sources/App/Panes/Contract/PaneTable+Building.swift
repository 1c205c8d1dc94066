// Short ways to make the tables of panes.

import RunFolder

extension PaneTable.Value {
  /// A count.
  init(_ count: Int?) { self.init(count.map(Double.init)) }

  /// Whether something is so: 1 or 0.
  init(_ flag: Bool) { self = .number(flag ? 1 : 0) }

  /// A name; missing where there is none.
  init(_ text: String?) { self = text.map { .text($0) } ?? .missing }

  /// What is thought of a number, in one word; missing where nothing is.
  init(_ judgement: Judgement) {
    switch judgement {
    case .none: self = .missing
    case .good: self = .text("ok")
    case .doubtful: self = .text("warning")
    case .bad: self = .text("bad")
    }
  }
}

extension PaneTable {
  /// A table from columns of one length.
  init(name: String, _ columns: [(name: String, values: [Double])]) {
    let count = columns.map(\.values.count).min() ?? 0
    self.init(
      name: name, columns: columns.map(\.name),
      rows: (0..<count).map { row in columns.map { .number($0.values[row]) } })
  }
}
