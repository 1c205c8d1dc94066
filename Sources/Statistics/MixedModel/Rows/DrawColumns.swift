// Draws as columns, and the linear predictors of one row in many draws at once.

import Families
import LinearAlgebra

/// The draws of one chain: an array of all draws for every coefficient and every random effect.
package struct DrawColumns: Sendable {
  /// How many draws count; the arrays may be longer.
  package let count: Int
  /// The coefficients, the first elements of ψ.
  package let coefficients: [[Double]]
  /// The random effects, in the order of b.
  package let effects: [[Double]]
  /// The residual correlations, in the order of `ResidualCorrelation.pairs`.
  package let residualCorrelations: [[Double]]

  /// The same draws with only the first `count`.
  package func first(_ count: Int) -> DrawColumns {
    DrawColumns(
      count: min(count, self.count), coefficients: coefficients, effects: effects,
      residualCorrelations: residualCorrelations)
  }
}

extension ReportedParameters {
  /// Columns of draws, one for each of `names`, in the order of ψ and b.
  package func columns(_ values: [[Double]]) -> DrawColumns {
    precondition(values.count == names.count, "a column for each name")
    var coefficients = [[Double]](repeating: [], count: model.layout.coefficientCount)
    var effects = [[Double]](repeating: [], count: model.effects.count)
    var next = 0
    for outcome in model.outcomes {
      for predictor in outcome.predictors where !predictor.isConstant {
        for column in predictor.columnNames.indices {
          coefficients[predictor.coefficientOffset + column] = values[next]
          next += 1
        }
      }
    }
    for outcome in model.outcomes {
      for (place, predictor) in outcome.predictors.enumerated() where predictor.isOneNumber {
        let link = outcome.family.parameters[place].link
        if predictor.isConstant {
          coefficients[predictor.coefficientOffset] = values[next].map { link.predictor(for: $0) }
        }
        next += 1
      }
    }
    for block in model.effects.blocks {
      next += block.size + (block.hasCorrelations ? block.size * (block.size - 1) / 2 : 0)
    }
    let pairs = model.residualCorrelation?.parameterCount ?? 0
    let correlations = Array(values[next..<(next + pairs)])
    next += pairs
    for (index, block) in model.effects.blocks.enumerated() {
      for member in block.members.indices {
        for level in block.levels.indices {
          effects[model.effects.index(block: index, level: level, member: member)] = values[next]
          next += 1
        }
      }
    }
    return DrawColumns(
      count: values.first?.count ?? 0, coefficients: coefficients, effects: effects,
      residualCorrelations: correlations)
  }
}

extension ReportedParameters {
  /// Λ of the leading factor's levels in each of the first `count` draws, q × q column by column, from columns as
  /// `columns` takes them.
  package func leadingFactors(_ values: [[Double]], count: Int) -> [Double] {
    var factors = CovarianceFactors(layout: model.effects)
    var result: [Double] = []
    result.reserveCapacity(count * factors.leading.count)
    var row = [Double](repeating: 0, count: values.count)
    for draw in 0..<count {
      for place in row.indices { row[place] = values[place][draw] }
      factors.update(point(of: row).psi)
      result += factors.leading
    }
    return result
  }
}

extension ModelOutcome {
  /// For each sorted row its level of the leading grouping factor; empty where that has no effects on this outcome.
  package var rowLevels: [Int32] {
    guard !runs.isEmpty else { return [] }
    var levels = [Int32](repeating: 0, count: response.count)
    for run in runs { for row in run.start..<run.end { levels[row] = Int32(run.level) } }
    return levels
  }

  /// Fills a block with the linear predictors of one sorted row in draws `start ..< start + count`.
  ///
  /// `level` is the row's element of `rowLevels`; nil leaves the leading factor's effects out.
  package func fillPredictors(
    _ block: inout PredictorBlock, row: Int, level: Int?, draws: DrawColumns, start: Int,
    count: Int, layout: RandomEffectLayout
  ) {
    let all = predictors.span
    for a in all.indices {
      let first = a * rowsPerBlock
      if let value = all[a].fixedValue {
        block.isConstant[a] = true
        for i in 0..<laneCount { block.values[first + i] = value }
        continue
      }
      block.isConstant[a] = false
      var span = block.values.mutableSpan
      var eta = span._mutatingExtracting(first..<(first + count))
      all[a].fill(
        &eta, row: row, level: level, draws, start: start, layout: layout)
    }
  }
}

extension ModelPredictor {
  fileprivate func fill(
    _ eta: inout MutableSpan<Double>, row: Int, level: Int?, _ draws: DrawColumns, start: Int,
    layout: RandomEffectLayout
  ) {
    let known = offset?[row] ?? 0
    for i in 0..<eta.count { eta[i] = known }
    let coefficients = draws.coefficients.span
    let effects = draws.effects.span
    for column in columnNames.indices {
      Self.add(
        design[column * stride + row], times: coefficients[coefficientOffset + column].span,
        from: start, to: &eta)
    }
    let leading = leadingColumns.span
    if let level {
      for column in leading.indices {
        Self.add(
          leading[column].values?[row] ?? 1,
          times: effects[level * layout.arrow.blockSize + leading[column].position].span,
          from: start, to: &eta)
      }
    }
    let tail = layout.arrow.blockCount * layout.arrow.blockSize
    let corner = cornerColumns.span
    for column in corner.indices {
      Self.add(
        corner[column].values?[row] ?? 1,
        times: effects[tail + Int(corner[column].places[row])].span,
        from: start, to: &eta)
    }
  }

  /// Adds x times the draws from `start` on.
  private static func add(
    _ x: Double, times column: Span<Double>, from start: Int, to eta: inout MutableSpan<Double>
  ) {
    guard x != 0 else { return }
    let factor = Lanes(repeating: x)
    let count = eta.count
    var i = 0
    while i &+ laneCount <= count {
      eta.store(multiplyAdd(factor, column.lanes(at: start &+ i), eta.lanes(at: i)), at: i)
      i &+= laneCount
    }
    while i < count {
      eta[i] += x * column[start &+ i]
      i &+= 1
    }
  }
}
