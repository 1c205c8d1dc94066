// A model from a data file and a formula, as the programs build it.

import Families
import Formula
import MixedModel
import Tables

/// The model of `formulas` on a CSV file; `families` as on the command line, empty when they stand in the formulas.
package func makeModel(
  _ file: String, _ formulas: [String], families: String = "", factors: Set<String> = []
) throws -> MixedModel {
  let table = try DelimitedFile.read(path: file, options: .init(factors: factors))
  let calls = families.isEmpty ? [] : try FamilyList.parse(families)
  let frame = try ModelFrame(ModelFormula.parse(formulas), families: calls, table: table)
  return try MixedModel(
    frame,
    families: frame.outcomes.map {
      try ResponseFamilies.named($0.family.name, link: $0.family.link)
    })
}
