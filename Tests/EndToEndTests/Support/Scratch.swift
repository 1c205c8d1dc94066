// A folder of its own for each test, with runs, files and terminals in it; all gone at the end.

import Foundation
import Glibc

/// A folder for one test.
final class Scratch {
  let path: String
  private var files = 0

  init() throws {
    var template = Array("\(NSTemporaryDirectory())mglmm-e2e-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw TestFailure("no folder for a test: \(errno)") }
    let end = template.firstIndex(of: 0) ?? template.count
    path = String(decoding: template[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Ends the workers that a failed test may have left, and removes the folder.
  deinit {
    for run in (try? FileManager.default.contentsOfDirectory(atPath: runs)) ?? [] {
      let run = RunFiles("\(runs)/\(run)")
      if let worker = run.worker, run.isAlive { kill(worker, SIGKILL) }
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The private place for runs.
  var runs: String { "\(path)/runs" }

  /// What programs find in their environment: nothing of the user's settings.
  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path,
      "MGLMM_RUNS": runs, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "PS1": "$ ",
    ]
  }

  /// The path of a file that is not there yet.
  func newFile(_ name: String) -> String {
    files += 1
    return "\(path)/\(name)-\(files)"
  }

  /// A new file with a text.
  func write(_ text: String, as name: String) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }

  /// The run of a name.
  func run(_ name: String) -> RunFiles { RunFiles("\(runs)/\(name)") }
}

/// The files of a run folder, read as a script would.
struct RunFiles {
  let path: String
  init(_ path: String) { self.path = path }

  /// The process in `worker.lock`.
  var worker: Int32? {
    guard let data = FileManager.default.contents(atPath: "\(path)/worker.lock"),
      let lock = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
    else { return nil }
    return (lock["pid"] as? NSNumber)?.int32Value
  }

  /// Whether that process is alive and a worker still: process numbers are used again.
  var isAlive: Bool {
    guard let worker,
      let command = FileManager.default.contents(atPath: "/proc/\(worker)/cmdline"),
      let state = FileManager.default.contents(atPath: "/proc/\(worker)/stat")
    else { return false }
    return String(decoding: command, as: UTF8.self).contains("mglmm-fit")
      && !String(decoding: state, as: UTF8.self).contains(") Z ")
  }

  /// The bytes of all files of draws.
  var drawBytes: Int {
    chainNames.reduce(0) { sum, name in
      var status = stat()
      return sum + (stat("\(path)/\(name)", &status) == 0 ? Int(status.st_size) : 0)
    }
  }

  /// The lines of `events.ndjson`.
  var events: [[String: Any]] {
    guard let data = FileManager.default.contents(atPath: "\(path)/events.ndjson") else {
      return []
    }
    return data.split(separator: UInt8(ascii: "\n")).compactMap {
      (try? JSONSerialization.jsonObject(with: $0)) as? [String: Any]
    }
  }

  /// Whether an event of a kind has been written.
  func has(_ event: String) -> Bool { events.contains { $0["event"] as? String == event } }

  /// The names of the files of draws.
  var chainNames: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasPrefix("chain-") && $0.hasSuffix(".csv") }.sorted()
  }

  /// A chain's file as lines of bytes: the names of the columns and the draws, and the comments, which tell times.
  func chain(_ name: String) throws -> (draws: [ArraySlice<UInt8>], comments: [String]) {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let isComment = { (line: ArraySlice<UInt8>) in line.first == UInt8(ascii: "#") }
    return (
      lines.filter { !isComment($0) },
      lines.filter(isComment).map { String(decoding: $0, as: UTF8.self) }
    )
  }
}
