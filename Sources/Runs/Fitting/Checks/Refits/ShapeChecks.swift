// Refits that ask for the shape of the mean: its link, curves and products of covariates.

import Families
import Formula
import Tables

/// Wrong link or curvature of the whole predictor: its square is no help if all is well (Pregibon 1980).
struct LinkCheck: RefitCheck {
  let name = "link or curvature"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    guard let eta = ColumnMath.standardized(study.fixedPart), Set(eta.prefix(500)).count > 2,
      let square = ColumnMath.standardized(eta.map { $0 * $0 })
    else { return [] }
    let link = study.family.parameters[0].link.rawValue
    let other =
      study.family.name == "bernoulli" || study.family.name == "binomial"
      ? "another link, such as \(link == "cloglog" ? "logit" : "cloglog"), or "
      : study.family.name == "gaussian" ? "log(\(study.label)) if it is positive, or " : ""
    return [
      Remedy(
        check: name, subject: study.label, source: "Pregibon 1980, likelihood ratio",
        judgement: .ratio(isBoundary: false), columns: [("predictor_squared__", .numeric(square))],
        meaning: (
          "The predictor is straight on the \(link) scale.",
          "The mean bends along the predictor on the \(link) scale: the link is wrong or a curve is missing."
        ),
        advice: "Try \(other)curves such as I(x^2).",
        change: { formula throws(FormulaError) in try formula.adding("predictor_squared__") })
    ]
  }
}

/// A curve of a covariate: its square.
struct CurvatureCheck: RefitCheck {
  let name = "curvature"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    study.numericCovariates.compactMap { name, values in
      guard let scaled = ColumnMath.standardized(values) else { return nil }
      let column = "square_of_\(name)"
      let quoted = SingleOutcomeFormula.quoted(name)
      return Remedy(
        check: self.name, subject: "\(study.label), \(name)",
        source: "likelihood ratio for the square", judgement: .ratio(isBoundary: false),
        columns: [(column, .numeric(scaled.map { $0 * $0 }))],
        meaning: (
          "The effect of \(name) is straight.",
          "The effect of \(name) bends, and the model draws it straight."
        ),
        advice: "Try + I(\(quoted)^2), or poly(\(quoted), 2).",
        change: { formula throws(FormulaError) in
          try formula.adding(SingleOutcomeFormula.quoted(column))
        })
    }
  }
}

/// A product of two covariates.
struct InteractionCheck: RefitCheck {
  let name = "interaction"
  /// The most pairs that are tried.
  private let mostPairs = 10

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    let names = study.formula.covariates.filter { name in
      if case .factor(let factor) = study.table[name] { return factor.levels.count <= 6 }
      return study.table[name] != nil
    }
    var result: [Remedy] = []
    for (index, first) in names.enumerated() {
      for second in names[(index + 1)...]
      where result.count < mostPairs && !study.formula.hasInteraction(first, second) {
        let (a, b) = (SingleOutcomeFormula.quoted(first), SingleOutcomeFormula.quoted(second))
        result.append(
          Remedy(
            check: name, subject: "\(study.label), \(first) and \(second)",
            source: "likelihood ratio for the product", judgement: .ratio(isBoundary: false),
            meaning: (
              "The effects of \(first) and \(second) add up.",
              "The effect of \(first) depends on \(second)."
            ),
            advice: "Try + \(a):\(b).",
            change: { formula throws(FormulaError) in try formula.adding("\(a):\(b)") }))
      }
    }
    return result
  }
}
