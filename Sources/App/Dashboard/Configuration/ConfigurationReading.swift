// Reading config.toml: every key known, every value right, or one line for each thing that is not.

import RunFolder
import TOMLKit
import TerminalCore

/// What the text of a config.toml says.
package struct ConfigurationReading {
  /// The settings, the usual ones where nothing (usable) is said.
  package private(set) var configuration = Configuration()
  /// All that is wrong, each with its line, in the order of the text.
  package private(set) var problems: [RunError] = []
  private let path: String
  private let places: ConfigurationPlaces
  private var found: [(place: TextPlace, message: String)] = []

  /// Reads a text; `path` stands in errors.
  package init(_ text: String, path: String) {
    self.path = path
    places = ConfigurationPlaces(text)
    do {
      let table = try TOMLTable(string: text)
      read(table)
    } catch let error as TOMLParseError {
      found.append(
        (
          TextPlace(line: error.source.begin.line, column: error.source.begin.column),
          Self.oneLine(error.description)
        ))
    } catch {
      found.append((TextPlace(line: 0, column: 0), Self.oneLine("\(error)")))
    }
    problems = found.sorted { $0.place < $1.place }.map {
      .malformed(
        path: path, line: $0.place.line, column: $0.place.column, message: $0.message)
    }
  }

  private mutating func complain(_ key: String, _ message: String) {
    found.append((places[key] ?? TextPlace(line: 0, column: 0), Self.oneLine(message)))
  }

  private mutating func read(_ table: TOMLTable) {
    var keys: [KeyOverride] = []
    var given: Set<String> = []
    for (name, value) in table {
      switch (ConfigurationSection(rawValue: name), value.table) {
      case (.keys?, let inner?): keys = overrides(inner)
      case (.thresholds?, let inner?): read(inner, in: .thresholds, &given)
      case (.keys?, nil), (.thresholds?, nil):
        complain(name, "\(name) is not a table; write [\(name)] and its entries below it")
      default: take(name, value, in: .general, &given)
      }
    }
    for order in ConfigurationSetting.orders where !order.isKept(configuration) {
      let wrong = given.contains(order.first) ? order.first : order.second
      let other = wrong == order.first ? order.second : order.first
      let side = wrong == order.first ? "above" : "below"
      complain(
        "thresholds.\(wrong)",
        "\(wrong) is \(side) \(other), so one of them never counts; "
          + "give both")
    }
    let result = Keymap.make(keys)
    configuration.keys = result.bindings
    for conflict in result.conflicts { complain("keys.\(conflict.name)", conflict.message) }
  }

  private mutating func read(
    _ table: TOMLTable, in section: ConfigurationSection, _ given: inout Set<String>
  ) {
    for (name, value) in table { take(name, value, in: section, &given) }
  }

  private mutating func take(
    _ name: String, _ value: any TOMLValueConvertible, in section: ConfigurationSection,
    _ given: inout Set<String>
  ) {
    let settings = ConfigurationSetting.all.filter { $0.section == section }
    guard let setting = settings.first(where: { $0.name == name }) else {
      let key = section == .general ? name : "\(section.rawValue).\(name)"
      let names =
        settings.map(\.name) + (section == .general ? ["[thresholds]", "[keys]"] : [])
      return complain(
        key,
        "there is no setting '\(name)'"
          + suggestion(name, among: names, otherwise: names))
    }
    given.insert(name)
    if let problem = setting.take(Self.plain(value), &configuration) {
      complain(setting.path, "\(name) \(problem)")
    }
  }

  /// The entries of [keys] that can be used, in the order of the text.
  private mutating func overrides(_ table: TOMLTable) -> [KeyOverride] {
    let names = KeyTable.all.map(\.name)
    var result: [KeyOverride] = []
    for (name, value) in table {
      let key = "keys.\(name)"
      guard names.contains(name) else {
        complain(
          key,
          "there is no action '\(name)'"
            + suggestion(name, among: names, otherwise: []))
        continue
      }
      var texts: [String]
      switch Self.plain(value) {
      case .text(let text): texts = [text]
      case .list(let list): texts = list
      default:
        complain(key, "\(name) is not a key in quotes, a list of them, or \"none\"")
        continue
      }
      if texts == ["none"] { texts = [] }
      var events: [KeyEvent] = []
      for text in texts {
        do throws(KeyNameError) {
          let event = try Keymap.key(named: text)
          if !events.contains(event) { events.append(event) }
        } catch { complain(key, "\(name): \(error.description)") }
      }
      result.append(KeyOverride(name: name, keys: events))
    }
    return result.sorted {
      (places["keys.\($0.name)"] ?? TextPlace(line: 0, column: 0))
        < (places["keys.\($1.name)"] ?? TextPlace(line: 0, column: 0))
    }
  }

  private static func plain(_ value: any TOMLValueConvertible) -> ConfigurationValue {
    switch value.type {
    case .string: return value.string.map { .text($0) } ?? .other
    case .int: return value.int.map { .whole($0) } ?? .other
    case .double: return value.double.map { .number($0) } ?? .other
    case .bool: return value.bool.map { .flag($0) } ?? .other
    case .array:
      guard let array = value.array else { return .other }
      var list: [String] = []
      for element in array {
        guard let text = element.string else { return .other }
        list.append(text)
      }
      return .list(list)
    default: return .other
    }
  }

  /// What was meant, or else all there is.
  private func suggestion(_ name: String, among names: [String], otherwise: [String]) -> String {
    if let near = NearName.of(name, among: names) { return "; did you mean '\(near)'?" }
    if otherwise.isEmpty { return "; mglmm-tui config lists them" }
    return "; there are \(otherwise.joined(separator: ", "))"
  }

  /// A text without anything that could move the cursor: names of the file stand in messages.
  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 }.filter { !$0.isControl })
  }
}

extension Character {
  /// Whether it is a control character, which a terminal would obey.
  fileprivate var isControl: Bool {
    unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
  }
}
