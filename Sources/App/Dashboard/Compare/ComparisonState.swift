// A comparison of runs on the screen: what is scrolled where, and the frame.

import Panes
import RunFolder
import TerminalCore

/// What a key in the comparison asks for.
package enum ComparisonAnswer: Equatable {
  case none
  case close
  /// Show the run at this place.
  case open(Int)
  case redraw
}

/// Two to four runs side by side.
package struct ComparisonState {
  /// The parts of the page that scroll on their own where both have room.
  package enum Part: Int, CaseIterable, Sendable {
    case facts, estimates

    var title: String { self == .facts ? "Runs" : "Estimates" }
  }

  /// The runs, each with what is derived from it.
  package var runs: [DashboardSnapshot]
  package var size: Size
  let charset: Charset
  /// The part that keys scroll.
  package private(set) var part = Part.facts
  private var first: [Part: Int] = [:]
  /// Something to say in the bottom line.
  package var message = ""

  /// A comparison of runs.
  package init(_ runs: [DashboardSnapshot], size: Size, charset: Charset) {
    self.runs = runs
    self.size = size
    self.charset = charset
  }

  /// Obeys a key.
  package mutating func handle(_ key: KeyEvent) -> ComparisonAnswer {
    message = ""
    let area = area(of: part)
    let count = page(part, columns: area.columns).rows.count
    let most = max(0, count - area.rows)
    func scroll(_ steps: Int) {
      first[part] = min(max(0, min(first[part] ?? 0, most) + steps), most)
    }
    switch key {
    case .escape, .character("q"), .character("C"): return .close
    case .down, .character("j"): scroll(1)
    case .up, .character("k"): scroll(-1)
    case .pageDown, .character(" "): scroll(max(1, area.rows - 1))
    case .pageUp: scroll(-max(1, area.rows - 1))
    case .home, .character("g"): first[part] = 0
    case .end, .character("G"): first[part] = most
    case .tab, .backTab, .character("]"), .character("["):
      part = part == .facts ? .estimates : .facts
    case .control("l"): return .redraw
    case .character(let letter):
      let place = Int((letter.asciiValue ?? 0)) - Int(UInt8(ascii: "1"))
      if runs.indices.contains(place) { return .open(place) }
      message = "\(letter) does nothing here; Esc leaves the comparison."
    default: message = "\(key.name) does nothing here; Esc leaves the comparison."
    }
    return .none
  }

  // MARK: - The frame

  private var isWide: Bool { size.columns >= 150 && size.rows >= 16 }

  /// Where a part stands inside its frame; where there is no room for both, the one in front.
  private func box(of part: Part) -> Rect {
    let body = Rect(size).inset(top: 1, bottom: size.rows >= 6 ? 1 : 0)
    guard isWide else { return body }
    let parts = body.columns([.rest, .rest])
    return parts[part.rawValue]
  }

  private func area(of part: Part) -> Rect {
    let box = box(of: part)
    return box.rows >= 6 && box.columns >= 24
      ? box.inset(left: 2, top: 1, right: 2, bottom: 1) : box
  }

  private func page(_ part: Part, columns: Int) -> ComparisonPage {
    var page = ComparisonPage(runs, columns: columns, charset: charset)
    switch part {
    case .facts: page.addFacts()
    case .estimates: page.addEstimates()
    }
    return page
  }

  /// The screen as it should look now.
  package func frame() -> CellBuffer {
    var buffer = CellBuffer(size: size, charset: charset)
    let lines = Rect(size).splitTop(1)
    var title = [StyledText("Comparison of \(runs.count) runs", Style(.title, .bold))]
    for (place, run) in runs.enumerated() {
      title += [StyledText("  "), RunMark(place).text, StyledText(" \(run.run.name)")]
    }
    buffer.write(title, in: lines.top.inset(left: 1))
    for part in isWide ? Part.allCases : [self.part] { draw(part, into: &buffer) }
    if size.rows >= 6 { drawKeys(into: &buffer, in: lines.rest.splitBottom(1).bottom) }
    return buffer
  }

  private func draw(_ part: Part, into buffer: inout CellBuffer) {
    let box = box(of: part)
    let area = area(of: part)
    let page = page(part, columns: area.columns)
    let start = min(first[part] ?? 0, max(0, page.rows.count - area.rows))
    if area != box {
      let hidden = page.rows.count - start - area.rows
      buffer.drawBox(
        box, title: part.title, note: part == self.part || !isWide ? "Tab: the other part" : "",
        footnote: hidden > 0 ? "\(hidden) more below (j)" : "",
        style: Style(part == self.part ? .borderFocused : .border))
    }
    buffer.withArea(area) { page.draw(from: start, into: &$0, in: $0.bounds) }
  }

  private func drawKeys(into buffer: inout CellBuffer, in area: Rect) {
    if !message.isEmpty {
      buffer.write(message, in: area.inset(left: 1), Style(.warning, .bold))
      return
    }
    let keys = [
      ("Esc", "back"), ("Tab", "other part"), ("j k", "scroll"),
      ("1-\(runs.count)", "open that run"),
    ]
    var pieces: [StyledText] = []
    for (key, text) in keys {
      pieces += [StyledText(key, Style(.key, .bold)), StyledText(" \(text)  ")]
    }
    buffer.write(pieces, in: area.inset(left: 1))
  }
}
