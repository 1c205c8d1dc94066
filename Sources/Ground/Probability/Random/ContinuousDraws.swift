// Random numbers from continuous distributions.

import Glibc

extension RandomStream {
  /// A standard normal number, by the ziggurat of Marsaglia & Tsang (2000) as Doornik (2005)
  /// writes it.
  ///
  /// Layer and position come from different bits of one word; nothing is kept between calls.
  package mutating func nextNormal() -> Double {
    let table = Ziggurat.shared
    while true {
      let bits = next()
      let layer = Int(truncatingIfNeeded: bits & 127)
      let u = (Double(bits >> 12) + 0.5) * 0x1p-51 - 1
      let x = u * table.edges[layer]
      if abs(x) < table.edges[layer + 1] { return x }
      if layer == 0 { return nextNormalTail(beyond: Ziggurat.start, isNegative: u < 0) }
      let below = table.heights[layer]
      let above = table.heights[layer + 1]
      if below + nextUniform() * (above - below) < exp(-0.5 * x * x) { return x }
    }
  }

  /// A number from the exponential distribution with mean 1.
  package mutating func nextExponential() -> Double { -log(nextUniform()) }

  /// A number from the gamma distribution with this shape and scale 1 (Marsaglia & Tsang 2000).
  ///
  /// - Precondition: `shape > 0`. For a tiny shape the result may be 0, which is what it rounds to.
  package mutating func nextGamma(shape: Double) -> Double {
    precondition(shape > 0, "the shape of a gamma distribution is positive")
    return shape < 1 ? exp(nextLogGamma(shape: shape)) : nextGammaFromOneUp(shape: shape)
  }

  /// The logarithm of a gamma number, finite for shapes whose numbers would round to 0.
  private mutating func nextLogGamma(shape: Double) -> Double {
    if shape >= 1 { return log(nextGammaFromOneUp(shape: shape)) }
    // A gamma number of shape + 1 times U^(1 / shape) has this shape.
    let boost = log(nextUniform()) / shape
    return log(nextGammaFromOneUp(shape: shape + 1)) + boost
  }

  private mutating func nextGammaFromOneUp(shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / sqrt(9 * d)
    while true {
      let x = nextNormal()
      let t = 1 + c * x
      guard t > 0 else { continue }
      let v = t * t * t
      if log(nextUniform()) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A number from the beta distribution, as the quotient of gamma numbers taken in logarithms.
  package mutating func nextBeta(_ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "the shapes of a beta distribution are positive")
    let difference = nextLogGamma(shape: b) - nextLogGamma(shape: a)
    return SpecialFunctions.logistic(-difference)
  }

  /// A normal number beyond `start` (Marsaglia 1964).
  private mutating func nextNormalTail(beyond start: Double, isNegative: Bool) -> Double {
    while true {
      let x = -log(nextUniform()) / start
      let y = -log(nextUniform())
      if 2 * y > x * x { return isNegative ? -(start + x) : start + x }
    }
  }
}

/// 128 layers of equal area under exp(-x² / 2).
private struct Ziggurat: Sendable {
  /// Where the tail begins, and the area of each layer (Doornik 2005).
  static let start = 3.442619855899
  static let area = 9.91256303526217e-3
  static let shared = Ziggurat()

  /// The right edge of each layer, the base first; the last is 0.
  let edges: [Double]
  /// The density at each edge.
  let heights: [Double]

  init() {
    var edges = [Self.area / exp(-0.5 * Self.start * Self.start), Self.start]
    while edges.count < 128 {
      let last = edges[edges.count - 1]
      edges.append(sqrt(-2 * log(Self.area / last + exp(-0.5 * last * last))))
    }
    edges.append(0)
    self.edges = edges
    heights = edges.map { exp(-0.5 * $0 * $0) }
  }
}
