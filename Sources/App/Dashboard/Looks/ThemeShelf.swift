// The themes there are, built in and in files, and the one in use.

import Glibc
import TerminalCore

/// The themes to choose from; a file is read when its theme is first used or listed.
package struct ThemeShelf: Sendable {
  /// Where a theme comes from.
  package enum Origin: String, Sendable {
    case builtIn = "built in"
    case own
    case installed
    case btop
  }

  /// One theme by its name.
  package struct Entry: Sendable {
    package let name: String
    package let origin: Origin
    /// The file; `nil` for what is built in.
    package let path: String?
    /// What it is made for; `nil` for a file that was not read yet.
    package fileprivate(set) var kind: ThemeKind?
    /// Why the file cannot be used, if it was tried.
    package fileprivate(set) var problem: String?
    fileprivate var theme: Theme?
  }

  package private(set) var entries: [Entry]
  /// The place of the theme in use.
  package private(set) var index = 0
  /// The theme in use.
  package private(set) var theme: Theme

  /// The names in order.
  package var names: [String] { entries.map(\.name) }

  /// The built-in themes alone, the first in use.
  package static let builtIn = ThemeShelf(files: [])

  /// The built-in themes, then those in files; a user's own file takes the place of a built-in theme of
  /// its name, and other files whose name is taken are left out, but btop's are called `btop:NAME`.
  package init(files: [(origin: Origin, path: String)]) {
    entries = BuiltInTheme.all.map {
      Entry(name: $0.name, origin: .builtIn, path: nil, kind: $0.kind, problem: nil, theme: nil)
    }
    theme = .standard
    for (origin, path) in files {
      let name = ThemeFile.name(of: path)
      let entry = Entry(
        name: name, origin: origin, path: path, kind: nil, problem: nil, theme: nil)
      guard let taken = place(of: name) else {
        entries.append(entry)
        continue
      }
      switch origin {
      case .own where entries[taken].origin == .builtIn: entries[taken] = entry
      case .btop where place(of: "btop:" + name) == nil:
        entries.append(
          Entry(
            name: "btop:" + name, origin: origin, path: path, kind: nil, problem: nil, theme: nil))
      default: break
      }
    }
  }

  /// The place of a theme by its name, in any case of letters.
  package func place(of name: String) -> Int? {
    let wanted = name.lowercased()
    return entries.firstIndex { $0.name.lowercased() == wanted }
  }

  /// Puts a theme in use by its place; on an error the theme in use stays, but the place is taken, so
  /// that going on to the next one passes it.
  package mutating func use(_ place: Int) throws(LooksError) {
    index = place
    theme = try read(place)
  }

  /// Puts the next theme in use.
  package mutating func useNext() throws(LooksError) { try use((index + 1) % entries.count) }

  /// Puts a theme in use by name; whether there is one of the name.
  package mutating func use(named name: String) throws(LooksError) -> Bool {
    guard let place = place(of: name) else { return false }
    try use(place)
    return true
  }

  /// Puts the theme of a file in use, wherever it lies.
  package mutating func use(file path: String) throws(LooksError) {
    let found = try ThemeFile.read(path)
    if let place = entries.firstIndex(where: { $0.path == path }) { return try use(place) }
    entries.append(
      Entry(
        name: place(of: found.name) == nil ? found.name : path, origin: .own, path: path,
        kind: found.kind, problem: nil, theme: found))
    (index, theme) = (entries.count - 1, found)
  }

  /// Reads what was not read yet, so that the kinds of all themes are known.
  package mutating func readAll() {
    for place in entries.indices where entries[place].kind == nil && entries[place].problem == nil {
      // What is wrong is kept in the entry, and shown in the list.
      _ = try? read(place)
    }
  }

  private mutating func read(_ place: Int) throws(LooksError) -> Theme {
    if let known = entries[place].theme { return known }
    let found: Theme
    if let path = entries[place].path {
      do throws(LooksError) { found = try ThemeFile.read(path) } catch {
        entries[place].problem = error.description
        throw error
      }
    } else {
      guard let builtIn = BuiltInTheme.all.first(where: { $0.name == entries[place].name }) else {
        preconditionFailure("\(entries[place].name) is neither built in nor a file")
      }
      found = builtIn.theme
    }
    entries[place].theme = found
    if entries[place].kind == nil { entries[place].kind = found.kind }
    entries[place].problem = nil
    return found
  }
}
