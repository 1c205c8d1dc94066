// Eight random streams side by side, for kernels that draw eight numbers at a time.

import LinearAlgebra

/// Eight xoshiro256++ generators (Blackman & Vigna 2021), one for each lane, seeded from one random stream.
package struct LaneStream: Sendable {
  @usableFromInline var a: SIMD8<UInt64>
  @usableFromInline var b: SIMD8<UInt64>
  @usableFromInline var c: SIMD8<UInt64>
  @usableFromInline var d: SIMD8<UInt64>

  /// Generators whose states are the next 32 words of `stream`.
  package init(seededBy stream: inout RandomStream) {
    func words(_ stream: inout RandomStream) -> SIMD8<UInt64> {
      var words = SIMD8<UInt64>()
      for lane in 0..<laneCount { words[lane] = stream.next() }
      return words
    }
    a = words(&stream)
    b = words(&stream)
    c = words(&stream)
    d = words(&stream)
  }

  /// The next 64 random bits of each lane.
  @inlinable @inline(__always) package mutating func next() -> SIMD8<UInt64> {
    let result = Self.rotate(a &+ d, 23) &+ a
    let shifted = b &<< SIMD8(repeating: 17)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = Self.rotate(d, 45)
    return result
  }

  /// Eight numbers uniform on the open interval (0, 1): whole multiples of 2^-52, less a half.
  @inlinable @inline(__always) package mutating func nextUniform() -> Lanes {
    // 52 random bits behind the exponent of one give a number from 1 to 2.
    let bits =
      (next() &>> SIMD8(repeating: 12)) | SIMD8(repeating: 0x3FF0_0000_0000_0000)
    return Lanes(bits: SIMD8<Int64>(truncatingIfNeeded: bits)) - Lanes(repeating: 1 - 0x1p-53)
  }

  @inlinable @inline(__always)
  static func rotate(_ x: SIMD8<UInt64>, _ k: UInt64) -> SIMD8<UInt64> {
    (x &<< SIMD8(repeating: k)) | (x &>> SIMD8(repeating: 64 - k))
  }
}
