// The estimates of several runs side by side: which parameters they share, by name or by place.

import RunFolder

/// One run's estimate of a parameter.
package struct ComparedEstimate: Sendable, Equatable {
  /// The posterior mean or the estimate; NaN while it is not known.
  package var point: Double
  /// The 50% and 95% intervals.
  package var inner: ClosedRange<Double>?
  package var outer: ClosedRange<Double>?

  init(_ estimate: Estimate) {
    point = estimate.point
    (inner, outer) =
      estimate.isFixed ? (nil, nil) : (estimate.inner, estimate.outer)
  }
}

/// One parameter in all runs that have it.
package struct ComparedParameter: Sendable, Equatable {
  /// The outcome, or what else the parameter belongs to.
  package var section: String
  package var label: String
  /// Whether the axis of the section makes room for it.
  package var isOnScale: Bool
  /// The ends of the axis where they are known beforehand.
  package var range: ClosedRange<Double>?
  /// An estimate for each run; nil for a run without the parameter.
  package var estimates: [ComparedEstimate?]

  /// How many runs have it.
  package var count: Int { estimates.count { $0 != nil } }
}

/// The parameters of several runs.
package struct ParameterComparison: Sendable, Equatable {
  /// In the order of the first run that has them.
  package private(set) var parameters: [ComparedParameter] = []

  /// The parameters that at least two runs have.
  package var shared: [ComparedParameter] { parameters.filter { $0.count > 1 } }

  /// The parameters that one run alone has, by the place of the run.
  package func alone(in run: Int) -> [ComparedParameter] {
    parameters.filter { $0.count == 1 && $0.estimates[run] != nil }
  }

  /// The parameters of runs; effects of single levels are left out.
  ///
  /// A parameter is the same in two runs when its name in draws is the same, or its outcome and term
  /// are, which a fit without draws has instead of names.
  package init(_ runs: [DashboardSnapshot]) {
    var byName: [String: Int] = [:]
    var byPlace: [String: Int] = [:]
    for (place, run) in runs.enumerated() {
      let isSingle = run.run.fitReport.map { $0.model.outcomes.count == 1 } ?? false
      let outcome = run.run.fitReport?.model.outcomes.first?.name ?? ""
      for section in EstimateList.sections(of: run) {
        for row in section.estimates {
          // With one outcome a label leaves it out; beside a run with several it is the same term.
          let isGroup = section.title.hasPrefix("Standard deviations by ")
          let label =
            isSingle && isGroup && row.label.hasPrefix("sd ")
            ? "sd \(outcome) \(row.label.dropFirst(3))" : row.label
          let key = section.title + "\u{0}" + label
          let known = byName[row.name] ?? byPlace[key]
          if let known, parameters[known].estimates[place] == nil {
            parameters[known].estimates[place] = ComparedEstimate(row)
          } else {
            var estimates: [ComparedEstimate?] = Array(repeating: nil, count: runs.count)
            estimates[place] = ComparedEstimate(row)
            byName[row.name] = byName[row.name] ?? parameters.count
            byPlace[key] = byPlace[key] ?? parameters.count
            parameters.append(
              ComparedParameter(
                section: section.title, label: label, isOnScale: row.isOnScale,
                range: section.range, estimates: estimates))
          }
        }
      }
    }
  }
}
