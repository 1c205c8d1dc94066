// What a user can set once and for all: the values of config.toml.

import Diagnostics
import Panes
import RunFolder
import TerminalCore

/// The settings of a dashboard, at first the usual ones.
package struct Configuration: Sendable {
  /// A theme by name, or the path of a theme file; the first built-in one if `nil`.
  package internal(set) var theme: String?
  /// The glyphs to draw with; what the terminal can show if `nil`.
  package internal(set) var charset: Charset?
  /// The glyphs by their name on the command line.
  package var charsetName: String? { charset?.rawValue }
  /// The colours by their name on the command line; what the terminal can show if `nil`.
  package internal(set) var color: String?
  /// Whether the mouse is the dashboard's; the terminal's own way to select text is then Shift.
  package internal(set) var usesMouse = true
  /// Seconds between two readings of a run.
  package internal(set) var refresh = 0.25
  /// The pane that a dashboard opens on.
  package internal(set) var pane = PaneKind.overview
  /// The limits that the dashboard's own verdicts hold numbers against.
  package internal(set) var thresholds = ConvergenceThresholds()
  /// The key table with the keys in force.
  package internal(set) var keys = KeyTable.all

  /// The usual settings.
  package init() {}
}

/// The file of the settings.
package enum ConfigurationFile {
  /// Where the file stands unless another is named; `nil` without a home.
  package static var usualPath: String? {
    let folder = environment("XDG_CONFIG_HOME") ?? environment("HOME").map { "\($0)/.config" }
    return folder.map { "\($0)/mglmm-tui/config.toml" }
  }

  /// The settings of a file: of the one that is named, or of the usual one if that exists.
  ///
  /// Throws `file` if the file cannot be read and `malformed` for the first thing wrong in it.
  package static func load(_ named: String? = nil) throws(RunError) -> Configuration {
    let text: String
    let path: String
    do throws(FileError) {
      if let named {
        (path, text) = (named, try TextFile.read(named))
      } else {
        guard let usual = usualPath, TextFile.exists(usual) else { return Configuration() }
        (path, text) = (usual, try TextFile.read(usual))
      }
    } catch { throw .file(error) }
    let reading = ConfigurationReading(text, path: path)
    if let first = reading.problems.first { throw first }
    return reading.configuration
  }
}
