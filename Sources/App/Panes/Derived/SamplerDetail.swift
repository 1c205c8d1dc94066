// What the plots of the sampler show: energies, divergences and transitions by chain.

import Diagnostics
import Plots
import RunFolder

/// The transitions of one chain after warm-up in numbers; nil where the sampler does not report them.
package struct ChainTransitions: Sendable, Equatable {
  /// The number of the chain.
  package var chain: Int
  package var draws: Int
  /// The mean acceptance statistic.
  package var acceptance: Double?
  /// The step size of the last draw.
  package var stepSize: Double?
  /// The mean depth of the trees, and the deepest.
  package var depth: Double?
  package var deepest: Int?
  /// The gradients of all draws.
  package var leapfrogs: Int?
  package var divergences: Int?
  package var warmupDivergences: Int?
  package var energyFraction: Double?

  init(_ draws: ChainDraws) {
    func mean(_ name: String) -> Double? {
      guard let column = draws.kept(name), !column.isEmpty else { return nil }
      let mean = column.reduce(0, +) / Double(column.count)
      return mean.isFinite ? mean : nil
    }
    chain = draws.id
    self.draws = draws.keptCount
    acceptance = mean("accept_stat__")
    stepSize = draws["stepsize__"]?.last
    depth = mean("treedepth__")
    deepest = draws.kept("treedepth__")?.max().flatMap { Int(exactly: $0) }
    leapfrogs = draws.kept("n_leapfrog__").flatMap { Int(exactly: $0.reduce(0, +).rounded()) }
    if draws.index(of: "divergent__") != nil {
      divergences = draws.divergences
      warmupDivergences = draws.warmupDivergences
    }
    energyFraction = draws.kept("energy__").flatMap {
      EnergyFraction.eBFMI(energies: Array($0))
    }
  }
}

/// What the plots of the sampler show.
package struct SamplerDetail: Sendable, Equatable {
  /// The draws of all chains that it rests on.
  package let draws: Int
  /// Energies and what transitions reach; nil if the sampler reports none.
  package let energies: EnergyComparison?
  package let chains: [ChainTransitions]
  /// The acceptance statistics of all chains in equal bins from 0 to 1; nil if there are none.
  package let acceptances: [Double]?
  /// How far divergent draws of a parameter lie to one side, the most one-sided first; empty without
  /// divergences.
  package let relations: [DivergenceSeparation]
  /// The parameters of the parallel coordinates.
  package let coordinateNames: [String]
  /// Draws on these parameters, in standard deviations from their means, divergent ones in front.
  package let coordinates: [ParallelLine]

  private static let mostParameters = 200
  private static let mostCoordinates = 60
  private static let mostLines = (others: 40, divergent: 60)
  private static let mostCompared = 1000

  /// The detail of a run, from all its kept draws.
  init(_ run: RunSnapshot) {
    let chains = run.chains.filter { $0.keptCount > 0 }
    draws = chains.reduce(0) { $0 + $1.keptCount }
    self.chains = chains.map { ChainTransitions($0) }
    energies = EnergyComparison(
      energies: chains.compactMap { $0.kept("energy__").map { Array($0) } }, bins: 32)
    let acceptance = chains.compactMap { $0.kept("accept_stat__") }.joined()
    acceptances = acceptance.isEmpty ? nil : Self.shares(acceptance, bins: 20)
    let names = run.countedParameterNames
    let marks = chains.flatMap { chain in
      chain.kept("divergent__")?.map { $0 != 0 }
        ?? Array(repeating: false, count: chain.keptCount)
    }
    let sample = Self.sample(marks, others: Self.mostCompared, divergent: Self.mostCompared)
    let sampleMarks = sample.map { marks[$0] }
    let places = Self.places(of: sample, in: chains)
    // Of hundreds of parameters only the draws compared are touched.
    func sampled(_ name: String) -> [Double]? {
      let columns = chains.compactMap { $0.kept(name) }
      guard columns.count == chains.count else { return nil }
      return places.map { columns[$0.chain][columns[$0.chain].startIndex + $0.draw] }
    }
    func column(_ name: String) -> [Double]? {
      let columns = chains.compactMap { $0.kept(name) }
      return columns.count == chains.count ? columns.flatMap(\.self) : nil
    }
    var relations: [DivergenceSeparation] = []
    if sampleMarks.contains(true) {
      for name in names.prefix(Self.mostParameters) {
        guard let values = sampled(name),
          let separation = DivergenceRelation.separation(values, isDivergent: sampleMarks)
        else { continue }
        relations.append(DivergenceSeparation(parameter: name, separation: separation))
      }
    }
    self.relations = relations.enumerated().sorted {
      ($1.element.separation, $0.offset) < ($0.element.separation, $1.offset)
    }.map(\.element)

    let shown = Self.sample(
      marks, others: Self.mostLines.others, divergent: Self.mostLines.divergent)
    var lines = shown.map { ParallelLine([], isInFront: marks[$0]) }
    var used: [String] = []
    for name in names.prefix(Self.mostCoordinates) {
      guard let values = column(name), let scores = StandardScores(values) else { continue }
      used.append(name)
      for (line, draw) in shown.enumerated() {
        lines[line].values.append(scores.score(values[draw]))
      }
    }
    coordinateNames = used
    coordinates = used.count > 1 ? lines : []
  }

  /// Evenly spaced draws of each sort, in order.
  static func sample(_ marks: [Bool], others: Int, divergent: Int) -> [Int] {
    func thinned(_ places: [Int], _ most: Int) -> [Int] {
      guard places.count > most else { return places }
      return (0..<most).map { places[$0 * places.count / most] }
    }
    let all = marks.indices
    return
      (thinned(all.filter { !marks[$0] }, others) + thinned(all.filter { marks[$0] }, divergent))
      .sorted()
  }

  /// The chain, and the draw in it, of each of some draws counted through all chains in ascending order.
  private static func places(
    of draws: [Int], in chains: [ChainDraws]
  ) -> [(chain: Int, draw: Int)] {
    var (chain, start) = (0, 0)
    return draws.map { draw in
      while draw - start >= chains[chain].keptCount {
        start += chains[chain].keptCount
        chain += 1
      }
      return (chain, draw - start)
    }
  }

  private static func shares(_ values: some Sequence<Double>, bins: Int) -> [Double] {
    var counts = Array(repeating: 0.0, count: bins)
    for value in values where (0...1).contains(value) {
      counts[min(Int(value * Double(bins)), bins - 1)] += 1
    }
    return counts
  }
}

/// How far the divergent draws of a parameter lie to one side of the others.
package struct DivergenceSeparation: Sendable, Equatable {
  package var parameter: String
  /// 0 for not at all, 1 for entirely.
  package var separation: Double
}
