// Seeded random numbers for tests.

import Foundation
import Probability

extension RandomStream {
  /// A standard normal number (Box & Muller).
  mutating func normal() -> Double {
    (-2 * log(nextUniform())).squareRoot() * cos(2 * .pi * nextUniform())
  }

  /// Chains of a first-order autoregression with unit innovations.
  mutating func autoregression(chains: Int, draws: Int, coefficient: Double) -> [[Double]] {
    (0..<chains).map { _ in
      var state = normal()
      return (0..<draws).map { _ in
        state = coefficient * state + normal()
        return state
      }
    }
  }

  /// Uniform numbers.
  mutating func uniforms(_ count: Int) -> [Double] { (0..<count).map { _ in nextUniform() } }
}
