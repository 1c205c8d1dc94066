// A fit belongs to the data, not to the order they come in.

import Laplace
import MixedModel
import Probability
import Tables
import TestSupport
import Testing

@Suite("A fit does not depend on the order of rows or of levels")
struct InvarianceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let formulas: [String]
    let families: String
    var testDescription: String { formulas.joined(separator: "; ") }
  }

  static let cases = [
    Case(formulas: ["y ~ x + (1 + x | g)"], families: "gaussian"),
    Case(formulas: ["c ~ x + (1 | g) + (1 | h)"], families: "nbinom2"),
    Case(formulas: ["y ~ x + (1 |i| g)", "pm ~ z + (1 |i| g)"], families: "gaussian,bernoulli"),
  ]

  /// ψ̂, the log likelihood, and the modes by member and level.
  private func summary(_ table: Table, _ example: Case) throws -> (
    MaximumLikelihoodFit, [String: Double]
  ) {
    let fit = try fitted(makeModel(table, example.formulas, families: example.families).model)
    var modes: [String: Double] = [:]
    for (index, block) in fit.model.effects.blocks.enumerated() {
      for (place, level) in block.levels.enumerated() {
        for member in block.members.indices {
          modes["\(level) \(index) \(member)"] =
            fit.modes[fit.model.effects.index(block: index, level: place, member: member)]
        }
      }
    }
    return (fit, modes)
  }

  private func compare(_ table: Table, _ other: Table, _ example: Case) throws {
    let (fit, modes) = try summary(table, example)
    let (otherFit, otherModes) = try summary(other, example)
    #expect(fit.optimum.hasConverged && otherFit.optimum.hasConverged)
    #expect(abs(fit.logLikelihood - otherFit.logLikelihood) < 1e-8)
    // In units of standard errors; a parameter at its boundary (a correlation of -1 in the first case) has none.
    for (index, value) in fit.optimum.psi.enumerated() {
      #expect((fit.standardError(index) == nil) == (otherFit.standardError(index) == nil))
      guard let error = fit.standardError(index) else { continue }
      #expect(abs(value - otherFit.optimum.psi[index]) < 1e-8 * error)
    }
    #expect(fit.warnings == otherFit.warnings)
    let names = modes.keys.sorted()
    #expect(names == otherModes.keys.sorted())
    #expect(
      distance(names.map { modes[$0, default: .nan] }, names.map { otherModes[$0, default: .nan] })
        < 1e-8)
  }

  @Test("rows", arguments: cases)
  func rows(_ example: Case) throws {
    let table = SyntheticData.table(rows: 200)
    var stream = RandomStream(seed: 71)
    let order = Array(0..<table.rowCount).shuffled(using: &stream)
    let other = Table(
      rowCount: table.rowCount,
      columns: table.names.compactMap { name in
        switch table[name] {
        case .numeric(let values)?: (name, .numeric(order.map { values[$0] }))
        case .factor(let factor)?:
          (name, .factor(Factor(levels: factor.levels, codes: order.map { factor.codes[$0] })))
        case nil: nil
        }
      })
    try compare(table, other, example)
  }

  @Test("levels", arguments: cases)
  func levels(_ example: Case) throws {
    let table = SyntheticData.table(rows: 200)
    var other = table
    for name in ["g", "h"] {
      guard case .factor(let factor)? = table[name] else { continue }
      let count = Int32(factor.levels.count)
      other[name] = .factor(
        Factor(levels: factor.levels.reversed(), codes: factor.codes.map { count - 1 - $0 }))
    }
    try compare(table, other, example)
  }
}
