// The views of the pane of predictive checks, and which of them an outcome has.

import RunFolder

/// One way of looking at an outcome's predictive checks.
enum PredictiveView: String, CaseIterable, Hashable, Sendable {
  case distribution
  case rootogram
  case statistics
  case predictor
  case group
  case calibration
  case paretoK

  /// The name on its tab.
  func title(of outcome: OutcomePredictive?) -> String {
    switch self {
    case .distribution: outcome?.bars == nil ? "Density" : "Bars"
    case .rootogram: "Rootogram"
    case .statistics: "Statistics"
    case .predictor: "By predictor"
    case .group: "By group"
    case .calibration: outcome?.calibration?.isLeaveOneOut == true ? "LOO-PIT" : "PIT"
    case .paretoK: "Pareto k"
    }
  }

  /// Whether there is anything to see of it.
  func exists(in outcome: OutcomePredictive?, _ loo: LooReport?) -> Bool {
    switch self {
    case .distribution: outcome?.bars != nil || outcome?.density != nil
    // Of two categories a rootogram says no more than bars.
    case .rootogram: (outcome?.bars?.observed.count ?? 0) > 2
    case .statistics: outcome?.statistics.isEmpty == false
    case .predictor: outcome?.series.contains { $0.levels == nil } ?? false
    case .group: outcome?.series.contains { $0.levels != nil } ?? false
    case .calibration: outcome?.calibration != nil
    case .paretoK: loo?.points.isEmpty == false
    }
  }
}

/// What the pane has to show at a moment: outcomes, the checks of the one in front, its views.
struct PredictiveContent {
  let report: PredictiveReport?
  let loo: LooReport?
  /// The names of the outcomes, in order.
  let names: [String]
  /// The place of the outcome in front.
  let place: Int
  /// The checks of the outcome in front.
  let outcome: OutcomePredictive?
  /// Whether the outcome is checked for the same groups and for new ones.
  let hasBothKinds: Bool
  /// The views there are.
  let views: [PredictiveView]
  /// The one in front.
  let view: PredictiveView

  /// The content of a run as the user wants it; nil while there is none.
  init?(_ run: RunSnapshot, outcome wanted: String?, isNew: Bool, view wantedView: PredictiveView) {
    report = run.predictiveReport
    loo = run.looReport
    var names: [String] = []
    let all =
      report.map { $0.outcomes.map(\.name) } ?? loo.map { $0.points.map(\.outcome) } ?? []
    for name in all where !names.contains(name) { names.append(name) }
    guard !names.isEmpty else { return nil }
    self.names = names
    place = wanted.flatMap { names.firstIndex(of: $0) } ?? 0
    let name = names[place]
    let kinds = report?.outcomes.filter { $0.name == name } ?? []
    hasBothKinds = kinds.contains { $0.isConditional } && kinds.contains { !$0.isConditional }
    let outcome = kinds.first { $0.isConditional != isNew } ?? kinds.first
    self.outcome = outcome
    let loo = loo
    views = PredictiveView.allCases.filter { $0.exists(in: outcome, loo) }
    guard let first = views.first else { return nil }
    view = views.contains(wantedView) ? wantedView : first
  }

  /// The series of the view in front: along numbers or by levels.
  var series: [PredictiveSeries] {
    outcome?.series.filter { ($0.levels != nil) == (view == .group) } ?? []
  }

  /// The leave-one-out points of the outcome in front, in order; where groups were left out, all.
  var looPoints: [LooPoint] {
    guard let loo else { return [] }
    let own = loo.points.filter { $0.outcome == names[place] }
    return loo.leftOut != nil || own.isEmpty ? loo.points : own
  }

  /// How many things the view in front has one after the other.
  var itemCount: Int {
    switch view {
    case .distribution, .calibration: 1
    case .rootogram: 2
    case .statistics: outcome?.statistics.count ?? 0
    case .predictor, .group: series.count
    case .paretoK: 1
    }
  }

  /// How many rows the view in front can be scrolled through, with the item in front.
  func rowCount(item: Int) -> Int {
    switch view {
    case .group: item < series.count ? series[item].position.count : 0
    case .paretoK: loo.map { loo in looPoints.count { !($0.paretoK <= loo.paretoKThreshold) } } ?? 0
    default: 0
    }
  }
}
