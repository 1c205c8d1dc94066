// The ways in which the pane of traces shows the draws of one parameter.

/// A way to show the draws of one parameter.
package enum TraceMode: Int, CaseIterable, Sendable {
  case trace, rankHistogram, rankOverlay, density, cumulativeMean, autocorrelation, essGrowth

  /// The name in the title.
  package var title: String {
    switch self {
    case .trace: "Trace"
    case .rankHistogram: "Ranks by chain"
    case .rankOverlay: "Ranks overlaid"
    case .density: "Density by chain"
    case .cumulativeMean: "Cumulative mean"
    case .autocorrelation: "Autocorrelation"
    case .essGrowth: "ESS by draws"
    }
  }

  /// The mode so many places further on, around the end; in a grid among those that it can show.
  package func stepped(by steps: Int, isGrid: Bool = false) -> TraceMode {
    let all = Self.allCases.filter { !isGrid || $0.hasGrid }
    let place = all.firstIndex(of: self) ?? 0
    return all[((place + steps) % all.count + all.count) % all.count]
  }

  /// Whether it rests on the draws themselves, so that it can be zoomed and shown for many parameters.
  var hasGrid: Bool { self == .trace || self == .density }

  /// What the plot shows and what a good one looks like, in a line.
  var caption: String {
    switch self {
    case .trace: ""
    case .rankHistogram: "level bars: the chains agree; dashed: all alike"
    case .rankOverlay: "lines close to the dashed one: the chains agree"
    case .density: "after warm-up"
    case .cumulativeMean: "dashed: mean of all chains, 1.96 MCSE up and down"
    case .autocorrelation: "by lag; dashed: noise of independent draws"
    case .essGrowth: "solid: bulk, dashed: tail; both should rise steadily"
    }
  }
}
