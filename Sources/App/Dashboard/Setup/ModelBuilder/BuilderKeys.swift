// The keys of the model builder, for its bottom line and its help.

/// A key as the help shows it.
struct SetupKey: Sendable {
  /// The keys, the first of which the bottom line shows.
  let keys: String
  /// One or two words for the bottom line; not there if `nil`.
  let summary: String?
  let help: String

  init(_ keys: String, _ summary: String?, _ help: String) {
    self.keys = keys
    self.summary = summary
    self.help = help
  }
}

/// A line of a help.
enum SetupHelpLine: Sendable {
  case heading(String)
  case key(SetupKey)
}

/// The keys of the model builder.
enum BuilderKeys {
  /// What the bottom line shows while a part has the keys, the most important first.
  static func footer(_ focus: BuilderFocus, hasModel: Bool) -> [SetupKey] {
    let own =
      switch focus {
      case .columns: columns
      case .formula: formula
      case .priors: priors
      case .settings: settings
      }
    let start = SetupKey("Ctrl-S", "start", "")
    let rest = [
      SetupKey("Tab", "next part", ""), SetupKey("?", "help", ""), SetupKey("q", "leave", ""),
    ]
    return (hasModel ? [start] : []) + own.filter { $0.summary != nil } + rest
  }

  private static let columns = [
    SetupKey("y", "outcome", "make the column an outcome, or not"),
    SetupKey("x Space", "predictor", "make it a predictor, or not"),
    SetupKey("g", "group", "make it a grouping factor, or not"),
    SetupKey("f", "family", "the next family that suits the outcome"),
    SetupKey(
      "i", "interaction", "let the predictor interact with the one before it (*), or not (+)"),
    SetupKey("s", "slope", "let the predictor's effect vary over a group, the next, or none"),
    SetupKey("c", "categories", "take a predictor's numbers as categories, factor(x)"),
    SetupKey("- Del", nil, "take the column out of the model"),
    SetupKey("/", "filter", "filter columns by regular expression"),
    SetupKey("o", "order", "order of the columns: file, name, type, missing"),
    SetupKey("j k", nil, "next and previous; PgDn, PgUp, Home, G"),
  ]

  private static let formula = [
    SetupKey("Enter", "edit", "edit the formula by hand; Tab completes names, Esc takes it back"),
    SetupKey("b", "back to choosing", "forget the formula and families given by hand"),
  ]

  private static let priors = [
    SetupKey("Enter", "state a prior", "state this prior"),
    SetupKey("Del", "default", "go back to the default of this prior"),
    SetupKey("j k", "move", "next and previous prior"),
  ]

  private static let settings = [
    SetupKey("h l", "choose", "previous and next setting"),
    SetupKey("+ -", "change", "more and less"),
    SetupKey("Enter", "type", "type a value"),
  ]

  private static let everywhere = [
    SetupKey("Ctrl-S F5", nil, "start the run"),
    SetupKey("Tab Shift-Tab", nil, "next and previous part: columns, formula, priors, settings"),
    SetupKey("e", nil, "edit the formula by hand"),
    SetupKey("m", nil, "next method: mcmc, ml, map, reml"),
    SetupKey("P", nil, "go to the priors"),
    SetupKey("t", nil, "next theme"),
    SetupKey("q Esc", nil, "leave; asks where something was chosen"),
  ]

  /// All lines of the help.
  static let help: [SetupHelpLine] = {
    func section(_ title: String, _ keys: [SetupKey]) -> [SetupHelpLine] {
      [.heading(title)] + keys.map { .key($0) }
    }
    let commands = BuilderCommands.all.map { command in
      SetupKey(
        ":\(command.name)" + (command.argument.isEmpty ? "" : " \(command.argument)"), nil,
        command.help)
    }
    return section("Columns", columns) + section("Formula", formula) + section("Priors", priors)
      + section("Settings", settings) + section("Everywhere", everywhere)
      + section("Commands", commands)
  }()
}
