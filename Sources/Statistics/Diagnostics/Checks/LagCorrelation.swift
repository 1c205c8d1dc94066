// The correlation of residuals that follow each other within a group.

/// The first-order autocorrelation within groups.
package enum LagCorrelation {
  /// Σ z_t z_{t-1} / Σ z_t² over pairs that follow each other in a group, scaled by their numbers; nil without pairs.
  ///
  /// - Parameters:
  ///   - values: one for each row.
  ///   - sequences: for each group its rows in order.
  package static func first(_ values: [Double], sequences: [[Int]]) -> Double? {
    var product = 0.0
    var square = 0.0
    var (pairs, count) = (0, 0)
    for rows in sequences {
      for (place, row) in rows.enumerated() {
        square += values[row] * values[row]
        count += 1
        if place > 0 {
          product += values[row] * values[rows[place - 1]]
          pairs += 1
        }
      }
    }
    guard pairs > 0, square > 0 else { return nil }
    return (product / Double(pairs)) / (square / Double(count))
  }
}
