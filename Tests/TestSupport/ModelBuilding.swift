// A model from a data file and a formula, as the programs build it.

import Families
import Formula
import LinearAlgebra
import MixedModel
import Tables

/// The model of `formulas` on a CSV file; `families` as on the command line, empty when they stand in the formulas.
package func makeModel(
  _ file: String, _ formulas: [String], families: String = "", factors: Set<String> = []
) throws -> MixedModel {
  try makeModel(
    DelimitedFile.read(path: file, options: .init(factors: factors)), formulas, families: families
  ).model
}

/// The model of `formulas` on a table, with the frame that it was made from; of `priors` only `constant(v)` shapes it.
package func makeModel(
  _ table: Table, _ formulas: [String], families: String = "", priors: [String] = [],
  corner: CornerChoice = .automatic
) throws -> (model: MixedModel, frame: ModelFrame) {
  let calls = families.isEmpty ? [] : try FamilyList.parse(families)
  let frame = try ModelFrame(ModelFormula.parse(formulas), families: calls, table: table)
  let model = try MixedModel(
    frame,
    families: frame.outcomes.map {
      try ResponseFamilies.named($0.family.name, link: $0.family.link)
    }, priors: priors.map { try PriorStatement.parse($0) }, corner: corner)
  return (model, frame)
}
