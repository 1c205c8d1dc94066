// Exports: forms, files, numbers, the menu, and the clipboard.

import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("What is shown leaves the terminal as asked")
struct ExportTests {
  private func files(
    _ pane: PaneKind, _ request: ExportRequest, of run: RunSnapshot = SampleRun.finished
  ) throws -> [ExportFile] {
    var state = DashboardState(
      snapshot: DashboardSnapshot(run: run, now: SampleRun.begin + 20),
      size: Size(columns: 90, rows: 30))
    state.go(to: pane)
    return try state.exportFiles(request)
  }

  @Test("words after :export say the form, the path, or both")
  func typedExports() {
    #expect(ExportRequest(typed: "") == ExportRequest(.text))
    #expect(ExportRequest(typed: " ", format: .svg) == ExportRequest(.svg))
    #expect(ExportRequest(typed: "svg") == ExportRequest(.svg))
    #expect(ExportRequest(typed: "txt  my plot.txt ") == ExportRequest(.text, path: "my plot.txt"))
    #expect(ExportRequest(typed: "a/b.SVG") == ExportRequest(.svg, path: "a/b.SVG"))
    #expect(ExportRequest(typed: "csv") == ExportRequest(.csv))
    #expect(ExportRequest(typed: "out.png") == nil && ExportRequest(typed: "picture") == nil)
    #expect(CopyRequest(typed: "") == .shown(.text) && CopyRequest(typed: "csv") == .shown(.csv))
    #expect(CopyRequest(typed: "row") == .row && CopyRequest(typed: "soul") == nil)
  }

  @Test("a pane gives one drawing, one text, and a file for each table")
  func paneFiles() throws {
    let svg = try files(.randomEffects, ExportRequest(.svg))
    #expect(svg.map(\.name) == ["edu-2027-01-15-1-random-effects"])
    #expect(try XMLReader.elements(of: svg[0].text).first?.name == "svg")
    let ansi = try files(.estimates, ExportRequest(.ansi))
    #expect(ansi[0].text.contains("\u{1B}[") && ansi[0].format.fileExtension == "ansi")
    let tables = try files(.randomEffects, ExportRequest(.csv))
    #expect(tables.map(\.name).first == "edu-2027-01-15-1-random-effects-sds")
    let named = try files(.randomEffects, ExportRequest(.csv, path: "d.x/out.csv"))
    #expect(named.map(\.path).first == "d.x/out-sds.csv")
    #expect(throws: ExportError.self) {
      try files(.trace, ExportRequest(.csv), of: SampleRun.waiting)
    }
  }

  @Test("CSV is quoted as RFC 4180 has it, numbers are exact, and what is missing is empty")
  func csv() {
    let table = PaneTable(
      name: "t", columns: ["a,b", "n", "say \"x\""],
      rows: [
        [.text("=1+1"), .number(0.1), .missing],
        [.text("a\u{1B}[31m\nb"), .number(1e21), .number(.nan)],
        [.text(" x"), .number(-.infinity), .text("")], [.text("q\"q"), .number(3), .text("ü")],
      ])
    #expect(
      TableText.csv(table) == """
        "a,b",n,"say ""x\"""
        =1+1,0.1,
        a\u{FFFD}[31m\u{FFFD}b,1e+21,
        " x",-Inf,""
        "q""q",3,ü

        """)
  }

  @Test("files are new, whole and the user's own; a path that is there is refused")
  func exporter() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/export-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let exporter = FileExporter(folder: folder)
    let file = ExportFile(name: "a/b", format: .csv, text: "x\n1\n")
    #expect(try exporter.write(file) == "\(folder)/a-b.csv")
    #expect(try exporter.write(file) == "\(folder)/a-b-2.csv")
    let named = ExportFile(name: "a", format: .csv, path: "\(folder)/mine.csv", text: "y\n")
    #expect(try exporter.write(named) == "\(folder)/mine.csv")
    #expect(throws: RunError.self) { try exporter.write(named) }
    #expect(try String(contentsOfFile: "\(folder)/mine.csv", encoding: .utf8) == "y\n")
    let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/mine.csv")[
      .posixPermissions]
    #expect(mode as? Int == 0o600)
    let lost = ExportFile(name: "a", format: .csv, path: "\(folder)/no/where.csv", text: "")
    #expect(throws: RunError.file(FileError("write", "\(folder)/no/where.csv", code: 2))) {
      try exporter.write(lost)
    }
    try NewFile.replace("\(folder)/mine.csv", with: "z\n")
    #expect(try String(contentsOfFile: "\(folder)/mine.csv", encoding: .utf8) == "z\n")
    // Nothing is left beside them.
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 3)
  }

  @Test("e writes in the form used last, E offers the forms, :export takes form and path")
  func keysAndCommands() {
    #expect(Session(SampleRun.live, keys("5 e")).texts.files.map(\.format) == [.text])
    let menu = Session(SampleRun.live, columns: 90, keys("5 E"))
    #expect(menu.text.contains("Export: Random effects") && menu.text.contains("numbers, CSV"))
    #expect(Session(SampleRun.live, keys("5 E s")).texts.files.map(\.format) == [.svg])
    #expect(Session(SampleRun.live, keys("5 E s e")).texts.files.map(\.format) == [.svg, .svg])
    let csv = Session(SampleRun.live, columns: 160, keys("5 E c"))
    #expect(csv.texts.files.count == 2 && csv.lastLine.contains("random-effects-sds.csv"))
    #expect(Session(SampleRun.live, keys("E esc")).texts.files.isEmpty)
    let none = Session(SampleRun.waiting, keys("3 E c"))
    #expect(none.texts.files.isEmpty && none.text.contains("none here"))
    let typed = Session(
      SampleRun.live, keys("4 :") + typed("export csv /tmp/x.csv") + keys("enter"))
    #expect(typed.texts.files.map(\.path) == ["/tmp/x.csv"])
    #expect(typed.lastLine.contains("Written to /tmp/x.csv"))
    let wrong = Session(
      SampleRun.live, columns: 100, keys(":") + self.typed("export png") + keys("enter"))
    #expect(wrong.texts.files.isEmpty && wrong.lastLine.contains("no export as png"))
    let empty = Session(
      SampleRun.waiting, columns: 100, keys("3 :") + self.typed("export csv") + keys("enter"))
    #expect(empty.lastLine.contains("no numbers"))
  }

  private func typed(_ text: String) -> [ScreenEvent] { DashboardTests.typed(text) }

  @Test("Ctrl-O and :copy put what is shown on the clipboard, and only then")
  func copying() {
    #expect(Session(SampleRun.live, keys("4 j e")).screen.copies.isEmpty)
    let text = Session(SampleRun.live, columns: 100, keys("4 ctrl-o"))
    #expect(text.screen.copies.count == 1)
    #expect(text.screen.copies.first?.contains("R-hat") == true)
    #expect(text.lastLine.contains("Sent 2") && text.lastLine.contains("clipboard"))
    let csv = Session(SampleRun.live, keys("4 :") + typed("copy csv") + keys("enter"))
    #expect(csv.screen.copies.first?.hasPrefix("parameter,mean,sd") == true)
    let row = Session(SampleRun.live, keys("4 j :") + typed("copy row") + keys("enter"))
    #expect(row.screen.copies.first?.hasPrefix("parameter\t") == true)
    #expect(row.screen.copies.first?.contains("\nrhat\t") == true)
    let trace = Session(SampleRun.live, keys("3 j :") + typed("copy row") + keys("enter"))
    #expect(trace.screen.copies.first?.hasPrefix("parameter\tb_math_score_gendermale\n") == true)
    let none = Session(
      SampleRun.waiting, columns: 100, keys("3 :") + typed("copy csv") + keys("enter"))
    #expect(none.screen.copies.isEmpty && none.lastLine.contains("no numbers"))
    // All draws of a run are more than terminals take.
    let long = Session(
      SampleRun.finished, columns: 100, keys("3 :") + typed("copy csv") + keys("enter"))
    #expect(long.screen.copies.isEmpty && long.lastLine.contains("too much for the clipboard"))
  }

  @Test("show draws any pane in any form")
  func show() throws {
    var drawing = PaneDrawing()
    try drawing.set(pane: "convergence")
    let looks = try Looks(charset: "ascii")
    func output(_ format: ExportFormat, table: String? = nil) throws -> PaneOutput {
      try drawing.output(
        of: SampleRun.finished, as: format, table: table, looks: looks, depth: nil,
        now: SampleRun.begin + 20)
    }
    #expect(try XMLReader.elements(of: output(.svg).text).first?.name == "svg")
    #expect(try output(.csv).text.hasPrefix("parameter,mean,sd,q2.5"))
    #expect(try output(.ansi).text.contains("38;2;"))
    #expect(try !output(.text).text.contains("\u{1B}"))
    try drawing.set(pane: "random-effects")
    #expect(try output(.csv).otherTables.contains("correlations"))
    #expect(try output(.csv, table: "correlations").text.hasPrefix("group,effect,with,"))
    #expect(throws: LooksError.self) { try output(.csv, table: "nothing") }
    #expect(throws: LooksError.self) { try PaneDrawing.format(named: "png") }
  }
}
