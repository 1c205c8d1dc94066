// Data files as the setup reads them: big ones in part, hostile names harmless, folders bounded.

import Foundation
import TerminalCore
import Testing

@testable import Dashboard

/// A folder of its own for each test, gone when the test ends.
final class SetupFolder {
  let path = NSTemporaryDirectory() + "mglmm-setup-\(UUID().uuidString)"

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  func write(_ name: String, _ text: String) throws -> String {
    try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    return "\(path)/\(name)"
  }
}

@Suite("Data files are looked at in bounded time, whatever is in them")
struct DataReadingTests {
  @Test("a file within the limit is read whole, a bigger one up to its last whole row")
  func sample() throws {
    let folder = try SetupFolder()
    // Rows of 8 bytes, the header 4: 100 bytes hold 12 rows and no half one.
    let rows = (0..<50).map { _ in "1.5,abc\n" }.joined()
    let path = try folder.write("d.csv", "x,g\n" + rows)
    let whole = try DataProfile.read(path)
    #expect(whole.rows == 50 && !whole.isSample && whole.bytes == 404)
    let part = try DataProfile.read(path, limit: 100)
    #expect(part.rows == 12 && part.isSample && part.bytes == 404)
    #expect(part.columns.map(\.name) == ["x", "g"])
  }

  @Test("a sample does not end inside a quoted field with line breaks")
  func quotes() throws {
    let folder = try SetupFolder()
    let path = try folder.write("d.csv", "x,g\n1,\"a\nb\"\n2,\"c\nd\"\n3,\"e\nf\"\n")
    // 24 bytes end within the second field, after a line break that belongs to it.
    let part = try DataProfile.read(path, limit: 18)
    #expect(part.rows == 1 && part.isSample)
  }

  @Test("tabs by the ending of the name; a file that is no table is told in one line")
  func formats() throws {
    let folder = try SetupFolder()
    #expect(try DataProfile.read(folder.write("d.tsv", "a\tb\n1\t2,3\n")).columns.count == 2)
    #expect(throws: DataFault.self) { try DataProfile.read(folder.write("e.csv", "")) }
    #expect(throws: DataFault.self) { try DataProfile.read("\(folder.path)/none.csv") }
    let ragged = try folder.write("r.csv", "a,b\n1\n")
    do {
      _ = try DataProfile.read(ragged)
      Issue.record("a ragged file was read")
    } catch {
      #expect(error.description.contains("r.csv:2:"))
      #expect(!error.description.contains("\n"))
    }
  }

  @Test(
    "escape sequences and bidirectional marks in names of columns and files never reach the screen")
  func hostile() throws {
    let folder = try SetupFolder()
    let path = try folder.write(
      "d.csv", "\u{1B}[2Jy,\u{202E}x,身長,g\u{7}\n1,2,3,a\n2,3,4,b\n")
    let profile = try DataProfile.read(path)
    #expect(profile.columns.map(\.name) == ["\u{FFFD}[2Jy", "\u{FFFD}x", "身長", "g\u{FFFD}"])
    let file = DataFile(path: "evil\u{1B}]0;title\u{7}.csv", bytes: 1)
    #expect(!file.name.unicodeScalars.contains { $0.value < 32 })
    let world = Setup.world(profile)
    world.files = [file]
    let screens = [
      Setup("evil\u{1B}[31m.csv", world: world, keys("y j j x")), Setup(world: world, []),
    ]
    for session in screens {
      for frame in session.screen.frames {
        #expect(
          frame.asText().unicodeScalars.allSatisfy { $0 == "\n" || displayWidth(of: $0) != nil })
      }
    }
    #expect(screens[0].text.contains("身長"))
    #expect(screens[0].formula == "`\u{FFFD}[2Jy` ~ 身長")
  }

  @Test("a folder's data files are found by their endings, draws by their beginning")
  func folder() throws {
    let folder = try SetupFolder()
    for name in ["b.tsv", "a.csv", "c.txt", "d.dat", "e.png", ".hidden.csv"] {
      _ = try folder.write(name, "a,b\n1,2\n")
    }
    _ = try folder.write("fit-1.csv", "# model = m\nlp__,x\n")
    _ = try folder.write("fit-2.csv", "lp__,x\n")
    _ = try folder.write("other-1.csv", "lp__,x\n")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/folder.csv", withIntermediateDirectories: true)
    let listed = ListedFiles.read(folder.path)
    #expect(
      listed.files.map(\.name) == [
        "a.csv", "b.tsv", "c.txt", "d.dat", "fit-1.csv", "fit-2.csv", "other-1.csv",
      ])
    #expect(listed.files.filter(\.holdsDraws).count == 3)
    let chains = listed.chains(with: listed.files[4])
    #expect(chains.map { $0.split(separator: "/").last ?? "" } == ["fit-1.csv", "fit-2.csv"])
    #expect(ListedFiles.read("/no/such/folder").problem != nil)
  }

  @Test("of a folder of a thousand files five hundred are listed, and it says so")
  func bounded() throws {
    let folder = try SetupFolder()
    for number in 0..<1000 {
      FileManager.default.createFile(atPath: "\(folder.path)/f\(number).csv", contents: nil)
    }
    let listed = ListedFiles.read(folder.path)
    #expect(listed.files.count == 500 && listed.isCut)
  }

  @Test("what is read in the background arrives once")
  func background() async throws {
    let pending = Background { 42 }
    var value: Int?
    for _ in 0..<1000 where value == nil {
      value = pending.take()
      if value == nil { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(value == 42 && pending.take() == nil)
    let ready = Immediate("x")
    #expect(ready.take() == "x" && ready.take() == nil)
  }
}
