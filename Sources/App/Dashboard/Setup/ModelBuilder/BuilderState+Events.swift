// How events change a model builder.

import Panes
import RunFolder
import TerminalCore

extension BuilderState {
  /// Changes the state as an event asks, and returns what the world shall do.
  package mutating func handle(_ event: BuilderEvent) -> [BuilderEffect] {
    var effects: [BuilderEffect] = []
    switch event {
    case .resized(let size): self.size = size
    case .profile(.success(let profile)):
      data = profile
      list()
    case .profile(.failure(let fault)): self.fault = fault.description
    case .answer(let answer): take(answer)
    case .failed(let text): say(text, .bad)
    case .key(let key): effects = handle(key)
    }
    return effects + question()
  }

  /// The question whether the model that was chosen can be fitted, if it is another than before.
  private mutating func question() -> [BuilderEffect] {
    let request = request
    guard request != asked else { return [] }
    asked = request
    check = request.formulas.isEmpty ? .none : .waiting
    if request.formulas.isEmpty { description = nil }
    return [.check(request)]
  }

  private mutating func take(_ answer: CheckAnswer) {
    switch answer {
    case .failed(let text): check = .failed(text)
    case .report(let report):
      if !report.families.isEmpty, report.families != families {
        families = report.families
        choices.renewSuggestions { [self] in suggestion(for: $0) }
      }
      // Without a formula only the families were of interest.
      guard request.hasModel else { return }
      check = .report(report)
      if case .model(let model) = report.answer { description = model }
      selectedPrior = min(selectedPrior, max(0, priors.count - 1))
    }
  }

  private mutating func handle(_ key: KeyEvent) -> [BuilderEffect] {
    if key == .control("c") { return [.leave] }
    switch mode {
    case .browsing:
      message = nil
      return browse(key)
    case .filter(let line): editFilter(key, line)
    case .formula(let line): return editFormula(key, line)
    case .command(let line): return editCommand(key, line)
    case .help(let scroll): scrollHelp(key, scroll)
    case .confirmLeave:
      mode = .browsing
      if key == .character("y") || key == .character("Y") { return [.leave] }
      say("The choices are still here.")
    }
    return []
  }

  private mutating func editFilter(_ key: KeyEvent, _ line: LineEditor) {
    var line = line
    switch key {
    case .enter: mode = .browsing
    case .escape:
      filter = ParameterFilter()
      mode = .browsing
    case .backspace where line.text.isEmpty: mode = .browsing
    default:
      guard line.handle(key) else { return }
      filter = ParameterFilter(line.text)
      mode = .filter(line)
    }
    list()
  }

  private mutating func editFormula(_ key: KeyEvent, _ line: LineEditor) -> [BuilderEffect] {
    var line = line
    switch key {
    case .enter:
      mode = .browsing
      take(formula: line.text)
    case .escape:
      mode = .browsing
      say("The formula is as it was.")
    case .tab:
      if let completed = completion(of: line) { line = completed }
      mode = .formula(line)
    case .control("s"), .function(5):
      mode = .browsing
      take(formula: line.text)
      return start()
    default: if line.handle(key) { mode = .formula(line) }
    }
    return []
  }

  /// Keeps a formula that was edited by hand; one that the choices make, too, is theirs.
  private mutating func take(formula: String) {
    guard formula != choices.formula else {
      handFormula = nil
      return
    }
    if formula.allSatisfy({ $0 == " " }) {
      handFormula = nil
      return say("The formula follows the columns again.")
    }
    handFormula = formula
    if handFamily == nil { handFamily = choices.families }
    say("The formula is kept as you wrote it; b goes back to choosing columns.")
  }

  /// The line with the name under the cursor completed as far as is certain.
  private func completion(of line: LineEditor) -> LineEditor? {
    let names = names(beginningAt: line)
    guard let first = names.first else { return nil }
    let common = names.dropFirst().reduce(first) { result, name in
      String(zip(result, name).prefix { $0 == $1 }.map(\.0))
    }
    let stem = stem(of: line)
    guard common.count > stem.count else { return nil }
    var completed = line
    for character in common.dropFirst(stem.count) { _ = completed.handle(.character(character)) }
    return completed
  }

  /// The columns that the name under the cursor could become.
  func names(beginningAt line: LineEditor) -> [String] {
    let stem = stem(of: line)
    guard let data, !stem.isEmpty else { return [] }
    return data.columns.map(\.name).filter { $0.hasPrefix(stem) && $0 != stem }
  }

  private func stem(of line: LineEditor) -> String {
    let head = line.text.prefix(line.cursor)
    let start = head.lastIndex { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
    return String(start.map { head[head.index(after: $0)...] } ?? head)
  }

  private mutating func scrollHelp(_ key: KeyEvent, _ scroll: Int) {
    let most = max(0, BuilderKeys.help.count - max(1, size.rows - 4))
    func go(_ line: Int) { mode = .help(scroll: min(max(0, line), most)) }
    switch key {
    case .down, .character("j"): go(scroll + 1)
    case .up, .character("k"): go(scroll - 1)
    case .pageDown, .character(" "): go(scroll + max(1, size.rows - 6))
    case .pageUp: go(scroll - max(1, size.rows - 6))
    default: mode = .browsing
    }
  }

  /// Starts the run, unless it is known that it would fail.
  mutating func start() -> [BuilderEffect] {
    guard request.hasModel else {
      say("Choose an outcome first: y on a column. ? lists the keys.", .doubtful)
      return []
    }
    if case .report(let report) = check, case .fault(let fault) = report.answer, asked == request {
      say("Not started: \(fault.message)", .bad)
      return []
    }
    return [.start(request)]
  }

  /// Leaves, after asking where something was chosen.
  mutating func leave() -> [BuilderEffect] {
    guard hasWork else { return [.leave] }
    mode = .confirmLeave
    return []
  }
}
