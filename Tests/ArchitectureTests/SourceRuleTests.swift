// The rules of the house for source files and for the top level of the repository.

import Testing

@Suite("Every source file keeps the rules of the house")
struct SourceRuleTests {
  private let sources = Repository.swiftFiles(below: "Sources")
  private let tests = Repository.swiftFiles(below: "Tests")

  @Test("a file begins with a sentence that says what it is for")
  func firstLine() {
    for file in sources {
      let first = file.lines.first ?? ""
      #expect(first.wholeMatch(of: /\/\/ [A-Z].*[.:!?]/) != nil, "\(file.path): \(first)")
    }
  }

  @Test("a file has at most 400 lines, and half of them have fewer than 200")
  func length() {
    #expect(!sources.isEmpty && !tests.isEmpty)
    for file in sources + tests {
      #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count - 1) lines")
    }
    let lengths = sources.map(\.lines.count).sorted()
    #expect(lengths[lengths.count / 2] < 200)
  }

  @Test("nothing is public: other targets see what is package")
  func nothingIsPublic() {
    for file in sources {
      for (number, line) in file.code.enumerated() {
        let isPublic = line.contains(/^\s*(@\w+(\([^)]*\))?\s+)*public\b/)
        #expect(!isPublic, "\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test("mathematics does not print")
  func mathematicsDoesNotPrint() {
    for file in sources
    where file.path.hasPrefix("Sources/Ground/") || file.path.hasPrefix("Sources/Statistics/") {
      for (number, line) in file.code.enumerated() {
        let prints = line.contains(/(^|[^\w.])(print|debugPrint|dump|puts|printf)\(/)
        #expect(!prints, "\(file.path):\(number + 1): \(line)")
      }
    }
  }

  @Test("the top level holds what the design names and nothing else")
  func topLevel() throws {
    let expected: Set = [
      "Package.swift", "Sources", "Tests", "themes", "demo-data", "README.md", "Makefile",
      "CHANGELOG.md", "LICENSE", "bench",
    ]
    // The resolved versions are written by the package manager, and names with a dot serve tools.
    let found = try Repository.topLevel().filter { !$0.hasPrefix(".") && $0 != "Package.resolved" }
    #expect(found == expected)
  }
}
