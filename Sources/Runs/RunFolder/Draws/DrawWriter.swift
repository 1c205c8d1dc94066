// Writes the draws of one chain as CmdStan CSV: append only, nothing lost, nothing written twice.

import Glibc
import Synchronization

/// Writes the draws of one chain as CmdStan CSV.
///
/// `append` only formats into memory; `flush`, called on a timer or every so many draws, writes all that waits with one system call.
/// When writing fails, all of it goes on waiting and a later `flush` tries again. Both may be called
/// from different threads. The lines between warm-up and sampling are written by themselves, so the
/// same draws give the same file however often the run was interrupted.
package final class DrawWriter: Sendable {
  fileprivate struct State: ~Copyable {
    var file: AppendFile
    var header: DrawHeader
    var fields: DrawHeader.Fields
    /// Draws in the file or waiting.
    var draws: Int
    var committedDraws: Int
    var hasAdaptation: Bool
  }

  private let state: Mutex<State>

  /// Begins a file, which must not be there yet; the header waits for the first `flush`.
  package convenience init(path: String, header: DrawHeader) throws(FileError) {
    try self.init(creating: path, header: header, write: AppendFile.systemWrite)
  }

  /// Begins the file of a chain that has no checkpoint, in place of what a worker left that died before the first one.
  ///
  /// A file that no worker has written is not touched: that it is there is an error.
  package convenience init(beginning path: String, header: DrawHeader) throws(FileError) {
    try self.init(
      creating: path, header: header, replacing: header.began(path),
      write: AppendFile.systemWrite)
  }

  /// As the public one, with another system call for tests of failing disks.
  init(
    creating path: String, header: DrawHeader, replacing: Bool = false,
    write: @escaping AppendFile.Write
  ) throws(FileError) {
    var file = try AppendFile(creating: path, replacing: replacing, write: write)
    var fields = DrawHeader.Fields()
    file.append { fields = header.write(to: &$0) }
    state = Mutex(
      State(
        file: file, header: header, fields: fields, draws: 0, committedDraws: 0,
        hasAdaptation: false))
  }

  /// Opens a file of an interrupted run, cut back to its first `draws` draws (warm-up included).
  ///
  /// `header` may plan more draws than before. Throws `malformed` when the file has fewer draws than
  /// `draws`, or other columns than `header`.
  package init(resuming path: String, header: DrawHeader, draws: Int) throws(RunError) {
    state = Mutex(try Self.resumed(path, header, draws))
  }

  private static func resumed(
    _ path: String, _ header: DrawHeader, _ draws: Int
  ) throws(RunError) -> State {
    var state = try asRunError { () throws(FileError) in
      // A missing file must not be made: its draws would be missing from the run.
      guard FileSystem.exists(path) else { throw FileError("resume", path, code: ENOENT) }
      return State(
        file: try AppendFile(continuing: path), header: header, fields: DrawHeader.Fields(),
        draws: draws, committedDraws: draws, hasAdaptation: false)
    }
    let scan = try asRunError { () throws(FileError) in
      try DrawFileScan(of: state.file, draws: draws)
    }
    let columns = DrawStatistics.names + ColumnNames(names: header.names).columns
    guard scan.columnLine == Array(columns.joined(separator: ",").utf8) else {
      throw .malformed(
        path: path, line: 0, column: 0, message: "the columns are not those of the model")
    }
    guard scan.draws == draws, scan.fields.samples > 0, scan.fields.warmup > 0 else {
      throw .malformed(
        path: path, line: 0, column: 0,
        message: "\(scan.draws) draws where the checkpoint has \(draws)")
    }
    state.fields = scan.fields
    state.hasAdaptation = scan.hasAdaptation
    do throws(FileError) {
      try state.file.truncate(to: scan.length)
      try state.writePlan(warmup: header.warmup, draws: header.draws)
    } catch { throw .file(error) }
    return state
  }

  /// Adds a draw, its values in the order of the header's names, to what waits; no system call.
  package func append(_ statistics: DrawStatistics, _ values: Span<Double>) {
    state.withLock { $0.append(statistics, values) }
  }

  /// Adds a draw, its values in the order of the header's names, to what waits; no system call.
  package func append(_ statistics: DrawStatistics, _ values: [Double]) {
    append(statistics, values.span)
  }

  /// Writes all that waits; when it throws, nothing is lost and the next call tries again.
  package func flush() throws(FileError) {
    try state.withLock { (state: inout State) throws(FileError) in try state.commit() }
  }

  /// Writes all that waits and makes it survive a crash of the machine: before a checkpoint is written.
  package func synchronize() throws(FileError) {
    try state.withLock { (state: inout State) throws(FileError) in
      try state.commit()
      try state.file.synchronize()
    }
  }

  /// Cuts the file, and what waits, back to its first `draws` draws.
  package func truncate(toDraws draws: Int) throws(FileError) {
    try state.withLock { (state: inout State) throws(FileError) in
      try state.commit()
      let scan = try DrawFileScan(of: state.file, draws: draws)
      precondition(scan.draws == draws, "fewer draws than are to remain")
      try state.file.truncate(to: scan.length)
      state.draws = draws
      state.committedDraws = draws
      state.hasAdaptation = scan.hasAdaptation
    }
  }

  /// Ends the file: the seconds spent, and the true numbers of iterations where a run ended early or was extended.
  package func finish(warmupSeconds: Double, samplingSeconds: Double) throws(FileError) {
    try state.withLock { (state: inout State) throws(FileError) in
      state.file.append {
        DrawHeader.writeTimes(warmup: warmupSeconds, sampling: samplingSeconds, to: &$0)
      }
      try state.commit()
      let warmup = min(state.draws, state.header.warmupRows)
      let thin = state.header.thin
      try state.writePlan(
        warmup: warmup < state.header.warmupRows ? warmup * thin : state.header.warmup,
        draws: (state.draws - warmup) * thin)
    }
  }

  /// The draws so far, warm-up included, written or waiting.
  package var drawCount: Int { state.withLock { $0.draws } }
  /// The draws that are known to be in the file.
  package var committedDrawCount: Int { state.withLock { $0.committedDraws } }
  /// The bytes that wait.
  package var pendingByteCount: Int { state.withLock { $0.file.pending.bytes.count } }
}

extension DrawWriter.State {
  mutating func append(_ statistics: DrawStatistics, _ values: Span<Double>) {
    precondition(values.count == header.names.count, "a value for each name")
    let header = header
    let beginsSampling = !hasAdaptation && draws >= header.warmupRows
    file.append { out in
      if beginsSampling { header.writeAdaptation(stepSize: statistics.stepSize, to: &out) }
      out.append(statistics.logDensity)
      out.append(",")
      out.append(statistics.acceptance)
      out.append(",")
      out.append(statistics.stepSize)
      out.append(",")
      out.append(statistics.treeDepth)
      out.append(",")
      out.append(statistics.leapfrogSteps)
      out.append(statistics.isDivergent ? ",1," : ",0,")
      out.append(statistics.energy)
      for index in values.indices {
        out.append(byte: UInt8(ascii: ","))
        out.append(values[index])
      }
      out.append(byte: 0x0A)
    }
    hasAdaptation = hasAdaptation || beginsSampling
    draws += 1
  }

  mutating func commit() throws(FileError) {
    try file.commit()
    committedDraws = draws
  }

  /// Overwrites the numbers of iterations in the comments.
  func writePlan(warmup: Int, draws: Int) throws(FileError) {
    try file.overwrite(at: fields.samples, with: Array(DrawHeader.field(draws).utf8))
    try file.overwrite(at: fields.warmup, with: Array(DrawHeader.field(warmup).utf8))
  }
}
