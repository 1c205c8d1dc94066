// The distribution of the Kolmogorov-Smirnov distance, exact for small samples and in the limit.

import Glibc

extension DistributionFunctions {
  /// The limiting probability that √n·D exceeds `x` for a two-sided distance D.
  ///
  /// Kolmogorov's series from 1 on, to full precision. Below, the first term of its theta-function
  /// transform, as R's `ks.test` has it: the numbers agree with R's, and the terms left out are
  /// below 4e-5.
  static func kolmogorovLimitUpper(_ x: Double) -> Double {
    guard x > 0 else { return 1 }
    if x < 1 {
      return 1 - (2 * Double.pi).squareRoot() / x * exp(-Double.pi * Double.pi / (8 * x * x))
    }
    var sum = 0.0
    for k in 1...8 {
      let term = exp(-2 * Double(k * k) * x * x)
      sum += k % 2 == 1 ? term : -term
    }
    return min(1, 2 * sum)
  }

  /// The exact probability that the two-sided distance of `count` uniform numbers is below
  /// `distance`.
  ///
  /// Marsaglia, Tsang & Wang (2003): the n-th power of a small matrix, with its exponent kept
  /// apart.
  static func kolmogorovExact(_ distance: Double, count n: Int) -> Double {
    guard distance > 0 else { return 0 }
    guard distance < 1 else { return 1 }
    let scaled = Double(n) * distance
    let k = Int(scaled) + 1
    let order = 2 * k - 1
    let h = Double(k) - scaled
    var matrix = ScaledMatrix(order: order)
    for i in 0..<order {
      for j in 0..<order { matrix[i, j] = i - j + 1 < 0 ? 0 : 1 }
    }
    for i in 0..<order {
      matrix[i, 0] -= pow(h, Double(i + 1))
      matrix[order - 1, i] -= pow(h, Double(order - i))
    }
    matrix[order - 1, 0] += 2 * h - 1 > 0 ? pow(2 * h - 1, Double(order)) : 0
    for i in 0..<order {
      for j in 0..<order where i - j + 1 > 0 {
        for g in 1...(i - j + 1) { matrix[i, j] /= Double(g) }
      }
    }
    let power = matrix.raised(to: n)
    var result = power[k - 1, k - 1]
    var exponent = power.exponent
    for i in 1...n {
      result *= Double(i) / Double(n)
      if result < 1e-140 {
        result *= 1e140
        exponent -= 140
      }
    }
    return min(1, max(0, result * pow(10, Double(exponent))))
  }

  /// A square matrix times a power of ten, so that high powers do not overflow.
  private struct ScaledMatrix {
    let order: Int
    var values: [Double]
    var exponent = 0

    init(order: Int) {
      self.order = order
      values = Array(repeating: 0, count: order * order)
    }

    subscript(row: Int, column: Int) -> Double {
      get { values[row * order + column] }
      set { values[row * order + column] = newValue }
    }

    func times(_ other: ScaledMatrix) -> ScaledMatrix {
      var product = ScaledMatrix(order: order)
      for i in 0..<order {
        for k in 0..<order {
          let factor = self[i, k]
          for j in 0..<order { product[i, j] += factor * other[k, j] }
        }
      }
      product.exponent = exponent + other.exponent
      if product[order / 2, order / 2] > 1e140 {
        for i in product.values.indices { product.values[i] *= 1e-140 }
        product.exponent += 140
      }
      return product
    }

    func raised(to n: Int) -> ScaledMatrix {
      if n == 1 { return self }
      let half = raised(to: n / 2)
      let square = half.times(half)
      return n % 2 == 0 ? square : times(square)
    }
  }
}
