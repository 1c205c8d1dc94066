// One parameter's draws as running sums, so that new draws cost no look at the old ones.

import LinearAlgebra

/// Running sums of the draws of one parameter in several chains of equal length.
///
/// What follows from them is a ``RunningSummary``. Not kept are ranks: the rank-normalised statistics
/// of ``ConvergenceCalculator`` need all draws in order, and are computed when their turn comes. An
/// update costs O(new draws x lags), however many draws there are already.
package struct RunningDraws: Sendable {
  /// The number of draws of each chain in the sums.
  package private(set) var drawCount = 0
  private(set) var chains: [RunningChain]
  /// A draw, subtracted from all others, which keeps the digits of draws far from zero.
  private(set) var origin = 0.0
  private var lowest = Double.infinity
  private var highest = -Double.infinity
  private var isFinite = true

  /// No draws of so many chains.
  package init(chainCount: Int) {
    chains = Array(repeating: RunningChain(), count: chainCount)
  }

  /// Whether the draws are all finite and spread over more than the rounding of one, as the
  /// statistics of the posterior package ask.
  var isUsable: Bool { isFinite && highest - lowest >= Double.ulpOfOne }

  /// Takes in the draws that are new: those from ``drawCount`` up to `end`.
  ///
  /// - Parameters:
  ///   - end: the draws of each chain to be in the sums; not fewer than there are.
  ///   - work: a buffer that calls share.
  ///   - draws: the draws of a chain, all of them from the first kept one on.
  package mutating func extend(
    to end: Int, work: inout [Double], draws: (_ chain: Int) -> ArraySlice<Double>
  ) {
    precondition(end >= drawCount, "running sums only grow")
    guard end > drawCount, !chains.isEmpty else { return }
    if drawCount == 0, let first = draws(0).first, first.isFinite { origin = first }
    for chain in chains.indices {
      load(draws(chain), to: end, into: &work)
      chains[chain].add(work.span, count: end - drawCount, before: drawCount)
    }
    drawCount = end
  }

  /// Copies the new draws, less the origin, behind as many old ones as there are lags; zeros around.
  private mutating func load(
    _ column: ArraySlice<Double>, to end: Int, into work: inout [Double]
  ) {
    let lead = RunningChain.lagCount
    let length = lead + (end - drawCount) + laneCount
    if work.count < length { work = Array(repeating: 0, count: length) }
    var target = work.mutableSpan
    let source = column.span
    for place in 0..<lead {
      let draw = drawCount - lead + place
      target[place] = draw >= 0 ? source[draw] - origin : 0
    }
    var (low, high) = (lowest, highest)
    for draw in drawCount..<end {
      let value = source[draw]
      if !value.isFinite { isFinite = false }
      low = min(low, value)
      high = max(high, value)
      target[lead + draw - drawCount] = value - origin
    }
    (lowest, highest) = (low, high)
    for place in (lead + end - drawCount)..<length { target[place] = 0 }
  }
}

/// Running sums of one chain; its draws are y, less an origin.
struct RunningChain: Sendable {
  /// The number of lags with running products, lag 0 included; a multiple of four.
  static let lagCount = 32
  /// The draws between two stored totals.
  static let blockLength = 128

  /// Σ y_i y_(i-k) at the lags k.
  private(set) var products = Array(repeating: 0.0, count: lagCount)
  /// The first draws.
  private(set) var head: [Double] = []
  /// Σ y and Σ y² of all draws before the end of each block, one after the other.
  private(set) var blockTotals: [Double] = [0, 0]
  private(set) var sum = 0.0
  private(set) var squares = 0.0

  /// Takes in `count` new draws, which stand behind `lagCount` older ones and before zeros.
  mutating func add(_ work: Span<Double>, count: Int, before: Int) {
    for lag in stride(from: 0, to: Self.lagCount, by: 4) {
      let more = Self.laggedProducts(work, lag: lag, count: count)
      for place in 0..<4 { products[lag + place] += more[place] }
    }
    for place in 0..<count {
      let value = work[Self.lagCount + place]
      if head.count < Self.lagCount { head.append(value) }
      sum += value
      squares += value * value
      if (before + place + 1) % Self.blockLength == 0 {
        blockTotals.append(sum)
        blockTotals.append(squares)
      }
    }
  }

  /// The products of the new draws with those four lags before, summed.
  private static func laggedProducts(_ work: Span<Double>, lag: Int, count: Int) -> SIMD4<Double> {
    var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var place = lagCount
    let end = lagCount + count
    // The zeros behind the new draws make a last, broken vector whole.
    while place < end {
      let x = work.lanes(at: place)
      a = multiplyAdd(x, work.lanes(at: place - lag), a)
      b = multiplyAdd(x, work.lanes(at: place - lag - 1), b)
      c = multiplyAdd(x, work.lanes(at: place - lag - 2), c)
      d = multiplyAdd(x, work.lanes(at: place - lag - 3), d)
      place += laneCount
    }
    return SIMD4(a.sum(), b.sum(), c.sum(), d.sum())
  }

  /// Σ y and Σ y² of the first `count` draws: the total at the last end of a block, and the few
  /// draws after it.
  func totals(
    of count: Int, _ draws: ArraySlice<Double>, origin: Double
  ) -> (sum: Double, squares: Double) {
    let block = count / Self.blockLength
    var (sum, squares) = (blockTotals[2 * block], blockTotals[2 * block + 1])
    for draw in (block * Self.blockLength)..<count {
      let value = draws[draws.startIndex + draw] - origin
      sum += value
      squares += value * value
    }
    return (sum, squares)
  }

  /// The autocovariances at the lags, denominator n, about the chain's own mean.
  ///
  /// Σ (y_i - m)(y_(i-k) - m) = Σ y_i y_(i-k) - m (2 Σ y - the first k - the last k) + (n - k) m².
  func addAutocovariances(
    _ draws: ArraySlice<Double>, count n: Int, origin: Double, to covariances: inout [Double]
  ) {
    let mean = sum / Double(n)
    var (first, last) = (0.0, 0.0)
    for lag in 0..<min(Self.lagCount, n) {
      if lag > 0 {
        first += head[lag - 1]
        last += draws[draws.startIndex + n - lag] - origin
      }
      let centred =
        products[lag] - mean * (2 * sum - first - last) + Double(n - lag) * mean * mean
      covariances[lag] += centred / Double(n)
    }
  }
}
