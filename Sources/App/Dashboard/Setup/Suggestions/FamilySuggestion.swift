// Which response families suit a column, and why, in words.

import TerminalCore

/// A family for an outcome, with a link and a transformation where they are not the usual ones.
package struct FamilyChoice: Sendable, Hashable {
  /// The family as it is written: `gaussian`, `nbinom2`.
  package var family: String
  /// The link, if not the family's usual one.
  package var link: String?
  /// Whether the outcome is taken on the scale of its logarithm.
  package var takesLogarithm = false

  /// A family with its usual link.
  package init(_ family: String, link: String? = nil, takesLogarithm: Bool = false) {
    self.family = family
    self.link = link
    self.takesLogarithm = takesLogarithm
  }

  /// The choice as lists show it: `gaussian on the log`.
  package var label: String {
    family + (link.map { " (\($0))" } ?? "") + (takesLogarithm ? " on the log" : "")
  }
}

/// What suits an outcome: the best choice first, and the reason for it.
package struct FamilySuggestion: Sendable, Equatable {
  package let choices: [FamilyChoice]
  /// What the data say: `counts, variance 7.0 times the mean -> nbinom2`.
  package let reason: String

  /// The families that mglmm-fit has; what it says itself replaces them.
  package static let usualFamilies = [
    "gaussian", "bernoulli", "binomial", "poisson", "negbinomial",
  ]

  /// What suits a column, of the families there are.
  package init(for column: ColumnProfile, families: [String] = usualFamilies) {
    let found = Self.suitable(column)
    var choices = found.choices.filter { Self.isKnown($0.family, among: families) }
    var reason = found.reason
    if let first = found.choices.first {
      if choices.first == first {
        reason += " -> \(first.label)"
      } else {
        reason +=
          ", \(first.family) is not available"
          + (choices.first.map { " -> \($0.label)" } ?? "")
      }
    }
    if choices.isEmpty, found.choices.isEmpty == false { choices = [FamilyChoice("gaussian")] }
    self.choices = choices
    self.reason = reason
  }

  /// Names of other programs for the same family.
  private static func isKnown(_ name: String, among families: [String]) -> Bool {
    switch name {
    case "nbinom2": families.contains("negbinomial") || families.contains("nbinom2")
    case "Gamma": families.contains { $0.lowercased() == "gamma" }
    case "beta": families.contains { $0.lowercased() == "beta" }
    default: families.contains(name)
    }
  }

  /// The choices by what the values are, whether or not there is such a family; the reason without its end.
  private static func suitable(_ column: ColumnProfile) -> (choices: [FamilyChoice], reason: String)
  {
    let gaussian = FamilyChoice("gaussian")
    switch column.kind {
    case .empty: return ([], "no values, so it cannot be an outcome")
    case .constant: return ([], "one value in all rows, so it cannot be an outcome")
    case .zeroOne: return (binary + [gaussian], "0/1")
    case .text:
      if column.distinct == 2 { return (binary, "two categories") }
      return ([], "text of \(column.distinct) levels, so it cannot be an outcome")
    case .integer, .numeric: break
    }
    guard let moments = column.moments else { return ([gaussian], "numbers") }
    if column.kind == .integer, moments.minimum >= 0, moments.minimum <= nearZero {
      return counts(moments)
    }
    if moments.minimum >= 0, moments.maximum <= 1 {
      return ([FamilyChoice("beta"), gaussian], "0 to 1 proportions")
    }
    let skewness = Format.fixed(moments.skewness, decimals: 1)
    if moments.minimum > 0, moments.skewness > clearSkewness {
      return (
        [
          FamilyChoice("Gamma", link: "log"), FamilyChoice("gaussian", takesLogarithm: true),
          gaussian,
        ],
        "positive, skewed (skewness \(skewness))"
      )
    }
    let others =
      moments.minimum > 0 ? [FamilyChoice("gaussian", takesLogarithm: true)] : []
    let shape =
      abs(moments.skewness) > clearSkewness
      ? "numbers, skewed (skewness \(skewness))"
      : column.kind == .integer ? "whole numbers far from 0" : "numbers, about symmetric"
    return (
      [gaussian] + others, column.kind == .integer && moments.minimum < 0 ? "whole numbers" : shape
    )
  }

  private static func counts(
    _ moments: ColumnMoments
  ) -> (choices: [FamilyChoice], reason: String) {
    let poisson = FamilyChoice("poisson")
    let negativeBinomial = FamilyChoice("nbinom2")
    let gaussian = FamilyChoice("gaussian")
    let ratio = moments.mean > 0 ? moments.variance / moments.mean : 1
    guard ratio > clearOverdispersion else {
      return (
        [poisson, negativeBinomial, gaussian],
        "counts, variance \(Format.fixed(ratio, decimals: 1)) times the mean"
      )
    }
    let times = Format.fixed(ratio, decimals: ratio < 9.95 ? 1 : 0)
    return (
      [negativeBinomial, poisson, gaussian], "counts, variance \(times) times the mean"
    )
  }

  private static let binary = [
    FamilyChoice("bernoulli"), FamilyChoice("bernoulli", link: "probit"),
    FamilyChoice("bernoulli", link: "cloglog"),
  ]

  /// Whole numbers whose smallest is above this are no counts of few things.
  private static let nearZero = 5.0
  /// An exponential distribution has skewness 2, a symmetric one 0.
  private static let clearSkewness = 1.0
  /// A Poisson distribution has the ratio 1; predictors explain a little above it.
  private static let clearOverdispersion = 1.5
}
