// Frames as vector drawings: what stands in them, and that nothing is lost.

import Panes
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("A frame becomes a drawing that shows every cell")
struct SvgTests {
  private func drawing(
    _ frame: CellBuffer, _ theme: Theme = .standard, isEmbedded: Bool = false
  ) -> String {
    SvgDrawing(frame, theme: theme, title: "A & B", isEmbedded: isEmbedded).text
  }

  @Test("a small frame is this drawing")
  func golden() {
    var frame = CellBuffer(size: Size(columns: 8, rows: 3))
    frame.drawBox(frame.bounds)
    frame.write("a<b", at: Point(column: 1, row: 1), Style(.bad, .bold))
    frame.set(Cell("⣀", Style(.chain(1))), at: Point(column: 5, row: 1))
    frame.set(Cell("▄", Style(.chain(1))), at: Point(column: 6, row: 1))
    #expect(
      drawing(frame) == """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 48" width="64" height="48" role="img" color="#1f2328">
        <title>A &amp; B</title>
        <style>svg{color:#1f2328}.paper-fill{fill:#ffffff}.paper-stroke{stroke:#ffffff}@media (prefers-color-scheme:dark){svg{color:#d7dae0}.paper-fill{fill:#16191f}.paper-stroke{stroke:#16191f}}</style>
        <path d="M0 0h64v48h-64z" fill="#ffffff" class="paper-fill"/>
        <g shape-rendering="crispEdges">
        <path d="M48 24h8v8h-8z" fill="#0d7ea3"/>
        </g>
        <g fill="none" stroke-width="1" stroke-linecap="square" shape-rendering="crispEdges">
        <path d="M4 8h56M4 8v32M60 8v32M4 40h56" stroke="#767676"/>
        </g>
        <g fill="none" stroke-width="3" stroke-linecap="round">
        <path d="M42 30h0m4 0h0" stroke="#0d7ea3"/>
        </g>
        <g font-family="ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="13">
        <g fill="#da315a" font-weight="bold">
        <text x="8" y="28" textLength="24">a&lt;b</text>
        </g>
        </g>
        </svg>

        """)
  }

  @Test("themes with colours of their own keep them; reverse, dim and underline are drawn")
  func looks() throws {
    var frame = CellBuffer(size: Size(columns: 6, rows: 1))
    frame.write("ab", at: .zero, Style(.text, .reverse))
    frame.write("cd", at: Point(column: 2, row: 0), Style(.text, [.dim, .underline]))
    let plain = try XMLReader.elements(of: drawing(frame))
    // In reverse the ground has the colour of text, and the text that of the paper.
    #expect(
      plain.contains {
        $0.attributes["d"] == "M0 0h16v16h-16z" && $0.attributes["fill"] == "currentColor"
      })
    #expect(plain.contains { $0.name == "g" && $0.attributes["class"] == "paper-fill" })
    #expect(
      plain.contains {
        $0.attributes["d"] == "M16 14h16v1h-16z" && $0.attributes["opacity"] == "0.6"
      })
    let dark = drawing(frame, .dark)
    #expect(dark.contains("fill=\"#16191f\"") && !dark.contains("<style>"))
    #expect(!dark.contains("paper-fill"))
    let embedded = drawing(frame, isEmbedded: true)
    #expect(!embedded.contains("<style>") && !embedded.contains("color=\"#1f2328\""))
  }

  @Test("wide characters and marks keep their columns")
  func wide() throws {
    var frame = CellBuffer(size: Size(columns: 12, rows: 1))
    frame.write("a字b  e\u{301}f", at: .zero)
    let texts = try XMLReader.elements(of: drawing(frame)).filter { $0.name == "text" }
    #expect(texts.map(\.text) == ["a", "字", "b", "e\u{301}f"])
    #expect(texts.map { $0.attributes["x"] } == ["0", "8", "24", "48"])
    #expect(texts[3].attributes["textLength"] == "16")
  }

  @Test(
    "every glyph of every pane is in the drawing", arguments: PaneKind.allCases)
  func complete(_ kind: PaneKind) throws {
    for (name, run) in SampleRun.named where ["live", "checked"].contains(name) {
      for charset in [Charset.braille, .block, .ascii] {
        var state = DashboardState(
          snapshot: DashboardSnapshot(run: run, now: SampleRun.begin + 10),
          size: Size(columns: 90, rows: 30), charset: charset)
        state.go(to: kind)
        let frame = state.frame()
        let covered = try SvgCoverage(of: drawing(frame), frame.fullSize).cells
        for (index, cell) in frame.cells.enumerated() {
          guard cell.scalar != " ", !cell.isContinuation, !covered[index] else { continue }
          Issue.record("\(name), \(charset): \(cell.scalar) in cell \(index) is lost")
        }
      }
    }
  }

  @Test("a trace of a thousand draws takes a few tens of kilobytes")
  func size() {
    var state = DashboardState(
      snapshot: DashboardSnapshot(run: SampleRun.finished, now: SampleRun.begin + 10),
      size: Size(columns: 120, rows: 40))
    state.go(to: .trace)
    #expect(drawing(state.frame()).utf8.count < 60_000)
  }
}

/// Which cells the shapes and texts of a drawing lie on.
struct SvgCoverage {
  var cells: [Bool]
  private let size: Size

  init(of text: String, _ size: Size) throws {
    cells = Array(repeating: false, count: size.area)
    self.size = size
    var hasPaper = false
    for element in try XMLReader.elements(of: text) {
      if element.name == "text" {
        let x = Int(element.attributes["x"] ?? "") ?? -1
        let y = Int(element.attributes["y"] ?? "") ?? -1
        var column = x / 8
        for scalar in element.text.unicodeScalars {
          if scalar != " " { mark(column, y / 16) }
          column += displayWidth(of: scalar) ?? 0
        }
      } else if let path = element.attributes["d"] {
        // The paper comes first.
        if !hasPaper {
          hasPaper = true
        } else if !fill(path) {
          trace(path)
        }
      }
    }
  }

  private mutating func mark(_ column: Int, _ row: Int) {
    if column >= 0, column < size.columns, row >= 0, row < size.rows {
      cells[row * size.columns + column] = true
    }
  }

  /// Marks the cells under rectangles; whether the path is made of them.
  private mutating func fill(_ path: String) -> Bool {
    let rects = path.matches(of: /M(\d+) (\d+)h(\d+)v(\d+)h-\d+z/)
    for rect in rects {
      let numbers = [rect.output.1, rect.output.2, rect.output.3, rect.output.4].map {
        Int($0) ?? 0
      }
      for y in numbers[1]..<numbers[1] + numbers[3] {
        for x in numbers[0]..<numbers[0] + numbers[2] { mark(x / 8, y / 16) }
      }
    }
    return !rects.isEmpty
  }

  /// Marks the cells along a path of the commands M m h v l a z.
  private mutating func trace(_ path: String) {
    var numbers: [Int] = []
    var command: Character = " "
    var (x, y) = (0, 0)
    var (startX, startY) = (0, 0)
    func go(to newX: Int, _ newY: Int, _ draws: Bool, _ coverage: inout SvgCoverage) {
      if draws {
        let steps = max(abs(newX - x), abs(newY - y))
        for step in 0...steps {
          // The middle of each step, so that an end on an edge counts for the cell before it.
          let share = steps == 0 ? 0 : (Double(step) - (step == 0 ? -0.5 : 0.5)) / Double(steps)
          let across = Double(x) + share * Double(newX - x)
          let down = Double(y) + share * Double(newY - y)
          coverage.mark(Int(across) / 8, Int(down) / 16)
        }
      }
      (x, y) = (newX, newY)
    }
    func run(_ coverage: inout SvgCoverage) {
      switch command {
      case "M":
        go(to: numbers[0], numbers[1], false, &coverage)
        (startX, startY) = (x, y)
      case "m":
        go(to: x + numbers[0], y + numbers[1], false, &coverage)
        (startX, startY) = (x, y)
      case "h": go(to: x + numbers[0], y, true, &coverage)
      case "v": go(to: x, y + numbers[0], true, &coverage)
      case "l": go(to: x + numbers[0], y + numbers[1], true, &coverage)
      case "a": go(to: x + numbers[5], y + numbers[6], true, &coverage)
      case "z": (x, y) = (startX, startY)
      default: break
      }
      numbers = []
    }
    var digits = ""
    func endNumber() {
      if let number = Int(digits) { numbers.append(number) }
      digits = ""
    }
    for character in path {
      if character.isLetter {
        endNumber()
        run(&self)
        command = character
      } else if character == " " || character == "-" {
        endNumber()
        if character == "-" { digits = "-" }
      } else {
        digits.append(character)
      }
    }
    endNumber()
    run(&self)
  }
}
