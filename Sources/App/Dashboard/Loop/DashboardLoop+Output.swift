// What leaves the terminal: files and the clipboard.

import RunFolder
import TerminalCore

extension DashboardLoop {
  /// Writes what the pane in front shows, and says where.
  func export(_ request: ExportRequest) {
    do throws(ExportError) {
      let files = try state.exportFiles(request)
      try write(files)
    } catch { _ = state.handle(.failed(error.description)) }
  }

  /// Writes files and says where; what could not be written does not keep back what could.
  private func write(_ files: [ExportFile]) throws(ExportError) {
    var paths: [String] = []
    for file in files {
      do throws(RunError) { paths.append(try exporter.write(file)) } catch {
        let rest = paths.isEmpty ? "" : " (written: \(paths.joined(separator: ", ")))"
        throw ExportError(description: error.description + rest)
      }
    }
    _ = state.handle(.done("Written to \(paths.joined(separator: ", "))"))
  }

  /// Puts what the pane in front shows on the clipboard, and says how much that was.
  func copy(_ request: CopyRequest) {
    do {
      let text = try state.copiedText(request)
      try screen.copy(text)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      _ = state.handle(
        .done("Sent \(lines == 1 ? "1 line" : "\(lines) lines") to the clipboard (OSC 52)."))
    } catch { _ = state.handle(.failed("\(error)")) }
  }
}
