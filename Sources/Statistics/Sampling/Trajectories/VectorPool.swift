// Many vectors of one length in one block of memory, so that a trajectory allocates nothing.

import LinearAlgebra

/// `count` vectors of `dimension` numbers, each padded with zeros and addressed by its slot.
struct VectorPool: Sendable {
  /// The padded length of one vector.
  let stride: Int
  var storage: [Double]

  init(count: Int, dimension: Int) {
    stride = paddedToLanes(dimension)
    storage = Array(repeating: 0, count: count * stride)
  }

  /// Where the vector in `slot` lies in `storage`, padding included.
  func range(_ slot: Int) -> Range<Int> { slot * stride..<(slot + 1) * stride }

  mutating func copy(_ source: Int, to target: Int) {
    let (from, to, length) = (source * stride, target * stride, stride)
    var all = storage.mutableSpan
    for i in Swift.stride(from: 0, to: length, by: laneCount) {
      all.store(all.lanes(at: from + i), at: to + i)
    }
  }

  /// Adds the vector in `source` to the one in `target`.
  mutating func add(_ source: Int, to target: Int) {
    let (from, to, length) = (source * stride, target * stride, stride)
    var all = storage.mutableSpan
    for i in Swift.stride(from: 0, to: length, by: laneCount) {
      all.store(all.lanes(at: to + i) + all.lanes(at: from + i), at: to + i)
    }
  }

  /// The squared length of the vector in `slot`.
  func squaredNorm(_ slot: Int) -> Double {
    let all = storage.span
    let start = slot * stride
    var sum = Lanes.zero
    for i in Swift.stride(from: 0, to: stride, by: laneCount) {
      let v = all.lanes(at: start + i)
      sum = multiplyAdd(v, v, sum)
    }
    return sum.sum()
  }
}
