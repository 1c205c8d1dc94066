// Giving up what is shown for the moment in which it grows, so that it grows in place.

import Panes
import RunFolder

extension DashboardState {
  /// Lets go of the draws that are about to grow; until the next data come in, nothing may be drawn.
  ///
  /// Draws and statistics are values: whoever else holds them when they grow makes them be copied, and they may be
  /// hundreds of megabytes. A frozen display keeps its own; while it is frozen no draws are read.
  mutating func lendRun() {
    if isFrozen {
      pending?.run.chains = []
    } else {
      snapshot.run.chains = []
    }
  }

  /// Lets go of the statistics that are about to change.
  mutating func lendDiagnostics() {
    if isFrozen {
      pending?.diagnostics = DiagnosticReport()
    } else {
      snapshot.diagnostics = DiagnosticReport()
    }
  }
}
