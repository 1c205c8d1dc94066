// The toy's transition probabilities written down once more: whole subtrees, no candidates kept on the way.

import Glibc

/// The No-U-Turn transition on the integers, by recursion over directions.
struct NaiveToy {
  let logDensity: (Int) -> Double
  let isTurning: (Int, Int) -> Bool
  let maximumEnergyError: Double

  /// The probability of every integer after one transition: each direction has one half at every doubling.
  func transition(from start: Int, maximumDepth: Int) -> [Int: Double] {
    var total: [Int: Double] = [:]
    func extend(_ range: ClosedRange<Int>, _ draw: [Int: Double], depth: Int, share: Double) {
      func end(_ draw: [Int: Double], _ share: Double) {
        for (point, probability) in draw { total[point, default: 0] += share * probability }
      }
      guard depth < maximumDepth else { return end(draw, share) }
      for forward in [false, true] {
        let count = range.count
        let new =
          forward
          ? (range.upperBound + 1)...(range.upperBound + count)
          : (range.lowerBound - count)...(range.lowerBound - 1)
        guard isValid(new, from: start) else {
          end(draw, share / 2)
          continue
        }
        // The newer half is taken with probability min(1, its weight / the weight so far), a point of it by its weight.
        let (old, added) = (weight(range, start), weight(new, start))
        let taken = min(1, added / old)
        var mixed = draw.mapValues { $0 * (1 - taken) }
        for point in new {
          mixed[point] = taken * exp(logDensity(point) - logDensity(start)) / added
        }
        let whole =
          min(range.lowerBound, new.lowerBound)...max(range.upperBound, new.upperBound)
        if isTurning(whole.lowerBound, whole.upperBound) {
          end(mixed, share / 2)
        } else {
          extend(whole, mixed, depth: depth + 1, share: share / 2)
        }
      }
    }
    extend(start...start, [start: 1], depth: 0, share: 1)
    return total
  }

  private func weight(_ range: ClosedRange<Int>, _ start: Int) -> Double {
    range.reduce(0) { $0 + exp(logDensity($1) - logDensity(start)) }
  }

  /// Whether no leaf of a subtree diverges and none of its halves, quarters and so on turns.
  private func isValid(_ range: ClosedRange<Int>, from start: Int) -> Bool {
    for point in range {
      let logWeight = logDensity(point) - logDensity(start)
      guard logWeight.isFinite, logWeight >= -maximumEnergyError else { return false }
    }
    func goesOn(_ piece: ClosedRange<Int>) -> Bool {
      if piece.count == 1 { return true }
      let middle = piece.lowerBound + piece.count / 2
      return goesOn(piece.lowerBound...(middle - 1)) && goesOn(middle...piece.upperBound)
        && !isTurning(piece.lowerBound, piece.upperBound)
    }
    return goesOn(range)
  }
}
