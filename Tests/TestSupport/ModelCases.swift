// The models on which every part of the numerical core is tested, each for what it has that others have not.

import Formula
import LinearAlgebra
import MixedModel
import Probability
import Tables

/// A small model on made-up data.
package struct ModelCase: Sendable, CustomStringConvertible {
  /// What the model has.
  package let name: String
  /// The formulas, one for each outcome.
  package let formulas: [String]
  /// The families, as on the command line.
  package let families: String
  /// The rows of the table.
  package let rowCount: Int
  /// The rows in which `few` is observed.
  package let observed: Int

  /// A case on `rows` rows of `SyntheticData`.
  package init(
    _ name: String, _ formulas: String..., families: String, rows: Int = 90, observed: Int = 1
  ) {
    self.name = name
    self.formulas = formulas
    self.families = families
    rowCount = rows
    self.observed = observed
  }

  package var description: String { name }

  /// The data.
  package var table: Table { SyntheticData.table(rows: rowCount, observed: observed) }

  /// The model with its naive twin; `corner` says whether the effects beside the leading factor are held sparsely.
  package func build(corner: CornerChoice = .automatic) throws -> BuiltCase {
    let (model, frame) = try makeModel(table, formulas, families: families, corner: corner)
    return BuiltCase(model: model, naive: NaiveModel(frame: frame, model: model))
  }

  /// Every kind of model.
  package static let all: [ModelCase] = [
    ModelCase("no random effects", "y ~ x + z", families: "gaussian"),
    ModelCase("one outcome", "y ~ x + (1 | g)", families: "gaussian"),
    ModelCase("probit", "p ~ x + (1 | g)", families: "binomial(probit)"),
    ModelCase("slopes", "p ~ x + (1 + x | g)", families: "bernoulli"),
    ModelCase("three correlated effects", "c ~ x + (1 + x + z | g)", families: "poisson"),
    ModelCase(
      "two outcomes with different missing rows", "ym ~ x + z + (1 |i| g)", "pm ~ z + (1 |i| g)",
      families: "gaussian,bernoulli"),
    ModelCase("crossed factors", "c ~ x + (1 | g) + (1 | h)", families: "poisson"),
    ModelCase(
      "crossed factors with slopes in two outcomes", "ym ~ x + (1 + x |i| g) + (1 |j| h)",
      "c ~ x + (1 |i| g) + (1 + z |j| h)", families: "gaussian,nbinom2"),
    ModelCase("three factors", "y ~ x + (1 | g) + (1 | h) + (1 | k)", families: "gaussian"),
    ModelCase("nested factors", "p ~ x + (1 | g/s)", families: "bernoulli"),
    ModelCase("independent slopes", "y ~ x + (x || g)", families: "gaussian"),
    ModelCase("diagonal block", "c ~ x + diag(1 + x | g) + (1 | h)", families: "poisson"),
    ModelCase("two blocks of a factor", "y ~ x + (1 | g) + (0 + x + z | g)", families: "gaussian"),
    ModelCase("dispersion formula", "bf(y ~ x + (1 | g), sigma ~ z)", families: "gaussian"),
    ModelCase(
      "random dispersion", "bf(y ~ x + (1 |i| g), sigma ~ z + (1 |i| g))", families: "gaussian"),
    ModelCase(
      "random dispersion by another factor", "bf(y ~ x + (1 + x | g), sigma ~ 1 + (1 | h))",
      families: "gaussian"),
    ModelCase("trials", "m | trials(n) ~ x + (1 | g)", families: "binomial"),
    ModelCase("overdispersed counts", "c ~ x + z + (1 | g)", families: "nbinom2"),
    ModelCase("shape formula", "bf(c ~ x + (1 | g), shape ~ z)", families: "nbinom2"),
    ModelCase("offset", "c ~ x + offset(o) + (1 | g)", families: "poisson"),
    ModelCase(
      "outcomes with factors of their own", "y ~ x + (1 | g)", "c ~ x + (1 | h)",
      families: "gaussian,poisson"),
    ModelCase(
      "three outcomes", "ym ~ x + (1 |i| g)", "pm ~ x + (1 + x |i| g)", "c ~ 1 + (1 |i| g)",
      families: "gaussian,bernoulli,poisson"),
    ModelCase(
      "more rows than a block", "p ~ x + (1 + z | g) + (1 | h)", families: "bernoulli",
      rows: 600),
  ]

  /// One outcome observed in so many rows, beside one that is observed in all.
  package static let ragged: [ModelCase] = [1, 7, 8, 9, 255, 256, 257, 600].map { count in
    ModelCase(
      "\(count) rows", "few ~ 1 + (1 |i| g) + (1 |j| h)", "p ~ x + (1 |i| g) + (1 |j| h)",
      families: "gaussian,bernoulli", rows: max(40, count + count / 9), observed: count)
  }
}

/// A model and its naive twin.
package struct BuiltCase: Sendable {
  /// The model.
  package let model: MixedModel
  /// The twin.
  package let naive: NaiveModel

  /// Parameters of moderate size: no correlation is near 1, no standard deviation near 0.
  package func parameters(seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, stream: 3)
    var psi = (0..<model.layout.count).map { _ in 0.3 * stream.nextNormal() }
    for block in model.effects.blocks {
      for place in 0..<block.size { psi[block.thetaOffset + place] -= 0.4 }
    }
    return psi
  }

  /// Random effects, or standard ones, of moderate size.
  package func effects(seed: UInt64, scale: Double = 0.5) -> [Double] {
    Self.effects(model.effects.count, seed: seed, scale: scale)
  }

  /// So many normal numbers of moderate size.
  package static func effects(_ count: Int, seed: UInt64, scale: Double = 0.5) -> [Double] {
    var stream = RandomStream(seed: seed, stream: 4)
    return (0..<count).map { _ in scale * stream.nextNormal() }
  }
}
