// Start screen and model builder on the terminal, and the dashboard that follows on the same screen.

import CursesScreen
import Dashboard
import RunFolder

/// The way from nothing, or from a data file alone, to a dashboard.
struct SetupSession {
  /// What the command line has said of the model; without a data file the start screen comes first.
  var base: RunRequest
  var world: FolderSetupWorld
  var settings: Session.Settings

  /// Shows start screen or builder, then the dashboard of what was opened.
  func run() throws {
    let screen = try Session.takeTerminal(settings)
    let setup = SetupLoop(screen: screen, world: world, themes: settings.looks.themes, base: base)
    while true {
      let end = setup.run()
      guard end == .opened, let control = world.control else {
        screen.end()
        return try finish(end)
      }
      let session = Session(
        control: control, settings: settings, isNewRun: world.isNewRun, catalog: world.catalog)
      let ending = session.show(on: screen, after: setup)
      guard case .failed(let message) = ending.end else {
        screen.end()
        return try session.finish(ending)
      }
      // A model that cannot be fitted is mended where it was made.
      session.discardFailure()
      setup.report(message)
      screen.invalidate()
    }
  }

  private func finish(_ end: SetupEnd) throws {
    switch end {
    case .opened, .left: return
    case .hangup: throw Failure(message: "the terminal has gone away", code: 129)
    case .terminated(let signal):
      throw Failure(message: "ended by signal \(signal)", code: 128 + signal)
    }
  }
}
