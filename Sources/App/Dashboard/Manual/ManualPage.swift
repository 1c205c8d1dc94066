// The manual of a program, made from its options, the key table, the settings and what is written by hand.

import RunFolder

/// Makes manual pages.
package enum ManualPage {
  /// When the hand-written parts were last changed.
  private static let date = "2026\\-11\\-25"

  /// The page of a program; nil if there is no text for it.
  package static func text(of help: ProgramHelp) -> String? {
    guard let manual = ManualText.of(help.name) else { return nil }
    var page = Roff(
      name: help.name, section: 1, date: date, source: "\(help.name) \(programVersion)")
    page.section("Name")
    // The one line that apropos reads has to be plain.
    let abstract = help.abstract.hasSuffix(".") ? String(help.abstract.dropLast()) : help.abstract
    let beginning = abstract.prefix(1).lowercased() + abstract.dropFirst()
    page.plain(Roff.wrapped("\(Roff.escaped(help.name)) \\- \(Roff.escaped(beginning))"))
    page.section("Synopsis")
    page.plain(
      manual.synopsis.map { "\(Roff.bold(help.name)) \(Roff.placeholder($0))" }
        .joined(separator: "\n.br\n"))
    page.section("Description")
    for words in manual.description { page.paragraph(words) }
    options(help, into: &page)
    commands(help, into: &page)
    page.section("Model language")
    page.paragraph("Formulas are written as users of R's lme4, glmmTMB and brms write them.")
    entries(ManualText.modelLanguage, into: &page)
    if help.name == "mglmm-tui" {
      keys(into: &page)
      settings(into: &page)
    }
    page.section("Files")
    entries(manual.files, into: &page)
    page.section("Environment")
    entries(manual.environment, into: &page)
    page.section("Exit status")
    entries(manual.exitCodes, into: &page)
    page.section("Examples")
    for example in manual.examples {
      page.paragraph(example.words)
      page.example(example.command)
    }
    page.section("See also")
    let references = manual.seeAlso.map { reference in
      let parts = reference.split(separator: "(")
      return "\(Roff.bold(String(parts[0])))(\(parts[1])"
    }
    page.plain(references.joined(separator: ",\n"))
    return page.text
  }

  private static func options(_ help: ProgramHelp, into page: inout Roff) {
    page.section("Options")
    page.entry(Roff.bold("-h") + ", " + Roff.bold("--help"), ["Show help."])
    page.entry(Roff.bold("--version"), ["Show the version and how the program was built."])
    guard let command = help.commands.first(where: { $0.name == help.defaultCommand }) else {
      return
    }
    page.paragraph(
      "The other options are those of the command \(command.name), which need not be named.")
    options(of: command, headings: true, into: &page)
  }

  private static func commands(_ help: ProgramHelp, into page: inout Roff) {
    page.section("Commands")
    for command in help.commands {
      page.subsection(synopsis(of: command))
      page.paragraph(command.abstract)
      if !command.discussion.isEmpty {
        page.paragraph(command.discussion.split(separator: "\n").joined(separator: " "))
      }
      if command.name == help.defaultCommand {
        page.paragraph("Its options stand under OPTIONS.")
      } else {
        options(of: command, headings: false, into: &page)
      }
    }
  }

  private static func synopsis(of command: CommandHelp) -> String {
    let positional = command.options.filter { $0.names.isEmpty }.map { option in
      let name = (option.value ?? "").uppercased() + (option.isRepeating ? " ..." : "")
      return option.isOptional ? "[\(name)]" : name
    }
    return ([command.name] + positional + ["[options]"]).joined(separator: " ")
  }

  private static func options(
    of command: CommandHelp, headings: Bool, into page: inout Roff
  ) {
    var heading: String?
    for option in command.options {
      if headings, option.section != heading, let section = option.section {
        heading = section
        page.subsection(section)
      }
      let value = option.value.map { value in
        Roff.placeholder(option.names.isEmpty ? value.uppercased() : value)
      }
      var tag = option.names.map(Roff.bold).joined(separator: ", ")
      if let value { tag += (tag.isEmpty ? "" : " ") + value }
      page.entry(tag, [option.text] + (option.discussion.map { [$0] } ?? []))
    }
  }

  private static func keys(into page: inout Roff) {
    page.section("Keys")
    page.paragraph(
      "The keys without a file of settings; in brackets the names by which it gives them other "
        + "keys.")
    for group in KeyGroup.allCases {
      page.subsection(group.rawValue)
      for binding in KeyTable.all where binding.group == group {
        page.entry(
          Roff.bold(binding.keys.map(\.label).joined(separator: " ")),
          ["\(binding.help) [\(binding.name)]"])
      }
    }
    page.subsection("Commands after a colon")
    for command in CommandTable.all {
      var tag = Roff.bold(":" + command.name)
      if !command.argument.isEmpty { tag += " " + Roff.placeholder(command.argument) }
      page.entry(tag, [command.help])
    }
  }

  private static func settings(into page: inout Roff) {
    page.section("Settings")
    page.paragraph(
      "config.toml is a file of TOML; every setting may be left out. An error in it is named with "
        + "its line. Options of the command line win over the file, NO_COLOR and --mono over both.")
    for section in ConfigurationSection.allCases {
      if section != .general { page.subsection("[\(section.rawValue)]") }
      if !section.comment.isEmpty { page.paragraph(section.comment.joined(separator: " ")) }
      for setting in ConfigurationSetting.all where setting.section == section {
        let usual = setting.text(Configuration())
        page.entry(
          "\(Roff.bold(setting.name)) = \(Roff.escaped(usual))",
          [setting.comment.joined(separator: " ")])
      }
    }
    page.example(["[keys]", "zoom-in = [\"i\", \"+\"]", "suspend = \"none\""])
  }

  private static func entries(_ entries: [ManualEntry], into page: inout Roff) {
    for entry in entries { page.entry(Roff.bold(entry.term), [entry.text]) }
  }
}
