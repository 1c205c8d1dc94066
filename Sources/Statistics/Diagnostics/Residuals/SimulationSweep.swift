// One pass over all simulations that collects whatever the residuals and their tests count.

import LinearAlgebra

/// What one pass over n × S simulations yields.
///
/// Rows are taken in blocks that stay in the first cache while every simulation passes over them; the
/// variance of a simulation is put together from those of its blocks (Chan, Golub & LeVeque 1983), so that
/// a large mean costs no digits.
struct SimulationSweep: Sendable {
  /// For each row the number of simulations below the observed value.
  private(set) var below: [Double]
  /// For each row the number of simulations not above the observed value.
  private(set) var atMost: [Double]
  /// For each simulation the variance of simulated less fitted values; not a number with one row.
  private(set) var variances: [Double]
  /// For each simulation the number of zeros.
  private(set) var zeros: [Double]

  private static let blockSize = 256

  /// Sweeps over simulations that lie one after another.
  init(observed: [Double], fitted: [Double], simulations: [Double]) {
    let n = observed.count
    let count = simulations.count / n
    below = [Double](repeating: 0, count: n)
    atMost = below
    zeros = [Double](repeating: 0, count: count)
    var means = zeros
    var squares = zeros
    for start in stride(from: 0, to: n, by: Self.blockSize) {
      let end = min(start + Self.blockSize, n)
      for simulation in 0..<count {
        let block = Self.sweep(
          observed.span, fitted.span, simulations.span, start, end, simulation * n, &below,
          &atMost)
        zeros[simulation] += block.zeros
        let (done, more) = (Double(start), Double(end - start))
        let difference = block.mean - means[simulation]
        means[simulation] += difference * more / (done + more)
        squares[simulation] +=
          block.squares + difference * difference * done * more / (done + more)
      }
    }
    variances = squares.map { $0 / Double(n - 1) }
  }

  private struct Block {
    var zeros = 0.0
    var mean = 0.0
    var squares = 0.0
  }

  @inline(__always)
  private static func sweep(
    _ observed: Span<Double>, _ fitted: Span<Double>, _ simulations: Span<Double>, _ start: Int,
    _ end: Int, _ offset: Int, _ below: inout [Double], _ atMost: inout [Double]
  ) -> Block {
    var belowSpan = below.mutableSpan
    var atMostSpan = atMost.mutableSpan
    let (one, none) = (Lanes(repeating: 1), Lanes.zero)
    var (zeros, sum) = (Lanes.zero, Lanes.zero)
    var row = start
    while row + laneCount <= end {
      let (y, s) = (observed.lanes(at: row), simulations.lanes(at: offset + row))
      belowSpan.store(belowSpan.lanes(at: row) + none.replacing(with: one, where: s .< y), at: row)
      atMostSpan.store(
        atMostSpan.lanes(at: row) + none.replacing(with: one, where: s .<= y), at: row)
      zeros += none.replacing(with: one, where: s .== none)
      sum += s - fitted.lanes(at: row)
      row += laneCount
    }
    var block = Block()
    block.zeros = zeros.sum()
    var total = sum.sum()
    while row < end {
      let (y, s) = (observed[row], simulations[offset + row])
      if s < y { belowSpan[row] += 1 }
      if s <= y { atMostSpan[row] += 1 }
      if s == 0 { block.zeros += 1 }
      total += s - fitted[row]
      row += 1
    }
    block.mean = total / Double(end - start)
    let mean = Lanes(repeating: block.mean)
    var squares = Lanes.zero
    row = start
    while row + laneCount <= end {
      let deviation = simulations.lanes(at: offset + row) - fitted.lanes(at: row) - mean
      squares = multiplyAdd(deviation, deviation, squares)
      row += laneCount
    }
    block.squares = squares.sum()
    while row < end {
      let deviation = simulations[offset + row] - fitted[row] - block.mean
      block.squares += deviation * deviation
      row += 1
    }
    return block
  }
}
