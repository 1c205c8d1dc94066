// Fits in one call, and elementary functions for expected values.

import Glibc
import Laplace
import MixedModel
import Tables
import TestSupport

/// σ² from log σ.
func variance(logSigma: Double) -> Double { exp(2 * logSigma) }

/// The maximum likelihood fit of a model from its own starting values.
func fitted(_ model: MixedModel) throws -> MaximumLikelihoodFit {
  let approximation = LaplaceApproximation(model: model)
  var optimizer = Optimizer(approximation, startingAt: model.startingValues())
  let (optimum, workspace) = try optimizer.run { _ in true }
  return try MaximumLikelihoodFit(approximation, optimum, workspace)
}

/// The fit of formulas to a table.
func fitted(_ table: Table, _ formulas: String..., families: String) throws -> MaximumLikelihoodFit
{
  try fitted(makeModel(table, formulas, families: families).model)
}
