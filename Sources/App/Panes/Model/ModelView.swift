// The parts of the pane of model and data, and where they stand.

import TerminalCore

/// A part of what a run was asked to do.
package enum ModelView: Int, CaseIterable, Sendable {
  case model, data, priors, log

  /// The title of its frame.
  package var title: String {
    switch self {
    case .model: "Model"
    case .data: "Data"
    case .priors: "Priors"
    case .log: "Log"
    }
  }

  /// The view so many places further on, around the end.
  func stepped(by steps: Int) -> ModelView {
    let all = Self.allCases
    return all[((rawValue + steps) % all.count + all.count) % all.count]
  }
}

/// Where each part stands; a part without a place has no room.
struct ModelLayout {
  private(set) var places: [(view: ModelView, area: Rect)] = []

  /// Side by side where there is room, else the part in front alone.
  init(_ area: Rect, front: ModelView) {
    let isLarge = area.columns >= 110 && area.rows >= 16
    let hasLog = area.rows >= 30
    guard isLarge, hasLog || front != .log else {
      places = [(front, area)]
      return
    }
    var rest = area
    if hasLog {
      let parts = area.splitBottom(max(8, area.rows / 4))
      rest = parts.rest
      places.append((.log, parts.bottom))
    }
    let parts = rest.splitLeft(rest.columns * 2 / 5)
    let right = parts.rest.rows([.rest, .rest])
    places += [(.model, parts.left), (.data, right[0]), (.priors, right[1])]
  }

  /// The area of a part, if it has one.
  func area(of view: ModelView) -> Rect? { places.first { $0.view == view }?.area }
}
