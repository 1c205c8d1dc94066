// The commands of the model builder.

import Panes
import RunFolder
import TerminalCore

/// The commands there are, for help, hints and Tab.
enum BuilderCommands {
  /// Name, argument and what it does.
  static let all: [(name: String, argument: String, help: String)] = [
    (
      "prior", "CLASS ~ LAW", "state a prior: b ~ normal(0, 1), sd[passed, school] ~ exponential(1)"
    ),
    ("noprior", "", "take back all stated priors"),
    ("family", "LIST", "families by hand: gaussian,bernoulli; nothing goes back to the suggested"),
    ("formula", "TEXT", "the formula by hand; nothing goes back to the columns"),
    ("method", "NAME", "mcmc, ml, map or reml"),
    ("chains", "N", "the number of chains"),
    ("warmup", "N", "warm-up iterations of a chain"),
    ("draws", "N", "kept draws of a chain"),
    ("seed", "N", "fixes everything random"),
    ("dispersion", "~ TERMS", "a formula for the dispersion; nothing takes it back"),
    ("zi", "~ TERMS", "a formula for zero inflation; nothing takes it back"),
    ("start", "", "start the run"),
    ("quit", "", "leave"),
  ]

  /// The commands that a beginning could become.
  static func candidates(_ text: String) -> [String] {
    text.contains(" ") ? [] : all.map(\.name).filter { $0.hasPrefix(text) }
  }
}

extension BuilderState {
  mutating func editCommand(_ key: KeyEvent, _ line: LineEditor) -> [BuilderEffect] {
    var line = line
    switch key {
    case .escape: mode = .browsing
    case .backspace where line.text.isEmpty: mode = .browsing
    case .enter:
      mode = .browsing
      return run(command: line.text)
    case .tab:
      let candidates = BuilderCommands.candidates(line.text)
      if candidates.count == 1 { line.replace(with: candidates[0] + " ") }
      mode = .command(line)
    default: if line.handle(key) { mode = .command(line) }
    }
    return []
  }

  /// Runs a command as typed.
  private mutating func run(command text: String) -> [BuilderEffect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let typed = words.first else { return [] }
    let argument = words.count > 1 ? words[1].trimmingBlanks : ""
    let matches = BuilderCommands.candidates(typed)
    guard
      let name = matches.first(where: { $0 == typed }) ?? (matches.count == 1 ? matches[0] : nil)
    else {
      say("There is no command \(typed). Tab completes, ? lists them.", .doubtful)
      return []
    }
    switch name {
    case "prior": state(prior: argument)
    case "noprior":
      base.priors = []
      say("All priors are the defaults.")
    case "family": handFamily = argument.isEmpty ? nil : argument
    case "formula": handFormula = argument.isEmpty ? nil : argument
    case "method": choose(method: argument)
    case "dispersion": base.dispersion = argument.isEmpty ? nil : argument
    case "zi": base.zeroInflation = argument.isEmpty ? nil : argument
    case "start": return start()
    case "quit": return leave()
    default: set(name, argument)
    }
    return []
  }

  /// States a prior in the place of one that was stated on just the same.
  private mutating func state(prior text: String) {
    guard text.contains("~") else {
      return say(":prior wants a class, ~ and a law: b ~ normal(0, 2.5).", .doubtful)
    }
    let address = Self.address(of: text)
    if let index = base.priors.firstIndex(where: { Self.address(of: $0) == address }) {
      base.priors[index] = text
    } else {
      base.priors.append(text)
    }
  }

  private mutating func choose(method name: String) {
    guard let method = FitMethod(rawValue: name) else {
      return say(":method is one of mcmc, ml, map and reml.", .doubtful)
    }
    base.method = method
    say("Method \(method.rawValue): \(method.meaning).")
  }

  private mutating func set(_ name: String, _ argument: String) {
    if name == "seed" {
      guard let seed = UInt64(argument) else {
        return say(":seed wants a whole number of at least 0.", .doubtful)
      }
      base.seed = seed
      return
    }
    guard let count = Int(argument), count >= 1 else {
      return say(":\(name) wants a whole number of at least 1.", .doubtful)
    }
    switch name {
    case "chains": base.chains = count
    case "warmup": base.warmup = count
    default:
      base.draws = count
      base.drawsFollowCall = false
    }
  }
}
