// How many independent draws a draw of a chain is worth for the mean of a function of the draws.

/// Relative efficiencies of one function of the draws after another.
///
/// Vehtari et al. (2021), equation 10, on whole chains, as the loo package has it: there the chains are not split.
package struct RelativeEfficiency: Sendable {
  /// The number of chains.
  package let chainCount: Int
  /// The number of draws of each chain.
  package let drawCount: Int
  private var series: SplitSeries

  /// Memory for chains of one length.
  package init(chainCount: Int, drawCount: Int) {
    self.chainCount = chainCount
    self.drawCount = drawCount
    series = SplitSeries(layout: SplitLayout(wholeChains: chainCount, drawCount: drawCount))
  }

  /// Effective draws divided by draws for the mean of `values`, chain after chain; nil for values that are constant or
  /// not finite and for chains of fewer than three draws.
  package mutating func callAsFunction(_ values: Span<Double>) -> Double? {
    precondition(values.count >= chainCount * drawCount, "a value for every draw")
    guard drawCount >= 3 else { return nil }
    let stride = series.layout.stride
    Self.place(values, drawCount, stride, into: &series.values)
    series.centre()
    let spread = series.squares.reduce(0, +)
    guard spread.isFinite, spread > 0 else { return nil }
    let effective = series.effectiveSampleSize()
    return effective.isFinite ? effective / Double(chainCount * drawCount) : nil
  }

  private static func place(
    _ values: Span<Double>, _ drawCount: Int, _ stride: Int, into target: inout [Double]
  ) {
    var span = target.mutableSpan
    var (from, to) = (0, 0)
    while from &+ drawCount <= values.count && to &+ drawCount <= span.count {
      for i in 0..<drawCount { span[to &+ i] = values[from &+ i] }
      from &+= drawCount
      to &+= stride
    }
  }
}
