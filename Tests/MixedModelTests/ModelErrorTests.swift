// Models that cannot be built, and what is said of them.

import MixedModel
import Probability
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

  @Test(
    "more effects beside the leading factor than a dense corner can hold, in a design that needs one"
  )
  func corner() {
    // Each of 8001 levels meets ten of 8101 others in no order: their matrix fills in.
    var stream = RandomStream(seed: 1)
    let count = 81_010
    var table = SyntheticData.table(rows: count)
    table["one"] = SyntheticData.factor((0..<count).map { $0 % 8101 }, prefix: "a", count: 8101)
    table["two"] = SyntheticData.factor(
      (0..<count).map { $0 < 8001 ? $0 : stream.nextInt(below: 8001) }, prefix: "b", count: 8001)
    #expect(
      message(table, "y ~ (1 | one) + (1 | two)", families: "gaussian")
        == "the 8001 random effects of the grouping factors beside 'one' are tied together by the data, and "
        + "at most 8000 such effects can be fitted; leave a factor out or merge its levels")
  }
}
