// Reads the reference data of this target.

import Foundation
import Testing

/// The files under `Golden`.
enum GoldenFile {
  /// A JSON object.
  static func json(_ name: String) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url(name)))
    return try #require(object as? [String: Any])
  }

  /// The columns of a CSV file as text.
  static func columns(_ name: String) throws -> [String: [String]] {
    let lines = try String(contentsOf: url(name), encoding: .utf8).split(separator: "\n")
    let names = lines[0].split(separator: ",").map(String.init)
    var columns: [String: [String]] = [:]
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      for (name, field) in zip(names, fields) {
        columns[name, default: []].append(field.trimmingCharacters(in: .whitespaces))
      }
    }
    return columns
  }

  /// The rows of a CSV file of numbers, without its header, flat, one column after another.
  static func columnMajor(_ name: String) throws -> [Double] {
    let lines = try String(contentsOf: url(name), encoding: .utf8).split(separator: "\n")
    let rows = lines.dropFirst().map { $0.split(separator: ",").map { number(String($0)) } }
    return (0..<rows[0].count).flatMap { column in rows.map { $0[column] } }
  }

  /// A number as R writes it.
  static func number(_ text: String) -> Double {
    switch text {
    case "NA", "NaN": .nan
    case "Inf": .infinity
    case "-Inf": -.infinity
    default: Double(text.trimmingCharacters(in: .whitespaces)) ?? .nan
    }
  }

  private static func url(_ name: String) throws -> URL {
    try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: nil))
  }
}

/// Whether two numbers agree to a relative tolerance.
func agree(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
  abs(a - b) <= tolerance * max(abs(a), abs(b), .leastNormalMagnitude)
}
