// How a parameter's draws differ between divergent and other transitions.

/// The relation of a parameter to divergences.
package enum DivergenceRelation {
  /// How far the values of divergent draws lie to one side of the others: 0 not at all, 1 entirely.
  ///
  /// |2 P(divergent > other) - 1| with ties counted half, by the rank sum (Mann & Whitney 1947). Nil
  /// without divergent draws, without others, or with a value that is not a number.
  package static func separation(_ values: [Double], isDivergent: [Bool]) -> Double? {
    precondition(values.count == isDivergent.count, "a mark for each draw")
    let divergent = isDivergent.count { $0 }
    let others = values.count - divergent
    guard divergent > 0, others > 0, !values.contains(where: \.isNaN) else { return nil }
    var order = AscendingOrder()
    order.sort(values)
    var rankSum = 0.0
    var first = 0
    while first < values.count {
      var end = first + 1
      while end < values.count, order.values[end] == order.values[first] { end += 1 }
      let rank = Double(first + end + 1) / 2
      for tied in first..<end where isDivergent[Int(order.indices[tied])] { rankSum += rank }
      first = end
    }
    let excess = rankSum - Double(divergent) * Double(divergent + 1) / 2
    return abs(2 * excess / (Double(divergent) * Double(others)) - 1)
  }
}
