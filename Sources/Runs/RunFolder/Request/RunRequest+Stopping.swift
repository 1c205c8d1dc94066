// How many draws a request asks for: so many, or as many as its rule wants up to a cap.

extension RunRequest {
  /// The cap on the draws of a chain where there is a rule and no `--draws`.
  package static let defaultCap = 100_000

  /// The rule of the request, checked; nil without one.
  ///
  /// - Throws: what is wrong with it, or that there are no chains to stop.
  package func stoppingRule() throws(StoppingRuleError) -> StoppingRule? {
    guard let until else { return nil }
    let rule = try StoppingRule(until)
    guard method == .mcmc else {
      throw StoppingRuleError(
        message: "until: there are no chains to stop; add --method mcmc", rule: until, offset: 0,
        length: max(1, until.count))
    }
    return rule
  }

  /// Takes `--until` and `--draws` as typed: beside a rule, draws are its cap.
  package mutating func apply(until rule: String?, draws count: Int?) {
    if let rule {
      if until == nil && draws == RunRequest().draws { draws = Self.defaultCap }
      until = rule
    }
    if let count { draws = count }
  }

  /// Asks for at least `count` draws of each chain; a rule stays in force beyond them.
  package mutating func extend(to count: Int) {
    if until != nil { leastDraws = max(leastDraws, count) }
    draws = max(draws, count)
  }
}
