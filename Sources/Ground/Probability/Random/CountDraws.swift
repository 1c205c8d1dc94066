// Random counts and whole numbers.

import Glibc

extension RandomStream {
  /// A whole number uniform on 0 ..< bound, without bias (Lemire 2019).
  package mutating func nextInt(below bound: Int) -> Int {
    precondition(bound > 0, "the bound is positive")
    let range = UInt64(bound)
    var product = next().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = next().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }

  /// A Poisson count as a whole `Double`, which has room for any mean.
  ///
  /// Inversion below a mean of 10, from there transformed rejection (Hörmann 1993, algorithm PTRS)
  /// with an acceptance test that keeps its digits for large means.
  package mutating func nextPoisson(mean: Double) -> Double {
    precondition(mean >= 0, "the mean of a Poisson distribution is not negative")
    if mean == 0 || mean == .infinity { return mean }
    if mean < 10 {
      var u = nextUniform()
      var k = 0.0
      var mass = exp(-mean)
      while u > mass {
        u -= mass
        k += 1
        mass *= mean / k
        // What rounding left of u lies beyond the last representable mass.
        if mass == 0 { break }
      }
      return k
    }
    let b = 0.931 + 2.53 * sqrt(mean)
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let center = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = nextUniform() - 0.5
      let v = nextUniform()
      let us = 0.5 - abs(u)
      let k = floor((2 * a / us + b) * u + mean + 0.43)
      if us >= 0.07 && v <= center { return k }
      if k < 0 || (us < 0.013 && v > us) { continue }
      if log(v * inverseAlpha / (a / (us * us) + b)) <= Poisson.logDensity(k, mean: mean) {
        return k
      }
    }
  }

  /// A binomial count as a whole `Double`.
  ///
  /// Inversion where trials × the smaller probability is below 10, from there transformed
  /// rejection (Hörmann 1993, algorithm BTRS).
  package mutating func nextBinomial(trials n: Double, probability: Double) -> Double {
    precondition(n >= 0 && n == n.rounded(), "the number of trials is a whole number")
    precondition(probability >= 0 && probability <= 1, "a probability lies between 0 and 1")
    if probability > 0.5 { return n - nextBinomial(trials: n, probability: 1 - probability) }
    let p = probability
    if n == 0 || p == 0 { return 0 }
    let odds = p / (1 - p)
    if n * p < 10 {
      var u = nextUniform()
      var k = 0.0
      var mass = exp(n * log1p(-p))
      while u > mass && k < n {
        u -= mass
        mass *= odds * (n - k) / (k + 1)
        k += 1
        if mass == 0 { break }
      }
      return k
    }
    let spread = sqrt(n * p * (1 - p))
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = n * p + 0.5
    let center = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * spread
    let atMode = Binomial.logDensity(floor((n + 1) * p), trials: n, probability: p)
    while true {
      let u = nextUniform() - 0.5
      let v = nextUniform()
      let us = 0.5 - abs(u)
      let k = floor((2 * a / us + b) * u + c)
      if us >= 0.07 && v <= center { return k }
      if k < 0 || k > n { continue }
      let bound = Binomial.logDensity(k, trials: n, probability: p) - atMode
      if log(v * alpha / (a / (us * us) + b)) <= bound { return k }
    }
  }

  /// A negative binomial count with this mean and variance mean + mean² / shape: a Poisson count
  /// with a gamma mean.
  package mutating func nextNegativeBinomial(mean: Double, shape: Double) -> Double {
    if mean == 0 { return 0 }
    if shape == .infinity { return nextPoisson(mean: mean) }
    return nextPoisson(mean: nextGamma(shape: shape) / shape * mean)
  }
}
