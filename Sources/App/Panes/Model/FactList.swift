// Facts with their names: a name on the left, a text beside it over as many rows as it needs.

import TerminalCore

/// A named fact, or a heading over those that follow.
struct Fact: Equatable {
  /// The name; a heading if the text is empty.
  var name: String
  var text: String
  var role = ThemeRole.text
  /// Whether the text is one that other programs are given, which is cut at any place rather than changed.
  var isVerbatim = false
}

/// Facts as rows of a given width.
struct FactList: Equatable {
  private(set) var facts: [Fact] = []

  mutating func heading(_ name: String) { facts.append(Fact(name: name, text: "")) }

  mutating func add(
    _ name: String, _ text: String?, _ role: ThemeRole = .text, isVerbatim: Bool = false
  ) {
    guard let text, !text.isEmpty else { return }
    facts.append(Fact(name: name, text: text, role: role, isVerbatim: isVerbatim))
  }

  /// The rows of all facts.
  func rows(columns: Int, _ charset: Charset) -> [[StyledText]] {
    let longest =
      facts.filter { !$0.text.isEmpty }
      .map { displayWidth(of: $0.name, in: charset) }.max() ?? 0
    let width = min(longest, max(6, columns / 3))
    return facts.flatMap { fact -> [[StyledText]] in
      if fact.text.isEmpty { return [[StyledText(fact.name, Style(.heading, .bold))]] }
      let room = max(8, columns - width - 2)
      let lines =
        fact.isVerbatim ? cut(fact.text, columns: room) : wrapped(fact.text, columns: room)
      return lines.enumerated().map { place, line in
        let name = place == 0 ? clipped(fact.name, columns: width) : ""
        let gap = String(
          repeating: " ", count: width + 2 - displayWidth(of: name, in: charset))
        return [StyledText(name + gap, Style(.muted)), StyledText(line, Style(fact.role))]
      }
    }
  }

  private func cut(_ text: String, columns: Int) -> [String] {
    var lines: [String] = []
    var rest = text[...]
    while !rest.isEmpty {
      let head = clipped(String(rest), columns: columns)
      if head.isEmpty { return lines }
      lines.append(head)
      rest = rest.dropFirst(head.count)
    }
    return lines
  }
}
