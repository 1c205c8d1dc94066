// What the keys of a model builder do while nothing is being typed.

import Panes
import RunFolder
import TerminalCore

extension BuilderState {
  /// Does what a key stands for.
  mutating func browse(_ key: KeyEvent) -> [BuilderEffect] {
    switch key {
    case .control("s"), .function(5): return start()
    case .character("q"): return leave()
    case .escape: return escape()
    case .tab: moveFocus(by: 1)
    case .backTab: moveFocus(by: -1)
    case .character("/"):
      focus = .columns
      mode = .filter(LineEditor(filter.pattern))
    case .character(":"): mode = .command(LineEditor())
    case .character("?"), .function(1): mode = .help(scroll: 0)
    case .character("e"): mode = .formula(LineEditor(formulaText))
    case .character("b"): goBackToChoosing()
    case .character("m"): cycleMethod(by: 1)
    case .character("P"): focus = .priors
    case .character("t"): return [.nextTheme]
    case .control("l"): return [.redraw]
    case .control("z"): return [.suspend]
    default:
      switch focus {
      case .columns: browseColumns(key)
      case .formula: browseFormula(key)
      case .priors: browsePriors(key)
      case .settings: browseSettings(key)
      }
    }
    return []
  }

  private mutating func escape() -> [BuilderEffect] {
    if focus == .columns, !filter.pattern.isEmpty {
      filter = ParameterFilter()
      list()
      say("The filter is off.")
      return []
    }
    return leave()
  }

  private mutating func moveFocus(by step: Int) {
    let all = BuilderFocus.allCases
    let place = all.firstIndex(of: focus) ?? 0
    focus = all[(place + step + all.count) % all.count]
  }

  private mutating func goBackToChoosing() {
    guard handFormula != nil || handFamily != nil else {
      return say("The formula follows the columns already.")
    }
    handFormula = nil
    handFamily = nil
    say("The formula follows the columns again.")
  }

  mutating func cycleMethod(by step: Int) {
    let all: [FitMethod] = [.mcmc, .ml, .map, .reml]
    let place = all.firstIndex(of: base.method) ?? 0
    base.method = all[(place + step + all.count) % all.count]
    say("Method \(base.method.rawValue): \(base.method.meaning).")
  }

  // MARK: - Columns

  private mutating func browseColumns(_ key: KeyEvent) {
    let page = max(1, size.rows / 2)
    switch key {
    case .down, .character("j"): select(selected + 1)
    case .up, .character("k"): select(selected - 1)
    case .pageDown: select(selected + page)
    case .pageUp: select(selected - page)
    case .home: select(0)
    case .end, .character("G"): select(listed.count - 1)
    case .character("o"):
      let all = ColumnOrder.allCases
      order = all[((all.firstIndex(of: order) ?? 0) + 1) % all.count]
      list()
      say("Columns \(order.rawValue).")
    default: choose(key)
    }
  }

  private mutating func select(_ place: Int) {
    selected = min(max(0, place), max(0, listed.count - 1))
  }

  /// Keys that change the model.
  private mutating func choose(_ key: KeyEvent) {
    let choosing: [KeyEvent] =
      "yxgfcis- ".map { KeyEvent.character($0) } + [.enter, .delete, .backspace]
    guard choosing.contains(key) else {
      return say("\(key.name) does nothing here; ? lists the keys.")
    }
    guard let column else {
      return say(data == nil ? "The data are still being read." : "There is no column here.")
    }
    guard handFormula == nil else {
      return say("The formula was edited by hand; b goes back to choosing columns.", .doubtful)
    }
    let name = column.name
    let role = choices.role(of: name)
    switch key {
    case .character("y"): toggleOutcome(column, role)
    case .character("x"), .character(" "), .enter: togglePredictor(column, role)
    case .character("g"): toggleGroup(column, role)
    case .character("f"): cycleFamily(name, role)
    case .character("c"): toggleFactor(column, role)
    case .character("i"):
      if role != .predictor {
        say("\(name) is no predictor; x makes it one.", .doubtful)
      } else if !choices.toggleCrossing(name) {
        say("i lets a predictor interact with the one before it; this is the first.", .doubtful)
      }
    case .character("s"): cycleSlope(name, role)
    default:
      if role != .unused {
        choices.remove(name)
        say("\(name) is not used.")
      }
    }
  }

  private mutating func toggleOutcome(_ column: ColumnProfile, _ role: ColumnRole) {
    if role == .outcome { return choices.remove(column.name) }
    let suggestion = FamilySuggestion(for: column, families: families)
    guard !suggestion.choices.isEmpty else {
      return say("\(column.name): \(suggestion.reason).", .doubtful)
    }
    choices.addOutcome(column.name, suggestion)
    say("\(column.name): \(suggestion.reason).")
  }

  private mutating func togglePredictor(_ column: ColumnProfile, _ role: ColumnRole) {
    if role == .predictor { return choices.remove(column.name) }
    guard column.kind != .empty, column.kind != .constant else {
      return say("\(column.name) has no two values that differ.", .doubtful)
    }
    choices.addPredictor(column.name)
    if column.kind == .text, column.distinct > 20 {
      say(
        "\(column.name) has \(column.distinct) levels, a coefficient for all but one; "
          + "g makes it a group.", .doubtful)
    }
  }

  private mutating func toggleGroup(_ column: ColumnProfile, _ role: ColumnRole) {
    if role == .group { return choices.remove(column.name) }
    guard column.distinct >= 2 else {
      return say("\(column.name) has no two levels that differ.", .doubtful)
    }
    choices.addGroup(column.name)
    if column.distinct == column.present {
      say("\(column.name) has a level for each row: rows are not repeated.", .doubtful)
    } else if column.kind == .numeric {
      say("\(column.name) holds numbers; each of \(column.distinct) is a level now.", .doubtful)
    }
  }

  private mutating func cycleFamily(_ name: String, _ role: ColumnRole) {
    guard role == .outcome else {
      return say("\(name) is no outcome; y makes it one.", .doubtful)
    }
    guard handFamily == nil else {
      return say("Families were given by hand (\(handFamily ?? "")); b goes back.", .doubtful)
    }
    choices.cycleFamily(of: name)
    guard let outcome = choices.outcomes.first(where: { $0.column == name }) else { return }
    let choices = outcome.suggestion.choices
    say(
      "\(name): \(outcome.family.label), \(outcome.place + 1) of \(choices.count): "
        + choices.map(\.label).joined(separator: ", ") + ".")
  }

  private mutating func toggleFactor(_ column: ColumnProfile, _ role: ColumnRole) {
    guard role == .predictor else {
      return say("\(column.name) is no predictor; x makes it one.", .doubtful)
    }
    guard column.kind != .text else { return say("\(column.name) is text: categories already.") }
    choices.toggleFactor(column.name)
  }

  private mutating func cycleSlope(_ name: String, _ role: ColumnRole) {
    guard role == .predictor else {
      return say("\(name) is no predictor; x makes it one.", .doubtful)
    }
    guard !choices.groups.isEmpty else {
      return say("There is no group yet over which a slope could vary; g makes one.", .doubtful)
    }
    if let group = choices.cycleSlope(name) {
      say("The effect of \(name) varies over \(group).")
    } else {
      say("The effect of \(name) is the same in all groups.")
    }
  }

  // MARK: - Formula, priors, settings

  private mutating func browseFormula(_ key: KeyEvent) {
    guard key == .enter else {
      return say("Enter edits the formula; Tab goes on; ? lists the keys.")
    }
    mode = .formula(LineEditor(formulaText))
  }

  private mutating func browsePriors(_ key: KeyEvent) {
    let last = max(0, priors.count - 1)
    switch key {
    case .down, .character("j"): selectedPrior = min(last, selectedPrior + 1)
    case .up, .character("k"): selectedPrior = max(0, selectedPrior - 1)
    case .pageDown: selectedPrior = min(last, selectedPrior + 10)
    case .pageUp: selectedPrior = max(0, selectedPrior - 10)
    case .home: selectedPrior = 0
    case .end, .character("G"): selectedPrior = last
    case .enter: editPrior()
    case .delete, .backspace, .character("-"): removePrior()
    default: say("Enter states this prior, Del goes back to the default; ? lists the keys.")
    }
  }

  private mutating func editPrior() {
    guard priors.indices.contains(selectedPrior) else {
      return say(priorNotice ?? "There are no priors yet.", .doubtful)
    }
    let prior = priors[selectedPrior]
    let text = prior.summary.prior == "flat" ? "normal(0, 2.5)" : prior.summary.prior
    mode = .command(LineEditor("prior \(prior.address) ~ \(text)"))
  }

  private mutating func removePrior() {
    guard priors.indices.contains(selectedPrior) else { return }
    let prior = priors[selectedPrior]
    let own = base.priors.lastIndex { Self.address(of: $0) == prior.address }
    let wider = base.priors.lastIndex {
      Self.address(of: $0).prefix { $0 != "[" } == prior.summary.parameterClass[...]
    }
    guard !prior.summary.isDefault, let index = own ?? wider else {
      return say("This is the default; Enter states another.")
    }
    let removed = base.priors.remove(at: index)
    say("No longer stated: \(removed)")
  }

  /// What stands before `~` in the statement of a prior.
  static func address(of statement: String) -> String {
    var head = statement.prefix { $0 != "~" }
    while head.last == " " { head.removeLast() }
    while head.first == " " { head.removeFirst() }
    return String(head)
  }

  /// Why there are no priors to show.
  var priorNotice: String? {
    switch base.method {
    case .ml, .reml: "\(base.method.rawValue) knows no priors; m takes another method"
    case .mcmc, .map:
      priors.isEmpty ? "the priors in force stand here once there is a model" : nil
    }
  }

  private mutating func browseSettings(_ key: KeyEvent) {
    let all = base.method == .mcmc ? BuilderSetting.allCases : [.method, .seed]
    let place = all.firstIndex(of: setting) ?? 0
    switch key {
    case .left, .character("h"): setting = all[max(0, place - 1)]
    case .right, .character("l"): setting = all[min(all.count - 1, place + 1)]
    case .up, .character("k"), .character("+"), .character("="): change(by: 1)
    case .down, .character("j"), .character("-"): change(by: -1)
    case .enter:
      let value =
        switch setting {
        case .method: base.method.rawValue
        case .chains: String(base.chains)
        case .warmup: String(base.warmup)
        case .draws: String(base.draws)
        case .seed: String(base.seed)
        }
      mode = .command(LineEditor("\(setting.rawValue) \(value)"))
    default: say("h l choose, + - change, Enter types a value; ? lists the keys.")
    }
  }

  private mutating func change(by step: Int) {
    switch setting {
    case .method: cycleMethod(by: step)
    case .chains: base.chains = min(max(1, base.chains + step), 64)
    case .warmup: base.warmup = min(max(50, base.warmup + 50 * step), 100_000)
    case .draws: base.draws = min(max(250, step > 0 ? base.draws * 2 : base.draws / 2), 1_000_000)
    case .seed:
      base.seed = step > 0 ? base.seed &+ 1 : max(1, base.seed) - 1
    }
  }
}

extension FitMethod {
  /// The method in a few words.
  var meaning: String {
    switch self {
    case .ml: "maximum likelihood, no priors"
    case .reml: "restricted maximum likelihood, for gaussian outcomes"
    case .map: "the mode of the posterior, with priors"
    case .mcmc: "draws from the posterior, begun at its mode"
    }
  }
}
