// What can be asked of the residuals of a finished run beyond what it has stored.

import Diagnostics
import RunFolder
import Tables

/// How residuals are computed anew.
package struct ResidualOptions: Sendable, Equatable {
  /// Simulate with new random effects.
  package var isUnconditional = false
  /// The number of simulations; that of the run if nil.
  package var simulations: Int?
  /// The seed; that of the run if nil.
  package var seed: UInt64?
  /// Aggregate the rows of each level of this column first.
  package var group: String?
  /// How rows become one.
  package var aggregate = Aggregation.sum
  /// Columns to test the residuals along.
  package var against: [String] = []
  /// The column of times.
  package var time: String?
  /// The columns of coordinates.
  package var space: [String] = []
  /// Rotate by the covariance of the simulations first.
  package var isRotated = false
  /// Refits for the dispersion test; 0 for none.
  package var refits = 0
  /// Whether the sum of squared Pearson residuals is held against a chi-squared distribution.
  package var hasPearson = false

  /// Nothing asked.
  package init() {}
}

/// The columns of a run: those that its folder keeps, and those of the original file while it is the same.
struct RunColumns {
  private let run: FinishedRun
  private var original: Table?

  init(_ run: FinishedRun) { self.run = run }

  /// The column in all rows of the data.
  ///
  /// - Parameter option: what asked for it, for the error.
  mutating func column(_ name: String, for option: String) throws(FittingError) -> Column {
    if let column = run.prepared.table[name] { return column }
    let table = try originalTable(name, option)
    if let column = table[name] { return column }
    throw FittingError(
      "\(option) \(name): there is no column '\(name)' in \(run.request.dataPath); it has "
        + table.names.joined(separator: ", "), exitCode: 65)
  }

  private mutating func originalTable(
    _ name: String, _ option: String
  ) throws(FittingError) -> Table {
    if let original { return original }
    let path = run.request.dataPath
    let reason = "\(option) \(name): the run folder does not keep the column '\(name)', and \(path)"
    let hash: String
    do { hash = try SHA256.hexadecimal(ofFile: path) } catch {
      throw FittingError("\(reason) cannot be read any more; put the file back there", exitCode: 65)
    }
    guard hash == run.request.dataSHA256 else {
      throw FittingError(
        "\(reason) has been changed since the run; fit again to use its columns", exitCode: 65)
    }
    do {
      let table = try DelimitedFile.read(
        path: path,
        options: DelimitedFile.Options(
          factors: Set(run.request.factors), levels: PreparedModel.levels(run.request.levels)))
      original = table
      return table
    } catch {
      throw FittingError(error)
    }
  }
}
