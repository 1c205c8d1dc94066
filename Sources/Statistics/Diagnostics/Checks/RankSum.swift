// Whether some values rank lower than the others.

import Glibc

/// The rank sum test of Wilcoxon (1945) as a standard normal score.
package enum RankSum {
  /// The score of the ranks of the values for which `isFirst` holds; negative if they are the smaller ones, 0 if one of the
  /// two sets is empty.
  package static func score(_ values: [Double], isFirst: [Bool]) -> Double {
    let order = values.indices.sorted { values[$0] < values[$1] }
    let first = Double(isFirst.count { $0 })
    let n = Double(values.count)
    guard first > 0, first < n else { return 0 }
    var sum = 0.0
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + end + 1) / 2
      for place in start..<end where isFirst[order[place]] { sum += rank }
      start = end
    }
    let variance = first * (n - first) * (n + 1) / 12
    return (sum - first * (n + 1) / 2) / variance.squareRoot()
  }
}
