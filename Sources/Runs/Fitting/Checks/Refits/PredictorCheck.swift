// Refits that ask whether columns that the model does not use explain the outcome.

import Formula
import Tables

/// A predictor that the model lacks.
struct PredictorCheck: RefitCheck {
  let name = "missing predictor"
  /// The most levels of a category that is tried as a fixed effect.
  private let mostLevels = 8

  func remedies(_ study: OutcomeStudy) -> [Remedy] {
    study.others.names.compactMap { name -> Remedy? in
      guard !study.responses.contains(name), !study.isRecoding(name),
        let column = candidate(study, name)
      else { return nil }
      let copy = "predictor_\(name)"
      return Remedy(
        check: self.name, subject: "\(study.label), \(name)",
        source: "likelihood ratio", judgement: .ratio(isBoundary: false),
        columns: [(copy, column)],
        meaning: (
          "The column \(name), which the model does not use, does not help.",
          "The column \(name), which the model does not use, explains the outcome."
        ),
        advice: "Try + \(SingleOutcomeFormula.quoted(name)), if it comes before the outcome.",
        change: { formula throws(FormulaError) in
          try formula.adding(SingleOutcomeFormula.quoted(copy))
        })
    }
  }

  /// The column if it can be a predictor, scaled; a copy of the response is none.
  private func candidate(_ study: OutcomeStudy, _ name: String) -> Column? {
    switch study.others[name] {
    case .numeric(let values):
      guard let scaled = ColumnMath.standardized(values) else { return nil }
      let known = values.indices.filter { !values[$0].isNaN }
      let correlation = ColumnMath.correlation(
        known.map { values[$0] }, known.map { study.values.y[$0] })
      return abs(correlation) < 0.999 ? .numeric(scaled) : nil
    case .factor(let factor):
      let present = Set(factor.codes.filter { $0 >= 0 }).count
      return (2...mostLevels).contains(present) ? .factor(factor) : nil
    case nil: return nil
    }
  }
}
