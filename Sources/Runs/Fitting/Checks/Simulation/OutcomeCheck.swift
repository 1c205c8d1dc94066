// A check that looks at one outcome at a time, as a fitted model of its own.

import Diagnostics
import Glibc
import MixedModel
import Predictive

/// A check of one outcome.
protocol OutcomeCheck: ModelCheck {
  /// What was found on the outcome.
  func findings(_ study: OutcomeStudy, seed: UInt64) -> [Finding]
}

extension OutcomeCheck {
  /// What was found on all outcomes.
  package func findings(_ context: CheckContext) throws(FittingError) -> [Finding] {
    var result: [Finding] = []
    for index in context.run.model.outcomes.indices {
      result += findings(try OutcomeStudy(context, outcome: index), seed: context.seed)
    }
    return result
  }
}

/// Residuals of one outcome of a model at a point.
enum PearsonResiduals {
  /// (y − E[Y]) / √Var[Y], in the order of the data.
  static func of(_ model: MixedModel, outcome: Int, at point: PredictivePoint) -> [Double] {
    let simulator = ResponseSimulator(model: model, outcome: outcome)
    let (means, variances) = (simulator.means(at: point), simulator.variances(at: point))
    let y = model.outcomes[outcome].valuesInDataOrder.y
    return y.indices.map { (y[$0] - means[$0]) / max(variances[$0], 1e-300).squareRoot() }
  }
}

extension MixedModel {
  /// For each level of the leading grouping factor the rows of an outcome, in the order of the data; all rows in one
  /// sequence without random effects.
  func sequences(outcome index: Int) -> [[Int]] {
    let outcome = outcomes[index]
    let order = outcome.dataOrder
    guard !outcome.runs.isEmpty else { return [Array(order.indices)] }
    var byLevel: [Int: [Int]] = [:]
    for run in outcome.runs {
      byLevel[run.level, default: []] += (run.start..<run.end).map { order[$0] }
    }
    return byLevel.sorted { $0.key < $1.key }.map { $0.value.sorted() }
  }
}
