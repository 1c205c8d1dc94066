// A pane in any form of export, without a terminal.

import Panes
import RunFolder
import TerminalCore

/// What a drawing of a pane gives.
package struct PaneOutput: Equatable, Sendable {
  /// What goes to standard output.
  package var text: String
  /// The tables that were not asked for, by name; empty unless numbers were.
  package var otherTables: [String] = []
}

extension PaneDrawing {
  /// The pane of a run in a form of export.
  ///
  /// - Parameters:
  ///   - table: the table of numbers by name; the first if `nil`.
  ///   - depth: the colours of text with colours; all of them if `nil`.
  package func output(
    of run: RunSnapshot, as format: ExportFormat, table name: String? = nil, looks: Looks,
    depth: ColorDepth?, now: Double
  ) throws(LooksError) -> PaneOutput {
    switch format {
    case .text:
      return PaneOutput(text: try text(of: run, looks: looks, depth: .none, now: now))
    case .ansi:
      return PaneOutput(text: try text(of: run, looks: looks, depth: depth ?? .trueColor, now: now))
    case .svg:
      // A drawing needs no font with braille, so it has it whatever the locale is.
      let state = try state(of: run, looks: looks, charset: .braille, now: now)
      return PaneOutput(text: state.exportedText(.svg, frame(of: state)))
    case .csv:
      let state = try state(of: run, looks: looks, now: now)
      let tables: [PaneTable]
      do throws(ExportError) { tables = try state.exportedTables() } catch {
        throw LooksError(description: error.description)
      }
      guard let chosen = name.map({ name in tables.first { $0.name == name } }) ?? tables.first
      else {
        throw LooksError(
          description: "there is no table '\(name ?? "")' in this pane; there are "
            + tables.map(\.name).joined(separator: ", "))
      }
      return PaneOutput(
        text: TableText.csv(chosen),
        otherTables: name == nil ? tables.map(\.name).filter { $0 != chosen.name } : [])
    }
  }

  /// A form of export by name.
  package static func format(named name: String) throws(LooksError) -> ExportFormat {
    guard let format = ExportFormat(named: name) else {
      throw LooksError(
        description: "there is no format '\(name)'; there are "
          + ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return format
  }
}
