// The views of the pane of the sampler.

/// A view of how the sampler moved.
package enum SamplerView: Int, CaseIterable, Sendable {
  case energy, pairs, parallel, adaptation, transitions

  /// The name in the title.
  package var title: String {
    switch self {
    case .energy: "Energy"
    case .pairs: "Divergences, two parameters"
    case .parallel: "Divergences, parallel coordinates"
    case .adaptation: "Step size and tree depth"
    case .transitions: "Acceptance and leapfrog steps"
    }
  }

  /// The title where there is room for few letters only.
  var shortTitle: String {
    switch self {
    case .energy: "Energy"
    case .pairs: "Divergent pairs"
    case .parallel: "Divergent draws"
    case .adaptation: "Steps, depths"
    case .transitions: "Acceptance"
    }
  }

  /// The view so many places further on, around the end.
  package func stepped(by steps: Int) -> SamplerView {
    let all = Self.allCases
    return all[((rawValue + steps) % all.count + all.count) % all.count]
  }

  /// The column of draws that a view cannot do without.
  var neededColumn: (name: String, words: String)? {
    switch self {
    case .energy: ("energy__", "energies")
    case .pairs, .parallel: nil
    case .adaptation: ("stepsize__", "step sizes")
    case .transitions: ("accept_stat__", "acceptance statistics")
    }
  }
}
