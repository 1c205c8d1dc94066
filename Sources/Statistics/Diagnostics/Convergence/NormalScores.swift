// The normal scores of average ranks, kept in a table because every parameter of a run uses the same ones.

/// Φ⁻¹((r - 3/8) / (S + 1/4)) for the ranks r = 1, 1.5, 2, ... S (Blom 1958; Vehtari et al. 2021, equation 14).
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
