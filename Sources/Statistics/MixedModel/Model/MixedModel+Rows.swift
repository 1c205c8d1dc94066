// A model on some of its rows: one level of the leading factor, or all rows but a level's.

import Families
import LinearAlgebra

extension MixedModel {
  /// Whether given ψ the likelihood is a product over the levels of one grouping factor.
  package var isProductOverLevels: Bool {
    effects.leadingGroup != nil && effects.arrow.cornerSize == 0
  }

  /// For each outcome the level of the leading factor of every sorted row, by row of the table where the outcome itself
  /// has none of the factor's effects; nil for rows that no level owns.
  package func leadingLevels() -> [[Int?]] {
    var owners: [Int: Int] = [:]
    for outcome in outcomes {
      for run in outcome.runs {
        for row in run.start..<run.end { owners[outcome.tableRows[row]] = run.level }
      }
    }
    return outcomes.map { outcome in outcome.tableRows.map { owners[$0] } }
  }

  /// For each outcome the level of every sorted row in the factor of a block, by row of the table where the outcome
  /// itself has none of its effects; nil for rows that no level owns.
  package func levels(ofBlock index: Int) -> [[Int?]] {
    let block = effects.blocks[index]
    guard !block.isLeading else { return leadingLevels() }
    var owners: [Int: Int] = [:]
    for outcome in outcomes {
      let columns = outcome.predictors.flatMap(\.cornerColumns)
      guard let column = columns.first(where: { effects.blocks[$0.block].group == block.group })
      else { continue }
      let own = effects.blocks[column.block]
      for (row, place) in column.places.enumerated() {
        owners[outcome.tableRows[row]] = (Int(place) - own.offset) / own.size
      }
    }
    return outcomes.map { outcome in outcome.tableRows.map { owners[$0] } }
  }

  /// The same model, with the same parameters and effects, on those sorted rows of each outcome that `rows` names, ascending.
  package func keeping(rows: [[Int]]) -> MixedModel {
    restricted(to: rows, effects: effects) { $0 }
  }

  /// The model of one level of the leading factor: its rows, its effects, the same parameters ψ.
  ///
  /// - Parameters:
  ///   - rows: the sorted rows of each outcome that belong to the level.
  /// - Precondition: `isProductOverLevels`.
  package func level(_ level: Int, rows: [[Int]]) -> MixedModel {
    precondition(isProductOverLevels, "levels of crossed factors share their effects")
    let blocks = effects.blocks.map { block in
      RandomEffectLayout.Block(
        group: block.group, identifier: block.identifier, structure: block.structure,
        covariance: block.covariance, levels: [block.levels[level]], members: block.members,
        thetaOffset: block.thetaOffset, isLeading: true, offset: block.offset)
    }
    let layout = RandomEffectLayout(
      blocks: blocks,
      arrow: ArrowStructure(
        blockSize: effects.arrow.blockSize, blockCount: 1, denseCornerSize: 0),
      leadingGroup: effects.leadingGroup)
    return restricted(to: rows, effects: layout) { _ in 0 }
  }

  private func restricted(
    to rows: [[Int]], effects: RandomEffectLayout, renumbering: (Int) -> Int
  ) -> MixedModel {
    let parts = zip(outcomes, rows).map { $0.keeping($1, renumbering: renumbering) }
    return MixedModel(
      outcomes: parts, effects: effects, residualCorrelation: residualCorrelation, layout: layout,
      observationCount: rows.reduce(0) { $0 + $1.count },
      unitCount: Set(parts.flatMap(\.tableRows)).count)
  }
}

extension ModelOutcome {
  /// The outcome on some of its sorted rows.
  fileprivate func keeping(_ rows: [Int], renumbering: (Int) -> Int) -> ModelOutcome {
    var levels: [Int] = []
    if !runs.isEmpty {
      var run = 0
      for row in rows {
        while runs[run].end <= row { run += 1 }
        levels.append(runs[run].level)
      }
    }
    var kept: [Run] = []
    for (place, level) in levels.enumerated() {
      if let last = kept.last, place > 0, levels[place - 1] == level {
        kept[kept.count - 1] = Run(level: last.level, start: last.start, end: place + 1)
      } else {
        kept.append(Run(level: renumbering(level), start: place, end: place + 1))
      }
    }
    return ModelOutcome(
      name: name, label: label, family: family,
      response: family.prepare(
        y: rows.map { response.y[$0] },
        trials: response.hasTrials ? rows.map { response.trials[$0] } : nil),
      tableRows: rows.map { tableRows[$0] }, predictors: predictors.map { $0.keeping(rows) },
      runs: kept, randomPredictors: randomPredictors)
  }
}

extension ModelPredictor {
  /// The predictor on some of its sorted rows.
  fileprivate func keeping(_ rows: [Int]) -> ModelPredictor {
    let padded = fixedValue == nil ? paddedToLanes(max(rows.count, 1)) : 0
    var columns = [Double](repeating: 0, count: padded * columnNames.count)
    for column in columnNames.indices {
      for (place, row) in rows.enumerated() {
        columns[column * padded + place] = design[column * stride + row]
      }
    }
    return ModelPredictor(
      parameter: parameter, columnNames: columnNames, coefficientOffset: coefficientOffset,
      design: columns, stride: padded, offset: offset.map { padColumn($0, rows) },
      leadingColumns: leadingColumns.map {
        LeadingColumn(position: $0.position, values: $0.values.map { padColumn($0, rows) })
      },
      cornerColumns: cornerColumns.map { column in
        CornerColumn(
          block: column.block, member: column.member, places: rows.map { column.places[$0] },
          borderPlaces: column.borderPlaces.isEmpty ? [] : rows.map { column.borderPlaces[$0] },
          values: column.values.map { padColumn($0, rows) }, order: column.order,
          meetings: column.meetings.map { meeting in rows.map { meeting[$0] } })
      },
      isConstant: isConstant, fixedValue: fixedValue)
  }
}
