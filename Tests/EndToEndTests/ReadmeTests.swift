// The README says what is so.

import Dashboard
import Foundation
import Testing

@Suite("The README says what is so")
struct ReadmeTests {
  private func readme() throws -> String {
    try String(
      contentsOf: Programs.repository.appendingPathComponent("README.md"), encoding: .utf8)
  }

  @Test("its table of keys is the one that the dashboard is made from")
  func keys() throws {
    #expect(
      try readme().contains(KeyTable.markdown()),
      "put this into the README:\n\(KeyTable.markdown())")
  }

  @Test("its pictures of the dashboard are what `show` draws of the recorded run")
  func pictures() throws {
    let scratch = try Scratch()
    let text = try readme()
    let commands = text.matches(of: /(?m)^\$ mglmm-tui (show .*)$/)
    #expect(commands.count == 2)
    for command in commands {
      let arguments = command.1.split(separator: " ").map { word in
        word.hasPrefix("demo-data/")
          ? Programs.repository.appendingPathComponent(String(word)).path : String(word)
      }
      let shown = try Programs.run("mglmm-tui", arguments, in: scratch)
      #expect(shown.code == 0, "\(shown.report)")
      let trimmed = shown.output.split(separator: "\n", omittingEmptySubsequences: false)
        .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
        .joined(separator: "\n")
      #expect(text.contains(trimmed), "put this into the README:\n\(trimmed)")
    }
  }

  @Test("every folder of its map is there, and every folder of the sources is on it")
  func map() throws {
    let text = try readme()
    let named = text.matches(of: /\| `((?:Sources|Tests|themes|demo-data|Benchmarks)[^`]*)`/)
      .map { String($0.1) }
    for folder in named {
      var isFolder: ObjCBool = false
      let path = Programs.repository.appendingPathComponent(folder).path
      #expect(FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), "\(folder)")
    }
    let sources = Programs.repository.appendingPathComponent("Sources").path
    for wing in try FileManager.default.contentsOfDirectory(atPath: sources) {
      #expect(named.contains("Sources/\(wing)"), "\(wing)")
    }
  }
}
