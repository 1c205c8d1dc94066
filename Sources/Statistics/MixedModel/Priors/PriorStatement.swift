// Priors as users write them: `b[passed, SES] ~ normal(0, 1)`.

import Glibc

/// One `--prior`: a class of parameters, a narrower target in brackets, and a distribution.
package struct PriorStatement: Sendable, Equatable {
  /// The class: `Intercept`, `b`, `sd`, `cor`, `sigma`, `shape`, `rescor`.
  package let parameterClass: String
  /// What stands in the brackets, outcome first; `*` (or nothing) means any.
  package let target: [String]
  /// The distribution.
  package let distribution: PriorDistribution
  /// The text it was read from.
  package let text: String

  /// The classes there are.
  package static let classes = ["Intercept", "b", "sd", "cor", "sigma", "shape", "rescor"]

  /// Reads a statement; errors say what is wrong and what would be right.
  package static func parse(_ text: String) throws(ModelError) -> PriorStatement {
    func failure(_ message: String) -> ModelError { ModelError("prior '\(text)': \(message)") }
    let sides = text.split(separator: "~", omittingEmptySubsequences: false).map(Self.trimmed)
    guard sides.count == 2 else { throw failure("write it as 'b ~ normal(0, 2.5)'") }
    var name = sides[0]
    var target: [String] = []
    if let open = name.firstIndex(of: "[") {
      guard name.last == "]" else { throw failure("the bracket '[' is not closed") }
      target = name[name.index(after: open)...].dropLast()
        .split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
      name = Self.trimmed(name[..<open])
    }
    guard classes.contains(name) else {
      throw failure("there is no class '\(name)'; there are \(classes.joined(separator: ", "))")
    }
    guard let open = sides[1].firstIndex(of: "("), sides[1].last == ")" else {
      throw failure("the distribution wants parentheses, as in normal(0, 1)")
    }
    let kind = Self.trimmed(sides[1][..<open])
    var numbers: [Double] = []
    let inside = Self.trimmed(sides[1][sides[1].index(after: open)...].dropLast())
    let parts = inside.isEmpty ? [] : inside.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      guard let value = Double(Self.trimmed(part)), value.isFinite else {
        throw failure("'\(Self.trimmed(part))' is not a number")
      }
      numbers.append(value)
    }
    guard let distribution = distribution(kind, numbers) else {
      throw failure(
        "'\(kind)' with \(numbers.count) number(s) is not a prior with positive scales; there are "
          + "normal(m, s), student_t(df, m, s), cauchy(m, s), exponential(rate), gamma(shape, rate), "
          + "inv_gamma(shape, scale), lognormal(m, s), beta(a, b), uniform(low, high), lkj(eta)")
    }
    let isCorrelation = name == "cor" || name == "rescor"
    if case .lkj = distribution, !isCorrelation {
      throw failure("lkj() is for class 'cor' or 'rescor'")
    }
    if isCorrelation {
      guard case .lkj = distribution else { throw failure("correlations take lkj(eta)") }
    }
    return PriorStatement(
      parameterClass: name, target: target, distribution: distribution, text: text)
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    var part = Substring(text)
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
  }

  private static func distribution(_ kind: String, _ n: [Double]) -> PriorDistribution? {
    switch (kind, n.count) {
    case ("normal", 2) where n[1] > 0: .normal(mean: n[0], sd: n[1])
    case ("student_t", 3) where n[0] > 0 && n[2] > 0:
      .studentT(df: n[0], location: n[1], scale: n[2])
    case ("cauchy", 2) where n[1] > 0: .cauchy(location: n[0], scale: n[1])
    case ("exponential", 1) where n[0] > 0: .exponential(rate: n[0])
    case ("gamma", 2) where n[0] > 0 && n[1] > 0: .gamma(shape: n[0], rate: n[1])
    case ("inv_gamma", 2) where n[0] > 0 && n[1] > 0: .inverseGamma(shape: n[0], scale: n[1])
    case ("lognormal", 2) where n[1] > 0: .logNormal(meanLog: n[0], sdLog: n[1])
    case ("beta", 2) where n[0] > 0 && n[1] > 0: .beta(a: n[0], b: n[1])
    case ("uniform", 2) where n[0] < n[1]: .uniform(low: n[0], high: n[1])
    case ("lkj", 1) where n[0] > 0: .lkj(eta: n[0])
    default: nil
    }
  }

  /// How many of the places in brackets match, or nil when one does not; a statement with more matches is narrower.
  func specificity(_ places: [String]) -> Int? {
    guard target.count <= places.count else { return nil }
    var matches = 0
    for (wanted, place) in zip(target, places) where wanted != "*" && !wanted.isEmpty {
      guard wanted == place else { return nil }
      matches += 1
    }
    return matches
  }
}
