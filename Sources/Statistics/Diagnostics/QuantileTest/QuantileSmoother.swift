// Fits quantile curves by penalised splines with a smoothing parameter of maximum likelihood.

import Glibc

/// Penalised-spline quantile regression of residuals on a rank-transformed predictor.
///
/// A substitute for the additive quantile models of qgam (Fasiolo et al. 2021): other basis, other
/// smoothing parameter, same purpose. The smoothing parameter maximises the restricted likelihood
/// of the indicators of lying below the sample quantile, whose variance q (1 - q) is known; the
/// curve then minimises the smoothed check loss.
struct QuantileSmoother: Sendable {
  private let residuals: [Double]
  private let firsts: [Int]
  private let weights: [SIMD4<Double>]
  private let basis: SplineBasis
  private let gram: [Double]
  private let sorted: [Double]
  private static let order = SplineBasis.count

  /// Prepares a smoother; nil unless the predictor has two distinct values.
  ///
  /// - Parameter sorted: the residuals in ascending order.
  init?(residuals scaled: [Double], sorted: [Double], predictor: RankTransform) {
    guard predictor.distinctCount > 1 else { return nil }
    let rows = predictor.order.map(Int.init)
    basis = SplineBasis(
      lower: predictor.values[rows[0]], upper: predictor.values[rows[rows.count - 1]])
    residuals = rows.map { scaled[$0] }
    var firsts: [Int] = []
    var weights: [SIMD4<Double>] = []
    for row in rows {
      let (first, splines) = basis.evaluate(predictor.values[row])
      firsts.append(first)
      weights.append(splines)
    }
    self.firsts = firsts
    self.weights = weights
    self.sorted = sorted
    gram = Self.gram(firsts: firsts, weights: weights) { _ in 1 }
  }

  /// The curve of one quantile at `pointCount` equally spaced points.
  func curve(probability q: Double, pointCount: Int) -> QuantileCurve {
    let n = residuals.count
    let quantile = sorted[min(n - 1, Int(Double(n) * q))]
    let loss = SmoothedCheckLoss(
      probability: q, bandwidth: min(q, 1 - q, 0.35 * pow(Double(n), -0.2)))
    let density = max(
      0.1, residuals.reduce(0) { $0 + loss.curvature($1 - quantile) } / Double(n))
    let smoothing = smoothingParameter(quantile: quantile, probability: q)
    let fit = minimize(loss, start: quantile, penalty: smoothing * density)
    return evaluate(fit, probability: q, smoothing: smoothing, pointCount: pointCount)
  }

  /// The ratio of residual to spline variance that maximises the restricted likelihood.
  private func smoothingParameter(quantile: Double, probability q: Double) -> Double {
    let variance = q * (1 - q)
    var projection = Array(repeating: 0.0, count: Self.order)
    for i in residuals.indices {
      let indicator = q - (residuals[i] < quantile ? 1 : residuals[i] == quantile ? q : 0)
      for k in 0..<4 { projection[firsts[i] + k] += indicator * weights[i][k] }
    }
    let rank = Double(Self.order - 2)
    var best = (deviance: Double.infinity, smoothing: 1.0)
    for step in 0...48 {
      let smoothing = Double(residuals.count) * pow(10, -5 + Double(step) * 0.25)
      guard let factor = SmallCholesky(penalised(gram, smoothing), order: Self.order) else {
        continue
      }
      let explained = zip(projection, factor.solve(projection)).reduce(0) { $0 + $1.0 * $1.1 }
      let deviance = factor.logDeterminant - rank * log(smoothing) - explained / variance
      if deviance < best.deviance { best = (deviance, smoothing) }
    }
    return best.smoothing
  }

  private struct Fit {
    var coefficients: [Double]
    var hessian: SmallCholesky?
  }

  /// Newton's method with halved steps on the penalised loss, from a constant.
  private func minimize(_ loss: SmoothedCheckLoss, start: Double, penalty: Double) -> Fit {
    var fit = Fit(coefficients: Array(repeating: start, count: Self.order))
    var objective = self.objective(loss, fit.coefficients, penalty)
    for _ in 0..<40 {
      let gradient = self.gradient(loss, fit.coefficients, penalty)
      // The floor keeps the matrix definite where no residual is near the curve.
      let curvature = Self.gram(firsts: firsts, weights: weights) {
        max(0.05, loss.curvature(residuals[$0] - fitted($0, fit.coefficients)))
      }
      fit.hessian = SmallCholesky(penalised(curvature, penalty), order: Self.order)
      guard let direction = fit.hessian?.solve(gradient) else { break }
      let decrement = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < 1e-10 * Double(residuals.count) { break }
      var step = 1.0
      while step > 1e-6 {
        let trial = zip(fit.coefficients, direction).map { $0 - step * $1 }
        let value = self.objective(loss, trial, penalty)
        if value <= objective - 1e-4 * step * decrement {
          fit.coefficients = trial
          objective = value
          break
        }
        step /= 2
      }
      if step <= 1e-6 { break }
    }
    return fit
  }

  private func fitted(_ row: Int, _ coefficients: [Double]) -> Double {
    let first = firsts[row]
    return
      (weights[row]
      * SIMD4(
        coefficients[first], coefficients[first + 1], coefficients[first + 2],
        coefficients[first + 3])).sum()
  }

  private func objective(
    _ loss: SmoothedCheckLoss, _ coefficients: [Double], _ penalty: Double
  ) -> Double {
    var sum = 0.0
    for i in residuals.indices { sum += loss.value(residuals[i] - fitted(i, coefficients)) }
    let product = Self.product(SplineBasis.penalty, coefficients)
    return sum + 0.5 * penalty * zip(product, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func gradient(
    _ loss: SmoothedCheckLoss, _ coefficients: [Double], _ penalty: Double
  ) -> [Double] {
    var gradient = Self.product(SplineBasis.penalty, coefficients).map { $0 * penalty }
    for i in residuals.indices {
      let slope = loss.slope(residuals[i] - fitted(i, coefficients))
      let row = weights[i] * slope
      for k in 0..<4 { gradient[firsts[i] + k] -= row[k] }
    }
    return gradient
  }

  private func evaluate(
    _ fit: Fit, probability q: Double, smoothing: Double, pointCount: Int
  ) -> QuantileCurve {
    let middle = penalised(gram, smoothing)
    var (x, y, lower, upper) = ([Double](), [Double](), [Double](), [Double]())
    for point in 0..<pointCount {
      let share = Double(point) / Double(max(1, pointCount - 1))
      let position = basis.lower + share * (basis.upper - basis.lower)
      let (first, splines) = basis.evaluate(position)
      var row = Array(repeating: 0.0, count: Self.order)
      for k in 0..<4 { row[first + k] = splines[k] }
      let value = zip(row, fit.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      // Sandwich of the loss's curvature around the variance of its slope, with the share that the
      // penalty stands for.
      let solved = fit.hessian?.solve(row) ?? row
      let variance = zip(Self.product(middle, solved), solved).reduce(0) { $0 + $1.0 * $1.1 }
      let width = 1.959963984540054 * (q * (1 - q) * max(0, variance)).squareRoot()
      x.append(position)
      y.append(value)
      lower.append(value - width)
      upper.append(value + width)
    }
    return QuantileCurve(probability: q, x: x, y: y, lower: lower, upper: upper)
  }

  private func penalised(_ matrix: [Double], _ penalty: Double) -> [Double] {
    zip(matrix, SplineBasis.penalty).map { $0 + penalty * $1 }
  }

  private static func product(_ matrix: [Double], _ vector: [Double]) -> [Double] {
    (0..<order).map { i in (0..<order).reduce(0) { $0 + matrix[i * order + $1] * vector[$1] } }
  }

  /// Σ w_i b_i b_iᵀ over the rows, whose splines come in ascending order.
  private static func gram(
    firsts: [Int], weights: [SIMD4<Double>], _ rowWeight: (Int) -> Double
  ) -> [Double] {
    var gram = Array(repeating: 0.0, count: order * order)
    var row = 0
    while row < firsts.count {
      let first = firsts[row]
      var (a, b, c, d) = (
        SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero, SIMD4<Double>.zero
      )
      while row < firsts.count, firsts[row] == first {
        let splines = weights[row]
        let weighted = splines * rowWeight(row)
        a += weighted * splines[0]
        b += weighted * splines[1]
        c += weighted * splines[2]
        d += weighted * splines[3]
        row += 1
      }
      for (i, line) in [a, b, c, d].enumerated() {
        for j in 0..<4 { gram[(first + i) * order + first + j] += line[j] }
      }
    }
    return gram
  }
}
