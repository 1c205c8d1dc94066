// The free parameters ψ of a model: which coefficient or covariance parameter is where, and what it is called.

/// The parameters ψ = (β, θ, residual correlations), in order, with the names that brms gives them.
package struct ParameterLayout: Sendable {
  /// One linear predictor's coefficients.
  package struct Coefficients: Sendable, Equatable {
    /// The outcome's index.
    package let outcome: Int
    /// The predictor's index.
    package let predictor: Int
    /// The range in ψ.
    package let range: Range<Int>
  }

  /// The coefficients of every predictor of every outcome, in order.
  package let coefficients: [Coefficients]
  /// The number of coefficients; θ comes after them.
  package let coefficientCount: Int
  /// The number of parameters, |ψ|.
  package let count: Int
}

/// Names as brms makes them.
package enum ParameterName {
  /// A coefficient or level as part of a name: `(Intercept)` is `Intercept`, `EC-A` is `ECMA`, blanks and brackets go.
  package static func cleaned(_ term: String) -> String {
    if term == "(Intercept)" { return "Intercept" }
    var result = ""
    for character in term {
      switch character {
      case " ", "(", ")", "[", "]", ",", "\"", "'", "?", "`", "$": continue
      case "+": result += "P"
      case "-": result += "M"
      case "*": result += "MU"
      case "/": result += "D"
      case "^": result += "E"
      case "=": result += "EQ"
      case "!": result += "N"
      case "&": result += "A"
      case "<": result += "LT"
      case ">": result += "GT"
      default: result.append(character)
      }
    }
    return result
  }

  /// `b_outcome_term`, `b_sigma_outcome_term`; the outcome is left out of a model with one.
  package static func coefficient(
    outcome: String?, parameter: String, term: String
  ) -> String {
    (["b"] + (parameter == "mu" ? [] : [parameter]) + [outcome].compactMap { $0 } + [cleaned(term)])
      .joined(separator: "_")
  }

  /// `sigma_outcome`, `shape_outcome` for a parameter without a formula.
  package static func dispersion(outcome: String?, parameter: String) -> String {
    ([parameter] + [outcome].compactMap { $0 }).joined(separator: "_")
  }

  /// The member of a block inside `sd_…` and `cor_…` names: `outcome_Intercept`.
  package static func member(outcome: String?, parameter: String, term: String) -> String {
    ((parameter == "mu" ? [] : [parameter]) + [outcome].compactMap { $0 } + [cleaned(term)])
      .joined(separator: "_")
  }

  /// `sd_group__outcome_Intercept`.
  package static func standardDeviation(group: String, member: String) -> String {
    "sd_\(group)__\(member)"
  }

  /// `cor_group__outcome_Intercept__other_Intercept`.
  package static func correlation(group: String, _ a: String, _ b: String) -> String {
    "cor_\(group)__\(a)__\(b)"
  }

  /// `rescor__outcome__other`.
  package static func residualCorrelation(_ a: String, _ b: String) -> String {
    "rescor__\(a)__\(b)"
  }

  /// `r_group__outcome[level,Intercept]`; `r_group[level,Intercept]` in a model with one outcome.
  package static func randomEffect(
    group: String, outcome: String?, parameter: String, level: String, term: String
  ) -> String {
    let owner = ((parameter == "mu" ? [] : [parameter]) + [outcome].compactMap { $0 })
      .joined(separator: "_")
    return "r_\(group)\(owner.isEmpty ? "" : "__" + owner)[\(level),\(cleaned(term))]"
  }
}
