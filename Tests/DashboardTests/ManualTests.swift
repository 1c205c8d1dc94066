// Manuals, completions and the version: made from the tables, and well formed.

import TerminalCore
import Testing

@testable import Dashboard
@testable import RunFolder

@Suite("Manuals and completions are made from what the programs say of themselves")
struct ManualTests {
  /// As the argument parser writes it, much shortened.
  private static let json = """
    { "serializationVersion": 0, "command": {
      "commandName": "mglmm-tui", "abstract": "Fits models.", "defaultSubcommand": "start",
      "arguments": [ { "kind": "flag", "names": [ { "kind": "long", "name": "version" } ] } ],
      "subcommands": [
        { "commandName": "start", "abstract": "Start a run.", "discussion": "More\\nof it.", "arguments": [
          { "kind": "positional", "valueName": "data", "isOptional": true, "abstract": "A file." },
          { "kind": "option", "valueName": "formula", "sectionTitle": "Model options", "isRepeating": true,
            "names": [ { "kind": "short", "name": "f" }, { "kind": "long", "name": "formula" } ],
            "abstract": "A formula: '~ x \\\\ y'." },
          { "kind": "flag", "names": [ { "kind": "long", "name": "help" } ], "abstract": "Help." },
          { "kind": "flag", "names": [ { "kind": "long", "name": "secret" } ], "shouldDisplay": false }
        ] },
        { "commandName": "rm", "abstract": "Remove runs.", "arguments": [
          { "kind": "positional", "valueName": "runs", "isRepeating": true, "abstract": "Runs." } ] },
        { "commandName": "hidden", "shouldDisplay": false },
        { "commandName": "help", "abstract": "Help." } ] } }
    """

  @Test("the JSON of the argument parser is read, without what is hidden")
  func help() throws {
    let help = try ProgramHelp(json: Self.json)
    #expect(help.name == "mglmm-tui" && help.defaultCommand == "start")
    #expect(help.commands.map(\.name) == ["start", "rm"])
    let options = help.commands[0].options
    #expect(options.map(\.names) == [[], ["-f", "--formula"]])
    #expect(options[1].value == "formula" && options[1].isRepeating)
    #expect(throws: JSONError.self) { try ProgramHelp(json: "{") }
    #expect(throws: JSONError.self) { try ProgramHelp(json: "{}") }
  }

  @Test("a manual has all sections, options, keys, settings and commands")
  func page() throws {
    let help = try ProgramHelp(json: Self.json)
    let page = try #require(ManualPage.text(of: help))
    let flat = page.split(separator: "\n").joined(separator: " ")
    let sections = page.split(separator: "\n").filter { $0.hasPrefix(".SH ") }.map {
      $0.dropFirst(4)
    }
    #expect(
      sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS", "MODEL LANGUAGE", "KEYS",
        "SETTINGS",
        "FILES", "ENVIRONMENT", "EXIT STATUS", "EXAMPLES", "SEE ALSO",
      ])
    #expect(page.contains("\\fB\\-f\\fR, \\fB\\-\\-formula\\fR \\fIformula\\fR"))
    #expect(page.contains("\\(aq\\(ti x \\e y\\(aq"))
    #expect(page.contains(".SS rm RUNS ... [options]") && !page.contains("secret"))
    for binding in KeyTable.all {
      #expect(flat.contains(Roff.escaped("\(binding.help) [\(binding.name)]")), "\(binding.name)")
    }
    for setting in ConfigurationSetting.all { #expect(page.contains(Roff.bold(setting.name))) }
    for command in CommandTable.all { #expect(page.contains(Roff.bold(":" + command.name))) }
  }

  @Test("no line of a manual is taken for a request that it is not, and all is ASCII")
  func lint() throws {
    let known: Set = ["TH", "SH", "SS", "PP", "TP", "br", "nf", "fi", "RS", "RE"]
    let page = try #require(ManualPage.text(of: try ProgramHelp(json: Self.json)))
    for line in page.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      #expect(!line.isEmpty && line.last != " ", "\(line)")
      #expect(line.first != "'")
      if line.first == "." {
        #expect(known.contains(String(line.dropFirst().prefix { $0 != " " })), "\(line)")
      }
      #expect(line.allSatisfy(\.isASCII), "\(line)")
    }
    #expect(Roff.escaped(".x") == "\\&.x" && Roff.escaped("'x") == "\\(aqx")
  }

  @Test("there is no manual of another program")
  func other() throws {
    let help = try ProgramHelp(json: #"{"command": {"commandName": "ls"}}"#)
    #expect(ManualPage.text(of: help) == nil)
  }

  @Test("completions know the command that need not be named", arguments: CompletionScript.shells)
  func completions(_ shell: String) throws {
    let help = try ProgramHelp(json: Self.json)
    let script =
      switch shell {
      case "bash": "a\ncomplete -o filenames -F _mglmm-tui mglmm-tui\n"
      case "zsh": "a\nif [[ \"${funcstack[1]}\" = _mglmm-tui ]]; then\nb\n"
      default: "a\nfunction __mglmm-tui_tokens\nb\nend\n"
      }
    let finished = try #require(CompletionScript.finished(script, for: shell, of: help))
    #expect(
      finished.hasPrefix("a\n")
        && finished.contains(shell == "fish" ? "start rm help" : "start|rm|help"))
    #expect(CompletionScript.finished("another script", for: shell, of: help) == nil)
    #expect(CompletionScript.finished(script, for: "tcsh", of: help) == nil)
  }

  @Test("names of themes are those that can be chosen")
  func themes() throws {
    let names = Looks.themeNames
    #expect(names.starts(with: Theme.builtIn.map(\.name)) && Set(names).count == names.count)
    for name in names { #expect(throws: Never.self) { try Looks(theme: name) } }
  }

  @Test("the version begins with program and number, then a fact a line")
  func version() {
    let lines = BuildFacts.versionText(program: "mglmm-fit", libraries: ["x: 1"]).split(
      separator: "\n")
    #expect(lines.first == "mglmm-fit \(programVersion)" && lines.last == "x: 1")
    #expect(lines.count >= 4 && lines.dropFirst().allSatisfy { $0.contains(": ") })
  }
}
