// The maximum of a marginal log likelihood: quasi-Newton steps in a trust region, then Newton steps to the end.

import LinearAlgebra
import MixedModel

/// What the optimizer did in one iteration.
package struct OptimizerIteration: Sendable, Equatable {
  /// The iteration, counted from 0 (the start).
  package let iteration: Int
  /// The log likelihood (with the penalty, if there is one) at the current ψ.
  package let logLikelihood: Double
  /// The largest gradient element in units of its parameter's curvature, |g_i| / √|B_ii|.
  package let gradientMax: Double
  /// The length of the step in the same scale; 0 where it was refused.
  package let stepLength: Double
  /// Evaluations of value and gradient so far.
  package let evaluations: Int
}

/// A marginal log likelihood with its gradient, as an optimizer climbs it.
package protocol MarginalObjective: Sendable {
  /// The memory of an evaluation.
  associatedtype Workspace: MarginalWorkspace

  /// Memory for evaluations.
  func makeWorkspace() -> Workspace

  /// ℓ(ψ) and ∇ℓ(ψ).
  func valueAndGradient(
    at psi: [Double], into gradient: inout [Double], _ workspace: inout Workspace
  ) throws(LaplaceFailure) -> Double
}

/// The memory of a marginal likelihood.
package protocol MarginalWorkspace: Sendable {
  /// The conditional modes from which the next evaluation starts; empty where none are sought.
  var modes: [Double] { get set }
}

/// The end of an optimization.
package struct Optimum: Sendable {
  /// The maximiser ψ̂.
  package let psi: [Double]
  /// ℓ(ψ̂), with the penalty.
  package let value: Double
  /// ∇ℓ(ψ̂).
  package let gradient: [Double]
  /// −∂²ℓ/∂ψ∂ψ' at ψ̂, column by column, by central differences of the exact gradient.
  package let hessian: [Double]
  /// Iterations made.
  package let iterations: Int
  /// Evaluations of value and gradient, those of the Hessian included.
  package let evaluations: Int
  /// Whether the gradient vanished to the tolerance.
  package let hasConverged: Bool
}

/// A trust-region optimizer of a marginal log likelihood.
package struct Optimizer<Objective: MarginalObjective>: Sendable {
  /// The objective to maximise.
  package let approximation: Objective
  /// The most iterations before giving up.
  package var iterationLimit = 500
  /// The gradient at which the maximum is reached, in the scale of `OptimizerIteration.gradientMax`.
  package var tolerance = 1e-7

  private var psi: [Double]
  private var value = 0.0
  private var gradient: [Double]
  private var hessian: [Double]
  private var radius = 2.0
  private var iteration = 0
  private var evaluations = 0
  private var workspace: Objective.Workspace

  /// An optimizer that starts from `psi`.
  package init(_ approximation: Objective, startingAt psi: [Double]) {
    self.approximation = approximation
    self.psi = psi
    gradient = Array(repeating: 0, count: psi.count)
    hessian = Array(repeating: 0, count: psi.count * psi.count)
    workspace = approximation.makeWorkspace()
  }

  /// Runs to the maximum; `report` sees every iteration and stops the run by returning false.
  ///
  /// - Throws: `LaplaceFailure` when the approximation cannot be computed at the start.
  package mutating func run(report: (OptimizerIteration) -> Bool) throws(LaplaceFailure) -> (
    Optimum, Objective.Workspace
  ) {
    var first = gradient
    value = try evaluate(psi, &first)
    gradient = first
    guard report(summary(length: 0)) else { return (optimum(converged: false), workspace) }
    try estimateHessian(.forward)
    var goesOn = try climb(report)
    var hasConverged = false
    for _ in 0..<6 where goesOn && !hasConverged {
      try estimateHessian(.central)
      hasConverged = try polish(report, &goesOn)
      if !hasConverged && goesOn { goesOn = try climb(report) }
    }
    if hasConverged && isNearlyFlat { try estimateHessian(.fourPoint) }
    return (optimum(converged: hasConverged), workspace)
  }

  private func optimum(converged: Bool) -> Optimum {
    Optimum(
      psi: psi, value: value, gradient: gradient, hessian: hessian, iterations: iteration,
      evaluations: evaluations, hasConverged: converged)
  }

  private mutating func evaluate(_ point: [Double], _ gradient: inout [Double])
    throws(LaplaceFailure) -> Double
  {
    evaluations += 1
    return try approximation.valueAndGradient(at: point, into: &gradient, &workspace)
  }

  /// D_i = √|B_ii|, bounded away from zero so that a flat direction has a scale.
  private var scales: [Double] {
    let n = psi.count
    let diagonal = (0..<n).map { abs(hessian[$0 * (n + 1)]) }
    let floor = 1e-8 * (diagonal.max() ?? 1) + 1e-12
    return diagonal.enumerated().map { index, value in
      max(value, min(floor, 1e-4)).squareRoot()
    }
  }

  private func summary(length: Double) -> OptimizerIteration {
    let scales = scales
    let largest = psi.indices.map { abs(gradient[$0]) / max(scales[$0], 1e-4) }.max() ?? 0
    return OptimizerIteration(
      iteration: iteration, logLikelihood: value, gradientMax: largest, stepLength: length,
      evaluations: evaluations)
  }

  /// Quasi-Newton steps until the model promises nothing more; false when `report` said stop.
  private mutating func climb(_ report: (OptimizerIteration) -> Bool) throws(LaplaceFailure) -> Bool
  {
    let n = psi.count
    var refusals = 0
    while iteration < iterationLimit {
      let scales = scales
      let downhill = gradient.map { -$0 }
      guard
        let step = TrustRegion.step(
          gradient: downhill, hessian: hessian, scale: scales, radius: radius)
      else { return true }
      if step.predictedDecrease < 1e-9 || radius < 1e-9 { return true }
      iteration += 1
      let length = (0..<n).reduce(0) { sum, i in
        let scaled = step.step[i] * scales[i]
        return sum + scaled * scaled
      }.squareRoot()
      let next = (0..<n).map { psi[$0] + step.step[$0] }
      var nextGradient = gradient
      let modes = workspace.modes
      var nextValue = -Double.infinity
      do {
        nextValue = try evaluate(next, &nextGradient)
      } catch {
        workspace.modes = modes
      }
      let ratio = (nextValue - value) / step.predictedDecrease
      if nextValue.isFinite {
        updateHessian(step.step, change: (0..<n).map { gradient[$0] - nextGradient[$0] })
      }
      let isAccepted = ratio > 1e-4
      if isAccepted {
        (psi, value, gradient) = (next, nextValue, nextGradient)
        refusals = 0
      } else {
        workspace.modes = modes
        refusals += 1
      }
      if ratio > 0.75 && length > 0.8 * radius { radius *= 2.5 }
      if !(ratio > 0.25) { radius = 0.4 * min(length, radius) }
      guard report(summary(length: isAccepted ? length : 0)) else { return false }
      // A quasi-Newton matrix that misleads again and again is replaced by the true one.
      if refusals >= 3 {
        try estimateHessian(.forward)
        refusals = 0
        radius = max(radius, 0.1)
      }
    }
    return true
  }

  /// Newton steps with the Hessian at hand until the gradient vanishes; false when they do not settle.
  private mutating func polish(_ report: (OptimizerIteration) -> Bool, _ goesOn: inout Bool)
    throws(LaplaceFailure) -> Bool
  {
    let n = psi.count
    for _ in 0..<4 {
      let current = summary(length: 0)
      if current.gradientMax < tolerance { return true }
      guard iteration < iterationLimit,
        let step = TrustRegion.step(
          gradient: gradient.map { -$0 }, hessian: hessian, scale: scales, radius: max(radius, 0.5))
      else { return false }
      let next = (0..<n).map { psi[$0] + step.step[$0] }
      var nextGradient = gradient
      guard let nextValue = try? evaluate(next, &nextGradient) else { return false }
      let before = current.gradientMax
      // At the top the value is level to rounding: the gradient decides.
      guard nextValue > value - 1e-9 * (1 + abs(value)) else { return false }
      iteration += 1
      (psi, value, gradient) = (next, nextValue, nextGradient)
      let after = summary(length: 0)
      goesOn = report(after)
      guard goesOn else { return false }
      if after.gradientMax > 0.5 * before && after.gradientMax > tolerance {
        // Rounding stops the descent of the gradient; that is the end unless it is still large.
        return after.gradientMax < 1e-4
      }
    }
    return summary(length: 0).gradientMax < 1e-4
  }

  /// How the gradient is differenced; the error is of order h, h² and h⁴.
  private enum Differencing {
    case forward, central, fourPoint

    /// Places in steps of h, with weights.
    var points: [(place: Double, weight: Double)] {
      switch self {
      case .forward: [(1, 1), (0, -1)]
      case .central: [(1, 0.5), (-1, -0.5)]
      case .fourPoint: [(2, -1.0 / 12), (1, 2.0 / 3), (-1, -2.0 / 3), (-2, 1.0 / 12)]
      }
    }
  }

  /// B by differences of the gradient, at steps of a thousandth of each parameter's curvature scale.
  private mutating func estimateHessian(_ differencing: Differencing) throws(LaplaceFailure) {
    let n = psi.count
    let known = scales
    let isFirst = hessian.allSatisfy { $0 == 0 }
    let modes = workspace.modes
    var matrix = [Double](repeating: 0, count: n * n)
    for c in 0..<n {
      let h = isFirst ? 1e-4 * max(1, abs(psi[c])) : 1e-3 / max(known[c], 1e-2)
      for (place, weight) in differencing.points {
        var slope = gradient
        if place != 0 {
          var point = psi
          point[c] = psi[c] + place * h
          workspace.modes = modes
          _ = try evaluate(point, &slope)
        }
        for r in 0..<n { matrix[r + c * n] -= weight * slope[r] / h }
      }
    }
    workspace.modes = modes
    for c in 0..<n {
      for r in 0..<n { hessian[r + c * n] = 0.5 * (matrix[r + c * n] + matrix[c + r * n]) }
    }
  }

  /// Whether some direction has so little curvature that the error of central differences could hide that it has none.
  private var isNearlyFlat: Bool {
    let n = psi.count
    let scales = scales
    var scaled = hessian
    for c in 0..<n {
      for r in 0..<n { scaled[r + c * n] /= scales[r] * scales[c] }
    }
    guard let lowest = Dense.eigenSystem(scaled, order: n)?.values.first else { return false }
    return lowest < 1e-3
  }

  /// Updates B by BFGS where the curvature along the step is positive, by SR1 elsewhere.
  ///
  /// Nocedal & Wright (2006), equations 6.19 and 6.24.
  private mutating func updateHessian(_ s: [Double], change y: [Double]) {
    let n = s.count
    var product = [Double](repeating: 0, count: n)
    for c in 0..<n {
      for r in 0..<n { product[r] += hessian[r + c * n] * s[c] }
    }
    var (ys, sBs, rs, rr, ss) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for i in 0..<n {
      ys += y[i] * s[i]
      sBs += s[i] * product[i]
      let residual = y[i] - product[i]
      rs += residual * s[i]
      rr += residual * residual
      ss += s[i] * s[i]
    }
    if ys > 1e-10 * abs(sBs) && sBs > 0 {
      for c in 0..<n {
        for r in 0..<n {
          hessian[r + c * n] += y[r] * y[c] / ys - product[r] * product[c] / sBs
        }
      }
    } else if abs(rs) > 1e-8 * (rr * ss).squareRoot() {
      for c in 0..<n {
        for r in 0..<n {
          hessian[r + c * n] += (y[r] - product[r]) * (y[c] - product[c]) / rs
        }
      }
    }
  }
}
