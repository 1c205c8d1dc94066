// Reproducible random numbers: one independent stream for each (seed, stream) pair.

/// A xoshiro256++ generator (Blackman & Vigna 2021), seeded by SplitMix64 from a seed and a stream number.
///
/// The state is a plain value: copying it repeats the numbers, storing it makes a run resumable. Streams with
/// different numbers start from unrelated states.
package struct RandomStream: RandomNumberGenerator, Sendable, Equatable {
  /// The four words of the state.
  package private(set) var state: (UInt64, UInt64, UInt64, UInt64)

  /// A stream of its own for every pair of `seed` and `stream`.
  package init(seed: UInt64, stream: UInt64 = 0) {
    var mixer = seed
    let first = Self.splitMix(&mixer)
    var second = first ^ (stream &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03)
    state = (
      Self.splitMix(&second), Self.splitMix(&second), Self.splitMix(&second),
      Self.splitMix(&second)
    )
  }

  /// The stream that continues from a stored state.
  package init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    let result = Self.rotate(state.0 &+ state.3, 23) &+ state.0
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotate(state.3, 45)
    return result
  }

  /// A number uniform on the open interval (0, 1).
  package mutating func nextUniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// Whether two streams will give the same numbers from here on.
  package static func == (a: RandomStream, b: RandomStream) -> Bool { a.state == b.state }

  private static func rotate(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
