// The commands that act on one run: attach, stop, resume, extend, rm; and the list of all.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Opens a run.
struct Attach: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Open a run, live or finished.")

  @Argument(
    help: ArgumentHelp(
      "A run by its name, number or folder; the newest if left out.", valueName: "run"),
    completion: Complete.runs)
  var target = "1"
  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions
  @OptionGroup var lines: PlainOptions

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      try Session(
        control: RunOpening.open(target, in: place.catalog), settings: settings, lines: lines
      ).run()
    }
  }
}

/// Lists the runs.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List the runs, newest first.", aliases: ["list"])

  @OptionGroup var place: PlaceOptions

  func run() throws {
    try reportingFailure {
      let entries = try place.catalog.list()
      if entries.isEmpty { return say("There are no runs in \(place.catalog.root).") }
      var size = winsize()
      let isTerminal = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      try printResult(
        RunListing.text(
          entries, now: wallClock(), columns: isTerminal ? Int(size.ws_col) : nil))
    }
  }
}

/// Stops the fit of a run.
struct Stop: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stop the fit of a run; it can be resumed.")

  @Argument(
    help: ArgumentHelp("A run by its name, number or folder.", valueName: "run"),
    completion: Complete.runs)
  var target: String
  @OptionGroup var place: PlaceOptions

  func run() throws {
    try reportingFailure {
      let control = FolderRunControl(folder: try place.catalog.resolve(target))
      _ = try control.refresh()
      let name = control.snapshot.name
      guard control.snapshot.state.isLive else {
        return say("\(name) is not being worked on: \(control.snapshot.state.word).")
      }
      try control.send(.stop)
      for _ in 0..<150 {
        usleep(100_000)
        _ = try control.refresh()
        if !control.snapshot.state.isLive {
          return say(
            "\(name) has stopped. mglmm-tui resume \(control.snapshot.handle) goes on.")
        }
      }
      let worker = control.snapshot.worker
      throw Failure(
        message: "\(name) was asked to stop but has not within 15 seconds"
          + (worker.map { "; process \($0.processID) on \($0.host)" } ?? ""), code: 74)
    }
  }
}

/// Starts a worker on a run that has none.
struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Go on with a run that was stopped or lost its worker.")

  @Argument(
    help: ArgumentHelp("A run by its name, number or folder.", valueName: "run"),
    completion: Complete.runs)
  var target: String
  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions
  @OptionGroup var lines: PlainOptions
  @Flag(name: [.customShort("b"), .long], help: "Start the worker and return; no dashboard.")
  var background = false

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      let control = FolderRunControl(folder: try place.catalog.resolve(target))
      _ = try control.refresh()
      let state = control.snapshot.state
      if state == .paused {
        try control.send(.resume)
      } else if state == .finished {
        throw Failure.usage(
          "\(control.snapshot.name) has ended; mglmm-tui extend adds draws to it")
      } else if !state.isLive {
        try control.resume()
      }
      let session = Session(control: control, settings: settings, lines: lines)
      try session.waitForWorker()
      if lines.canShow && !background { try session.run() } else { session.sayFarewell() }
    }
  }
}

/// Adds draws to a run.
struct Extend: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Let a run go on until each chain has more draws.")

  @Argument(
    help: ArgumentHelp("A run by its name, number or folder.", valueName: "run"),
    completion: Complete.runs)
  var target: String
  @Argument(help: "The kept draws that each chain shall have.")
  var draws: Int
  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions
  @OptionGroup var lines: PlainOptions
  @Flag(name: [.customShort("b"), .long], help: "Start the worker and return; no dashboard.")
  var background = false

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      let control = FolderRunControl(folder: try place.catalog.resolve(target))
      _ = try control.refresh()
      let snapshot = control.snapshot
      guard snapshot.request?.method == .mcmc else {
        throw Failure.usage("\(snapshot.name) is not sampled, so there are no draws to add")
      }
      if let planned = snapshot.plannedDraws, draws <= planned {
        throw Failure.usage(
          "each chain of \(snapshot.name) has or gets \(planned) draws already; ask for more")
      }
      try control.extend(to: draws)
      let session = Session(control: control, settings: settings, lines: lines)
      try session.waitForWorker()
      if lines.canShow && !background { try session.run() } else { session.sayFarewell() }
    }
  }
}

/// Removes runs.
struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Remove runs with their draws; asks first.")

  @Argument(help: "Runs by their names, numbers or folders.", completion: Complete.runs)
  var runs: [String]
  @OptionGroup var place: PlaceOptions
  @Flag(name: .shortAndLong, help: "Do not ask.")
  var force = false

  func run() throws {
    try reportingFailure {
      let catalog = place.catalog
      // All are looked up before the first is removed: numbers change with every removal.
      let folders = try runs.map { try catalog.resolve($0) }
      if !force {
        guard hasTerminal else {
          throw Failure.usage("rm asks before it removes; without a terminal it needs --force")
        }
        let names = folders.map(\.name).joined(separator: ", ")
        say("Remove \(names) with all draws? y removes.")
        guard let answer = readLine(), answer == "y" || answer == "yes" else {
          return say("Nothing was removed.")
        }
      }
      for folder in folders {
        try catalog.remove(folder)
        say("Removed \(folder.name).")
      }
    }
  }
}
