// Single values that lie too far out to belong to a normal sample.

import Glibc

/// The outliers of a nearly normal sample by the generalised extreme Studentized deviate test.
package struct OutlyingValues: Sendable, Equatable {
  /// The places of the outliers, the most extreme first.
  package let places: [Int]
  /// The p value of the most extreme value left after each outlier was taken out is above the limit; this is the smallest
  /// p value met on the way, adjusted for the number of values (Bonferroni).
  package let p: Double

  /// Looks for at most `most` outliers.
  ///
  /// After Rosner (1983, Technometrics 25): the farthest value is taken out again and again; the outliers are all that were
  /// taken out up to the last whose distance from the rest, in standard deviations, a normal sample would exceed with
  /// probability below `limit`. So two outliers cannot hide each other.
  package init(_ values: [Double], most: Int, limit: Double = 0.01) {
    var left = Array(values.indices)
    var taken: [Int] = []
    var last = 0
    var smallest = 1.0
    while taken.count < most && left.count > 10 {
      let n = Double(left.count)
      let mean = left.reduce(0) { $0 + values[$1] } / n
      let sum = left.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) }
      guard sum > 0,
        let far = left.indices.max(by: {
          abs(values[left[$0]] - mean) < abs(values[left[$1]] - mean)
        })
      else { break }
      let deviation = abs(values[left[far]] - mean) / (sum / (n - 1)).squareRoot()
      // The deviate of the farthest of n normal values, as Student's t with n - 2 degrees (Grubbs 1950).
      let squared = deviation * deviation
      let room = (n - 1) * (n - 1) / n - squared
      let t = room > 0 ? (squared * (n - 2) * n / (n * room)).squareRoot() : .infinity
      let p = t.isFinite ? min(1, n * DistributionFunctions.studentTwoSided(t, degrees: n - 2)) : 0
      taken.append(left.remove(at: far))
      smallest = min(smallest, p)
      if p < limit { last = taken.count }
    }
    places = Array(taken.prefix(last))
    self.p = smallest
  }
}
