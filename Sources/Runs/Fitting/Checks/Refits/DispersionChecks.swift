// Refits that ask whether the data vary more than the family allows, or not alike everywhere.

import Families
import Formula
import Tables

/// Overdispersion: the negative binomial family, or an effect of each row, takes it up.
struct OverdispersionCheck: RefitCheck {
  let name = "overdispersion"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    let family = study.family.name
    let link = study.family.parameters[0].link
    let hasRowEffects = study.formula.groupings.contains {
      study.levels(of: $0.columns)?.count == study.table.rowCount
    }
    guard !hasRowEffects else { return [] }
    let meaning = (
      passed: "The data vary as much as the family says.",
      otherwise:
        "The data vary more than a \(family) family allows; standard errors are too small."
    )
    if family == "poisson", link == .log {
      return [
        Remedy(
          check: name, subject: study.label,
          source: "likelihood ratio, negbinomial to poisson; Lawless 1987",
          judgement: .ratio(isBoundary: true), meaning: meaning,
          advice: "Try family = negbinomial, or look for what the model lacks.",
          change: { $0.changing(family: FamilyCall(name: "negbinomial")) })
      ]
    }
    let counts = family == "poisson" || study.values.trials.contains { $0 > 1 }
    guard counts, family == "poisson" || family == "binomial" else { return [] }
    let rows = Factor(
      levels: (0..<study.table.rowCount).map { "\($0)" },
      codes: (0..<study.table.rowCount).map(Int32.init))
    return [
      Remedy(
        check: name, subject: study.label,
        source: "likelihood ratio for an effect of each row; Self & Liang 1987",
        judgement: .ratio(isBoundary: true), columns: [("row__", .factor(rows))],
        meaning: meaning,
        advice:
          "Add a column 'row' that numbers the rows and try (1 | row), or look for what the model lacks.",
        change: { formula throws(FormulaError) in try formula.adding("(1 | row__)") })
    ]
  }
}

/// Heteroscedasticity of a gaussian outcome: sigma depends on the fitted value or on a covariate.
struct HeteroscedasticityCheck: RefitCheck {
  let name = "heteroscedasticity"

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    guard study.family.name == "gaussian" else { return [] }
    var candidates: [(shown: String, column: String, values: Column, advice: String)] = []
    if let fitted = ColumnMath.standardized(study.fixedPart), study.numericCovariates.count != 1 {
      candidates.append(
        (
          "fitted value", "fitted__", .numeric(fitted),
          "Try log(\(study.label)) if it is positive, or a formula for sigma."
        ))
    }
    for name in study.formula.covariates {
      let copy = "sigma_of_\(name)"
      switch study.table[name] {
      case .numeric(let values):
        guard let scaled = ColumnMath.standardized(values) else { continue }
        candidates.append((name, copy, .numeric(scaled), advice(study, name)))
      case .factor(let factor) where factor.levels.count <= 8:
        candidates.append((name, copy, .factor(factor), advice(study, name)))
      default: continue
      }
    }
    return candidates.map { candidate in
      Remedy(
        check: name, subject: "\(study.label), \(candidate.shown)",
        source: "likelihood ratio for sigma; Harvey 1976", judgement: .ratio(isBoundary: false),
        columns: [(candidate.column, candidate.values)],
        meaning: (
          "The spread does not change with \(candidate.shown).",
          "The spread around the fitted values changes with \(candidate.shown)."
        ),
        advice: candidate.advice,
        change: { formula throws(FormulaError) in
          guard formula.family.name == "gaussian" || formula.family.name == "normal" else {
            throw FormulaError("no sigma", formula: "", offset: 0, length: 1)
          }
          return try formula.adding(
            SingleOutcomeFormula.quoted(candidate.column), to: "sigma")
        })
    }
  }

  private func advice(_ study: OutcomeStudy, _ name: String) -> String {
    "Try bf(\(study.label) ~ ..., sigma ~ \(SingleOutcomeFormula.quoted(name)))."
  }
}
