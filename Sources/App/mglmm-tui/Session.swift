// A dashboard on the terminal, from its first frame to the line that says how to come back.

import CursesScreen
import Dashboard
import Glibc
import RunFolder

/// A dashboard on this terminal.
struct Session {
  typealias Settings = (configuration: Configuration, looks: Looks)

  var control: FolderRunControl
  var settings: Settings
  var lines = PlainOptions()
  /// Whether the run was started for this session.
  var isNewRun = false
  /// Where other runs are found.
  var catalog = RunCatalog()

  /// Shows the dashboard until it ends.
  func run() throws {
    if lines.isPlain { return try runPlain(lines) }
    let screen = try Self.takeTerminal(settings)
    let ending = show(on: screen)
    screen.end()
    try finish(ending)
  }

  /// The terminal as a screen.
  static func takeTerminal(_ settings: Settings) throws -> CursesScreen {
    guard hasTerminal else {
      throw Failure.usage(
        "a dashboard needs a terminal; without one use --plain, or mglmm-tui show RUN --pane NAME")
    }
    var options = CursesOptions()
    options.charset = settings.looks.charset
    options.colorDepth = settings.looks.colorDepth
    options.usesMouse = settings.configuration.usesMouse
    return try CursesScreen(options)
  }

  /// How a dashboard ended, and what there is to say when the terminal is as it was before.
  typealias Ending = (end: DashboardEnd, note: String?)

  /// Shows the dashboard on a screen until it ends, in the theme of the setup that may have come before.
  func show(on screen: CursesScreen, after setup: SetupLoop? = nil) -> Ending {
    let loop = DashboardLoop(
      screen: screen, control: control, themes: setup?.chosenThemes ?? settings.looks.themes,
      configuration: settings.configuration, isNewRun: isNewRun)
    let run = control.snapshot
    let view = ViewFile(runPath: run.path, isOwn: run.state != .foreign)
    if let record = view.read() { loop.recall(record) }
    let end = loop.run()
    do throws(FileError) { try view.write(loop.state.record) } catch {
      return (end, "the view was not kept: \(error.description)")
    }
    return (end, nil)
  }

  /// Says on the terminal, which is as it was before, how the dashboard ended.
  func finish(_ ending: Ending) throws {
    if let note = ending.note { say("mglmm-tui: \(note)") }
    switch ending.end {
    case .left: sayFarewell()
    case .open(let other):
      try Session(
        control: RunOpening.open(other, in: catalog), settings: settings, lines: lines,
        catalog: catalog
      )
      .run()
    case .hangup: throw Failure(message: "the terminal has gone away", code: 129)
    case .terminated(let signal):
      sayFarewell()
      throw Failure(message: "ended by signal \(signal)", code: 128 + signal)
    case .failed(let message): throw failure(message)
    }
  }

  /// Says whether the fit goes on and how to come back.
  func sayFarewell() {
    let run = control.snapshot
    let name = run.handle
    switch run.state {
    case .foreign: break
    case .finished: say("The fit has ended. mglmm-tui \(name) shows it again.")
    case .stopped, .lost, .failed:
      say(
        "The fit \(run.state == .stopped ? "was stopped" : "has ended early"). "
          + "mglmm-tui \(name) shows it, mglmm-tui resume \(name) goes on.")
    default:
      let process = run.worker.map { " (process \($0.processID))" } ?? ""
      say("The fit goes on in the background\(process).")
      say("mglmm-tui \(name) comes back to it; mglmm-tui stop \(name) stops it.")
    }
  }

  /// The failure of a worker that ended early, with the worker's own exit code.
  ///
  /// A new run whose model or data cannot be used leaves no folder behind: nothing was computed.
  func failure(_ message: String) -> Failure {
    let code = discardFailure()
    return Failure(message: message, code: code == 0 ? 65 : code)
  }

  /// Waits for the end of a worker that failed, and removes the folder of a new run in which nothing was computed.
  ///
  /// - Returns: the worker's exit code.
  @discardableResult
  func discardFailure() -> Int32 {
    for _ in 0..<40 where control.workerExit == nil {
      // An error of reading does not matter any more: the run has failed.
      _ = try? control.refresh()
      if control.workerExit == nil { usleep(50_000) }
    }
    let code = control.workerExit ?? 65
    if isNewRun, code == 65 { control.discard() }
    return code
  }

  /// Waits until a worker that was just started has said its first word, for some seconds.
  func waitForWorker() throws {
    for _ in 0..<50 {
      _ = try control.refresh()
      if control.snapshot.state.isLive || control.workerExit != nil { return }
      usleep(100_000)
    }
  }

  /// Waits without a terminal until a condition holds, saying each new state on standard error.
  func wait(until isReached: (RunSnapshot) -> Bool) throws {
    var word = ""
    while true {
      _ = try control.refresh()
      let run = control.snapshot
      if run.state.word != word {
        word = run.state.word
        say("\(run.name): \(word)")
      }
      if case .failed(let message) = run.state { throw failure(message) }
      if isReached(run) || !run.state.isLive { return }
      usleep(250_000)
    }
  }
}

extension RunSnapshot {
  /// What a user types to come back: the name in the usual place, else the folder.
  var handle: String {
    let isUsual = path == RunFolder.defaultRoot() + "/" + name
    return isUsual || state == .foreign ? name : path.contains(" ") ? "'\(path)'" : path
  }
}
