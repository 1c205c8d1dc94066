// The list of runs over the dashboard: filtered, sorted, marked, and what a key in it asks for.

import RunFolder
import TerminalCore

/// What a key in the list of runs asks for.
package enum RunListAnswer: Equatable {
  /// The list stays.
  case none
  case close
  /// Show the run in this folder.
  case open(String)
  /// Compare the runs in these folders, in the order in which they were marked.
  case compare([String])
  /// Something that cannot be done, and why.
  case refuse(String)
}

/// The list of runs.
package struct RunList: Equatable, Sendable {
  /// The orders in which `s` goes through them.
  package enum Order: Int, CaseIterable, Sendable {
    case newest, name, state, method

    /// What it is called.
    var title: String {
      switch self {
      case .newest: "live first, newest first"
      case .name: "by name"
      case .state: "by state"
      case .method: "by method"
      }
    }
  }

  /// The runs there are.
  package private(set) var entries: [RunEntry] = []
  /// How many older runs are not listed.
  package private(set) var others = 0
  /// Whether the runs have been read.
  package private(set) var isRead = false
  /// The folder of the run that the dashboard shows.
  package let current: String
  package private(set) var order = Order.newest
  package private(set) var isReversed = false
  /// What is typed after `/`; `nil` while no filter is being typed.
  package private(set) var typing: LineEditor?
  package private(set) var filter = ""
  /// The folders of the marked runs, in the order of marking.
  package private(set) var marked: [String] = []
  /// The folder of the run in front.
  private var chosen: String?

  /// As many runs as stand side by side in a comparison.
  package static let mostMarked = 4

  /// A list that the runs are still to be read for.
  package init(current: String) { self.current = current }

  /// Takes over what the catalog says now; filter, marks and the run in front stay.
  package mutating func refresh(_ entries: [RunEntry], others: Int) {
    self.entries = entries
    self.others = others
    isRead = true
    let paths = Set(entries.map(\.folder.path))
    marked.removeAll { !paths.contains($0) }
  }

  /// The runs that pass the filter, in their order.
  package var shown: [RunEntry] {
    let wanted = filter.lowercased().split(separator: " ")
    let passing = entries.filter { entry in
      let text = "\(entry.name) \(entry.state.word) \(entry.methodWord) \(entry.model)".lowercased()
      return wanted.allSatisfy { text.contains($0) }
    }
    func sorted(_ isBefore: (RunEntry, RunEntry) -> Bool) -> [RunEntry] {
      passing.sorted(by: isBefore)
    }
    let ordered =
      switch order {
      case .newest:
        sorted {
          $0.state.isLive == $1.state.isLive
            ? ($0.created, $0.name) > ($1.created, $1.name) : $0.state.isLive
        }
      case .name: sorted { $0.name < $1.name }
      case .state: sorted { ($0.state.word, $1.created) < ($1.state.word, $0.created) }
      case .method: sorted { ($0.methodWord, $1.created) < ($1.methodWord, $0.created) }
      }
    return isReversed ? ordered.reversed() : ordered
  }

  /// The place of the run in front among those shown: the one chosen, the one that is open, or the first.
  package func selected(_ shown: [RunEntry]) -> Int {
    [chosen, current].compactMap { path in
      path.flatMap { path in shown.firstIndex { $0.folder.path == path } }
    }.first ?? 0
  }

  /// Obeys a key.
  ///
  /// - Parameter page: the rows of a page.
  package mutating func handle(_ key: KeyEvent, page: Int) -> RunListAnswer {
    if var line = typing { return type(key, &line) }
    let shown = shown
    let row = selected(shown)
    func move(to place: Int) {
      guard !shown.isEmpty else { return }
      chosen = shown[min(max(0, place), shown.count - 1)].folder.path
    }
    switch key {
    case .escape where !filter.isEmpty: filter = ""
    case .escape, .character("q"), .character("R"): return .close
    case .down, .character("j"): move(to: row + 1)
    case .up, .character("k"): move(to: row - 1)
    case .pageDown: move(to: row + max(1, page))
    case .pageUp: move(to: row - max(1, page))
    case .home, .character("g"): move(to: 0)
    case .end, .character("G"): move(to: shown.count - 1)
    case .character("/"): typing = LineEditor(filter)
    case .character("s"):
      order = Order.allCases[(order.rawValue + 1) % Order.allCases.count]
      isReversed = false
    case .character("S"): isReversed.toggle()
    case .character(" "):
      guard shown.indices.contains(row) else { return .none }
      let answer = mark(shown[row].folder.path)
      if answer == .none { move(to: row + 1) }
      return answer
    case .character("C"): return compare(shown, row)
    case .enter:
      return shown.indices.contains(row) ? .open(shown[row].folder.path) : .none
    default: return .refuse("\(key.name) does nothing in the list of runs; Esc closes it.")
    }
    return .none
  }

  private mutating func type(_ key: KeyEvent, _ line: inout LineEditor) -> RunListAnswer {
    switch key {
    case .enter: typing = nil
    case .escape:
      filter = ""
      typing = nil
    case .backspace where line.text.isEmpty: typing = nil
    default:
      guard line.handle(key) else { return .none }
      typing = line
      filter = line.text
    }
    return .none
  }

  private mutating func mark(_ path: String) -> RunListAnswer {
    if let place = marked.firstIndex(of: path) {
      marked.remove(at: place)
    } else if marked.count < Self.mostMarked {
      marked.append(path)
    } else {
      return .refuse("Four runs are marked, which is as many as are compared.")
    }
    return .none
  }

  /// The marked runs; where fewer than two are marked, the one in front beside the one that is open.
  private func compare(_ shown: [RunEntry], _ row: Int) -> RunListAnswer {
    if marked.count >= 2 { return .compare(marked) }
    guard shown.indices.contains(row) else { return .refuse("There is no run to compare with.") }
    let front = shown[row].folder.path
    let first = marked.first ?? current
    guard front != first else {
      return .refuse("Space marks runs; C compares two to four of them.")
    }
    return .compare([first, front])
  }
}

extension RunEntry {
  /// The method in a word.
  var methodWord: String { request?.method.rawValue ?? "?" }
}
