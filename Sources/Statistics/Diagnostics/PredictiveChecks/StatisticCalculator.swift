// Several statistics of one response after another, with one sort and one pass of moments for each.

import Glibc

/// Computes statistics of columns of equal length; its buffers are kept from one column to the next.
struct StatisticCalculator {
  let statistics: [PredictiveStatistic]
  private let needsOrder: Bool
  private var order = AscendingOrder()

  init(_ statistics: [PredictiveStatistic]) {
    self.statistics = statistics
    needsOrder = statistics.contains {
      switch $0 {
      case .median, .quantile: true
      default: false
      }
    }
  }

  /// The value of each statistic; NaN where it does not exist, as the skewness of equal values.
  mutating func values(of column: ArraySlice<Double>) -> [Double] {
    let moments = Moments(column)
    if needsOrder { order.sort(Array(column)) }
    return statistics.map { statistic in
      switch statistic {
      case .mean: moments.mean
      case .deviation:
        moments.count > 1 ? (moments.squares / (moments.count - 1)).squareRoot() : .nan
      case .minimum: moments.least
      case .maximum: moments.greatest
      case .median: quantile(ofSorted: order.values, 0.5)
      case .quantile(let probability): quantile(ofSorted: order.values, probability)
      case .skewness: moments.skewness
      case .zeros: Double(column.count { $0 == 0 }) / moments.count
      case .share(let comparison, let limit):
        Double(column.count { comparison.holds($0, limit) }) / moments.count
      case .autocorrelation(let lag): Self.autocorrelation(column, lag, moments)
      }
    }
  }

  private static func autocorrelation(
    _ column: ArraySlice<Double>, _ lag: Int, _ moments: Moments
  ) -> Double {
    guard lag < column.count, moments.squares > 0 else { return .nan }
    var sum = 0.0
    for i in column.startIndex..<(column.endIndex - lag) {
      sum += (column[i] - moments.mean) * (column[i + lag] - moments.mean)
    }
    return sum / moments.squares
  }
}

/// Sums of a column about its mean.
private struct Moments {
  var count = 0.0
  var mean = 0.0
  var squares = 0.0
  var cubes = 0.0
  var least = Double.infinity
  var greatest = -Double.infinity

  init(_ column: ArraySlice<Double>) {
    count = Double(column.count)
    var sum = 0.0
    for value in column {
      sum += value
      least = min(least, value)
      greatest = max(greatest, value)
    }
    mean = sum / count
    // All equal: rounding in the mean must not look like spread.
    if least == greatest { mean = least }
    for value in column {
      let d = value - mean
      squares += d * d
      cubes += d * d * d
    }
  }

  /// m3 / m2^(3/2).
  var skewness: Double {
    guard squares > 0 else { return .nan }
    return cubes / count / pow(squares / count, 1.5)
  }
}

/// A quantile of sorted numbers, interpolated between order statistics as R's type 7 (Hyndman & Fan 1996).
func quantile(ofSorted values: [Double], _ probability: Double) -> Double {
  guard let last = values.indices.last else { return .nan }
  let place = probability * Double(last)
  let below = min(Int(place), last)
  let above = min(below + 1, last)
  return values[below] + (values[above] - values[below]) * (place - Double(below))
}
