// The themes there are, and the list from which one is chosen.

import Foundation
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Themes are gone through, chosen by name, or chosen from a list")
struct ThemeChoiceTests {
  @Test("t goes through all of them and comes back to the first")
  func next() {
    #expect(Session(SampleRun.live, keys("t")).state.theme.name == "dark")
    let count = BuiltInTheme.all.count
    let round = Session(
      SampleRun.live, keys(Array(repeating: "t", count: count).joined(separator: " ")))
    #expect(round.state.theme.name == "default")
    #expect(Session(SampleRun.live, keys("t u")).state.theme.name == "default")
  }

  @Test("T lists them; the one under the cursor is shown at once, Enter keeps it, Escape does not")
  func list() {
    let open = Session(SampleRun.live, columns: 100, rows: 30, keys("T j j"))
    #expect(open.text.contains("Themes") && open.text.contains("dark, colour-blind safe"))
    #expect(open.text.contains("1━━ 2━━ 3━━"))
    #expect(open.state.theme.name == "light")
    let kept = Session(SampleRun.live, keys("T j j enter"))
    #expect(kept.state.theme.name == "light" && kept.state.mode == .browsing)
    #expect(kept.lastLine.contains("Theme light."))
    #expect(Session(SampleRun.live, keys("T j j enter u")).state.theme.name == "default")
    let left = Session(SampleRun.live, keys("T G esc"))
    #expect(left.state.theme.name == "default" && left.state.mode == .browsing)
    #expect(Session(SampleRun.live, keys("T G k k")).state.theme.name == "velvet")
    #expect(Session(SampleRun.live, keys("T k")).state.theme.name == "default")
  }

  @Test("/ filters the list by name and kind")
  func filter() {
    let found = Session(
      SampleRun.live, keys("T /") + typed("blind light") + keys("enter enter"))
    #expect(found.state.theme.name == "colorblind-light")
    let none = Session(
      SampleRun.live, columns: 100, rows: 30, keys("T /") + typed("zebra"))
    #expect(none.text.contains("no theme has these words"))
    #expect(none.state.theme.name == "default")
    let cleared = Session(SampleRun.live, keys("T /") + typed("zebra") + keys("esc j enter"))
    #expect(cleared.state.mode == .browsing)
    #expect(cleared.state.theme.name == "dark")
  }

  @Test("The list has room on the smallest screen and on one of ASCII")
  func small() {
    let small = Session(SampleRun.live, columns: 40, rows: 12, keys("T j"))
    #expect(small.text.contains("dark"))
    #expect(small.state.theme.name == "dark")
  }

  @Test(":theme takes a name, and without one opens the list")
  func command() {
    let named = Session(SampleRun.live, keys(":") + typed("theme Rose") + keys("enter"))
    #expect(named.state.theme.name == "rose")
    let none = Session(SampleRun.live, keys(":") + typed("theme nord") + keys("enter"))
    #expect(none.lastLine.contains("no theme nord"))
    let list = Session(SampleRun.live, columns: 100, keys(":") + typed("theme") + keys("enter"))
    #expect(list.text.contains("colour-blind safe"))
  }
}

@Suite("Theme files are found by name, and read when they are wanted")
struct ThemeShelfTests {
  /// A folder with theme files; removed by the caller.
  private func folder(_ files: [String: String]) throws -> String {
    let url = FileManager.default.temporaryDirectory.appending(path: "themes-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
    }
    return url.path()
  }

  @Test("A user's file takes the place of a built-in theme; btop's gets a name beside it")
  func places() throws {
    let path = try folder([
      "dark.theme": "theme[main_bg]=\"#101010\"\n", "reef.theme": "theme[main_bg]=\"#fafafa\"\n",
    ])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let count = BuiltInTheme.all.count
    var own = ThemeShelf(files: [(.own, path + "/dark.theme"), (.own, path + "/reef.theme")])
    #expect(own.entries.count == count + 1)
    #expect(try own.use(named: "dark"))
    #expect(own.theme.entry(of: .background).color == RGB(0x101010))
    #expect(try own.use(named: "REEF"))
    #expect(own.entries[own.index].kind == .light)
    var btop = ThemeShelf(files: [(.btop, path + "/dark.theme"), (.btop, path + "/reef.theme")])
    #expect(btop.names.suffix(2) == ["btop:dark", "reef"])
    #expect(try btop.use(named: "dark"))
    #expect(btop.theme == .dark)
    #expect(try btop.use(named: "btop:dark"))
    #expect(btop.theme.entry(of: .background).color == RGB(0x101010))
    // Where the theme installed is the built-in one there is no second entry.
    let installed = ThemeShelf(files: [(.installed, path + "/dark.theme")])
    #expect(installed.entries.count == count)
  }

  @Test("A file that cannot be read says why, and the theme in use stays")
  func broken() throws {
    let path = try folder(["odd.theme": "theme[title]=\"#12\"\ntheme[ok]=\"#12345\"\n"])
    defer { try? FileManager.default.removeItem(atPath: path) }
    var shelf = ThemeShelf(files: [(.own, path + "/odd.theme")])
    let last = shelf.entries.count - 1
    try shelf.use(1)
    #expect {
      try shelf.use(last)
    } throws: {
      "\($0)" == "\(path)/odd.theme:2: #12345 is not #rrggbb or #gg"
    }
    #expect(shelf.theme == .dark)
    #expect(shelf.entries[last].problem?.contains("#12345") == true)
    // The next one is the first again.
    try shelf.useNext()
    #expect(shelf.theme == .standard)
    var chooser = ThemeChooser(shelf)
    shelf.readAll()
    _ = chooser.handle(.end, &shelf)
    #expect(chooser.selected == last && shelf.theme == .standard)
    #expect(ThemeChooser.words(shelf.entries[last])[1] == "cannot be read")
  }

  @Test("--theme takes a path too")
  func path() throws {
    let path = try folder(["mine.theme": "theme[main_bg]=\"#000000\"\n"])
    defer { try? FileManager.default.removeItem(atPath: path) }
    let looks = try Looks(theme: path + "/mine.theme")
    #expect(looks.themes.theme.name == "mine")
    #expect(looks.themes.names.last == "mine")
  }

  @Test("--mono and NO_COLOR win over any colours asked for")
  func mono() throws {
    for color in ["true", "256", "16", "8"] {
      #expect(
        try Looks(color: color, isMonochrome: true, refusesColor: false).colorDepth
          == ColorDepth.none)
      #expect(try Looks(color: color, refusesColor: true).colorDepth == ColorDepth.none)
    }
  }
}
