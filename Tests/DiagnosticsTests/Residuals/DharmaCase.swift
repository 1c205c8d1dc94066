// One reference case of simulated residuals: data, simulations and DHARMa's results.

import Foundation
import Testing

@testable import Diagnostics

/// A case of `Golden/dharma`.
struct DharmaCase {
  static let all = [
    "poisson_ok", "poisson_overdispersed", "poisson_zero_inflated", "poisson_mixed", "gaussian_ok",
    "gaussian_small", "gaussian_misfit", "binomial", "bernoulli",
  ]

  let results: [String: Any]
  private let columns: [String: [String]]
  private let name: String

  init(_ name: String) throws {
    let cases = try #require(GoldenFile.json("dharma/dharma.json")["cases"] as? [String: Any])
    self.name = name
    results = try #require(cases[name] as? [String: Any])
    columns = try GoldenFile.columns("dharma/\(name)-obs.csv")
  }

  func text(_ name: String) throws -> [String] { try #require(columns[name]) }

  /// The codes of a column's levels in the order of R, which is that of their bytes.
  func codes(_ name: String) throws -> [Int] {
    let values = try text(name)
    let levels = Set(values).sorted()
    return values.map { value in levels.firstIndex(of: value) ?? -1 }
  }

  func numbers(_ path: String...) throws -> [Double] {
    var value: Any = results
    for key in path { value = try #require((value as? [String: Any])?[key]) }
    return try #require(value as? [Double])
  }

  func column(_ name: String) throws -> [Double] {
    try #require(columns[name]).map(GoldenFile.number)
  }

  /// The residuals from the stored bounds and uniform numbers.
  func residuals() throws -> SimulatedResiduals {
    SimulatedResiduals(
      lower: try column("lower"), upper: try column("upper"), fitted: try column("fitted"),
      uniforms: try column("u"), simulations: 250, seed: 123, conditional: false)
  }

  func input() throws -> ResidualInput {
    try ResidualInput(
      observed: try column("y"), fitted: try column("fitted"),
      simulations: try GoldenFile.columnMajor("dharma/\(name)-sims.csv"),
      isDiscrete: results["integer_response"] as? Bool ?? false)
  }

  func result(_ path: String...) throws -> Any {
    var value: Any = results
    for key in path { value = try #require((value as? [String: Any])?[key]) }
    return value
  }

  func number(_ path: String...) throws -> Double {
    var value: Any = results
    for key in path { value = try #require((value as? [String: Any])?[key]) }
    return try #require(value as? NSNumber).doubleValue
  }
}

extension Alternative {
  /// The name that R gives to the alternative.
  var nameInR: String {
    switch self {
    case .twoSided: "two.sided"
    case .greater: "greater"
    case .less: "less"
    }
  }
}
