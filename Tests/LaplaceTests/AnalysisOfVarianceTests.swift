// The balanced one-way layout, whose maximum likelihood estimates are known on paper.

import Glibc
import Laplace
import MixedModel
import Probability
import Tables
import TestSupport
import Testing

@Suite("The balanced one-way layout is fitted as on paper")
struct AnalysisOfVarianceTests {
  /// J groups of n values; all sums of the analysis of variance.
  struct Layout {
    let groups = 12
    let size = 5
    let values: [Double]
    let means: [Double]
    let mean: Double
    let within: Double
    let between: Double

    init(spread: Double, seed: UInt64) {
      var stream = RandomStream(seed: seed)
      var table: [[Double]] = []
      for _ in 0..<12 {
        let shift = 10 + spread * stream.nextNormal()
        table.append((0..<5).map { _ in shift + stream.nextNormal() })
      }
      let means = table.map { $0.reduce(0, +) / 5 }
      let mean = means.reduce(0, +) / 12
      var (within, between) = (0.0, 0.0)
      for (group, own) in zip(table, means) {
        for value in group { within += (value - own) * (value - own) }
        between += 5 * (own - mean) * (own - mean)
      }
      values = table.flatMap { $0 }
      (self.means, self.mean, self.within, self.between) = (means, mean, within, between)
    }

    var table: Table {
      Table(
        rowCount: values.count,
        columns: [
          ("y", .numeric(values)),
          ("g", SyntheticData.factor(values.indices.map { $0 / size }, prefix: "g", count: groups)),
        ])
    }
  }

  @Test("estimates, likelihood, errors and modes")
  func balanced() throws {
    let layout = Layout(spread: 1.5, seed: 1)
    let (count, groups, n) = (
      Double(layout.values.count), Double(layout.groups), Double(layout.size)
    )
    // With λ = σ² + nτ²: σ² = SSW/(N − J), λ = SSB/J; the mean is the grand mean (Searle, Casella & McCulloch 1992, 3.7).
    let residual = layout.within / (count - groups)
    let lambda = layout.between / groups
    let spread = (lambda - residual) / n
    #expect(spread > 0)
    let logLikelihood =
      -0.5
      * (count * log(2 * .pi) + (count - groups) * log(residual) + groups * log(lambda) + count)

    let fit = try fitted(layout.table, "y ~ 1 + (1 | g)", families: "gaussian")
    #expect(fit.optimum.hasConverged && fit.isExact && fit.warnings.isEmpty)
    #expect(abs(fit.logLikelihood - logLikelihood) < 1e-10 * abs(logLikelihood))
    #expect(
      distance(fit.optimum.psi, [layout.mean, 0.5 * log(residual), 0.5 * log(spread)]) < 1e-8)

    #expect(abs(try #require(fit.standardError(0)) / (lambda / count).squareRoot() - 1) < 1e-6)
    // The information of log σ² is (N − J)/2 and that of log λ is J/2; τ² = (λ − σ²)/n.
    let ofResidual = 2 * residual * residual / (count - groups)
    let ofLambda = 2 * lambda * lambda / groups
    let ofSpread = (ofResidual + ofLambda) / (n * n)
    #expect(
      abs(try #require(fit.standardError(1)) / (ofResidual.squareRoot() / (2 * residual)) - 1)
        < 1e-6)
    #expect(
      abs(try #require(fit.standardError(2)) / (ofSpread.squareRoot() / (2 * spread)) - 1) < 1e-6)

    // Shrunken means, and τ²σ²/λ as their conditional variance.
    let modes = layout.means.map { n * spread / lambda * ($0 - layout.mean) }
    #expect(distance(fit.modes, modes) < 1e-8)
    let deviation = (spread * residual / lambda).squareRoot()
    #expect(distance(fit.modeDeviations, modes.map { _ in deviation }) < 1e-8)
    #expect(distance(fit.standardModes, modes.map { $0 / spread.squareRoot() }) < 1e-7)
  }

  @Test("far from the start too")
  func scales() throws {
    for (shift, scale) in [(0.0, 1e-4), (-1e5, 1), (3, 1e5)] {
      let layout = Layout(spread: 2, seed: 2)
      var table = layout.table
      table["y"] = .numeric(layout.values.map { shift + scale * $0 })
      let fit = try fitted(table, "y ~ 1 + (1 | g)", families: "gaussian")
      let residual = layout.within / Double(layout.values.count - layout.groups)
      #expect(fit.optimum.hasConverged)
      #expect(abs(fit.optimum.psi[1] - 0.5 * log(residual) - log(scale)) < 1e-6)
      #expect(abs(fit.optimum.psi[0] - shift - scale * layout.mean) < 1e-6 * scale)
    }
  }

  @Test("without random effects it is least squares")
  func leastSquares() throws {
    let table = SyntheticData.table()
    let fit = try fitted(table, "y ~ x + z", families: "gaussian")
    let built = try ModelCase("", "y ~ x + z", families: "gaussian").build()
    var (cross, right) = (DenseMatrix(3, 3), [0.0, 0, 0])
    for row in built.naive.rows {
      for left in row.predictors[0].fixed {
        right[left.index] += left.value * row.y
        for other in row.predictors[0].fixed {
          cross[left.index, other.index] += left.value * other.value
        }
      }
    }
    let beta = cross.solve(right)
    let squares = built.naive.rows.reduce(0.0) { sum, row in
      let gap = row.y - row.predictors[0].value(beta, [])
      return sum + gap * gap
    }
    let count = Double(built.naive.rows.count)
    #expect(distance(fit.optimum.psi, beta + [0.5 * log(squares / count)]) < 1e-8)
    #expect(fit.modes.isEmpty && fit.warnings.isEmpty)
  }
}
