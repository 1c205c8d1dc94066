// How the programs were built: what a report of a bug should name beside the version.

import Glibc

/// How the programs were built.
package enum BuildFacts {
  /// The text of `--version`: the program and its version on the first line, then a fact a line.
  package static func versionText(program: String, libraries: [String] = []) -> String {
    (["\(program) \(programVersion)"] + facts + libraries).joined(separator: "\n")
  }

  private static var facts: [String] {
    let commit = commit.map { ["commit: \($0)"] } ?? []
    return commit + ["compiler: \(compiler), \(mode) build", "target: \(target)"]
  }

  /// The commit that `make install` wrote beside the installed programs; nil in a build that was not
  /// installed, as a package cannot ask for its commit.
  private static var commit: String? {
    guard let program = WorkerLauncher.runningProgram() else { return nil }
    let path = FileSystem.parent(of: program) + "/../share/mglmm-tui/commit"
    guard let bytes = try? FileSystem.read(path, limit: 200) else { return nil }
    let line = cleanText(String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self))
    return line.isEmpty ? nil : line
  }

  private static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift before 6.3"
    #endif
  }

  private static var mode: String {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }

  private static var target: String {
    #if arch(x86_64) && HAVE_FMA
      "x86-64-v3 (AVX2, FMA, BMI2), Linux"
    #elseif arch(x86_64)
      "x86-64, Linux"
    #elseif arch(arm64)
      "arm64, Linux"
    #else
      "another processor, Linux"
    #endif
  }
}
