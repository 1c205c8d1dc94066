// Draws from those priors that are proper, beside others that are not.

import MixedModel
import Probability
import TestSupport
import Testing

@Suite("Draws where priors are proper")
struct PartialPriorDrawTests {
  private func draw(_ priors: [String]) throws -> (psi: [Double], names: [String]) {
    let statements = try priors.map { try PriorStatement.parse($0) }
    let model = try makeModel(
      Golden.path("data/sleepstudy.csv"), ["Reaction ~ Days + (Days | Subject)"])
    let prior = try PriorDensity(model: model, statements: statements)
    var stream = RandomStream(seed: 4)
    return (
      try prior.drawWhereProper(count: model.layout.count, using: &stream),
      model.outcomes[0].predictors[0].columnNames
    )
  }

  /// Slopes are flat by default, and the intercept at the predictors' means is then as improper on its own scale.
  @Test("default priors: slopes and intercept are missing, the rest is drawn")
  func defaults() throws {
    let (psi, names) = try draw([])
    #expect(names == ["(Intercept)", "Days"])
    #expect(psi[0].isNaN && psi[1].isNaN)
    #expect(psi.dropFirst(2).allSatisfy { $0.isFinite })
  }

  @Test("an intercept with a prior of its own does not depend on the slopes")
  func ownIntercept() throws {
    let (psi, _) = try draw(["Intercept ~ normal(250, 1)"])
    #expect(abs(psi[0] - 250) < 6 && psi[1].isNaN)
  }

  @Test("where all are proper the draw is that of the whole prior")
  func proper() throws {
    let statements = [try PriorStatement.parse("b ~ normal(0, 2)")]
    let model = try makeModel(
      Golden.path("data/sleepstudy.csv"), ["Reaction ~ Days + (Days | Subject)"])
    let prior = try PriorDensity(model: model, statements: statements)
    var (one, two) = (RandomStream(seed: 4), RandomStream(seed: 4))
    let part = try prior.drawWhereProper(count: model.layout.count, using: &one)
    let whole = try prior.draw(count: model.layout.count, using: &two)
    #expect(part == whole)
  }
}
