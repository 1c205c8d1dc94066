// A predictor replaced by its ranks, as residual plots show it.

/// The average ranks of a predictor, divided by the largest, with the rows in ascending order.
struct RankTransform: Sendable {
  /// The transformed predictor, row by row, in (0, 1].
  let values: [Double]
  /// The rows in ascending order of the predictor.
  let order: [Int32]
  /// The number of distinct values.
  let distinctCount: Int

  /// Ranks a predictor, which must not contain NaN.
  init(_ predictor: [Double]) {
    var sorting = AscendingOrder()
    sorting.sort(predictor)
    let n = predictor.count
    var ranks = Array(repeating: 0.0, count: n)
    var distinct = 0
    var first = 0
    while first < n {
      var end = first + 1
      while end < n, sorting.values[end] == sorting.values[first] { end += 1 }
      for place in first..<end { ranks[Int(sorting.indices[place])] = Double(first + 1 + end) / 2 }
      distinct += 1
      first = end
    }
    let largest = n > 0 ? ranks[Int(sorting.indices[n - 1])] : 1
    values = ranks.map { $0 / largest }
    order = sorting.indices
    distinctCount = distinct
  }
}
