// The arrows between the rooms are those of the design, in the package and in every file.

import Testing

@Suite("No room knows more than the design allows")
struct ImportTableTests {
  @Test(
    "the package has the rooms of the design, in their folders, with no arrow more",
    .timeLimit(.minutes(2)))
  func packageHasOnlyAllowedArrows() throws {
    let targets = try PackageDescription.targets().filter { !$0.isForTests }
    // The benchmarks are the one room that need not stand.
    let names = Set(targets.map(\.name)).union(["mglmm-bench"])
    #expect(names == Set(rooms.keys))
    for target in targets {
      guard let room = rooms[target.name] else { continue }
      #expect(target.path == "Sources/\(room.wing)/\(target.name)")
      let surplus = target.dependencies.subtracting(room.mayKnow)
      #expect(surplus.isEmpty, "\(target.name) may not know \(surplus.sorted())")
    }
  }

  @Test("every test target lies in the folder of its name", .timeLimit(.minutes(2)))
  func testFolders() throws {
    let tests = try PackageDescription.targets().filter(\.isForTests)
    #expect(!tests.isEmpty)
    for target in tests { #expect(target.path == "Tests/\(target.name)") }
  }

  @Test("every file imports only what its room declares", .timeLimit(.minutes(2)))
  func filesImportOnlyDeclaredModules() throws {
    let targets = try PackageDescription.targets().filter { !$0.isForTests }
    var count = 0
    for target in targets {
      let known = target.dependencies.union(systemModules)
      for file in Repository.swiftFiles(below: target.path) {
        count += 1
        let surplus = file.imports.subtracting(known)
        #expect(surplus.isEmpty, "\(file.path) may not import \(surplus.sorted())")
      }
    }
    // Every file under Sources belongs to a target, so none escapes the rule.
    #expect(count == Repository.swiftFiles(below: "Sources").count)
    #expect(count > 0)
  }

  @Test("only CursesScreen imports curses")
  func cursesStaysInItsRoom() {
    for file in Repository.swiftFiles(below: "Sources") where file.imports.contains("CNcurses") {
      #expect(file.path.hasPrefix("Sources/Terminal/CursesScreen/"), "\(file.path)")
    }
  }

  @Test("the allowed arrows form no circle")
  func noCircles() {
    var rest = rooms.mapValues { $0.mayKnow.intersection(rooms.keys) }
    while let free = rest.first(where: { $0.value.isEmpty })?.key {
      rest[free] = nil
      rest = rest.mapValues { $0.subtracting([free]) }
    }
    #expect(rest.isEmpty)
  }

  @Test("imports are found behind attributes, access levels and kinds, and not in comments")
  func importsAreParsed() {
    let text = """
      // import A
      import B
      @testable import C
      @preconcurrency package import D
      import struct E.F
      @_spi(X) internal import G
      let important = 1
      """
    let file = SourceFile(path: "f.swift", lines: text.split(separator: "\n"))
    #expect(file.imports == ["B", "C", "D", "E", "G"])
  }
}
