// Eight neighbouring numbers of a span read and written as one SIMD vector: the only unchecked memory access of the kernels.

/// Eight rows at a time: the width every kernel is written for.
@usableFromInline package typealias Lanes = SIMD8<Double>

/// The number of rows in one vector.
///
/// Computed, so that other targets see the number itself: a stored global is fetched by a call in every loop.
@inlinable package var laneCount: Int { 8 }

/// `count` rounded up to a whole number of lanes; buffers of the kernels have this length.
@inlinable package func paddedToLanes(_ count: Int) -> Int { (count + 7) & ~7 }

extension Span where Element == Double {
  /// The eight elements from `index` on.
  ///
  /// - Precondition: `index >= 0` and `index + 8 <= count`.
  @inlinable @inline(__always) package func lanes(at index: Int) -> Lanes {
    precondition(index >= 0 && index &+ 8 <= count, "lanes outside the span")
    // Safe: the precondition keeps the 64 bytes inside the span, and any bit pattern is a Double.
    return withUnsafeBufferPointer {
      UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped + index).loadUnaligned(as: Lanes.self)
    }
  }
}

extension MutableSpan where Element == Double {
  /// The eight elements from `index` on.
  ///
  /// - Precondition: `index >= 0` and `index + 8 <= count`.
  @inlinable @inline(__always) package func lanes(at index: Int) -> Lanes {
    precondition(index >= 0 && index &+ 8 <= count, "lanes outside the span")
    return withUnsafeBufferPointer {
      UnsafeRawPointer($0.baseAddress.unsafelyUnwrapped + index).loadUnaligned(as: Lanes.self)
    }
  }

  /// Replaces the eight elements from `index` on.
  ///
  /// - Precondition: `index >= 0` and `index + 8 <= count`.
  @inlinable @inline(__always) package mutating func store(_ lanes: Lanes, at index: Int) {
    precondition(index >= 0 && index &+ 8 <= count, "lanes outside the span")
    withUnsafeMutableBufferPointer {
      UnsafeMutableRawPointer($0.baseAddress.unsafelyUnwrapped + index)
        .storeBytes(of: lanes, as: Lanes.self)
    }
  }
}

/// `a * b + c` in one rounding where the processor has it, in two elsewhere.
///
/// `addingProduct` without the instruction calls the C library for every lane and is 70 times slower.
@inlinable @inline(__always) package func multiplyAdd(_ a: Lanes, _ b: Lanes, _ c: Lanes) -> Lanes {
  #if HAVE_FMA
    c.addingProduct(a, b)
  #else
    a * b + c
  #endif
}
