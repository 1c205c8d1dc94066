// The linear predictor η = offset + X β + Z b for one block of rows.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Fills the linear predictors of rows `start ..< start + count`; `run` is the first run that reaches them.
  func fillPredictors(
    _ block: inout PredictorBlock, start: Int, count: Int, run: Int, coefficients: [Double],
    effects: [Double], layout: RandomEffectLayout
  ) {
    let all = predictors.span
    for a in all.indices {
      if all[a].isOneNumber {
        let value = all[a].fixedValue ?? coefficients[all[a].coefficientOffset]
        block.isConstant[a] = true
        for i in 0..<laneCount { block.values[a * rowsPerBlock + i] = value }
        continue
      }
      block.isConstant[a] = false
      let first = a * rowsPerBlock
      all[a].setFixed(&block.values, first, start, count, coefficients)
      addRandom(
        a, &block.values, first, start: start, count: count, run: run, effects: effects,
        layout: layout)
    }
  }

  /// Adds Z b of predictor `a` to the elements of `values` from `first` on, one for each row.
  func addRandom(
    _ a: Int, _ values: inout [Double], _ first: Int, start: Int, count: Int, run: Int,
    effects: [Double], layout: RandomEffectLayout
  ) {
    let predictor = predictors.span
    var all = values.mutableSpan
    var eta = all._mutatingExtracting(first..<(first + count))
    let q = layout.arrow.blockSize
    addLeading(predictor[a], &eta, start, run, effects, q)
    let tail = layout.arrow.blockCount * q
    let corner = predictor[a].cornerColumns.span
    for column in corner.indices {
      corner[column].add(&eta, start, effects.span.extracting(tail...))
    }
  }

  private func addLeading(
    _ predictor: borrowing ModelPredictor, _ eta: inout MutableSpan<Double>, _ start: Int,
    _ run: Int, _ effects: [Double], _ q: Int
  ) {
    let b = effects.span
    let count = eta.count
    let all = runs.span
    let leading = predictor.leadingColumns.span
    for column in leading.indices {
      let position = leading[column].position
      var r = run
      while r < all.count && all[r].start < start + count {
        let effect = b[all[r].level * q + position]
        let rows = all[r].rows(from: start, count: count)
        var part = eta._mutatingExtracting(rows)
        if let values = leading[column].values {
          let z = values.span.extracting((start + rows.lowerBound)..<(start + rows.upperBound))
          for i in 0..<z.count { part[i] += z[i] * effect }
        } else {
          for i in 0..<part.count { part[i] += effect }
        }
        r += 1
      }
    }
  }
}

extension ModelOutcome.Run {
  /// The rows of the run within a block of `count` rows from `start` on, counted from the block's first.
  @inline(__always) func rows(from start: Int, count: Int) -> Range<Int> {
    max(self.start - start, 0)..<min(end - start, count)
  }
}

extension ModelPredictor {
  /// Sets η to offset + X β, whole lanes of it.
  fileprivate func setFixed(
    _ values: inout [Double], _ first: Int, _ start: Int, _ count: Int, _ coefficients: [Double]
  ) {
    var eta = values.mutableSpan
    let padded = paddedToLanes(count)
    if let offset {
      let known = offset.span.extracting(start..<(start + padded))
      for i in 0..<padded { eta[first + i] = known[i] }
    } else {
      for i in 0..<padded { eta[first + i] = 0 }
    }
    TallMatrix.addProduct(
      design.span, first: start, stride: stride, count: columnNames.count, rows: padded,
      coefficients.span, from: coefficientOffset, to: &eta, at: first)
  }
}

extension CornerColumn {
  /// Adds the effects of this column, which begin with the corner's first, to η of the rows from `start` on.
  fileprivate func add(_ eta: inout MutableSpan<Double>, _ start: Int, _ effects: Span<Double>) {
    let count = eta.count
    let place = places.span.extracting(start..<(start + count))
    if let values {
      let z = values.span.extracting(start..<(start + count))
      for i in 0..<count { eta[i] += z[i] * effects[Int(place[i])] }
    } else {
      for i in 0..<count { eta[i] += effects[Int(place[i])] }
    }
  }
}
