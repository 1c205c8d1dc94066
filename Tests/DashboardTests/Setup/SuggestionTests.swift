// What is suggested for columns whose figures are known on paper; what is said of columns.

import Tables
import Testing

@testable import Dashboard

@Suite("Columns are summed up, and families and groups are suggested by rules in words")
struct SuggestionTests {
  private func numbers(_ values: [Double], _ name: String = "y") -> ColumnProfile {
    ColumnProfile(name: name, column: .numeric(values))
  }

  private func text(_ levels: [String], _ codes: [Int32], _ name: String = "g") -> ColumnProfile {
    ColumnProfile(name: name, column: .factor(Factor(levels: levels, codes: codes)))
  }

  @Test("moments, bins and counts of eight numbers and a missing one")
  func moments() throws {
    let column = numbers([2, 4, 4, 4, 5, 5, 7, 9, .nan])
    let moments = try #require(column.moments)
    // Sum 40 of 8; squared deviations 9 1 1 1 0 0 4 16 = 32, over 7; cubes -27 -1 -1 -1 0 0 8 64 = 42,
    // 42/8 over (32/8)^(3/2) = 8 is 0.65625.
    #expect(moments.mean == 5 && abs(moments.variance - 32.0 / 7) < 1e-12)
    #expect(abs(moments.skewness - 0.65625) < 1e-12)
    #expect(moments.minimum == 2 && moments.maximum == 9 && moments.zeroShare == 0)
    #expect(column.kind == .integer && column.distinct == 5 && column.missing == 1)
    #expect(column.runs == 5 && column.present == 8)
    #expect(column.bins == [1, 0, 3, 2, 0, 1, 0, 1], "a bin for each whole number from 2 to 9")
  }

  @Test("numbers far apart fall into bins of equal width, the largest doubles included")
  func bins() {
    let wide = numbers((0..<160).map { Double($0) + 0.5 })
    #expect(wide.bins == Array(repeating: 10, count: 16))
    let extreme = numbers([-1.7e308, 0.5, 1.7e308])
    #expect(extreme.bins.reduce(0, +) == 3 && extreme.bins[0] == 1 && extreme.bins[15] == 1)
  }

  @Test("levels are listed by how often they stand there")
  func levels() {
    let column = text(["a", "b", "c", "unused"], [0, 1, 1, 2, 2, 2, -1])
    #expect(column.levels.map(\.name) == ["c", "b", "a"] && column.bins == [3, 2, 1])
    #expect(column.distinct == 3 && column.missing == 1 && column.kind == .text)
  }

  @Test("kinds of columns")
  func kinds() {
    #expect(numbers([0, 1, 1, 0]).kind == .zeroOne)
    #expect(numbers([1, 2, 1]).kind == .integer)
    #expect(numbers([0.5, 2, 1]).kind == .numeric)
    #expect(numbers([3, 3, 3]).kind == .constant)
    #expect(numbers([.nan, .nan]).kind == .empty)
    #expect(text(["a"], [0, 0]).kind == .constant)
  }

  private func suggestion(
    _ column: ColumnProfile, families: [String] = FamilySuggestion.usualFamilies
  ) -> FamilySuggestion { FamilySuggestion(for: column, families: families) }

  @Test("0/1 and two categories are bernoulli")
  func binary() {
    let found = suggestion(numbers([0, 1, 1, 0, .nan]))
    #expect(found.choices.first == FamilyChoice("bernoulli"))
    #expect(found.reason == "0/1 -> bernoulli")
    #expect(found.choices.map(\.label).contains("bernoulli (probit)"))
    #expect(suggestion(text(["no", "yes"], [0, 1, 1])).choices.first?.family == "bernoulli")
  }

  @Test("counts are poisson or nbinom2 by the ratio of variance and mean")
  func counts() {
    // 0 0 0 20 0 0 0 20: mean 5, squared deviations 6 x 25 + 2 x 225 = 600, over 7 is 85.7: 17 times the mean.
    let spread = suggestion(numbers([0, 0, 0, 20, 0, 0, 0, 20]))
    #expect(spread.choices.map(\.family) == ["nbinom2", "poisson", "gaussian"])
    #expect(spread.reason == "counts, variance 17 times the mean -> nbinom2")
    // 0 1 2 3 4: mean 2, variance 10 / 4 = 2.5, 1.25 times the mean: 1.2 or 1.3 as halves are rounded.
    let even = suggestion(numbers([0, 1, 2, 3, 4]))
    #expect(even.choices.map(\.family) == ["poisson", "nbinom2", "gaussian"])
    #expect(even.reason.hasPrefix("counts, variance 1.") && even.reason.hasSuffix("-> poisson"))
  }

  @Test(
    "numbers are gaussian; positive skewed ones Gamma, or gaussian on the log where there is none")
  func numbers() {
    let symmetric = suggestion(numbers([-1.5, -0.5, 0.5, 1.5]))
    #expect(symmetric.choices == [FamilyChoice("gaussian")])
    #expect(symmetric.reason == "numbers, about symmetric -> gaussian")
    // 1.1 seven times and 9.1: mean 2.1, squared deviations 7 + 49 = 56, cubes -7 + 343 = 336;
    // 336/8 over (56/8)^(3/2) = 18.52 is 2.268.
    let skewed = numbers([1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 1.1, 9.1])
    let without = suggestion(skewed)
    #expect(without.choices.first == FamilyChoice("gaussian", takesLogarithm: true))
    #expect(
      without.reason
        == "positive, skewed (skewness 2.3), Gamma is not available -> gaussian on the log")
    let with = suggestion(skewed, families: FamilySuggestion.usualFamilies + ["gamma"])
    #expect(with.choices.first == FamilyChoice("Gamma", link: "log"))
    #expect(with.reason == "positive, skewed (skewness 2.3) -> Gamma (log)")
  }

  @Test("proportions are beta where there is one")
  func proportions() {
    let column = numbers([0.1, 0.4, 0.45, 0.8])
    let with = suggestion(column, families: FamilySuggestion.usualFamilies + ["beta"])
    #expect(with.reason == "0 to 1 proportions -> beta")
    #expect(
      suggestion(column).reason == "0 to 1 proportions, beta is not available -> gaussian")
  }

  @Test("whole numbers far from 0 are no counts")
  func farFromZero() {
    let found = suggestion(numbers([62, 150, 251, 340, 430]))
    #expect(found.choices.first == FamilyChoice("gaussian"))
    #expect(found.reason == "whole numbers far from 0 -> gaussian")
    #expect(suggestion(numbers([-3, 2, 1, 4])).reason == "whole numbers -> gaussian")
  }

  @Test("what cannot be an outcome is told why")
  func noOutcome() {
    #expect(suggestion(text(["a", "b", "c"], [0, 1, 2])).choices.isEmpty)
    #expect(suggestion(text(["a", "b", "c"], [0, 1, 2])).reason.contains("3 levels"))
    #expect(suggestion(numbers([3, 3])).reason.contains("one value"))
    #expect(suggestion(numbers([.nan])).reason.contains("no values"))
  }

  @Test("groups are text with repeated levels, or whole numbers in runs or named as identifiers")
  func groups() {
    let six = ["a", "b", "c", "d", "e", "f"]
    let codes = (0..<24).map { Int32($0 % 6) }
    #expect(text(six, codes).looksLikeGroup)
    #expect(!text(six, [0, 1, 2, 3, 4, 5]).looksLikeGroup, "no level is repeated")
    #expect(!text(["a", "b"], codes.map { $0 % 2 }).looksLikeGroup, "two levels are too few")
    let inRuns = (0..<24).map { Double($0 / 4) }
    let scattered = (0..<24).map { Double($0 * 5 % 6) }
    #expect(numbers(inRuns, "visits").looksLikeGroup)
    #expect(!numbers(scattered, "visits").looksLikeGroup)
    #expect(numbers(scattered, "school_id").looksLikeGroup)
    #expect(numbers((0..<9).map { Double($0 + 4) }).numbersRows)
    #expect(!numbers([1, 2, 4]).numbersRows)
  }
}
