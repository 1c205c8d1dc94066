// The page of verdicts of a model of the suite: data to a file, fit to a folder, folder to page.

import Diagnostics
import Foundation
import Probability
import RunFolder
import Tables

@testable import Fitting

/// The page of verdicts of one model with the data of one seed.
struct SuitePage: Sendable {
  /// The model.
  let model: SuiteModel
  /// What the data were drawn with.
  let seed: UInt64
  /// The lines, the most serious first.
  let verdicts: [Verdict]
  /// The unadjusted p values by the names of their checks.
  let probabilities: [(check: String, p: Double)]
  /// The time that fit and page took.
  let seconds: Double

  /// Makes the data, fits the model and reads its page from the folder, as a user would.
  init(_ model: SuiteModel, seed: UInt64) throws {
    let begin = ContinuousClock().now
    let place = try TemporaryFolder()
    var stream = RandomStream(seed: seed, stream: 4)
    var request = RunRequest()
    request.dataPath = place.path + "/data.csv"
    request.formulas = model.formulas
    request.family = model.family
    request.seed = seed
    model.change(&request)
    try DelimitedWriter().write(model.data(&stream).table, to: request.dataPath)
    request.dataSHA256 = try SHA256.hexadecimal(ofFile: request.dataPath)
    let folder = RunFolder(path: place.path + "/run")
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try folder.write(request)
    _ = try FitJob(request, folder: folder, sink: NullSink()).run()
    try model.alter(folder)
    let run = try FinishedRun(path: folder.path)
    guard let original = run.originalTable() else { throw SuiteError.noOriginal(model.name) }
    let page = try CheckPage(run: run, original: original, seed: seed)
    self.model = model
    self.seed = seed
    verdicts = page.verdicts
    probabilities = page.entries.compactMap { entry in
      entry.probability.map { (entry.finding.check, $0) }
    }
    seconds = (ContinuousClock().now - begin).inSeconds
  }

  /// The line, counted from 1, that names the fault; nil where none does.
  var rank: Int? {
    verdicts.firstIndex { verdict in model.right.contains { $0.matches(verdict) } }.map { $0 + 1 }
  }

  /// Whether the fault stands among the first two lines.
  var isFound: Bool { rank.map { $0 <= 2 } ?? false }

  /// Lines on p values that warn or fail.
  var alarms: [Verdict] {
    verdicts.filter { $0.level >= .warning && $0.isAdjusted }
  }

  /// The first lines in short.
  func firstLines(_ count: Int) -> String {
    verdicts.prefix(count).map { verdict in
      let number = verdict.number.map { String(format: "%.2g", $0) } ?? "-"
      return
        "    \(verdict.level) \(verdict.check) [\(verdict.subject ?? "")] \(number) evidence \(String(format: "%.1f", verdict.evidence))"
    }.joined(separator: "\n")
  }

  /// The pages of many models, two at a time, in the order of the models.
  ///
  /// One of the two has a thread of its own: pages keep a thread busy for long, and tests that wait for other processes
  /// must not wait for all of them.
  static func all(_ wanted: [(model: SuiteModel, seed: UInt64)]) throws -> [SuitePage] {
    let pages = try ParallelMap.results(wanted.count, threads: 2) { index in
      Result { try SuitePage(wanted[index].model, seed: wanted[index].seed) }
    }
    return try pages.map { try $0.get() }
  }
}

extension Verdict {
  /// Whether its number is a p value that was adjusted for the page.
  var isAdjusted: Bool { source.hasSuffix("p adjusted for the page (Holm)") }
}

/// What cannot be in a test.
enum SuiteError: Error {
  /// The data file could not be read again.
  case noOriginal(String)
  /// A draws file has no such column.
  case noColumn(String)
}
