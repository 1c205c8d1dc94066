// The view of a run as it is kept when the dashboard is left, and brought back when it opens again.

import Panes
import RunFolder

extension DashboardState {
  /// The view as it is to be kept.
  package var record: ViewRecord {
    ViewRecord(
      pane: pane.rawValue, other: split?.other.rawValue, parameter: browsing.chosenParameter,
      filter: browsing.filter.pattern, pinned: browsing.pinned, chain: browsing.chain,
      includesWarmup: browsing.includesWarmup, panes: panes.memory)
  }

  /// Brings a view back; what is not there any more is passed over.
  package mutating func recall(_ record: ViewRecord) {
    if let kind = PaneKind(rawValue: record.pane) { pane = kind }
    if let other = record.other.flatMap(PaneKind.init(rawValue:)), other != pane {
      split = PaneSplit(other: other)
    }
    browsing.setFilter(record.filter)
    browsing.pin(record.pinned)
    if let parameter = record.parameter { browsing.choose(parameter) }
    browsing.chain = record.chain
    browsing.includesWarmup = record.includesWarmup
    panes.recall(record.panes)
    undoStack = []
    visited = []
  }
}
