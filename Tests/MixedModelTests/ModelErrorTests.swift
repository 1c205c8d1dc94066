// Models that cannot be built, and what is said of them.

import MixedModel
import Tables
import TestSupport
import Testing

@Suite("A model that cannot be built is refused with the place and the mend")
struct ModelErrorTests {
  private func message(_ table: Table, _ formulas: String..., families: String) -> String? {
    do {
      _ = try makeModel(table, formulas, families: families)
      return nil
    } catch {
      return (error as? ModelError)?.message
    }
  }

  @Test("a response that its family cannot have, by its row in the table")
  func response() {
    var table = SyntheticData.table()
    // Row 4 of the data: the rows before it that are not used count.
    table["bad"] = .numeric((0..<90).map { $0 < 2 ? .nan : $0 == 3 ? -1 : 2 })
    #expect(
      message(table, "bad ~ x + (1 | g)", families: "poisson")?.hasPrefix(
        "outcome 'bad', row 4: poisson needs whole numbers from 0 up, and this is -1") == true)
  }

  @Test("a formula for a parameter that the family has not")
  func parameter() {
    #expect(
      message(SyntheticData.table(), "bf(c ~ x, sigma ~ z)", families: "poisson")
        == "the family poisson of 'c' has no parameter 'sigma'; it has mu")
    #expect(
      message(SyntheticData.table(), "bf(c ~ x, sigma ~ z)", families: "nbinom2")
        == "the family negbinomial of 'c' has no parameter 'sigma'; it has mu, shape")
  }

  @Test("weights")
  func weights() {
    #expect(
      message(SyntheticData.table(), "y | weights(n) ~ x", families: "gaussian")
        == "weights(): not available yet for 'y'; leave them out")
  }

  @Test("more effects beside the leading factor than a dense corner can hold")
  func corner() {
    let count = 8001
    var table = SyntheticData.table(rows: count)
    table["other"] = SyntheticData.factor(Array(0..<count), prefix: "o", count: count)
    #expect(
      message(table, "y ~ (1 | row) + (1 | other)", families: "gaussian")
        == "the grouping factors beside 'row' have 8001 random effects, more than 8000; leave a factor "
        + "out or merge its levels")
  }
}
