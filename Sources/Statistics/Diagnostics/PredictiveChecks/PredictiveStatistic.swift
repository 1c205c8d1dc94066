// The statistics of a response that are held against their simulated values, and their names.

import Glibc

/// Why a statistic's name cannot be used.
package struct PredictiveStatisticError: Error, Equatable, CustomStringConvertible {
  /// The name as it was given.
  package let text: String

  /// One line: what is wrong, and which names there are.
  package var description: String {
    "'\(text)' is no statistic; use mean, sd, min, max, median, skewness, zeros, quantile:P with P "
      + "from 0 to 1, share:>V (also < >= <= =) or autocorrelation:LAG"
  }
}

/// A number computed from all values of a response, T(y).
package enum PredictiveStatistic: Sendable, Hashable {
  case mean
  /// The standard deviation, with n - 1.
  case deviation
  case minimum
  case maximum
  case median
  /// The third standardised moment, m3 / m2^(3/2), both with n.
  case skewness
  /// The share of values that are zero.
  case zeros
  /// A quantile, interpolated as R's type 7.
  case quantile(Double)
  /// The share of values on one side of a number.
  case share(Comparison, Double)
  /// The correlation of values so many rows apart, in the order of the data.
  case autocorrelation(lag: Int)

  /// How a value is compared with a number.
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    // Longer signs first, so that ">=" is not read as ">".
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "="

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .atMost: value <= limit
      case .above: value > limit
      case .below: value < limit
      case .equal: value == limit
      }
    }
  }

  private static let plain: [(name: String, statistic: PredictiveStatistic)] = [
    ("mean", .mean), ("sd", .deviation), ("min", .minimum), ("max", .maximum),
    ("median", .median), ("skewness", .skewness), ("zeros", .zeros),
  ]

  /// Reads a name such as `sd`, `quantile:0.9`, `share:>5` or `autocorrelation:2`.
  package init(parsing text: String) throws(PredictiveStatisticError) {
    if let known = Self.plain.first(where: { $0.name == text }) {
      self = known.statistic
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let argument = parts.count == 2 ? parts[1] : ""
    switch parts.first {
    case "quantile":
      guard let probability = Double(argument), (0...1).contains(probability) else {
        throw PredictiveStatisticError(text: text)
      }
      self = .quantile(probability)
    case "share":
      guard
        let comparison = Comparison.allCases.first(where: { argument.hasPrefix($0.rawValue) }),
        let limit = Double(argument.dropFirst(comparison.rawValue.count)), limit.isFinite
      else { throw PredictiveStatisticError(text: text) }
      self = .share(comparison, limit)
    case "autocorrelation":
      guard let lag = parts.count == 1 ? 1 : Int(argument), lag >= 1 else {
        throw PredictiveStatisticError(text: text)
      }
      self = .autocorrelation(lag: lag)
    default: throw PredictiveStatisticError(text: text)
    }
  }

  /// The name, which `init(parsing:)` reads.
  package var name: String {
    if let known = Self.plain.first(where: { $0.statistic == self }) { return known.name }
    switch self {
    case .quantile(let probability): return "quantile:\(Self.plainText(probability))"
    case .share(let comparison, let limit):
      return "share:\(comparison.rawValue)\(Self.plainText(limit))"
    case .autocorrelation(let lag): return "autocorrelation:\(lag)"
    default: return ""
    }
  }

  private static func plainText(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? String(value)
  }

  /// The statistics that are looked at unasked: of a response of zeros and ones the mean alone, since it
  /// determines the others; the share of zeros only where there are zeros.
  package static func standard(for input: ResidualInput) -> [PredictiveStatistic] {
    let isBinary = input.observed.allSatisfy { $0 == 0 || $0 == 1 }
    if isBinary, input.simulations.allSatisfy({ $0 == 0 || $0 == 1 }) { return [.mean] }
    let hasZeros =
      input.isDiscrete ? input.observed.contains(0) || input.simulations.contains(0) : false
    return [.mean, .deviation, .minimum, .median, .maximum, .skewness] + (hasZeros ? [.zeros] : [])
  }
}
