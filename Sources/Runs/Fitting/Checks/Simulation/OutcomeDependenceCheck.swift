// Whether outcomes are dependent within a row beyond what the model says.

import Diagnostics
import Glibc
import MixedModel
import Predictive

/// The correlation of the residuals of each pair of outcomes, at the random effects found.
struct OutcomeDependenceCheck: ModelCheck {
  let name = "dependence of outcomes"

  func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    let model = context.likelihood.fit.model
    guard model.outcomes.count > 1, model.residualCorrelation == nil else { return [] }
    let fit = context.likelihood.fit
    let point = PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)
    let columns = model.outcomes.indices.map { index in
      Dictionary(
        uniqueKeysWithValues: zip(
          model.rowsInDataOrder(outcome: index),
          PearsonResiduals.of(model, outcome: index, at: point)))
    }
    var result: [Finding] = []
    for a in model.outcomes.indices {
      for b in model.outcomes.indices where b > a {
        let rows = columns[a].keys.filter { columns[b][$0] != nil }.sorted()
        // Ranks of Pearson residuals are scores that need no randomising.
        let pairs = OutcomeCorrelation.run(
          Self.ranks(rows.compactMap { columns[a][$0] }),
          Self.ranks(rows.compactMap { columns[b][$0] }), simulations: rows.count)
        if let pairs { result.append(finding(model, a, b, pairs)) }
      }
    }
    return result
  }

  private func finding(
    _ model: MixedModel, _ a: Int, _ b: Int, _ pair: OutcomeCorrelation
  ) -> Finding {
    let (first, second) = (model.outcomes[a], model.outcomes[b])
    let r = Int((pair.correlation * 100).rounded())
    let areGaussian = first.isGaussian && second.isGaussian
    let group = model.effects.leadingGroup ?? "group"
    return Finding(
      check: name, subject: "\(first.label), \(second.label)", basis: .probability(pair.p),
      number: pair.p, source: "correlation of residuals within rows (Student's t)",
      namesCause: true,
      gain: -0.5 * Double(pair.count) * log(max(1 - pair.correlation * pair.correlation, 1e-12)),
      meaning: (
        "Beyond the random effects the outcomes of a row are independent.",
        "Within a row the outcomes are dependent beyond the random effects of \(group): their residuals correlate by \(r) %."
      ),
      advice: areGaussian
        ? "Add set_rescor(TRUE) to the formula: it fits the residual correlation."
        : "Add a random effect by row shared by the outcomes, (1 |r| row), or one outcome as predictor of the other."
    )
  }

  /// Average ranks scaled into (0, 1).
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = values
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end {
        result[order[place]] = (Double(start + end) / 2) / Double(order.count + 1)
      }
      start = end
    }
    return result
  }
}
