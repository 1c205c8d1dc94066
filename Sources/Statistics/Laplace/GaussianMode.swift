// The mode of a Gaussian model's marginal posterior, and the precision there.

import LinearAlgebra
import MixedModel

/// The log of a Gaussian model's marginal posterior, as an optimizer climbs it.
private struct GaussianPosteriorObjective: MarginalObjective {
  let posterior: GaussianPosterior

  struct Workspace: MarginalWorkspace {
    var modes: [Double] = []
    var posterior: GaussianPosterior
  }

  func makeWorkspace() -> Workspace { Workspace(posterior: posterior) }

  func valueAndGradient(
    at psi: [Double], into gradient: inout [Double], _ workspace: inout Workspace
  ) throws(LaplaceFailure) -> Double {
    var span = gradient.mutableSpan
    let value = workspace.posterior.evaluate(at: psi.span, gradient: &span)
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { throw .notFinite }
    return value
  }
}

/// A normal approximation of a Gaussian model's marginal posterior.
package struct GaussianMode: Sendable {
  /// The mode.
  package let position: [Double]
  /// The precision at the mode, n × n column by column.
  package let precision: [Double]
  /// Whether the mode was found and the posterior curves downwards there in every direction; where not, the precision
  /// has least curvatures in place of those that are not positive.
  package let isUsable: Bool

  /// The least curvature of a direction, as a share of its parameters' own.
  private static let leastCurvature = 1e-3

  /// Finds the mode from each of `starts` and keeps the highest.
  ///
  /// - Parameter isStopped: asked in every iteration.
  /// - Throws: `LaplaceFailure` when the posterior is not finite at any of them.
  package init(
    _ posterior: GaussianPosterior, from starts: [[Double]], isStopped: () -> Bool = { false }
  ) throws(LaplaceFailure) {
    var best: Optimum?
    var failure = LaplaceFailure.notFinite
    for start in starts {
      // A second start is for a first that led nowhere: from one that converged it would find the same.
      if let best, best.hasConverged, Self.isPositive(best.hessian, order: start.count) { break }
      var optimizer = Optimizer(GaussianPosteriorObjective(posterior: posterior), startingAt: start)
      do {
        let (optimum, _) = try optimizer.run { _ in !isStopped() }
        if optimum.value > best?.value ?? -.infinity { best = optimum }
      } catch {
        failure = error
      }
    }
    guard let best else { throw failure }
    let n = best.psi.count
    position = best.psi
    if best.hasConverged && Self.isPositive(best.hessian, order: n) {
      precision = best.hessian
      isUsable = true
    } else {
      precision = Self.bounded(best.hessian, order: n)
      isUsable = false
    }
  }

  private static func isPositive(_ hessian: [Double], order n: Int) -> Bool {
    var factor = hessian
    return (try? Dense.choleskyFactor(&factor, order: n)) != nil
  }

  /// The Hessian with its eigenvalues, in the scale of its diagonal, not below the least curvature.
  private static func bounded(_ hessian: [Double], order n: Int) -> [Double] {
    let scale = (0..<n).map { index -> Double in
      let curvature = abs(hessian[index * (n + 1)])
      return curvature.isFinite && curvature > 1e-8 ? curvature.squareRoot() : 1
    }
    var result = [Double](repeating: 0, count: n * n)
    for i in 0..<n { result[i * (n + 1)] = scale[i] * scale[i] }
    var scaled = hessian
    for c in 0..<n {
      for r in 0..<n { scaled[r + c * n] /= scale[r] * scale[c] }
    }
    guard let (values, vectors) = Dense.eigenSystem(scaled, order: n) else { return result }
    for c in 0..<n {
      for r in 0..<n {
        var sum = 0.0
        for (k, value) in values.enumerated() {
          sum += max(abs(value), leastCurvature) * vectors[r + k * n] * vectors[c + k * n]
        }
        result[r + c * n] = sum * scale[r] * scale[c]
      }
    }
    return result
  }
}
