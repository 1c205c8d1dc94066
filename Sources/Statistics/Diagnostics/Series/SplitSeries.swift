// The two halves of every chain as centred series side by side, with their lagged products.

import LinearAlgebra

/// How pooled draws map to the halves of their chains.
///
/// Each chain is cut in two; with an odd number of draws the middle one belongs to no half. Every
/// half is followed by zeros, so that one product of the whole buffer with itself, shifted by a
/// lag, sums that lag over all halves.
struct SplitLayout: Sendable, Equatable {
  /// The number of chains, M.
  let chainCount: Int
  /// The number of draws in each chain, N.
  let drawCount: Int
  /// Whether chains are cut in two; if not, "half" means a whole chain here.
  let isSplit: Bool
  /// The largest lag whose shift stays inside the zeros between two halves.
  static let directLagLimit = 32

  /// Chains that are cut in two.
  init(chainCount: Int, drawCount: Int) {
    self.chainCount = chainCount
    self.drawCount = drawCount
    isSplit = true
  }

  /// Chains that stay whole.
  init(wholeChains: Int, drawCount: Int) {
    chainCount = wholeChains
    self.drawCount = drawCount
    isSplit = false
  }

  /// The number of draws in each half, n.
  var halfLength: Int { isSplit ? drawCount / 2 : drawCount }
  /// The number of halves, m.
  var halfCount: Int { isSplit ? 2 * chainCount : chainCount }
  /// The number of draws in all halves.
  var splitCount: Int { halfCount * halfLength }
  /// The distance from the start of one half to the start of the next.
  var stride: Int { paddedToLanes(halfLength + Self.directLagLimit) }
  /// The length of the buffer: all halves and room for one shifted vector past the end.
  var bufferLength: Int { halfCount * stride + Self.directLagLimit + laneCount }

  /// For each pooled draw (chain after chain) its place in the buffer, or -1 for a middle draw.
  func slots() -> [Int32] {
    var slots: [Int32] = []
    slots.reserveCapacity(chainCount * drawCount)
    let n = halfLength
    for chain in 0..<chainCount {
      for draw in 0..<drawCount {
        let second = draw >= drawCount - n
        if draw >= n && !second {
          slots.append(-1)
        } else {
          let within = second ? draw - (drawCount - n) : draw
          slots.append(Int32((2 * chain + (second ? 1 : 0)) * stride + within))
        }
      }
    }
    return slots
  }
}

/// Values laid out by a `SplitLayout`, their moments, and their autocovariances lag by lag.
struct SplitSeries: Sendable {
  /// The layout.
  let layout: SplitLayout
  /// The values; after `centre()` each half has mean zero.
  var values: [Double]
  /// The mean of each half.
  private(set) var means: [Double]
  /// The sum of squared deviations of each half from its mean.
  private(set) var squares: [Double]

  private var autocovariances: [Double] = []
  private var transform: FourierTransform

  /// A series of zeros.
  init(layout: SplitLayout) {
    self.layout = layout
    values = Array(repeating: 0, count: layout.bufferLength)
    means = Array(repeating: 0, count: layout.halfCount)
    squares = means
    transform = FourierTransform(minimumLength: 2 * layout.halfLength)
  }

  /// Subtracts the mean of each half and stores means and sums of squares; call once after filling
  /// `values`.
  mutating func centre() {
    for half in means.indices {
      (means[half], squares[half]) = Self.centre(
        &values, from: half * layout.stride, count: layout.halfLength)
    }
    autocovariances.removeAll(keepingCapacity: true)
  }

  private static func centre(
    _ values: inout [Double], from start: Int, count: Int
  ) -> (mean: Double, squares: Double) {
    guard count > 0 else { return (0, 0) }
    var span = values.mutableSpan
    // Differences from the first value keep the digits of draws far from zero, and a constant half
    // exactly zero.
    let origin = span[start]
    var sum = 0.0
    for i in start..<start + count { sum += span[i] - origin }
    let shift = sum / Double(count)
    var squares = 0.0
    for i in start..<start + count {
      let deviation = (span[i] - origin) - shift
      span[i] = deviation
      squares += deviation * deviation
    }
    return (origin + shift, squares)
  }

  /// The autocovariance at a lag, denominator n, averaged over the halves.
  ///
  /// Small lags are summed directly in groups of four; the first lag past
  /// `SplitLayout.directLagLimit` fills in all others by Fourier transforms.
  mutating func averageAutocovariance(at lag: Int) -> Double {
    while autocovariances.count <= lag {
      if autocovariances.count + 4 <= SplitLayout.directLagLimit {
        appendFourDirectly()
      } else {
        appendRestByTransform()
      }
    }
    return autocovariances[lag]
  }

  private mutating func appendFourDirectly() {
    let sums = Self.laggedProducts(
      values.span, lag: autocovariances.count, count: layout.halfCount * layout.stride)
    let scale = 1 / Double(layout.splitCount)
    for lane in sums.indices { autocovariances.append(sums[lane] * scale) }
  }

  /// The products of a buffer with itself, summed, at four lags from `lag` on.
  private static func laggedProducts(_ span: Span<Double>, lag: Int, count: Int) -> SIMD4<Double> {
    var (a, b, c, d) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var i = 0
    while i < count {
      let x = span.lanes(at: i)
      a = multiplyAdd(x, span.lanes(at: i + lag), a)
      b = multiplyAdd(x, span.lanes(at: i + lag + 1), b)
      c = multiplyAdd(x, span.lanes(at: i + lag + 2), c)
      d = multiplyAdd(x, span.lanes(at: i + lag + 3), d)
      i += laneCount
    }
    return SIMD4(a.sum(), b.sum(), c.sum(), d.sum())
  }

  private mutating func appendRestByTransform() {
    let n = layout.halfLength
    var power = Array(repeating: 0.0, count: transform.length)
    // Two halves travel as real and imaginary part: the squared modulus of their transform is the
    // sum of both power spectra but for an odd part, which falls out of the real part of the last
    // transform.
    for first in Swift.stride(from: 0, to: layout.halfCount, by: 2) {
      let start = first * layout.stride
      let hasSecond = first + 1 < layout.halfCount
      for i in 0..<transform.length {
        transform.real[i] = i < n ? values[start + i] : 0
        transform.imaginary[i] = hasSecond && i < n ? values[start + layout.stride + i] : 0
      }
      transform.transform()
      for i in power.indices {
        let (re, im) = (transform.real[i], transform.imaginary[i])
        power[i] += re * re + im * im
      }
    }
    for i in power.indices {
      transform.real[i] = power[i]
      transform.imaginary[i] = 0
    }
    transform.transform()
    let scale = 1 / (Double(layout.splitCount) * Double(transform.length))
    for lag in autocovariances.count..<max(n, autocovariances.count + 1) {
      autocovariances.append(lag < n ? transform.real[lag] * scale : 0)
    }
  }
}
