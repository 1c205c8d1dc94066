// The start screen: what it lists, and what its keys do.

import RunFolder
import TerminalCore
import Testing

@testable import Dashboard

@Suite("The start screen lists runs, files and demonstrations, and opens them")
struct StartScreenTests {
  private func start(_ names: String, columns: Int = 120, rows: Int = 40) -> Setup {
    Setup(columns: columns, rows: rows, world: Setup.furnished(), keys(names))
  }

  @Test("the first frame has all lists: live runs on top, then the newest, files with their use")
  func firstFrame() {
    let text = start("").text
    for piece in [
      "Runs (4)", "Files here (4)", "Demos (3)", "1 live", "draws, to watch", "a new model",
      "9.81MB", "pupils in 60 schools", "1 h ago", "4 days ago",
    ] { #expect(text.contains(piece), "\(piece)") }
    let lines = text.split(separator: "\n")
    let live = lines.firstIndex { $0.contains("edu-2") }
    let newest = lines.firstIndex { $0.contains("pbc2-3") }
    #expect(live.map { $0 + 1 } == newest)
    #expect(start("").screen.frames.count == 1, "the first frame has the lists already")
  }

  @Test("Enter opens runs, builds models of files, watches draws together, starts demos")
  func opening() {
    #expect(start("enter").world.opened == [.run(RunFolder(path: "/runs/edu-2"))])
    #expect(start("enter").end == .opened)
    #expect(start("j j enter").world.opened == [.run(RunFolder(path: "/runs/edu-1"))])
    #expect(start("tab enter").builder?.path == "edu.csv")
    #expect(start("tab j enter").world.opened == [.draws(["fit-1.csv", "fit-2.csv"])])
    #expect(start("shift-tab enter").world.opened == [.demo("edu")])
    #expect(start("tab tab G enter").world.opened == [.demo("salamanders")])
  }

  @Test("q and Esc leave; from a builder q goes back to the start screen")
  func leaving() {
    #expect(start("q").end == .left)
    #expect(start("esc").end == .left)
    let back = start("tab enter q")
    #expect(back.builder == nil && back.end == .hangup)
    #expect(back.text.contains("Runs (4)"))
    #expect(start("tab enter ctrl-c").builder == nil)
  }

  @Test(
    "d removes an ended run after asking, s stops a live one after asking, and not the other way round"
  )
  func removing() {
    #expect(start("j d").text.contains("Remove the run?"))
    #expect(start("j d y").world.removed == ["pbc2-3"])
    #expect(start("j d y").text.contains("Runs (3)"))
    #expect(start("j d y").lastLine.contains("Removed pbc2-3"))
    #expect(start("j d n").world.removed.isEmpty)
    #expect(start("d").lastLine.contains("s stops it first"))
    #expect(start("s y").world.stopped == ["edu-2"])
    #expect(start("s n").world.stopped.isEmpty)
    #expect(start("j s").lastLine.contains("not being worked on: finished"))
    #expect(start("tab d").lastLine.contains("Only runs"))
    let world = Setup.furnished()
    world.problem = .busy(run: "pbc2-3", worker: WorkerIdentity(host: "lab", processID: 7))
    #expect(Setup(world: world, keys("j d y")).lastLine.contains("being worked on by process 7"))
  }

  @Test("/ filters all lists and goes where something is left; Esc clears")
  func filtering() {
    let filtered = Setup(world: Setup.furnished(), keys("/") + typed("owls"))
    #expect(filtered.text.contains("Runs (1)") && filtered.text.contains("Files here (1)"))
    #expect(filtered.lastLine.contains("2 match"))
    let elsewhere = Setup(world: Setup.furnished(), keys("/") + typed("salam"))
    #expect(elsewhere.loop.start?.section == .demos)
    let opened = Setup(world: Setup.furnished(), keys("/") + typed("salam") + keys("enter enter"))
    #expect(opened.world.opened == [.demo("salamanders")])
    #expect(start("/ o esc").text.contains("Runs (4)"))
    #expect(Setup(world: Setup.furnished(), keys("/") + typed("(")).text.contains("Runs (4)"))
  }

  @Test("without runs the files are in front, without files the demonstrations")
  func empty() {
    let nothing = Setup([])
    #expect(
      nothing.text.contains("no runs yet") && nothing.text.contains("no csv, tsv, txt or dat"))
    #expect(nothing.loop.start?.section == .demos)
    let world = Setup.world()
    world.files = Setup.files
    #expect(Setup(world: world, []).loop.start?.section == .files)
  }

  @Test("a click chooses a row")
  func mouse() throws {
    let text = start("").text.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(text.firstIndex { $0.contains("owls.tsv") })
    let place = Point(column: 80, row: row)
    let clicked = Setup(
      world: Setup.furnished(), [.mouse(MouseEvent(.press(button: 1), at: place))] + keys("enter"))
    #expect(clicked.builder?.path == "owls.tsv")
  }

  @Test("t changes the theme, ? helps, the keys of the program work")
  func program() {
    let themed = start("t")
    #expect(themed.loop.chosenThemes.first?.name != start("").loop.chosenThemes.first?.name)
    #expect(start("?").text.contains("Help: start") && start("?").text.contains("build a model"))
    #expect(!start("? x").text.contains("Help: start"))
    #expect(start("ctrl-z").screen.suspensions == 1)
    #expect(start("f7").lastLine.contains("f7 does nothing here"))
  }

  @Test("thousands of runs are counted, the newest looked into")
  func bounded() throws {
    let many = ListedRuns([], older: 4800, isCut: false)
    var state = StartState(size: Size(columns: 120, rows: 40))
    _ = state.handle(.runs(many, now: Setup.now))
    #expect(state.frame().asText().contains("and 4800 older: mglmm-tui ls"))
  }
}
