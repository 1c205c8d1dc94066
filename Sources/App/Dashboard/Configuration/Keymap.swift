// The keys in force: the key table with what the user has changed.

import Panes
import RunFolder
import TerminalCore

/// Other keys for one action of the key table.
package struct KeyOverride: Equatable, Sendable {
  /// The action's name in the key table.
  package let name: String
  /// Its keys; none frees it of any.
  package let keys: [KeyEvent]

  /// Keys for an action.
  package init(name: String, keys: [KeyEvent]) {
    self.name = name
    self.keys = keys
  }
}

/// A key that was given to an action though something else has it.
struct KeyConflict: Equatable {
  /// The action that was given the key.
  let name: String
  let message: String
}

/// What is wrong with the name of a key.
struct KeyNameError: Error, Equatable, CustomStringConvertible {
  let description: String
}

/// Puts actions of the key table on other keys.
enum Keymap {
  /// The key table with other keys for some actions, and what these keys meant before.
  static func make(
    _ overrides: [KeyOverride]
  ) -> (bindings: [KeyBinding], conflicts: [KeyConflict]) {
    let changes = Dictionary(
      overrides.map { ($0.name, $0.keys) }, uniquingKeysWith: { _, last in last })
    let bindings = KeyTable.all.map { (binding) -> KeyBinding in
      var binding = binding
      if let keys = changes[binding.name] { binding.keys = keys }
      return binding
    }
    let places = changes.isEmpty ? [:] : ActionPlaces.all
    var conflicts: [KeyConflict] = []
    for (index, override) in overrides.enumerated() {
      for key in override.keys {
        let rival = bindings.first { other in
          other.name != override.name && other.keys.contains(key)
            // Of two that were both changed, the later one in the file is to blame.
            && !overrides[(index + 1)...].contains { $0.name == other.name }
            && !areApart(override.name, other.name, places)
        }
        guard let rival else { continue }
        conflicts.append(
          KeyConflict(
            name: override.name,
            message: "\(override.name): the key '\(key.name)' is that of '\(rival.name)' already; "
              + "choose another, or free it with \(rival.name) = \"none\""))
      }
    }
    return (bindings, conflicts)
  }

  /// Whether two actions may share a key: they do so in the key table, or no pane knows both.
  private static func areApart(
    _ first: String, _ second: String, _ places: [String: Set<PaneKind>]
  ) -> Bool {
    func keys(_ name: String) -> Set<KeyEvent> {
      Set(KeyTable.all.first { $0.name == name }?.keys ?? [])
    }
    if !keys(first).isDisjoint(with: keys(second)) { return true }
    guard let one = places[first], let other = places[second] else { return false }
    return one.isDisjoint(with: other)
  }

  /// The key of a name as configuration files write it.
  static func key(named name: String) throws(KeyNameError) -> KeyEvent {
    if name == "none" {
      throw KeyNameError(description: "\"none\" stands alone, not among other keys")
    }
    guard let key = KeyEvent(named: name) else {
      let names = [
        "space", "enter", "tab", "shift-tab", "backspace", "del", "ins", "up", "down", "left",
        "right", "shift-up", "shift-down", "shift-left", "shift-right", "pgup", "pgdn", "home",
        "end", "esc",
      ]
      var near = NearName.of(name, among: names)
      // The two ways of writing that other programs have.
      let lower = name.lowercased()
      for prefix in ["ctrl+", "control-", "c-", "^"] where lower.hasPrefix(prefix) {
        near = "ctrl-\(lower.dropFirst(prefix.count))"
      }
      for prefix in ["alt+", "meta-", "m-"] where lower.hasPrefix(prefix) {
        near = "alt-\(name.dropFirst(prefix.count))"
      }
      throw KeyNameError(
        description: "there is no key '\(name)'; "
          + (near.map { "did you mean '\($0)'?" }
            ?? "keys are written as x, X, ctrl-x, alt-x, f1, space, enter, pgup ..."))
    }
    if key == .control("c") || key == .escape {
      throw KeyNameError(
        description: "the key '\(key.name)' always "
          + (key == .escape ? "closes what is open" : "leaves") + "; choose another")
    }
    return key
  }
}

/// In which panes an action of the panes means something, as far as that can be told without data.
private enum ActionPlaces {
  /// By the names of the actions; those of the whole program, and those that mean nothing without
  /// data, are not in it.
  static var all: [String: Set<PaneKind>] {
    var places: [String: Set<PaneKind>] = [:]
    for runState in [RunState.waiting, .sampling, .finished, .foreign] {
      let run = RunSnapshot(name: "", path: "", state: runState)
      for kind in PaneKind.allCases {
        var state = DashboardState(
          snapshot: DashboardSnapshot(run: run, now: 0), size: Size(columns: 80, rows: 24))
        state.go(to: kind)
        for binding in KeyTable.all {
          guard case .pane = binding.action, binding.availability(state) != .absent else {
            continue
          }
          places[binding.name, default: []].insert(kind)
        }
      }
    }
    return places
  }
}
