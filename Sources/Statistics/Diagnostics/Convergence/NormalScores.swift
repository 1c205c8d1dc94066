// The normal scores of average ranks, in a table because all parameters of a run use the same.

/// The normal scores of S ranked draws at whole and half ranks.
///
/// Φ⁻¹((r - 3/8) / (S + 1/4)) (Blom 1958; Vehtari et al. 2021, equation 14).
struct NormalScores: Sendable {
  /// The number of ranked draws, S.
  let count: Int
  private let table: [Double]

  /// The scores of `count` draws.
  init(count: Int) {
    self.count = count
    let scale = Double(count) + 0.25
    table = (0...2 * count).map {
      $0 < 2 ? 0 : DistributionFunctions.normalQuantile((Double($0) / 2 - 0.375) / scale)
    }
  }

  /// The score shared by tied draws at the sorted places `first ..< end`, counted from zero.
  func score(ofPlaces first: Int, _ end: Int) -> Double { table[first + 1 + end] }
}

/// Values in ascending order with the place in a buffer that each came from.
struct RankedValues: Sendable {
  private var values: [Double] = []
  private var slots: [Int32] = []

  /// Forgets the values and keeps the room for others.
  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  /// Adds a value not smaller than the last; one with a negative slot is left out of the ranking.
  mutating func append(_ value: Double, at slot: Int32) {
    guard slot >= 0 else { return }
    values.append(value)
    slots.append(slot)
  }

  /// Writes the normal score of each value to its slot; ties share the score of their average rank.
  func writeScores(_ scores: NormalScores, to buffer: inout [Double]) {
    let (values, slots) = (values.span, slots.span)
    var target = buffer.mutableSpan
    var first = 0
    while first < values.count {
      var end = first + 1
      while end < values.count, values[end] == values[first] { end += 1 }
      let score = scores.score(ofPlaces: first, end)
      for place in first..<end { target[Int(slots[place])] = score }
      first = end
    }
  }
}
