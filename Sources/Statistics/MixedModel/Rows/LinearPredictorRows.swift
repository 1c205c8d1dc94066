// The linear predictor η = offset + X β + Z b for one block of rows.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Fills the linear predictors of rows `start ..< start + count`; `run` is the first run that reaches them.
  func fillPredictors(
    _ block: inout PredictorBlock, start: Int, count: Int, run: Int, coefficients: [Double],
    effects: [Double], layout: RandomEffectLayout
  ) {
    for (a, predictor) in predictors.enumerated() {
      if predictor.isConstant {
        let value = coefficients[predictor.coefficientOffset]
        block.isConstant[a] = true
        for i in 0..<laneCount { block.values[a * rowsPerBlock + i] = value }
        continue
      }
      block.isConstant[a] = false
      let first = a * rowsPerBlock
      predictor.setFixed(&block.values, first, start, count, coefficients)
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
    let predictor = predictors[a]
    if !predictor.leadingColumns.isEmpty {
      addLeading(predictor, &values, first, start, count, run, effects, layout.arrow.blockSize)
    }
    let corner = layout.arrow.blockCount * layout.arrow.blockSize
    for column in predictor.cornerColumns {
      column.add(&values, first, start, count, effects, corner)
    }
  }

  private func addLeading(
    _ predictor: ModelPredictor, _ values: inout [Double], _ first: Int, _ start: Int, _ count: Int,
    _ run: Int, _ effects: [Double], _ blockSize: Int
  ) {
    var eta = values.mutableSpan
    let b = effects.span
    let end = start + count
    for column in predictor.leadingColumns {
      var r = run
      while r < runs.count && runs[r].start < end {
        let effect = b[runs[r].level * blockSize + column.position]
        let (low, high) = (max(runs[r].start, start) - start, min(runs[r].end, end) - start)
        if let values = column.values {
          let z = values.span
          for i in low..<high { eta[first + i] += z[start + i] * effect }
        } else {
          for i in low..<high { eta[first + i] += effect }
        }
        r += 1
      }
    }
  }
}

extension ModelPredictor {
  fileprivate func setFixed(
    _ values: inout [Double], _ first: Int, _ start: Int, _ count: Int, _ coefficients: [Double]
  ) {
    var eta = values.mutableSpan
    let x = design.span
    let beta = coefficients.span
    let p = columnNames.count
    var i = 0
    while i < count {
      var sum = offset.map { $0.span.lanes(at: start + i) } ?? Lanes(repeating: 0)
      var at = start + i
      for c in 0..<p {
        sum = multiplyAdd(x.lanes(at: at), Lanes(repeating: beta[coefficientOffset + c]), sum)
        at += stride
      }
      eta.store(sum, at: first + i)
      i += laneCount
    }
  }
}

extension CornerColumn {
  fileprivate func add(
    _ values: inout [Double], _ first: Int, _ start: Int, _ count: Int, _ effects: [Double],
    _ corner: Int
  ) {
    var eta = values.mutableSpan
    let b = effects.span
    let place = places.span
    if let column = self.values {
      let z = column.span
      for i in 0..<count { eta[first + i] += z[start + i] * b[corner + Int(place[start + i])] }
    } else {
      for i in 0..<count { eta[first + i] += b[corner + Int(place[start + i])] }
    }
  }
}
