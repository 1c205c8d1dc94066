// The standard deviations of a block's members: free, as logarithms at the front of θ, or fixed at known values.

import Glibc

/// For each member of a block where its standard deviation comes from.
///
/// The free ones are log standard deviations, the first elements of θ, in the order of their members.
struct MemberDeviations: Sendable, Equatable {
  /// The fixed standard deviation of each member; nil where it is free.
  let fixed: [Double?]
  /// The place in θ of each member's log standard deviation; −1 where it is fixed.
  private let places: [Int]
  /// How many are free.
  let freeCount: Int

  /// The deviations of `size` members; an empty list of fixed ones means that all are free.
  ///
  /// - Precondition: fixed values are positive and finite.
  init(size: Int, fixed: [Double?]) {
    precondition(fixed.isEmpty || fixed.count == size, "one value or nil for each member")
    precondition(fixed.allSatisfy { $0.map { $0 > 0 && $0.isFinite } ?? true }, "sds are positive")
    self.fixed = fixed.isEmpty ? Array(repeating: nil, count: size) : fixed
    var next = 0
    places = self.fixed.map { value in
      guard value == nil else { return -1 }
      next += 1
      return next - 1
    }
    freeCount = next
  }

  /// For each free element of θ the member that it belongs to.
  var members: [Int?] { fixed.indices.filter { fixed[$0] == nil }.map { $0 } }

  /// The standard deviation of a member at θ.
  @inline(__always) func value(_ member: Int, _ theta: Span<Double>) -> Double {
    let place = places[member]
    return place < 0 ? fixed[member] ?? 1 : exp(theta[place])
  }

  /// Adds the derivative in the log standard deviation of a member, where it is free.
  @inline(__always) func add(
    _ derivative: Double, member: Int, to gradient: inout MutableSpan<Double>, at offset: Int
  ) {
    let place = places[member]
    if place >= 0 { gradient[offset + place] += derivative }
  }

  /// The logarithms of the free ones among given standard deviations.
  func logarithms(_ deviations: [Double]) -> [Double] {
    fixed.indices.filter { fixed[$0] == nil }.map { log(deviations[$0]) }
  }
}
