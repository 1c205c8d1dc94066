// The log-likelihood matrices of the reference data, and their reference numbers.

import Foundation
import Testing

@testable import Diagnostics

/// One set of the reference data: an array of log densities, a draw each, for every observation.
struct LooCase {
  let logDensities: [[Double]]
  let reference: [String: Any]

  /// The set `normal`, `t4` or `hard`; "hard" is "normal" with observations 50 and 51 from its own file.
  init(_ name: String) throws {
    let sets = try #require(GoldenFile.json("loo.json")["sets"] as? [String: Any])
    reference = try #require(sets[name] as? [String: Any])
    logDensities = try #require(try Self.matrices.get()[name])
  }

  /// Read once: each file has 100,000 numbers.
  private static let matrices = Result { () throws -> [String: [[Double]]] in
    func columns(_ name: String) throws -> [[Double]] {
      let flat = try GoldenFile.columnMajor("loglik-\(name).csv")
      return stride(from: 0, to: flat.count, by: 1000).map { Array(flat[$0..<($0 + 1000)]) }
    }
    let normal = try columns("normal")
    let changed = try columns("hard")
    return [
      "normal": normal, "t4": try columns("t4"),
      "hard": Array(normal[..<49]) + changed + Array(normal[51...]),
    ]
  }

  /// The accuracy of all observations; draws independent, or of four chains of 250.
  func accuracy(chainCount: Int?) -> PredictiveAccuracy {
    var calculator = AccuracyCalculator(chainCount: chainCount, drawCount: logDensities[0].count)
    return PredictiveAccuracy(
      points: logDensities.map { calculator.accuracy(of: $0.span) },
      draws: logDensities[0].count)
  }

  /// The members of a part of the reference.
  func part(_ path: String...) throws -> [String: Any] {
    var object = reference
    for name in path { object = try #require(object[name] as? [String: Any]) }
    return object
  }

  /// A column of numbers; NaN where the reference has none.
  static func numbers(_ value: Any?) throws -> [Double] {
    try #require(value as? [Any]).map(number)
  }

  /// A number; NaN where the reference has none.
  static func number(_ value: Any?) -> Double {
    if let text = value as? String { return GoldenFile.number(text) }
    return (value as? NSNumber)?.doubleValue ?? .nan
  }
}
