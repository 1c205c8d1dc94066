// The loops around the kernels: eight rows at a time through a block, the last rows masked.

import LinearAlgebra
import Probability

/// What a kernel is given of eight rows.
struct RowLanes {
  let y: Lanes
  /// The numbers of trials, where the kernel reads them.
  var trials = Lanes()
  /// The numbers of `ResponseData.centering`, where the kernel reads them.
  var centering = Lanes()
  /// The linear predictor of μ.
  let eta: Lanes
  /// The second linear predictor, where there is one.
  var eta1 = Lanes()
}

/// The log density of eight rows with its derivatives in one linear predictor.
///
/// Conforming types are structs of what is the same for all rows. Their methods are inlined into
/// the loop, once for each order, so that derivatives nobody asked for are never computed.
protocol RowKernel {
  static var readsTrials: Bool { get }
  static var readsCentering: Bool { get }
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes
}

/// The same for two linear predictors.
protocol RowPairKernel {
  static var readsCentering: Bool { get }
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives
}

/// An order of derivatives that the compiler knows.
///
/// Each pair of a kernel and an order becomes a function of its own: small enough to keep its
/// numbers in registers, and without the derivatives that are not wanted.
protocol OrderTag {
  static var order: DerivativeOrder { get }
}

enum UpToValue: OrderTag {
  @inline(always) static var order: DerivativeOrder { .value }
}

enum UpToFirst: OrderTag {
  @inline(always) static var order: DerivativeOrder { .first }
}

enum UpToSecond: OrderTag {
  @inline(always) static var order: DerivativeOrder { .second }
}

enum UpToThird: OrderTag {
  @inline(always) static var order: DerivativeOrder { .third }
}

/// The rows that a kernel is to be run on.
struct RowRange {
  let response: ResponseData
  let start: Int
  let count: Int
  let predictors: PredictorBlock

  @inline(always) init(
    _ response: ResponseData, start: Int, count: Int, predictors: PredictorBlock
  ) {
    precondition(start & (laneCount - 1) == 0 && count <= rowsPerBlock, "not a block of rows")
    self.response = response
    self.start = start
    self.count = count
    self.predictors = predictors
  }
}

extension RowKernel {
  /// Returns the sum of the values over a block and writes the derivatives up to `order`.
  func run(
    _ rows: RowRange, _ order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    switch order {
    case .value: sweep(rows, UpToValue.self, &derivatives)
    case .first: sweep(rows, UpToFirst.self, &derivatives)
    case .second: sweep(rows, UpToSecond.self, &derivatives)
    case .third: sweep(rows, UpToThird.self, &derivatives)
    }
  }

  @inline(never)
  private func sweep<Order: OrderTag>(
    _ range: RowRange, _ tag: Order.Type, _ derivatives: inout DerivativeBlock
  ) -> Double {
    let order = Order.order
    let y = range.response.y.span
    let trials = range.response.trials.span
    let centering = range.response.centering.span
    let eta = range.predictors.values.span
    let step = range.predictors.stride(of: 0)
    let (start, count) = (range.start, range.count)
    var out = derivatives.values.mutableSpan
    var sum = Lanes()
    var i = 0
    while i < count {
      let rows = RowLanes(
        y: y.lanes(at: start &+ i),
        trials: Self.readsTrials ? trials.lanes(at: start &+ i) : Lanes(),
        centering: Self.readsCentering ? centering.lanes(at: start &+ i) : Lanes(),
        eta: eta.lanes(at: i &* step))
      var r = self.derivatives(rows, order)
      if i &+ laneCount > count { r.keep(below: count &- i, order) }
      sum += r.value
      out.store(r, at: i, order)
      i &+= laneCount
    }
    return sum.sum()
  }
}

extension RowPairKernel {
  /// Returns the sum of the values over a block and writes the derivatives up to `order`.
  func run(
    _ rows: RowRange, _ order: DerivativeOrder, into derivatives: inout DerivativeBlock
  ) -> Double {
    switch order {
    case .value: sweep(rows, UpToValue.self, &derivatives)
    case .first: sweep(rows, UpToFirst.self, &derivatives)
    case .second: sweep(rows, UpToSecond.self, &derivatives)
    case .third: sweep(rows, UpToThird.self, &derivatives)
    }
  }

  @inline(never)
  private func sweep<Order: OrderTag>(
    _ range: RowRange, _ tag: Order.Type, _ derivatives: inout DerivativeBlock
  ) -> Double {
    let order = Order.order
    let y = range.response.y.span
    let centering = range.response.centering.span
    let eta = range.predictors.values.span
    let step0 = range.predictors.stride(of: 0)
    let step1 = range.predictors.stride(of: 1)
    let (start, count) = (range.start, range.count)
    var out = derivatives.values.mutableSpan
    var sum = Lanes()
    var i = 0
    while i < count {
      let rows = RowLanes(
        y: y.lanes(at: start &+ i),
        centering: Self.readsCentering ? centering.lanes(at: start &+ i) : Lanes(),
        eta: eta.lanes(at: i &* step0), eta1: eta.lanes(at: rowsPerBlock &+ i &* step1))
      var r = self.derivatives(rows, order)
      if i &+ laneCount > count { r.keep(below: count &- i, order) }
      sum += r.value
      out.store(r, at: i, order)
      i &+= laneCount
    }
    return sum.sum()
  }
}

extension MutableSpan where Element == Double {
  /// Writes the channels of eight rows up to `order`, numbered as `DerivativeChannels` does for m
  /// = 1.
  @inline(always)
  mutating func store(_ r: DerivativeLanes, at i: Int, _ order: DerivativeOrder) {
    if order.rawValue >= 1 { store(r.first, at: i) }
    if order.rawValue >= 2 { store(r.second, at: rowsPerBlock &+ i) }
    if order.rawValue >= 3 { store(r.third, at: 2 &* rowsPerBlock &+ i) }
  }

  /// Writes the channels of eight rows up to `order`, numbered as `DerivativeChannels` does for m
  /// = 2.
  @inline(always)
  mutating func store(_ r: PairDerivatives, at i: Int, _ order: DerivativeOrder) {
    if order.rawValue >= 1 {
      store(r.d0, at: i)
      store(r.d1, at: rowsPerBlock &+ i)
    }
    if order.rawValue >= 2 {
      store(r.d00, at: 2 &* rowsPerBlock &+ i)
      store(r.d01, at: 3 &* rowsPerBlock &+ i)
      store(r.d11, at: 4 &* rowsPerBlock &+ i)
    }
    if order.rawValue >= 3 {
      store(r.d000, at: 5 &* rowsPerBlock &+ i)
      store(r.d001, at: 6 &* rowsPerBlock &+ i)
      store(r.d011, at: 7 &* rowsPerBlock &+ i)
      store(r.d111, at: 8 &* rowsPerBlock &+ i)
    }
  }
}
