// The list of runs as the dashboard opens, fills and obeys it.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// Opens the list of runs; the world is asked to read them.
  mutating func openRunList() -> [DashboardEffect] {
    mode = .runs(RunList(current: snapshot.run.path))
    return [.listRuns]
  }

  /// Compares the run with others: they are marked in the list.
  mutating func openComparison() -> [DashboardEffect] {
    say("Space marks runs, C compares two to four of them.")
    return openRunList()
  }

  /// Takes over the runs there are, if their list is open.
  mutating func take(runs entries: [RunEntry], others: Int) {
    guard case .runs(var list) = mode else { return }
    list.refresh(entries, others: others)
    mode = .runs(list)
  }

  /// Lets the list of runs obey a key.
  mutating func handleRunList(_ key: KeyEvent, _ list: RunList) -> [DashboardEffect] {
    var list = list
    message = nil
    let answer = list.handle(key, page: RunListOverlay.page(in: size))
    mode = .runs(list)
    switch answer {
    case .none: return []
    case .close:
      mode = .browsing
      return []
    case .open(let path):
      mode = .browsing
      if path == list.current {
        say("This run is open already.")
        return []
      }
      return [.open(path)]
    case .compare(let paths): return [.compare(paths)]
    case .refuse(let words):
      say(words, .doubtful)
      return []
    }
  }
}
