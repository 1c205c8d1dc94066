// How often each count or category occurs in the data and in simulated data.

import Glibc

/// Observed counts of each value beside their simulated distribution, as bayesplot's `ppc_bars` has them.
///
/// Where there are many values several share a bar.
package struct CountBars: Sendable, Equatable {
  /// The value of the first bar.
  package let first: Int
  /// How many values share a bar.
  package let width: Int
  /// Whether the first bar also holds all smaller values.
  package let opensBelow: Bool
  /// Whether the last bar also holds all larger values.
  package let opensAbove: Bool
  /// How many values of the data are in each bar.
  package let observed: [Double]
  /// The mean over simulations of the number of values in each bar.
  package let mean: [Double]
  /// The lower end of the central interval of that number, a type 7 quantile.
  package let lower: [Double]
  /// Its upper end.
  package let upper: [Double]

  /// The bars of an outcome; nil if data or simulations are not all whole numbers.
  ///
  /// The bars reach as far as the data, or as far as half of the simulations do.
  package init?(_ input: ResidualInput, maximumBars: Int = 40, probability: Double = 0.9) {
    precondition(maximumBars >= 1 && probability > 0 && probability < 1)
    func isWhole(_ value: Double) -> Bool { value.rounded() == value && abs(value) < 1e9 }
    guard input.observed.allSatisfy(isWhole), input.simulations.allSatisfy(isWhole),
      let least = input.observed.min(), let greatest = input.observed.max()
    else { return nil }
    let simulations = (0..<input.simulationCount).map { input.simulation($0) }
    let lows = simulations.map { $0.min() ?? least }.sorted()
    let highs = simulations.map { $0.max() ?? greatest }.sorted()
    let start = Int(min(least, lows[lows.count / 2]))
    let end = Int(max(greatest, highs[highs.count / 2]))
    let width = Self.width(for: end - start + 1, in: maximumBars)
    // Bars begin at multiples of their width, so that zero begins one.
    let first = width == 1 ? start : Int((Double(start) / Double(width)).rounded(.down)) * width
    let count = (end - first) / width + 1
    func counts(_ values: ArraySlice<Double>) -> [Double] {
      var result = [Double](repeating: 0, count: count)
      for value in values {
        let bar = Int(((value - Double(first)) / Double(width)).rounded(.down))
        result[min(max(bar, 0), count - 1)] += 1
      }
      return result
    }
    let all = simulations.map(counts)
    let sorted = (0..<count).map { bar in all.map { $0[bar] }.sorted() }
    self.first = first
    self.width = width
    opensBelow = lows[0] < Double(first)
    opensAbove = highs[highs.count - 1] >= Double(first + count * width)
    observed = counts(input.observed[...])
    mean = sorted.map { $0.reduce(0, +) / Double(all.count) }
    lower = sorted.map { quantile(ofSorted: $0, (1 - probability) / 2) }
    upper = sorted.map { quantile(ofSorted: $0, (1 + probability) / 2) }
  }

  /// Bars whose numbers are already known.
  package init(
    first: Int, width: Int, opensBelow: Bool, opensAbove: Bool, observed: [Double],
    mean: [Double], lower: [Double], upper: [Double]
  ) {
    self.first = first
    self.width = width
    self.opensBelow = opensBelow
    self.opensAbove = opensAbove
    self.observed = observed
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }

  /// The smallest of 1, 2, 5, 10 and so on with which so many values fit.
  private static func width(for values: Int, in bars: Int) -> Int {
    // One bar more may be needed where the first begins at a multiple of the width.
    let room = max(1, bars - 1)
    var (step, power) = (0, 1)
    while true {
      let width = [1, 2, 5][step] * power
      if width == 1 ? values <= bars : values <= room * width || room == 1 && width >= values {
        return width
      }
      step += 1
      if step == 3 { (step, power) = (0, power * 10) }
    }
  }

  /// The bars whose observed number lies outside the interval.
  package var outside: [Int] {
    observed.indices.filter { observed[$0] < lower[$0] || observed[$0] > upper[$0] }
  }
}

/// Bars on the scale of square roots, where misfits in rare and in common values look alike (Tukey 1972;
/// Kleiber & Zeileis 2016), as bayesplot's `ppc_rootogram` has them.
package struct Rootogram: Sendable, Equatable {
  /// Where each bar begins: zero, or for hanging bars √expected - √observed.
  package let base: [Double]
  /// Where each bar ends: √observed, or √expected.
  package let top: [Double]
  /// √ of the mean simulated number.
  package let expected: [Double]
  /// √ of the lower end of the interval.
  package let lower: [Double]
  /// √ of the upper end of the interval.
  package let upper: [Double]

  /// The rootogram of counts; hanging bars hang from the expected curve, so that misfit shows at zero.
  package init(_ bars: CountBars, isHanging: Bool) {
    let observed = bars.observed.map { $0.squareRoot() }
    expected = bars.mean.map { $0.squareRoot() }
    lower = bars.lower.map { $0.squareRoot() }
    upper = bars.upper.map { $0.squareRoot() }
    base = isHanging ? zip(expected, observed).map { $0 - $1 } : observed.map { _ in 0 }
    top = isHanging ? expected : observed
  }
}
