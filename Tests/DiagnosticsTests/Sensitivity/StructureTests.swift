// Collinearity and contraction where they are known on paper.

import Foundation
import Testing

@testable import Diagnostics

@Suite("Collinearity of designs and identifiability from draws")
struct StructureTests {
  /// Two columns with correlation r: both factors are 1/(1 − r²), the condition index √((1 + r)/(1 − r)).
  @Test("of two columns")
  func pair() throws {
    let x = [1.0, -1, 1, -1]
    let z = [1.0, 1, -1, -1]
    // r = 0.8 exactly: 4x + 3z against x.
    let mixed = zip(x, z).map { 4 * $0 + 3 * $1 + 100 }
    let found = try #require(DesignCollinearity([x, mixed]))
    for factor in found.inflationFactors { #expect(abs(factor - 1 / (1 - 0.64)) < 1e-12) }
    #expect(abs(found.conditionIndex - 3) < 1e-12)
    let orthogonal = try #require(DesignCollinearity([x, z]))
    #expect(orthogonal.inflationFactors.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(abs(orthogonal.conditionIndex - 1) < 1e-12)
  }

  @Test("names the columns that determine each other")
  func singular() throws {
    let a = [1.0, 2, 3, 4, 5, 7]
    let b = [1.0, -1, 0, 2, 5, 1]
    let c = [0.0, 1, 0, 1, 1, -1]
    let found = try #require(DesignCollinearity([a, c, b, zip(a, b).map { $0 + $1 }]))
    #expect(found.conditionIndex == .infinity)
    #expect(found.weakestColumns == [0, 2, 3])
    #expect(found.inflationFactors.map { $0.isInfinite } == [true, false, true, true])
    #expect(DesignCollinearity([a]) == nil)
    #expect(DesignCollinearity([a, [1, 1, 1, 1, 1, 1]]) == nil)
  }

  @Test("a posterior half as wide as its prior has contracted by three quarters")
  func contraction() throws {
    let prior = (0..<101).map { Double($0) }
    let half = try #require(
      PosteriorIdentifiability.contraction(posterior: prior.map { $0 / 2 - 3 }, prior: prior))
    #expect(abs(half - 0.75) < 1e-12)
    #expect(PosteriorIdentifiability.contraction(posterior: prior, prior: prior) == 0)
    #expect(
      PosteriorIdentifiability.contraction(posterior: prior.map { _ in 1 }, prior: prior) == nil)
  }

  @Test("correlation of draws")
  func correlation() throws {
    let x = [1.0, -1, 1, -1]
    let z = [1.0, 1, -1, -1]
    let r = try #require(
      PosteriorIdentifiability.correlation(x, zip(x, z).map { 4 * $0 + 3 * $1 }))
    #expect(abs(r - 0.8) < 1e-12)
    #expect(PosteriorIdentifiability.correlation(x, [1, 1, 1, 1]) == nil)
  }
}
