// Round numbers along an axis, and their labels.

import Glibc
import TerminalCore

/// Round numbers on a scale with labels that tell them apart.
package struct Ticks: Hashable, Sendable {
  package let values: [Double]
  package let labels: [String]

  /// At most about so many ticks: multiples of 1, 2 or 5 times a power of ten; on a logarithmic scale
  /// powers of ten, or 1, 2 and 5 times these where it spans less than two.
  package init(on scale: Scale, atMost count: Int) {
    guard count > 0 else {
      (values, labels) = ([], [])
      return
    }
    if scale.kind == .logarithmic, let powers = Ticks.powers(on: scale, atMost: count) {
      values = powers
      labels = powers.map { Ticks.shortLabel($0) }
      return
    }
    let range = (scale.upper / 2 - scale.lower / 2) * 2
    var (found, step) = Ticks.multiples(on: scale, range: range, intervals: count)
    if found.count > count + 1 {
      (found, step) = Ticks.multiples(on: scale, range: range, intervals: max(1, count - 1))
    }
    // One tick alone tells no scale.
    var finer = count
    while found.count < 2, finer < 2 * count + 3 {
      finer += 1
      (found, step) = Ticks.multiples(on: scale, range: range, intervals: finer)
    }
    values = found
    labels = Ticks.labels(of: found, step: step)
  }

  /// The widest label, in columns.
  package var width: Int { labels.map { displayWidth(of: $0) }.max() ?? 0 }

  /// The multiples of a round step that lie on a scale, and the step.
  private static func multiples(
    on scale: Scale, range: Double, intervals: Int
  ) -> (values: [Double], step: Double) {
    let step = niceStep(range, intervals: intervals)
    let largest = max(scale.upper.magnitude, scale.lower.magnitude)
    guard step.isFinite, step > largest * 1e-13 else { return ([], .nan) }
    let first = (scale.lower / step - 1e-9).rounded(.up)
    var found: [Double] = []
    for index in 0...(2 * intervals + 2) {
      let value = (first + Double(index)) * step
      if !value.isFinite || value > scale.upper + step * 1e-9 { break }
      found.append(abs(value) < step * 1e-9 ? 0 : value)
    }
    return (found, step)
  }

  private static func niceStep(_ range: Double, intervals: Int) -> Double {
    let raw = range / Double(max(1, intervals))
    guard raw > 0, raw.isFinite else { return .nan }
    let power = pow(10, floor(log10(raw)))
    let lead = raw / power
    let nice = lead <= 1.0000001 ? 1.0 : lead <= 2.0000001 ? 2 : lead <= 5.0000001 ? 5 : 10
    return nice * power
  }

  private static func powers(on scale: Scale, atMost count: Int) -> [Double]? {
    let first = Int(log10(scale.lower).rounded(.up))
    let last = Int(log10(scale.upper).rounded(.down))
    if last - first >= 1 {
      let stride = max(1, (last - first + count) / count)
      return Swift.stride(from: first, through: last, by: stride).map { pow(10, Double($0)) }
    }
    var fine: [Double] = []
    for power in (first - 1)...max(first - 1, last + 1) {
      for lead in [1.0, 2, 5] where scale.contains(lead * pow(10, Double(power))) {
        fine.append(lead * pow(10, Double(power)))
      }
    }
    return fine.count >= 2 ? Array(fine.prefix(count)) : nil
  }

  /// Labels with as many decimals as the step needs; very large and small numbers with exponents.
  private static func labels(of values: [Double], step: Double) -> [String] {
    guard let largest = values.map(\.magnitude).max() else { return [] }
    let power = Int(floor(log10(step) + 1e-9))
    if largest >= 1e15 || power < -5 { return values.map { shortLabel($0, step: step) } }
    if largest >= 1e5 || power >= 4 {
      // Thousands and millions with a letter, if that loses nothing.
      let divisor = largest >= 1e9 ? 1e9 : largest >= 1e6 ? 1e6 : 1e3
      let suffix = largest >= 1e9 ? "G" : largest >= 1e6 ? "M" : "k"
      let decimals = max(0, -Int(floor(log10(step / divisor) + 1e-9)))
      if decimals <= 2 {
        return values.map {
          $0 == 0 ? "0" : Format.fixed($0 / divisor, decimals: decimals) + suffix
        }
      }
    }
    return values.map { Format.fixed($0, decimals: max(0, -power)) }
  }

  /// A round number in the fewest characters; with as many digits as its step asks for.
  private static func shortLabel(_ value: Double, step: Double? = nil) -> String {
    if value == 0 { return "0" }
    let power = Int(floor(log10(value.magnitude) + 1e-9))
    if step == nil, (-3...4).contains(power) { return Format.compact(value, digits: 1) }
    let places = step.map { max(0, power - Int(floor(log10($0) + 1e-9))) } ?? 0
    let lead = value / pow(10, Double(power))
    return Format.fixed(lead, decimals: min(places, 15)) + "e" + String(power)
  }
}
