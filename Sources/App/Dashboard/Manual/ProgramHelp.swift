// What a program says of its commands and options: the JSON that its argument parser writes.

import RunFolder

/// An option or an argument of a command.
struct OptionHelp: Equatable {
  /// `-f`, `--formula`; none for a positional argument.
  var names: [String]
  /// The name of the value; nil for a flag.
  var value: String?
  /// What it is for.
  var text: String
  /// More of it.
  var discussion: String?
  /// The heading under which it stands, if it has one.
  var section: String?
  var isOptional: Bool
  var isRepeating: Bool
}

/// A command with its options.
struct CommandHelp: Equatable {
  var name: String
  var abstract: String
  var discussion: String
  var options: [OptionHelp]
}

/// A program with its commands, without those that are hidden.
package struct ProgramHelp {
  /// The name of the program.
  package let name: String
  let abstract: String
  /// The command that the program is without a name of one.
  package let defaultCommand: String?
  let commands: [CommandHelp]

  /// Reads the JSON of `--experimental-dump-help`.
  package init(json text: String) throws(JSONError) {
    let root = HelpNode(try JSONValue(parsing: text))
    guard let command = root["command"], let name = command.text("commandName") else {
      throw JSONError(shape: "there is no command in it; is it from --experimental-dump-help?")
    }
    self.name = name
    abstract = command.text("abstract") ?? ""
    defaultCommand = command.text("defaultSubcommand")
    commands = command.list("subcommands").filter { node in
      node.flag("shouldDisplay") ?? true && node.text("commandName") != "help"
    }.map(Self.command)
  }

  private static func command(_ node: HelpNode) -> CommandHelp {
    let options = node.list("arguments").filter { $0.flag("shouldDisplay") ?? true }.map(option)
    return CommandHelp(
      name: node.text("commandName") ?? "", abstract: node.text("abstract") ?? "",
      discussion: node.text("discussion") ?? "",
      // These two stand once for the whole program.
      options: options.filter { !$0.names.contains("--help") && !$0.names.contains("--version") })
  }

  private static func option(_ node: HelpNode) -> OptionHelp {
    let names = node.list("names").compactMap { name -> String? in
      guard let text = name.text("name") else { return nil }
      return (name.text("kind") == "long" ? "--" : "-") + text
    }
    return OptionHelp(
      names: names, value: node.text("kind") == "flag" ? nil : node.text("valueName"),
      text: node.text("abstract") ?? "", discussion: node.text("discussion"),
      section: node.text("sectionTitle"), isOptional: node.flag("isOptional") ?? false,
      isRepeating: node.flag("isRepeating") ?? false)
  }
}

/// A node of the JSON by the names of its members.
private struct HelpNode {
  private let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  subscript(key: String) -> HelpNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }.map { HelpNode($0.value) }
  }

  func text(_ key: String) -> String? {
    guard case .string(let text)? = self[key]?.value else { return nil }
    return text
  }

  func flag(_ key: String) -> Bool? {
    guard case .bool(let flag)? = self[key]?.value else { return nil }
    return flag
  }

  func list(_ key: String) -> [HelpNode] {
    guard case .array(let values)? = self[key]?.value else { return [] }
    return values.map { HelpNode($0) }
  }
}
