// Made-up data, written down row by row, and the draws that they are made of.

import Foundation
import Probability
import Tables

/// Made-up data: numbers and categories by the names of their columns.
struct DataSketch: Sendable {
  private var names: [String] = []
  private var numbers: [String: [Double]] = [:]
  private var categories: [String: [String]] = [:]

  /// The number of rows.
  private(set) var rowCount = 0

  /// Adds a row; every row has the same columns.
  mutating func append(
    _ row: KeyValuePairs<String, Double>, in groups: KeyValuePairs<String, String>
  ) {
    append(row.map { ($0.key, $0.value) }, in: groups.map { ($0.key, $0.value) })
  }

  /// Adds a row; every row has the same columns.
  mutating func append(_ row: [(String, Double)], in groups: [(String, String)]) {
    for (name, value) in row {
      if rowCount == 0 { names.append(name) }
      numbers[name, default: []].append(value)
    }
    for (name, value) in groups {
      if rowCount == 0 { names.append(name) }
      categories[name, default: []].append(value)
    }
    rowCount += 1
  }

  /// The data as a table.
  var table: Table {
    Table(
      rowCount: rowCount,
      columns: names.map { name in
        if let values = numbers[name] { return (name, Column.numeric(values)) }
        let values = categories[name] ?? []
        let levels = Set(values).sorted()
        let codes = Dictionary(uniqueKeysWithValues: zip(levels, Int32(0)...))
        return (name, .factor(Factor(levels: levels, codes: values.map { codes[$0] ?? -1 })))
      })
  }
}

/// What the data of the suite are drawn from.
extension RandomStream {
  /// 1 with a probability, else 0.
  mutating func nextBernoulli(_ probability: Double) -> Double {
    nextUniform() < probability ? 1 : 0
  }

  /// Student's t distribution.
  mutating func nextStudent(degrees: Double) -> Double {
    nextNormal() / (2 * nextGamma(shape: degrees / 2) / degrees).squareRoot()
  }

  /// Standard normal numbers.
  mutating func nextNormals(_ count: Int) -> [Double] {
    (0..<count).map { _ in nextNormal() }
  }

  /// A category of a few.
  mutating func nextCategory(_ names: [String]) -> String {
    names[nextInt(below: names.count)]
  }
}

/// The inverse of the logit link.
func logistic(_ eta: Double) -> Double { 1 / (1 + exp(-eta)) }
