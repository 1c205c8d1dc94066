// A column of a data file at a glance: its kind, what is missing, its distribution.

import Tables

/// What a column holds.
package enum ColumnKind: String, Sendable, Equatable {
  /// Nothing but missing values.
  case empty
  /// One value in all rows.
  case constant
  /// 0 and 1 alone.
  case zeroOne = "0/1"
  /// Whole numbers.
  case integer
  /// Numbers.
  case numeric
  /// Text, or numbers that are read as categories.
  case text

  /// Whether the values are numbers.
  package var isNumeric: Bool { self == .zeroOne || self == .integer || self == .numeric }
}

/// A level of a column with how often it stands there.
package struct LevelCount: Sendable, Equatable {
  package let name: String
  package let count: Int
}

/// Moments of a column's numbers; the variance has n − 1 below it, the skewness is the moment one, 0 for equal values.
package struct ColumnMoments: Sendable, Equatable {
  package var minimum = 0.0
  package var maximum = 0.0
  package var mean = 0.0
  package var variance = 0.0
  package var skewness = 0.0
  /// The share of zeros among the values.
  package var zeroShare = 0.0
}

/// A column at a glance.
package struct ColumnProfile: Sendable, Equatable {
  package let name: String
  package let kind: ColumnKind
  /// The rows looked at, missing ones included.
  package let rows: Int
  package let missing: Int
  /// How many different values there are.
  package let distinct: Int
  /// Rows in which the value differs from the one above, and 1 for the first: few where rows come in groups.
  package let runs: Int
  /// Of numbers; `nil` for text.
  package let moments: ColumnMoments?
  /// Counts in bins of equal width over the range of numbers, or of the most frequent levels.
  package let bins: [Int]
  /// The most frequent levels of text.
  package let levels: [LevelCount]

  /// Bins of a histogram of numbers.
  package static let binCount = 16
  /// Levels that are listed.
  package static let listedLevels = 16

  /// The values that are there.
  package var present: Int { rows - missing }

  /// A column of a table.
  package init(name: String, column: Column) {
    self.name = name
    rows = column.count
    switch column {
    case .numeric(let values):
      let present = values.filter { !$0.isNaN }
      missing = values.count - present.count
      let sorted = present.sorted()
      distinct = sorted.indices.count { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
      runs = Self.runs(of: values) { $0.isNaN ? nil : $0 }
      kind = Self.kind(of: sorted, distinct: distinct)
      moments = sorted.isEmpty ? nil : ColumnMoments(present, sorted)
      bins = Self.bins(of: sorted, kind: kind, distinct: distinct)
      levels = []
    case .factor(let factor):
      var counts = [Int](repeating: 0, count: factor.levels.count)
      for code in factor.codes where code >= 0 { counts[Int(code)] += 1 }
      missing = factor.codes.count { $0 < 0 }
      distinct = counts.count { $0 > 0 }
      runs = Self.runs(of: factor.codes) { $0 < 0 ? nil : $0 }
      kind = distinct == 0 ? .empty : distinct == 1 ? .constant : .text
      moments = nil
      let order = counts.indices.filter { counts[$0] > 0 }
        .sorted { (-counts[$0], $0) < (-counts[$1], $1) }.prefix(Self.listedLevels)
      levels = order.map { LevelCount(name: factor.levels[$0], count: counts[$0]) }
      bins = levels.map(\.count)
    }
  }

  private static func kind(of sorted: [Double], distinct: Int) -> ColumnKind {
    guard let first = sorted.first, let last = sorted.last else { return .empty }
    if distinct == 1 { return .constant }
    if distinct == 2, first == 0, last == 1 { return .zeroOne }
    return sorted.allSatisfy { $0 == $0.rounded() } ? .integer : .numeric
  }

  private static func runs<Value, Key: Equatable>(
    of values: [Value], key: (Value) -> Key?
  ) -> Int {
    var count = 0
    var last: Key?
    for value in values {
      guard let next = key(value) else { continue }
      if next != last { count += 1 }
      last = next
    }
    return count
  }

  /// A bin for each whole number where there are few, else bins of equal width.
  private static func bins(of sorted: [Double], kind: ColumnKind, distinct: Int) -> [Int] {
    guard let first = sorted.first, let last = sorted.last, last > first else {
      return sorted.isEmpty ? [] : [sorted.count]
    }
    let span = last - first
    let isCounted = kind != .numeric && span < Double(binCount)
    let count = isCounted ? Int(span) + 1 : binCount
    var bins = [Int](repeating: 0, count: count)
    for value in sorted {
      // Halves, so that the span of the largest doubles is no overflow.
      let place = isCounted ? value - first : (value / 2 - first / 2) / (span / 2) * Double(count)
      bins[min(max(Int(place.isFinite ? place : 0), 0), count - 1)] += 1
    }
    return bins
  }
}

extension ColumnMoments {
  /// Moments of values that are there, given also in order.
  fileprivate init(_ values: [Double], _ sorted: [Double]) {
    let n = Double(values.count)
    minimum = sorted[0]
    maximum = sorted[sorted.count - 1]
    mean = values.reduce(0) { $0 + $1 / n }
    var (second, third) = (0.0, 0.0)
    for value in values {
      let deviation = value - mean
      second += deviation * deviation
      third += deviation * deviation * deviation
    }
    variance = values.count > 1 ? second / (n - 1) : 0
    let spread = second / n
    let cube = spread * spread.squareRoot()
    skewness = cube > 0 && cube.isFinite ? third / n / cube : 0
    zeroShare = Double(values.count { $0 == 0 }) / n
  }
}
