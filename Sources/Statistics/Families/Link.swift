// The link functions between a parameter and its linear predictor.

/// A link g with η = g(μ).
package enum Link: String, Sendable, CaseIterable {
  case identity, log, logit, probit, cloglog, inverse, sqrt
}
