// Every pane at five sizes, in three charsets and five states, as drawn in Golden/every-size.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

/// All drawings of one pane in one charset.
struct PaneBook: CustomTestStringConvertible, Sendable {
  var kind: PaneKind
  var charset: Charset

  var testDescription: String { file }
  var file: String { "\(kind.rawValue)-\(charset.rawValue).txt" }

  /// The smallest screen that must be served, a portrait one, the usual two, and a large one.
  static let sizes = [(40, 12), (60, 50), (80, 24), (120, 40), (200, 60)].map {
    Size(columns: $0.0, rows: $0.1)
  }
  static let states = [
    ("live", "live"), ("finished", "checked"), ("empty", "waiting"), ("failed", "failed"),
    ("foreign", "foreign"),
  ]

  static let all = PaneKind.allCases.flatMap { kind in
    Charset.allCases.map { PaneBook(kind: kind, charset: $0) }
  }

  /// The pane inside a larger buffer, so that what it writes beside its area is seen.
  func drawn(in size: Size, _ state: String) -> (text: String, isInside: Bool) {
    let run = SampleRun.named.first { $0.name == state }?.run ?? SampleRun.waiting
    let choices = browsing(run)
    let panes = PaneSet()
    let bare = DashboardSnapshot(run: run, now: SampleRun.begin + 10)
    let detail = panes.detailInView(of: kind, bare, choices)
    let margin = Cell("?")
    var buffer = CellBuffer(
      size: Size(columns: size.columns + 2, rows: size.rows + 2), charset: charset,
      filledWith: margin)
    let area = Rect(column: 1, row: 1, columns: size.columns, rows: size.rows)
    buffer.fill(area)
    panes.draw(kind, snapshot(run, detail: detail), choices, into: &buffer, in: area)
    var isInside = true
    var lines: [String] = []
    for row in 0..<size.rows + 2 {
      var line = ""
      for column in 0..<size.columns + 2 {
        let point = Point(column: column, row: row)
        guard let cell = buffer[point] else { continue }
        if area.contains(point) {
          if !cell.isContinuation { line.unicodeScalars.append(cell.scalar) }
        } else if cell != margin {
          isInside = false
        }
      }
      if row > 0 && row <= size.rows {
        while line.last == " " { line.removeLast() }
        lines.append(line)
      }
    }
    return (lines.joined(separator: "\n"), isInside)
  }
}

@Suite("Every pane is drawn at every size, in every charset and state")
struct EverySizeTests {
  @Test("as it stands in the file of its drawings", arguments: PaneBook.all)
  func drawings(_ book: PaneBook) throws {
    var text = ""
    for size in PaneBook.sizes {
      for (title, state) in PaneBook.states {
        let (drawing, isInside) = book.drawn(in: size, state)
        #expect(isInside, "\(book.file) \(size) \(title) writes outside its area")
        if book.charset == .ascii {
          #expect(drawing.utf8.allSatisfy { $0 < 128 }, "\(book.file) \(size) \(title)")
        }
        text += "# \(title), \(size.columns)x\(size.rows)\n\(drawing)\n"
      }
    }
    if let folder = ProcessInfo.processInfo.environment["MGLMM_WRITE_DRAWINGS"] {
      let place = URL(fileURLWithPath: folder).appendingPathComponent("every-size")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try text.write(
        to: place.appendingPathComponent(book.file), atomically: true, encoding: .utf8)
      return
    }
    let url = try #require(
      Bundle.module.url(forResource: "Golden/every-size/\(book.file)", withExtension: nil))
    let expected = try String(contentsOf: url, encoding: .utf8)
    #expect(text == expected, "\(book.file): MGLMM_WRITE_DRAWINGS=<folder> writes what is drawn")
  }
}
