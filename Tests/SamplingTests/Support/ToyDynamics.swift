// A toy world of integers, in which the builder's transition probabilities are enumerated.

@testable import Sampling

/// Points are integers, a step moves by one, and a choice splits probability instead of tossing a
/// coin.
struct ToyDynamics: TrajectoryDynamics {
  let logDensity: (Int) -> Double
  /// Whether the stretch from the first to the second integer turns back.
  let isTurning: (Int, Int) -> Bool
  let start: Int
  private var low: Int
  private var high: Int
  private var newest: Int
  private var pieces: [ClosedRange<Int>] = []
  private var candidate: [Int: Double] = [:]
  /// The probability of each integer to be the draw.
  private(set) var draw: [Int: Double]

  init(
    start: Int, logDensity: @escaping (Int) -> Double, isTurning: @escaping (Int, Int) -> Bool
  ) {
    self.start = start
    self.logDensity = logDensity
    self.isTurning = isTurning
    (low, high, newest) = (start, start, start)
    draw = [start: 1]
  }

  mutating func step(_ direction: Direction) -> Double {
    switch direction {
    case .forward:
      high += 1
      newest = high
    case .backward:
      low -= 1
      newest = low
    }
    return logDensity(newest) - logDensity(start)
  }

  mutating func considerLeaf(probability: Double) {
    candidate = Self.mix(candidate, [newest: 1], probability)
  }

  mutating func considerCandidate(probability: Double) {
    draw = Self.mix(draw, candidate, probability)
  }

  mutating func beginSubtree() {
    pieces = []
    candidate = [:]
  }

  mutating func pushLeaf() { pieces.append(newest...newest) }

  mutating func mergePieces() -> Bool {
    let right = pieces.removeLast()
    let left = pieces.removeLast()
    precondition(left.count == right.count, "pieces of unequal length")
    let union = min(left.lowerBound, right.lowerBound)...max(left.upperBound, right.upperBound)
    precondition(union.count == 2 * left.count, "pieces that are not neighbours")
    pieces.append(union)
    return isTurning(union.lowerBound, union.upperBound)
  }

  mutating func joinSubtree(_ direction: Direction) -> Bool {
    precondition(pieces.count == 1, "the subtree is not in one piece")
    return isTurning(low, high)
  }

  /// (1 − p) old + p new.
  private static func mix(
    _ old: [Int: Double], _ new: [Int: Double], _ p: Double
  ) -> [Int: Double] {
    old.mapValues { $0 * (1 - p) }
      .merging(new.mapValues { $0 * p }) { $0 + $1 }
  }

  /// The probability of every integer after one transition from `start`, over all direction
  /// sequences.
  static func transition(
    from start: Int, maximumDepth: Int, logDensity: @escaping (Int) -> Double,
    isTurning: @escaping (Int, Int) -> Bool, maximumEnergyError: Double = 1000
  ) -> [Int: Double] {
    let limits = TrajectoryLimits(
      maximumDepth: maximumDepth, maximumEnergyError: maximumEnergyError)
    let sequences = UInt64(1) << UInt64(maximumDepth)
    var total: [Int: Double] = [:]
    for directions in 0..<sequences {
      var toy = ToyDynamics(start: start, logDensity: logDensity, isTurning: isTurning)
      _ = buildTrajectory(with: &toy, directions: directions, limits: limits)
      total.merge(toy.draw.mapValues { $0 / Double(sequences) }) { $0 + $1 }
    }
    return total
  }
}
