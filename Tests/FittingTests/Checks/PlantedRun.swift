// Runs whose data were made with a fault that a check is to find.

import Fitting
import Foundation
import Probability
import RunFolder
import Tables

/// A fitted run of made-up data, read back from its folder, with all columns of the data.
struct PlantedRun {
  let run: FinishedRun
  let original: Table
  private let folder: TemporaryFolder

  /// A value of each column for each row.
  typealias Row = (inout RandomStream) -> [String]

  /// The run of a formula on rows of the named columns.
  init(
    _ formulas: [String], family: String, columns: [String], rows: [[String]],
    _ change: (inout RunRequest) -> Void = { _ in }
  ) throws {
    folder = try TemporaryFolder()
    let path = folder.path + "/data.csv"
    let lines = [columns.joined(separator: ",")] + rows.map { $0.joined(separator: ",") }
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path, atomically: true, encoding: .utf8)
    var request = RunRequest()
    request.dataPath = path
    request.formulas = formulas
    request.family = family
    request.method = .ml
    request.simulations = 50
    change(&request)
    let place = RunFolder(path: folder.path + "/run")
    try FileManager.default.createDirectory(
      atPath: place.path, withIntermediateDirectories: true)
    try place.write(request)
    _ = try FitJob(request, folder: place, sink: NullSink()).run()
    run = try FinishedRun(path: place.path)
    original = try DelimitedFile.read(path: path)
  }

  /// Rows of `groups` groups of `size` rows: each row gets its group's number, its group's effect (standard normal) and a
  /// covariate (standard normal).
  static func grouped(
    _ groups: Int, _ size: Int, seed: UInt64 = 7,
    _ row: (inout RandomStream, Int, Double, Double, Double) -> [String]
  ) -> [[String]] {
    var stream = RandomStream(seed: seed)
    var rows: [[String]] = []
    for group in 0..<groups {
      let (effect, slope) = (stream.nextNormal(), stream.nextNormal())
      for _ in 0..<size {
        let x = stream.nextNormal()
        rows.append(row(&stream, group, effect, slope, x))
      }
    }
    return rows
  }
}
