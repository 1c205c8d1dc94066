// The panes there are, in the order of their number keys.

/// One of the panes of the dashboard.
package enum PaneKind: String, CaseIterable, Hashable, Sendable {
  case overview
  case progress
  case trace
  case convergence
  case randomEffects = "random-effects"
  case residuals
  case predictive
  case estimates
  case sampler
  case model

  /// The title on tabs and frames.
  package var title: String {
    switch self {
    case .overview: "Overview"
    case .progress: "Progress"
    case .trace: "Trace"
    case .convergence: "Convergence"
    case .randomEffects: "Random effects"
    case .residuals: "Residuals"
    case .predictive: "Predictive checks"
    case .estimates: "Estimates"
    case .sampler: "Sampler"
    case .model: "Model and data"
    }
  }

  /// The title where there is room for few letters only.
  package var shortTitle: String {
    switch self {
    case .overview: "Over"
    case .progress: "Prog"
    case .trace: "Trace"
    case .convergence: "Conv"
    case .randomEffects: "Rand"
    case .residuals: "Res"
    case .predictive: "Pred"
    case .estimates: "Est"
    case .sampler: "Samp"
    case .model: "Model"
    }
  }

  /// The place among the tabs, counted from 0.
  package var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// The number key that leads here: 1 to 9, then 0 as on a keyboard.
  package var number: Int { (place + 1) % 10 }

  /// The pane of a name, or of the beginning of one, in any case; its number serves too.
  package init?(named name: String) {
    let wanted = name.lowercased()
    guard !wanted.isEmpty else { return nil }
    if let number = Int(wanted) {
      guard let found = Self.allCases.first(where: { $0.number == number }) else { return nil }
      self = found
      return
    }
    let matches = Self.allCases.filter {
      $0.rawValue.hasPrefix(wanted) || $0.title.lowercased().hasPrefix(wanted)
    }
    guard matches.count == 1 else { return nil }
    self = matches[0]
  }
}
