// The draws of one chain in memory, as columns, with what the sampler said about them.

import RunFolder
import Sampling

/// Draws after warm-up.
package struct DrawStore: Sendable {
  /// One column for each reported parameter.
  package private(set) var columns: [[Double]]
  /// The energy of every draw.
  package private(set) var energies: [Double] = []
  /// Whether the transition to each draw diverged.
  package private(set) var divergent: [Bool] = []
  /// Divergent transitions.
  package var divergences: Int { divergent.count { $0 } }
  /// Transitions whose tree was as deep as allowed.
  package private(set) var depthHits = 0

  init(parameterCount: Int) { columns = Array(repeating: [], count: parameterCount) }

  /// The draws of a chain file; nil when it lacks a column of `names`.
  package init?(_ draws: ChainDraws, names: [String], maximumDepth: Int) {
    var columns: [[Double]] = []
    for name in names {
      guard let column = draws.kept(name) else { return nil }
      columns.append(Array(column))
    }
    self.columns = columns
    energies = Array(draws.kept("energy__") ?? [])
    divergent =
      draws.kept("divergent__").map { $0.map { $0 > 0 } }
      ?? Array(repeating: false, count: energies.count)
    depthHits = draws.kept("treedepth__")?.count { Int($0) >= maximumDepth } ?? 0
  }

  /// The number of draws.
  package var count: Int { energies.count }

  /// The values of all parameters in one draw.
  func row(_ index: Int) -> [Double] { columns.map { $0[index] } }

  /// Adds a draw that was made independently of all others.
  mutating func append(_ values: [Double], energy: Double) {
    for (index, value) in values.enumerated() { columns[index].append(value) }
    energies.append(energy)
    divergent.append(false)
  }

  mutating func append(_ values: [Double], _ info: TransitionInfo, maximumDepth: Int) {
    for (index, value) in values.enumerated() { columns[index].append(value) }
    energies.append(info.energy)
    divergent.append(info.divergent)
    if info.treeDepth >= maximumDepth { depthHits += 1 }
  }
}
