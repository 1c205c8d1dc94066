// The runs as a table of plain text.

import RunFolder
import TerminalCore

/// The table of `mglmm-tui ls`.
package enum RunListing {
  /// A line for each run, newest first, under a line of titles; `columns` limits the lines' length.
  package static func text(_ entries: [RunEntry], now: Double, columns: Int? = nil) -> String {
    let rows =
      [["#", "run", "state", "begun", "method", "model"]]
      + entries.enumerated().map { index, entry in
        [
          String(index + 1), entry.name, words(for: entry), age(now - entry.created),
          entry.request?.method.rawValue ?? "?", model(entry),
        ]
      }
    let widths = (0..<5).map { column in rows.map { displayWidth(of: $0[column]) }.max() ?? 0 }
    var text = ""
    for row in rows {
      var line = ""
      for (column, width) in widths.enumerated() {
        line +=
          row[column] + String(repeating: " ", count: width - displayWidth(of: row[column]) + 2)
      }
      line += row[5]
      if let columns, displayWidth(of: line) > columns {
        line = clipped(line, columns: max(1, columns - 1)) + "…"
      }
      text += line + "\n"
    }
    return text
  }

  private static func words(for entry: RunEntry) -> String {
    guard entry.state.isLive, let worker = entry.worker else { return entry.state.word }
    return "\(entry.state.word) (\(worker.processID))"
  }

  private static func model(_ entry: RunEntry) -> String {
    let file = entry.request?.dataPath.split(separator: "/").last.map(String.init)
    return [file, entry.model].compactMap { $0 }.joined(separator: ": ")
  }

  /// How long ago, in words.
  static func age(_ seconds: Double) -> String {
    switch seconds {
    case ..<60: "just now"
    case ..<3600: "\(Int(seconds / 60)) min ago"
    case ..<172_800: "\(Int(seconds / 3600)) h ago"
    default: "\(Int(seconds / 86_400)) days ago"
    }
  }
}
