// The repository around the tests: its top level, its Swift files, and other programs run on it.

import Foundation
import Testing

/// A file of Swift source and the few facts that the rules are about.
struct SourceFile: Sendable, CustomTestStringConvertible {
  /// The path below the root of the repository.
  let path: String
  let lines: [Substring]

  var testDescription: String { path }

  /// The lines without comments, good enough for rules about words at their start.
  var code: [Substring] {
    lines.map { line in
      line.range(of: "//").map { line[..<$0.lowerBound] } ?? line
    }
  }

  /// The modules that the file imports.
  var imports: Set<String> {
    let importLine =
      /^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(?<module>\w+)/
    return Set(code.compactMap { $0.firstMatch(of: importLine).map { String($0.module) } })
  }
}

enum Repository {
  /// The root of the package, found from this file.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All Swift files below a folder of the repository, by path.
  static func swiftFiles(below folder: String) -> [SourceFile] {
    let base = root.appendingPathComponent(folder)
    let paths = FileManager.default.enumerator(atPath: base.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
      guard
        let text = try? String(contentsOf: base.appendingPathComponent(path), encoding: .utf8)
      else { return nil }
      return SourceFile(
        path: "\(folder)/\(path)",
        lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }

  /// The names at the top level that belong to the project: what git knows, or every file outside a git repository.
  static func topLevel() throws -> Set<String> {
    let listing = try output(of: ["git", "-C", root.path, "ls-files", "-z"])
    let paths =
      if let listing {
        listing.split(separator: "\0").map(String.init)
      } else {
        try FileManager.default.contentsOfDirectory(atPath: root.path)
      }
    return Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
  }

  /// What a program on PATH writes to standard output; nil when it fails.
  static func output(of command: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
