// What can happen to a dashboard, and what it can ask for: two closed sets.

import Panes
import RunFolder
import TerminalCore

/// Everything that changes the state of a dashboard.
package enum DashboardEvent {
  case key(KeyEvent)
  /// What the mouse did; whether a press is the second of two quick ones at one place.
  case mouse(MouseEvent, isDouble: Bool = false)
  case resized(Size)
  /// News of the run, of what is derived from it, or just of the time.
  case data(DashboardSnapshot)
  /// The runs there are, and how many older ones are not listed.
  case runs([RunEntry], others: Int)
  /// What was asked for has been done; the text says so.
  case done(String)
  /// What was asked for could not be done; the text says why.
  case failed(String)
}

/// What a dashboard asks of the world.
package enum DashboardEffect: Equatable {
  /// Tell the worker something.
  case send(FitCommand)
  /// Go on until each chain has this many kept draws, with a new worker if there is none.
  case extend(draws: Int)
  /// Start a new worker that goes on where the last one ended.
  case resume
  /// Write what the pane in front shows into a new file.
  case export(ExportRequest)
  /// Put what the pane in front shows on the clipboard of the user's terminal.
  case copy(CopyRequest)
  /// Draw the whole screen anew.
  case redraw
  /// Stop the process as Ctrl-Z does.
  case suspend
  /// Report clicks and the wheel, or leave the mouse to the terminal.
  case useMouse(Bool)
  /// Read the list of runs, which is open.
  case listRuns
  /// Show runs in these folders side by side, and come back.
  case compare([String])
  /// End the dashboard and show another run.
  case open(String)
  /// End the dashboard; the fit goes on.
  case leave
}
