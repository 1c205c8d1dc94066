// The values and slopes of the link functions for one number.

import Glibc
import Probability

extension Link {
  /// μ at the linear predictor η.
  package func mean(at eta: Double) -> Double {
    switch self {
    case .identity: eta
    case .log: exp(eta)
    case .logit: SpecialFunctions.logistic(eta)
    case .probit: Normal.cumulative(eta)
    case .cloglog: -expm1(-exp(eta))
    case .inverse: 1 / eta
    case .sqrt: eta * eta
    }
  }

  /// 1 - μ at the linear predictor η, with its own relative precision, for links of a probability.
  package func complement(at eta: Double) -> Double {
    switch self {
    case .logit: SpecialFunctions.logistic(-eta)
    case .probit: Normal.cumulative(eta, upperTail: true)
    case .cloglog: exp(-exp(eta))
    default: 1 - mean(at: eta)
    }
  }

  /// dμ/dη at the linear predictor η.
  package func slope(at eta: Double) -> Double {
    switch self {
    case .identity: 1
    case .log: exp(eta)
    case .logit: SpecialFunctions.logistic(eta) * SpecialFunctions.logistic(-eta)
    case .probit: exp(Normal.logDensity(eta))
    case .cloglog: exp(eta - exp(eta))
    case .inverse: -1 / (eta * eta)
    case .sqrt: 2 * eta
    }
  }

  /// η = g(μ).
  package func predictor(for mean: Double) -> Double {
    switch self {
    case .identity: mean
    case .log: Glibc.log(mean)
    case .logit: SpecialFunctions.logit(mean)
    case .probit: Normal.quantile(mean)
    case .cloglog: Glibc.log(-log1p(-mean))
    case .inverse: 1 / mean
    case .sqrt: mean.squareRoot()
    }
  }
}
