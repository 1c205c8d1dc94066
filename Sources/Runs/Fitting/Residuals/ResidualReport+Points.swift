// The residuals of every outcome that a worker stores: by both kinds of simulation, and how they go together.

import Diagnostics
import Families
import MixedModel
import Predictive
import RunFolder
import Tables

extension ResidualReport {
  /// The residuals that `residuals.json` holds: conditional ones of each row, unconditional ones for plots and tests.
  ///
  /// - Throws: when simulated responses are not usable, as from draws that are not finite.
  package init(_ study: ResidualStudy, threads: Int) throws(FittingError) {
    let outcomes = study.model.outcomes.indices
    let kinds: [SimulationKind] =
      study.hasRandomEffects ? [.conditional, .unconditional] : [.conditional]
    // Simulations of one outcome are in memory at a time for each thread: where they are many, there is one.
    let largest = outcomes.map { study.model.outcomes[$0].response.count }.max() ?? 0
    let isLarge = largest * study.simulations > 50_000_000
    let parts = try ParallelMap.results(
      outcomes.count * kinds.count, threads: isLarge ? 1 : threads
    ) {
      index throws(FittingError) in
      try study.reported(outcome: index / kinds.count, kinds[index % kinds.count])
    }
    let conditional = outcomes.map { parts[$0 * kinds.count] }
    self.init(
      simulations: study.simulations, isConditional: true, seed: study.seed,
      points: study.points.count, outcomes: conditional,
      unconditional: kinds.count > 1 ? outcomes.map { parts[$0 * kinds.count + 1] } : nil,
      correlations: study.correlations(conditional))
  }
}

extension ResidualStudy {
  /// The most residuals that are stored for plots alone.
  private static let mostPoints = 1_000

  /// One outcome's part of the stored report.
  fileprivate func reported(
    outcome index: Int, _ kind: SimulationKind
  ) throws(FittingError) -> OutcomeResiduals {
    let input = try input(outcome: index, kind)
    let residuals = residuals(input, outcome: index, kind)
    var outcome = OutcomeResiduals(
      residuals, Diagnostics.ResidualTests(residuals, input: input),
      name: model.outcomes[index].name, isDiscrete: input.isDiscrete)
    outcome.calibrated = calibrated(kind, input)
    if kind == .conditional {
      outcome.predictors = predictors(residuals.scaled, outcome: index)
    } else {
      outcome.groups = try groups(input, outcome: index)
      outcome.thin(to: Self.mostPoints)
    }
    return outcome
  }

  /// The residuals along every column that is no response.
  private func predictors(_ scaled: [Double], outcome index: Int) -> [PredictorResiduals] {
    let responses = Set(model.outcomes.flatMap { Self.words(of: $0.label) })
    let rows = model.rowsInDataOrder(outcome: index)
    return table.names.filter { !responses.contains($0) }.compactMap { name in
      table[name].flatMap {
        DataColumns.residuals(scaled, along: DataColumns.select($0, rows), name: name)
      }
    }
  }

  /// The names in a response as written.
  private static func words(of label: String) -> [String] {
    label.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(String.init)
  }

  /// The residuals of the sums over the levels of each grouping factor.
  private func groups(
    _ input: ResidualInput, outcome index: Int
  ) throws(FittingError) -> [GroupedResiduals] {
    var names: [String] = []
    for block in model.effects.blocks where !names.contains(block.group) {
      names.append(block.group)
    }
    var groups: [GroupedResiduals] = []
    for name in names {
      guard let (codes, levels) = levels(of: name, outcome: index), levels.count >= 5,
        levels.count < input.count
      else { continue }
      let grouped = try grouped(input, by: codes, .sum)
      let residuals = residuals(grouped, outcome: index, .unconditional)
      groups.append(
        GroupedResiduals(
          name: name, scaled: residuals.scaled.sorted().thinned(to: Self.mostPoints),
          tests: ReportedTests(
            Diagnostics.ResidualTests(residuals, input: grouped), isDiscrete: input.isDiscrete)))
    }
    return groups
  }

  /// For each value of an outcome the number of its level of a grouping factor, or of several joined by colons, and the
  /// levels; nil where a column is not in the table.
  package func levels(
    of group: String, outcome index: Int
  ) -> (codes: [Int], levels: [String])? {
    let names = group.split(separator: ":").map(String.init)
    let columns = names.compactMap { table[$0] }
    guard !names.isEmpty, columns.count == names.count else { return nil }
    let rows = model.rowsInDataOrder(outcome: index)
    return DataColumns.levels(of: columns.map { DataColumns.select($0, rows) })
  }

  /// The input with its rows aggregated.
  package func grouped(
    _ input: ResidualInput, by codes: [Int], _ aggregate: Aggregation
  ) throws(FittingError) -> ResidualInput {
    do { return try input.grouped(by: codes, aggregate: aggregate) } catch {
      throw FittingError("grouped residuals: \(Self.text(error))", exitCode: 65)
    }
  }

  /// The correlations between the residuals of each pair of outcomes.
  package func correlations(_ outcomes: [OutcomeResiduals]) -> [OutcomeCorrelations] {
    let rows = model.outcomes.indices.map { model.rowsInDataOrder(outcome: $0) }
    return outcomes.indices.flatMap { second in
      (0..<second).compactMap { first -> OutcomeCorrelations? in
        let places = Dictionary(
          uniqueKeysWithValues: rows[first].enumerated().map { ($1, $0) })
        let pairs = rows[second].enumerated().compactMap { place, row in
          places[row].map { ($0, place) }
        }
        return OutcomeCorrelation.run(
          pairs.map { outcomes[first].scaled[$0.0] }, pairs.map { outcomes[second].scaled[$0.1] },
          simulations: simulations
        ).map {
          OutcomeCorrelations(
            first: outcomes[first].name, second: outcomes[second].name, rows: $0.count,
            correlation: $0.correlation, lower: $0.interval.lowerBound,
            upper: $0.interval.upperBound, p: $0.p)
        }
      }
    }
  }
}
