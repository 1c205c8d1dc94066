// The loops around the kernels the other way: one observed value at eight draws of the predictors at a time.

import LinearAlgebra
import Probability

/// One observed value and the linear predictors that it is to be judged by, one of each for every draw.
struct RowDraws {
  let y: Double
  let trials: Double
  let centering: Double
  let constant: Double
  let count: Int
  let predictors: PredictorBlock

  @inline(__always) init(
    _ response: ResponseData, row: Int, count: Int, predictors: PredictorBlock
  ) {
    precondition(row < response.count && count <= rowsPerBlock, "not a value with a block of draws")
    y = response.y[row]
    trials = response.trials[row]
    centering = response.centering[row]
    constant = response.constants[row]
    self.count = count
    self.predictors = predictors
  }
}

extension RowKernel {
  /// Writes log f of every draw, with the constant, and the derivatives up to `order`, the first or the second.
  func run(
    _ draws: RowDraws, _ order: DerivativeOrder, values: inout [Double],
    into derivatives: inout DerivativeBlock
  ) {
    if order == .value {
      sweep(draws, UpToValue.self, &values, &derivatives)
    } else {
      sweep(draws, UpToSecond.self, &values, &derivatives)
    }
  }

  @inline(never)
  private func sweep<Order: OrderTag>(
    _ draws: RowDraws, _ tag: Order.Type, _ values: inout [Double],
    _ derivatives: inout DerivativeBlock
  ) {
    let order = Order.order
    let (y, trials) = (VectorMath.splat(draws.y), VectorMath.splat(draws.trials))
    let centering = VectorMath.splat(draws.centering)
    let constant = VectorMath.splat(draws.constant)
    let eta = draws.predictors.values.span
    let step = draws.predictors.stride(of: 0)
    var target = values.mutableSpan
    var out = derivatives.values.mutableSpan
    var i = 0
    while i < draws.count {
      let rows = RowLanes(y: y, trials: trials, centering: centering, eta: eta.lanes(at: i &* step))
      let r = self.derivatives(rows, order)
      target.store(r.value + constant, at: i)
      out.store(r, at: i, order)
      i &+= laneCount
    }
  }
}

extension RowPairKernel {
  /// Writes log f of every draw, with the constant, and the derivatives up to `order`, the first or the second.
  func run(
    _ draws: RowDraws, _ order: DerivativeOrder, values: inout [Double],
    into derivatives: inout DerivativeBlock
  ) {
    if order == .value {
      sweep(draws, UpToValue.self, &values, &derivatives)
    } else {
      sweep(draws, UpToSecond.self, &values, &derivatives)
    }
  }

  @inline(never)
  private func sweep<Order: OrderTag>(
    _ draws: RowDraws, _ tag: Order.Type, _ values: inout [Double],
    _ derivatives: inout DerivativeBlock
  ) {
    let order = Order.order
    let y = VectorMath.splat(draws.y)
    let centering = VectorMath.splat(draws.centering)
    let constant = VectorMath.splat(draws.constant)
    let eta = draws.predictors.values.span
    let (step0, step1) = (draws.predictors.stride(of: 0), draws.predictors.stride(of: 1))
    var target = values.mutableSpan
    var out = derivatives.values.mutableSpan
    var i = 0
    while i < draws.count {
      let rows = RowLanes(
        y: y, centering: centering, eta: eta.lanes(at: i &* step0),
        eta1: eta.lanes(at: rowsPerBlock &+ i &* step1))
      let r = self.derivatives(rows, order)
      target.store(r.value + constant, at: i)
      out.store(r, at: i, order)
      i &+= laneCount
    }
  }
}
