// The draws of all chains as one table, a row for each draw.

import RunFolder
import Tables

/// Draws as a table of R's posterior package: `.chain`, `.iteration`, `.draw`, then a column for each parameter.
package enum DrawTable {
  /// Writes the draws after warm-up of a snapshot.
  ///
  /// - Throws: `WriteError` when the file cannot be written; nothing half-written stays behind.
  package static func write(_ snapshot: RunSnapshot, to path: String, delimiter: UInt8) throws {
    let names = snapshot.parameterNames
    var chain: [Double] = []
    var iteration: [Double] = []
    var columns = [[Double]](repeating: [], count: names.count)
    for draws in snapshot.chains {
      let kept = names.map { Array(draws.kept($0) ?? []) }
      let count = kept.first?.count ?? 0
      chain += Array(repeating: Double(draws.id), count: count)
      iteration += (0..<count).map { Double($0 + 1) }
      for index in names.indices { columns[index] += kept[index] }
    }
    let heads: [(name: String, column: Column)] = [
      (".chain", .numeric(chain)), (".iteration", .numeric(iteration)),
      (".draw", .numeric(chain.indices.map { Double($0 + 1) })),
    ]
    let table = Table(
      rowCount: chain.count,
      columns: heads + zip(names, columns).map { ($0.0, Column.numeric($0.1)) })
    try DelimitedWriter(delimiter: delimiter).write(table, to: path)
  }
}
