// Where the optimizer starts: each outcome without random effects, then variances by moments of the scores.

import Families
import Glibc
import LinearAlgebra

extension MixedModel {
  /// A starting ψ: coefficients of each outcome's model without random effects, dispersions from its residuals, standard
  /// deviations by moments of the group sums of scores, no correlation.
  package func startingValues() -> [Double] {
    var psi = [Double](repeating: 0, count: layout.count)
    var rows = RowWorkspace(model: self)
    for index in outcomes.indices { startOutcome(index, &psi, &rows) }
    startDeviations(&psi, &rows)
    return psi
  }

  private func startOutcome(_ index: Int, _ psi: inout [Double], _ rows: inout RowWorkspace) {
    let outcome = outcomes[index]
    let predictor = outcome.predictors[0]
    let link = outcome.family.parameters[0].link
    let n = outcome.response.count
    let target = (0..<n).map { i in
      link.predictor(
        for:
          outcome.family.startingMean(y: outcome.response.y[i], trials: outcome.response.trials[i]))
        - (predictor.offset?[i] ?? 0)
    }
    leastSquares(predictor, target, &psi)
    startDispersion(outcome, &psi)
    // A few Newton steps; an outcome that does not settle (separation) keeps the last point that was better.
    let place = predictor.coefficientOffset
    var (gradient, curvature): ([Double], [Double]) = ([], [])
    var value = fixedPass(
      outcome: index, coefficients: psi, gradient: &gradient, curvature: &curvature, &rows)
    for _ in 0..<6 {
      let p = predictor.columnNames.count
      for i in 0..<p { curvature[i * (p + 1)] *= 1 + 1e-8 }
      guard (try? Dense.choleskyFactor(&curvature, order: p)) != nil else { break }
      var step = gradient
      Dense.solveFactored(curvature, order: p, &step)
      var next = psi
      for i in 0..<p { next[place + i] += step[i] }
      let nextValue = fixedPass(
        outcome: index, coefficients: next, gradient: &gradient, curvature: &curvature, &rows)
      guard nextValue > value else { break }
      psi = next
      let gain = nextValue - value
      value = nextValue
      if gain < 1e-3 { break }
    }
    startDispersion(outcome, &psi)
  }

  private func leastSquares(
    _ predictor: ModelPredictor, _ target: [Double], _ psi: inout [Double]
  ) {
    let p = predictor.columnNames.count
    var cross = [Double](repeating: 0, count: p * p)
    var right = [Double](repeating: 0, count: p)
    for c in 0..<p {
      for i in target.indices {
        let x = predictor.design[c * predictor.stride + i]
        right[c] += x * target[i]
        for r in c..<p { cross[r + c * p] += x * predictor.design[r * predictor.stride + i] }
      }
    }
    for i in 0..<p { cross[i * (p + 1)] *= 1 + 1e-10 }
    guard (try? Dense.choleskyFactor(&cross, order: p)) != nil else { return }
    Dense.solveFactored(cross, order: p, &right)
    for i in 0..<p { psi[predictor.coefficientOffset + i] = right[i] }
  }

  private func startDispersion(_ outcome: ModelOutcome, _ psi: inout [Double]) {
    guard outcome.predictors.count > 1 else { return }
    let n = outcome.response.count
    let predictor = outcome.predictors[0]
    let link = outcome.family.parameters[0].link
    let means = (0..<n).map { i in
      var eta = predictor.offset?[i] ?? 0
      for c in predictor.columnNames.indices {
        eta += predictor.design[c * predictor.stride + i] * psi[predictor.coefficientOffset + c]
      }
      return link.mean(at: eta)
    }
    let start = outcome.family.startingDispersion(
      y: Array(outcome.response.y.prefix(n)), trials: Array(outcome.response.trials.prefix(n)),
      means: means)
    for (index, value) in start.enumerated() {
      let other = outcome.predictors[index + 1]
      guard !other.columnNames.isEmpty else { continue }
      psi[other.coefficientOffset] = value
      for c in other.columnNames.indices.dropFirst() { psi[other.coefficientOffset + c] = 0 }
    }
  }

  /// Under effects of variance τ² a group's score sum r_j has E r_j² = w_j + τ² w_j², w_j its information; so
  /// τ² = Σ (r_j² − w_j) / Σ w_j².
  private func startDeviations(_ psi: inout [Double], _ rows: inout RowWorkspace) {
    guard effects.count > 0 else { return }
    let none = [Double](repeating: 0, count: effects.count)
    pass(coefficients: psi, effects: none, order: .second, &rows)
    for (index, block) in effects.blocks.enumerated() {
      let deviations = (0..<block.size).map { member in
        var (excess, squares, total) = (0.0, 0.0, 0.0)
        for level in block.levels.indices {
          let weight = effects.diagonal(
            of: rows.curvature, block: index, level: level, member: member)
          let score = rows.effectGradient[effects.index(block: index, level: level, member: member)]
          excess += score * score - weight
          squares += weight * weight
          total += weight
        }
        // Never below a tenth of what one level's information resolves, so that the optimizer does not start at zero.
        let smallest = 0.1 / max(total / Double(block.levels.count), 1e-12).squareRoot()
        return max((max(excess, 0) / max(squares, 1e-300)).squareRoot(), smallest)
      }
      for (place, value) in block.covariance.start(standardDeviations: deviations).enumerated() {
        psi[block.thetaOffset + place] = value
      }
    }
  }
}
