// Adjustment of p values for being one of several.

/// Adjusted p values.
enum MultipleTesting {
  /// Benjamini & Hochberg's (1995) adjusted p values, in the order given.
  static func benjaminiHochberg(_ p: [Double]) -> [Double] {
    let descending = p.indices.sorted { p[$0] > p[$1] }
    var adjusted = p
    var smallest = 1.0
    for (step, index) in descending.enumerated() {
      smallest = min(smallest, p[index] * Double(p.count) / Double(p.count - step))
      adjusted[index] = smallest
    }
    return adjusted
  }

  /// Holm's (1979) adjusted p values, in the order given.
  static func holm(_ p: [Double]) -> [Double] {
    let ascending = p.indices.sorted { p[$0] < p[$1] }
    var adjusted = p
    var largest = 0.0
    for (step, index) in ascending.enumerated() {
      largest = max(largest, min(1, p[index] * Double(p.count - step)))
      adjusted[index] = largest
    }
    return adjusted
  }
}
