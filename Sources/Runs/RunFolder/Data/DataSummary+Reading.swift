// Reads data.csv of a run, no more of it than can be read while a key waits, into a summary.

import Glibc
import Tables

extension DataSummary {
  /// The most bytes of data.csv that are read: some tens of milliseconds.
  package static let byteLimit = 4 << 20
  /// The bins of small histograms.
  static let binCount = 10

  /// The summary of the data of a run.
  ///
  /// - Parameters:
  ///   - factors: numeric columns that the model takes as factors.
  ///   - source: the data file that the user gave.
  /// - Throws: when data.csv is not there or is not a table.
  package init(
    of folder: RunFolder, factors: Set<String>, source: String?, limit: Int = byteLimit
  ) throws(RunError) {
    let path = folder.dataPath
    let size = try asRunError { () throws(FileError) in
      try FileSystem.status(path).map { Int($0.st_size) }
    }
    guard let size else { throw .file(FileError("read", path, code: ENOENT)) }
    var bytes = try asRunError { () throws(FileError) in
      try FileSystem.read(path, limit: limit)
    }
    let isComplete = bytes.count >= size
    if !isComplete, let end = bytes.lastIndex(of: 0x0A) { bytes.removeSubrange((end + 1)...) }
    let table: Table
    do throws(TableError) {
      table = try DelimitedFile.parse(bytes.span, file: path)
    } catch {
      throw .malformed(
        path: path, line: error.line ?? 0, column: error.column ?? 0, message: error.message)
    }
    var sourceBytes: Int?
    if let source {
      sourceBytes = try asRunError { () throws(FileError) in
        try FileSystem.status(source).map { Int($0.st_size) }
      }
    }
    self.init(table, factors: factors, isComplete: isComplete, sourceBytes: sourceBytes)
  }

  /// The summary of a table.
  package init(
    _ table: Table, factors: Set<String>, isComplete: Bool = true, sourceBytes: Int? = nil
  ) {
    self.init(
      rows: table.rowCount, isComplete: isComplete, sourceBytes: sourceBytes,
      columns: table.names.compactMap { name in
        table[name].map { ColumnSummary(name, $0, isFactor: factors.contains(name)) }
      })
  }
}

extension ColumnSummary {
  fileprivate init(_ name: String, _ column: Column, isFactor: Bool) {
    switch column {
    case .factor(let factor):
      var counts = Array(repeating: 0, count: factor.levels.count)
      for code in factor.codes where code >= 0 { counts[Int(code)] += 1 }
      self.init(
        name: name, missing: factor.codes.count { $0 < 0 },
        content: .levels(zip(factor.levels, counts).map { LevelCount(name: $0, count: $1) }))
    case .numeric(let values):
      let known = values.filter { !$0.isNaN }.sorted()
      let content: Content =
        known.isEmpty
        ? .empty
        : isFactor
          ? .levels(Self.levels(known))
          : known.allSatisfy { $0 == 0 || $0 == 1 } && known.first != known.last
            ? .binary(ones: known.count { $0 == 1 }) : .numbers(NumberSummary(sorted: known))
      self.init(name: name, missing: values.count - known.count, content: content)
    }
  }

  private static func levels(_ sorted: [Double]) -> [LevelCount] {
    var levels: [LevelCount] = []
    var last = Double.nan
    for value in sorted {
      if value != last {
        let isWhole = value == value.rounded() && abs(value) < 1e15
        levels.append(LevelCount(name: isWhole ? "\(Int(value))" : "\(value)", count: 0))
        last = value
      }
      levels[levels.count - 1].count += 1
    }
    return levels
  }
}

extension NumberSummary {
  /// The summary of numbers in ascending order, at least one.
  fileprivate init(sorted values: [Double]) {
    let count = values.count
    // Quantiles of type 7, as R has them by default.
    func quantile(_ share: Double) -> Double {
      let place = share * Double(count - 1)
      let below = Int(place)
      let above = min(below + 1, count - 1)
      return values[below] + (place - Double(below)) * (values[above] - values[below])
    }
    let mean = values.reduce(0) { $0 + $1 / Double(count) }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let (low, high) = (values[0], values[count - 1])
    var bins = Array(repeating: 0, count: low < high ? DataSummary.binCount : 1)
    let width = (high / 2 - low / 2) / Double(bins.count)
    for value in values {
      let place = width > 0 ? Int((value / 2 - low / 2) / width) : 0
      bins[min(max(0, place), bins.count - 1)] += 1
    }
    self.init(
      minimum: low, lowerQuartile: quantile(0.25), median: quantile(0.5),
      upperQuartile: quantile(0.75), maximum: high, mean: mean,
      standardDeviation: count > 1 ? (squares / Double(count - 1)).squareRoot() : .nan,
      bins: bins)
  }
}
