// From values to places along an axis, linear or logarithmic.

import Glibc
import TerminalCore

/// The values along an axis, from its start to its end.
package struct Scale: Hashable, Sendable {
  /// How values are spaced.
  package enum Kind: Hashable, Sendable {
    case linear
    /// By powers of ten; values that are not positive have no place.
    case logarithmic
  }

  package let lower: Double
  package let upper: Double
  package let kind: Kind

  /// A scale between two values; where they coincide or are not finite it is widened to something
  /// that can be drawn.
  package init(from lower: Double, to upper: Double, _ kind: Kind = .linear) {
    var (low, high) = (min(lower, upper), max(lower, upper))
    let fallback = kind == .linear ? (0.0, 1.0) : (0.1, 10.0)
    if !low.isFinite || !high.isFinite || (kind == .logarithmic && low <= 0) {
      (low, high) = fallback
    }
    if !(low < high) || !(high / 2 - low / 2 > abs(high) * 1e-14) {
      if kind == .logarithmic {
        (low, high) = (max(low / 3, .leastNormalMagnitude), min(high * 3, .greatestFiniteMagnitude))
      } else {
        let half = low == 0 ? 1 : abs(low) * 0.1
        (low, high) = (low - half, high + half)
        if !low.isFinite || !high.isFinite { (low, high) = fallback }
      }
    }
    self.lower = low
    self.upper = high
    self.kind = kind
  }

  /// A scale that holds all finite values (all positive ones if logarithmic) and `including`, with a
  /// margin as a share of their range.
  package init(
    covering values: some Sequence<Double>, including extra: [Double] = [], _ kind: Kind = .linear,
    margin: Double = 0
  ) {
    var (low, high) = (Double.infinity, -Double.infinity)
    func include(_ value: Double) {
      guard value.isFinite, kind == .linear || value > 0 else { return }
      if value < low { low = value }
      if value > high { high = value }
    }
    for value in values { include(value) }
    for value in extra { include(value) }
    if kind == .linear, low < high, (high - low).isFinite {
      let pad = (high - low) * margin
      (low, high) = (low - pad, high + pad)
    }
    self.init(from: low, to: high, kind)
  }

  /// The place of a value: 0 at the start, 1 at the end, `nil` if it has none.
  package func position(of value: Double) -> Double? {
    guard value.isFinite else { return nil }
    switch kind {
    case .linear:
      // Halves, so that the range of the largest numbers does not overflow.
      let place = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
      return place.isFinite ? place : nil
    case .logarithmic:
      guard value > 0 else { return nil }
      return (log10(value) - log10(lower)) / (log10(upper) - log10(lower))
    }
  }

  /// The value at a place from 0 to 1; what a cursor points at.
  package func value(at position: Double) -> Double {
    switch kind {
    case .linear: lower * (1 - position) + upper * position
    case .logarithmic:
      pow(10, log10(lower) * (1 - position) + log10(upper) * position)
    }
  }

  /// Whether a value lies on the scale.
  package func contains(_ value: Double) -> Bool {
    value >= lower && value <= upper
  }
}
