// The prior distributions that a user may write, with log density and derivative.

import Glibc

/// A prior of one parameter, up to its normalising constant; `lkj` is of a correlation matrix, `inverseWishart` and
/// `parameterExpanded` are of a covariance matrix.
package enum PriorDistribution: Sendable, Equatable {
  case flat
  /// No distribution: the parameter has this value.
  case constant(Double)
  case normal(mean: Double, sd: Double)
  case studentT(df: Double, location: Double, scale: Double)
  case cauchy(location: Double, scale: Double)
  case logistic(location: Double, scale: Double)
  case exponential(rate: Double)
  case gamma(shape: Double, rate: Double)
  case inverseGamma(shape: Double, scale: Double)
  case logNormal(meanLog: Double, sdLog: Double)
  case beta(a: Double, b: Double)
  case uniform(low: Double, high: Double)
  case lkj(eta: Double)
  /// MCMCglmm's: inverse Wishart with scale matrix df · V.
  case inverseWishart(df: Double, v: ScaleMatrix)
  /// MCMCglmm's: the covariance of α ∘ η with α ~ N(0, alphaV) and Var(η) inverse Wishart.
  case parameterExpanded(df: Double, v: ScaleMatrix, alphaMean: Double, alphaV: ScaleMatrix)
  /// A standard deviation whose square is inverse gamma, (df/2, df · v/2): the inverse Wishart of one effect.
  case inverseWishartDeviation(df: Double, v: Double)

  /// The log density at `x` up to a constant, and its derivative; −∞ outside the support.
  package func logDensity(_ x: Double) -> (value: Double, derivative: Double) {
    switch self {
    case .flat, .constant, .lkj, .inverseWishart, .parameterExpanded: return (0, 0)
    case .normal(let mean, let sd):
      let z = (x - mean) / sd
      return (-0.5 * z * z, -z / sd)
    case .studentT(let df, let location, let scale):
      let z = (x - location) / scale
      return (-0.5 * (df + 1) * log1p(z * z / df), -(df + 1) * z / (scale * (df + z * z)))
    case .cauchy(let location, let scale):
      let z = (x - location) / scale
      return (-log1p(z * z), -2 * z / (scale * (1 + z * z)))
    case .logistic(let location, let scale):
      // −z − 2 log(1 + e^−z) is even in z.
      let z = (x - location) / scale
      return (-abs(z) - 2 * log1p(exp(-abs(z))), -tanh(0.5 * z) / scale)
    case .exponential(let rate): return x >= 0 ? (-rate * x, -rate) : (-.infinity, 0)
    case .gamma(let shape, let rate):
      guard x > 0 else { return (-.infinity, 0) }
      return ((shape - 1) * log(x) - rate * x, (shape - 1) / x - rate)
    case .inverseGamma(let shape, let scale):
      guard x > 0 else { return (-.infinity, 0) }
      return (-(shape + 1) * log(x) - scale / x, -(shape + 1) / x + scale / (x * x))
    case .logNormal(let meanLog, let sdLog):
      guard x > 0 else { return (-.infinity, 0) }
      let z = (log(x) - meanLog) / sdLog
      return (-log(x) - 0.5 * z * z, (-1 - z / sdLog) / x)
    case .beta(let a, let b):
      guard x > 0 && x < 1 else { return (-.infinity, 0) }
      return ((a - 1) * log(x) + (b - 1) * log1p(-x), (a - 1) / x - (b - 1) / (1 - x))
    case .uniform(let low, let high): return x >= low && x <= high ? (0, 0) : (-.infinity, 0)
    case .inverseWishartDeviation(let df, let v):
      guard x > 0 else { return (-.infinity, 0) }
      return (-(df + 1) * log(x) - 0.5 * df * v / (x * x), -(df + 1) / x + df * v / (x * x * x))
    }
  }

  /// The interval outside which the density is zero.
  package var support: (low: Double, high: Double) {
    switch self {
    case .exponential, .gamma, .inverseGamma, .logNormal, .inverseWishartDeviation: (0, .infinity)
    case .beta: (0, 1)
    case .uniform(let low, let high): (low, high)
    default: (-.infinity, .infinity)
    }
  }

  /// Whether the density does not fall to zero towards the ends of the support: an optimum may lie there.
  package var hasHardEdge: (low: Bool, high: Bool) {
    switch self {
    case .exponential: (true, false)
    case .gamma(let shape, _): (shape <= 1, false)
    case .beta(let a, let b): (a <= 1, b <= 1)
    case .uniform: (true, true)
    default: (false, false)
    }
  }

  /// The prior as a user would write it.
  package var text: String {
    func join(_ name: String, _ values: Double...) -> String {
      "\(name)(\(values.map(Self.number).joined(separator: ", ")))"
    }
    return switch self {
    case .flat: "flat"
    case .constant(let value): join("constant", value)
    case .normal(let m, let s): join("normal", m, s)
    case .studentT(let df, let m, let s): join("student_t", df, m, s)
    case .cauchy(let m, let s): join("cauchy", m, s)
    case .logistic(let m, let s): join("logistic", m, s)
    case .exponential(let rate): join("exponential", rate)
    case .gamma(let a, let b): join("gamma", a, b)
    case .inverseGamma(let a, let b): join("inv_gamma", a, b)
    case .logNormal(let m, let s): join("lognormal", m, s)
    case .beta(let a, let b): join("beta", a, b)
    case .uniform(let low, let high): join("uniform", low, high)
    case .lkj(let eta): join("lkj", eta)
    case .inverseWishart(let df, let v): "inv_wishart(\(Self.number(df)), \(v.text))"
    case .parameterExpanded(let df, let v, let mean, let alphaV):
      "px(\(Self.number(df)), \(v.text), \(Self.number(mean)), \(alphaV.text))"
    case .inverseWishartDeviation(let df, let v): join("inv_wishart", df, v)
    }
  }

  /// A number as a user would write it.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
  }
}
