// LOO-PIT of a normal mean, whose leave-one-out predictions are known in closed form.

import Diagnostics
import Foundation
import Predictive
import Probability
import Tables
import TestSupport
import Testing

@testable import Fitting

@Suite("Values predicted without themselves")
struct LeaveOneOutTransformsTests {
  @Test("are the closed form of a normal mean, not the posterior's own predictions")
  func normalMean() throws {
    let y = (0..<24).map { (i: Int) -> Double in
      let t = Double(i)
      return 3 * sin(t * 1.7) + (t - 12) / 10
    }
    let table = Table(rowCount: y.count, columns: [("y", .numeric(y))])
    let (model, _) = try makeModel(
      table, ["y ~ 1"], families: "gaussian", priors: ["sigma ~ constant(2)"])
    let n = Double(y.count)
    let mean = y.reduce(0, +) / n
    // With a flat prior and σ = 2: μ | y ~ N(ȳ, 4 / n), and y_i | y_-i ~ N(ȳ_-i, 4 (1 + 1 / (n - 1))).
    var stream = RandomStream(seed: 8)
    let points = (0..<4000).map { _ in
      PredictivePoint(psi: [mean + 2 / n.squareRoot() * stream.nextNormal()], effects: [])
    }
    #expect(model.layout.count == 1)
    let values = try #require(
      LeaveOneOutTransforms.values(
        model, outcome: 0, points: points, uniforms: y.map { _ in 0.5 }))
    var differs = false
    for (value, observed) in zip(values, y) {
      func share(_ mean: Double, _ variance: Double) -> Double {
        0.5 * erfc((mean - observed) / (2 * variance).squareRoot())
      }
      let others: Double = (n * mean - observed) / (n - 1)
      let alone = share(others, 4 * (1 + 1 / (n - 1)))
      // The Monte Carlo error of 4,000 draws: the predictive mean is known to 2 / √(24 · 4000) = 0.006.
      #expect(abs(value - alone) < 0.005, "\(observed)")
      if abs(share(mean, 4 * (1 + 1 / n)) - alone) > 0.02 { differs = true }
    }
    #expect(differs, "the test would not tell the two apart")
    #expect(
      LeaveOneOutTransforms.values(
        model, outcome: 0, points: Array(points.prefix(99)), uniforms: y) == nil)
  }
}
