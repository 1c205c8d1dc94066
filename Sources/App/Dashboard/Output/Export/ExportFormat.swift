// In which forms what is shown can leave the terminal.

/// A form in which what is shown leaves the terminal.
package enum ExportFormat: String, CaseIterable, Hashable, Sendable {
  /// A vector drawing.
  case svg
  /// The numbers behind it, as a table.
  case csv
  /// The characters of the grid, a line for each row.
  case text
  /// The same with the escape sequences of its colours.
  case ansi

  /// How the names of its files end.
  package var fileExtension: String {
    switch self {
    case .svg: "svg"
    case .csv: "csv"
    case .text: "txt"
    case .ansi: "ansi"
    }
  }

  /// What it is, in a few words.
  package var words: String {
    switch self {
    case .svg: "drawing (SVG)"
    case .csv: "numbers (CSV)"
    case .text: "text"
    case .ansi: "text with colours"
    }
  }

  /// The form of a name; `txt` serves as well as `text`.
  package init?(named name: String) {
    let wanted = name.lowercased()
    guard
      let found = Self.allCases.first(where: { [$0.rawValue, $0.fileExtension].contains(wanted) })
    else { return nil }
    self = found
  }
}

/// What a user asks to be exported.
package struct ExportRequest: Hashable, Sendable {
  package var format: ExportFormat
  /// The file to write; named after the run and the pane if `nil`.
  package var path: String?

  /// An export, into a file of the working folder unless another is given.
  package init(_ format: ExportFormat, path: String? = nil) {
    self.format = format
    self.path = path
  }

  /// An export as typed after `:export`: a form, a path or both, in this order; `format` if neither.
  ///
  /// A path alone says its form by its ending. `nil` where the form cannot be told.
  package init?(typed words: String, format last: ExportFormat = .text) {
    let trimmed = words.trimmingBlanks
    guard !trimmed.isEmpty else {
      self.init(last)
      return
    }
    let parts = trimmed.split(separator: " ", maxSplits: 1).map { String($0).trimmingBlanks }
    if let format = ExportFormat(named: parts[0]) {
      self.init(format, path: parts.count > 1 ? parts[1] : nil)
      return
    }
    guard let dot = trimmed.lastIndex(of: "."),
      let format = ExportFormat(named: String(trimmed[trimmed.index(after: dot)...]))
    else { return nil }
    self.init(format, path: trimmed)
  }
}

/// What a user asks to be copied to the clipboard.
package enum CopyRequest: Hashable, Sendable {
  /// What is shown.
  case shown(ExportFormat)
  /// The numbers of the row in front.
  case row

  /// A copy as typed after `:copy`; what is shown, as text, if nothing is.
  package init?(typed words: String) {
    switch words.trimmingBlanks.lowercased() {
    case "": self = .shown(.text)
    case "row", "value": self = .row
    case let name:
      guard let format = ExportFormat(named: name) else { return nil }
      self = .shown(format)
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
