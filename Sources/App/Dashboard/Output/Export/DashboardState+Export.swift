// What the pane in front gives in each form of export.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// The files of an export of the pane in front: one, or for numbers one for each table.
  package func exportFiles(_ request: ExportRequest) throws(ExportError) -> [ExportFile] {
    let name = "\(snapshot.run.name)-\(pane.rawValue)"
    guard request.format == .csv else {
      return [
        ExportFile(
          name: name, format: request.format, path: request.path,
          text: exportedText(request.format))
      ]
    }
    let tables = try exportedTables()
    return tables.map { table in
      ExportFile(
        name: tables.count == 1 ? name : "\(name)-\(table.name)", format: .csv,
        path: tables.count == 1
          ? request.path : request.path.map { Self.path($0, marked: table.name) },
        text: TableText.csv(table))
    }
  }

  /// The text that a copy puts on the clipboard.
  package func copiedText(_ request: CopyRequest) throws(ExportError) -> String {
    switch request {
    case .shown(.csv): return TableText.csv(try exportedTables()[0])
    case .shown(let format): return exportedText(format)
    case .row:
      let name = browsing.parameter
      for table in try exportedTables() {
        guard let column = table.columns.firstIndex(of: "parameter") else { continue }
        let own = table.rows.filter { name != nil && $0[column] == name.map { .text($0) } }
        if own.count == 1 { return TableText.row(own[0], of: table) }
      }
      throw ExportError(description: "this pane has no row of numbers in front")
    }
  }

  /// The tables of the pane in front; an error where it has none.
  func exportedTables() throws(ExportError) -> [PaneTable] {
    let tables = panes.tables(of: pane, snapshot, browsing).filter { !$0.rows.isEmpty }
    guard !tables.isEmpty else {
      throw ExportError(description: "\(pane.title) has no numbers to export now")
    }
    return tables
  }

  /// The pane in front under the line about the run, in a form other than a table.
  func exportedText(_ format: ExportFormat) -> String {
    exportedText(
      format, paneFrame(size: Size(columns: size.columns, rows: paneArea.rows + 1)))
  }

  /// A frame in a form other than a table.
  func exportedText(_ format: ExportFormat, _ frame: CellBuffer) -> String {
    switch format {
    case .svg:
      SvgDrawing(
        frame, theme: theme, title: "\(pane.title) of \(snapshot.run.name)",
        description: statementWords
      ).text
    case .ansi: frame.asANSI(theme, depth: .trueColor) + "\n"
    case .text, .csv: frame.asText() + "\n"
    }
  }

  /// What the pane says of itself, for those who cannot see it.
  var statementWords: String {
    let statement = panes.statement(of: pane, snapshot, browsing)
    return ([statement.shows, statement.basis].filter { !$0.isEmpty } + statement.problems)
      .joined(separator: "; ")
  }

  /// A path with a word before its ending: `out.csv` becomes `out-sds.csv`.
  private static func path(_ path: String, marked word: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return "\(path)-\(word)"
    }
    let ending = name[dot...]
    return "\(path.dropLast(ending.count))-\(word)\(ending)"
  }
}

// MARK: - What is asked for

extension DashboardState {
  /// Whether the pane in front has numbers to export.
  var hasNumbers: Bool {
    panes.tables(of: pane, snapshot, browsing).contains { !$0.rows.isEmpty }
  }

  /// Obeys a key of the menu of exports.
  mutating func answer(_ menu: ExportMenu, _ key: KeyEvent) -> [DashboardEffect] {
    switch menu.handle(key) {
    case .stay: return []
    case .close:
      mode = .browsing
      return []
    case .export(let request):
      mode = .browsing
      lastExport = request.format
      return [.export(request)]
    case .copy(let request):
      mode = .browsing
      return [.copy(request)]
    }
  }

  /// Obeys `:export`.
  mutating func export(typed words: String) -> [DashboardEffect] {
    guard let request = ExportRequest(typed: words, format: lastExport) else {
      say(
        "There is no export as \(words); there are "
          + ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
          + ", and a path after them.",
        .doubtful)
      return []
    }
    lastExport = request.format
    return [.export(request)]
  }

  /// Obeys `:copy`.
  mutating func copy(typed words: String) -> [DashboardEffect] {
    guard let request = CopyRequest(typed: words) else {
      say("There is no copy of \(words); there are text, csv, svg, ansi and row.", .doubtful)
      return []
    }
    return [.copy(request)]
  }
}
