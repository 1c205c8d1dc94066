// The step of the trust region against a search over the whole disc.

import Glibc
import Testing

@testable import Laplace

@Suite("The trust region step is the best point of the ball")
struct TrustRegionTests {
  struct Quadratic: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let gradient: [Double]
    /// b11, b12, b22.
    let hessian: [Double]
    var scale = [1.0, 1]

    func value(_ s: [Double]) -> Double {
      gradient[0] * s[0] + gradient[1] * s[1] + 0.5 * hessian[0] * s[0] * s[0]
        + hessian[1] * s[0] * s[1] + 0.5 * hessian[2] * s[1] * s[1]
    }

    /// The lowest value over the ellipse ‖D s‖ ≤ radius, by polar coordinates: fine, then finer around the best.
    func lowest(_ radius: Double) -> Double {
      var best = (value: 0.0, angle: 0.0, length: 0.0)
      func search(_ angle: ClosedRange<Double>, _ length: ClosedRange<Double>) {
        for i in 0...400 {
          for j in 0...100 {
            let a = angle.lowerBound + (angle.upperBound - angle.lowerBound) * Double(i) / 400
            let r = length.lowerBound + (length.upperBound - length.lowerBound) * Double(j) / 100
            let value = value([r * cos(a) / scale[0], r * sin(a) / scale[1]])
            if value < best.value { best = (value, a, r) }
          }
        }
      }
      search(0...(2 * .pi), 0...radius)
      for zoom in 1...3 {
        let width = pow(50, -Double(zoom))
        search(
          (best.angle - width)...(best.angle + width),
          max(0, best.length - radius * width)...min(radius, best.length + radius * width))
      }
      return best.value
    }
  }

  static let quadratics = [
    Quadratic(testDescription: "round", gradient: [1, -2], hessian: [2, 0, 2]),
    Quadratic(testDescription: "narrow", gradient: [1, 1], hessian: [1000, 5, 1]),
    Quadratic(testDescription: "correlated", gradient: [-1, 2], hessian: [2, 1.9, 2]),
    Quadratic(
      testDescription: "scaled", gradient: [1, -2], hessian: [3, 1, 1], scale: [5, 0.1]),
    Quadratic(testDescription: "flat", gradient: [1, 0.5], hessian: [1, 0, 0]),
    Quadratic(testDescription: "linear", gradient: [1, 0.5], hessian: [0, 0, 0]),
    Quadratic(testDescription: "saddle", gradient: [0.3, 0.4], hessian: [2, 0.5, -1]),
    Quadratic(
      testDescription: "scaled saddle", gradient: [0.3, 0.4], hessian: [2, 3, -1], scale: [2, 0.5]),
    Quadratic(testDescription: "hill", gradient: [1e-3, -2e-3], hessian: [-2, 0.5, -1]),
    // The gradient has no part along the direction of negative curvature.
    Quadratic(testDescription: "hard case", gradient: [1, 0], hessian: [2, 0, -1]),
    Quadratic(testDescription: "level saddle", gradient: [0, 0], hessian: [2, 0, -1]),
    Quadratic(testDescription: "nearly hard case", gradient: [1, 1e-9], hessian: [2, 0, -1]),
  ]

  @Test("for quadratics of every shape", arguments: quadratics, [1e-3, 0.5, 2, 100])
  func best(_ quadratic: Quadratic, _ radius: Double) throws {
    let matrix = [
      quadratic.hessian[0], quadratic.hessian[1], quadratic.hessian[1], quadratic.hessian[2],
    ]
    let step = try #require(
      TrustRegion.step(
        gradient: quadratic.gradient, hessian: matrix, scale: quadratic.scale, radius: radius))
    let length = hypot(step.step[0] * quadratic.scale[0], step.step[1] * quadratic.scale[1])
    #expect(length <= radius * (1 + 1e-6))
    let lowest = quadratic.lowest(radius)
    let value = quadratic.value(step.step)
    #expect(abs(step.predictedDecrease + value) < 1e-9 * max(abs(value), 1e-9))
    #expect(value <= lowest + 1e-5 * abs(lowest) + 1e-15)
    let isConvex =
      quadratic.hessian[0] > 0
      && quadratic.hessian[0] * quadratic.hessian[2] > quadratic.hessian[1] * quadratic.hessian[1]
    if step.isInterior { #expect(isConvex) }
    if length < radius * (1 - 1e-6) { #expect(step.isInterior || lowest == 0) }
  }

  @Test("a model that is not finite has no step")
  func notFinite() {
    let step = TrustRegion.step(
      gradient: [1, 1], hessian: [1, 0, 0, .nan], scale: [1, 1], radius: 1)
    #expect(step == nil)
  }
}
