// The generalised U-turn criterion, on pieces of a trajectory known by their momenta.

import LinearAlgebra

/// A stretch of a trajectory, given by the slots of three vectors.
struct Piece: Sendable {
  /// The momentum at the end where building began.
  var first: Int
  /// The momentum at the end built last.
  var last: Int
  /// The sum of all momenta, ρ.
  var sum: Int
}

extension VectorPool {
  /// Whether two adjacent pieces together turn back, `right` being the later built.
  ///
  /// A stretch with end momenta p₋, p₊ and sum ρ goes on as long as p₋·ρ > 0 and p₊·ρ > 0
  /// (Betancourt 2017, arXiv:1701.02434, appendix A; under the unit metric p♯ = p). As in Stan
  /// (stan-dev/stan pull request 2800), the criterion must hold for the union, and for each piece
  /// extended by the nearest point of the other, which catches a turn that falls between the two.
  func turns(_ left: Piece, _ right: Piece) -> Bool {
    let all = storage.span
    let (first, innerLeft) = (left.first * stride, left.last * stride)
    let (innerRight, last) = (right.first * stride, right.last * stride)
    let (sumLeft, sumRight) = (left.sum * stride, right.sum * stride)
    var wholeFirst = Lanes.zero
    var wholeLast = Lanes.zero
    var leftFirst = Lanes.zero
    var leftLast = Lanes.zero
    var rightFirst = Lanes.zero
    var rightLast = Lanes.zero
    for i in Swift.stride(from: 0, to: stride, by: laneCount) {
      let a = all.lanes(at: first + i)
      let b = all.lanes(at: innerLeft + i)
      let c = all.lanes(at: innerRight + i)
      let d = all.lanes(at: last + i)
      let rhoLeft = all.lanes(at: sumLeft + i)
      let rhoRight = all.lanes(at: sumRight + i)
      let whole = rhoLeft + rhoRight
      let leftExtended = rhoLeft + c
      let rightExtended = rhoRight + b
      wholeFirst = multiplyAdd(a, whole, wholeFirst)
      wholeLast = multiplyAdd(d, whole, wholeLast)
      leftFirst = multiplyAdd(a, leftExtended, leftFirst)
      leftLast = multiplyAdd(c, leftExtended, leftLast)
      rightFirst = multiplyAdd(b, rightExtended, rightFirst)
      rightLast = multiplyAdd(d, rightExtended, rightLast)
    }
    let goesOn =
      wholeFirst.sum() > 0 && wholeLast.sum() > 0
      && leftFirst.sum() > 0 && leftLast.sum() > 0
      && rightFirst.sum() > 0 && rightLast.sum() > 0
    return !goesOn
  }

  /// Appends `right` to `left`, which becomes their union; the slots of `right` are free for reuse.
  mutating func append(_ right: inout Piece, to left: inout Piece) {
    add(right.sum, to: left.sum)
    swap(&left.last, &right.last)
  }
}
