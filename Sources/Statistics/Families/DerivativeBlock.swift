// The blocks of rows that go into a family's kernel and come out of it.

import LinearAlgebra

/// The most rows a kernel is given at once: small enough for the first cache, large enough to hide the call.
///
/// Computed, so that other targets see the number itself: a stored global is fetched by a call in every loop.
@inlinable package var rowsPerBlock: Int { 256 }

/// How many derivatives in the linear predictors are wanted.
package enum DerivativeOrder: Int, Sendable, Comparable {
  case value, first, second, third
  /// Whether `a` asks for fewer derivatives than `b`.
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The linear predictors of one block of rows: predictor `a` of row `i` is `values[a * rowsPerBlock + i]`.
///
/// A predictor that is the same for all rows (a dispersion without a formula) holds its value in the first
/// `laneCount` places only, and `stride(of:)` is 0, so that a kernel may take what depends on it out of its loop.
package struct PredictorBlock: Sendable {
  /// The number of linear predictors of the outcome, m.
  package let count: Int
  /// m × `rowsPerBlock` values.
  package var values: [Double]
  /// For each predictor whether one value serves all rows.
  package var isConstant: [Bool]

  /// A block of zeros for `count` predictors.
  package init(count: Int) {
    self.count = count
    values = Array(repeating: 0, count: count * rowsPerBlock)
    isConstant = Array(repeating: false, count: count)
  }

  /// The step from one row to the next: 1, or 0 for a constant predictor.
  @inlinable package func stride(of predictor: Int) -> Int { isConstant[predictor] ? 0 : 1 }
}

/// The derivatives of the log density of one block of rows in its linear predictors.
///
/// Channel `c` of row `i` is `values[c * rowsPerBlock + i]`; rows that only pad a block hold 0.
package struct DerivativeBlock: Sendable {
  /// Which derivative is in which channel.
  package let channels: DerivativeChannels
  /// channel count × `rowsPerBlock` values.
  package var values: [Double]

  /// A block of zeros for the derivatives of an outcome with `predictorCount` linear predictors.
  package init(predictorCount: Int) {
    channels = DerivativeChannels(predictorCount: predictorCount)
    values = Array(repeating: 0, count: channels.count * rowsPerBlock)
  }
}

/// The numbering of the symmetric derivatives ∂, ∂², ∂³ in m linear predictors.
package struct DerivativeChannels: Sendable {
  /// The number of linear predictors, m.
  package let predictorCount: Int
  /// The number of distinct derivatives up to the third order.
  package let count: Int
  private let secondTable: [Int]
  private let thirdTable: [Int]

  /// The numbering for m = `predictorCount`.
  package init(predictorCount m: Int) {
    predictorCount = m
    var next = m
    var second = Array(repeating: 0, count: m * m)
    for a in 0..<m {
      for b in a..<m {
        second[a * m + b] = next
        second[b * m + a] = next
        next += 1
      }
    }
    var third = Array(repeating: 0, count: m * m * m)
    for a in 0..<m {
      for b in a..<m {
        for c in b..<m {
          for (i, j, k) in [(a, b, c), (a, c, b), (b, a, c), (b, c, a), (c, a, b), (c, b, a)] {
            third[(i * m + j) * m + k] = next
          }
          next += 1
        }
      }
    }
    secondTable = second
    thirdTable = third
    count = next
  }

  /// The channel of ∂ log f / ∂η_a.
  package func first(_ a: Int) -> Int { a }
  /// The channel of ∂² log f / ∂η_a ∂η_b.
  package func second(_ a: Int, _ b: Int) -> Int { secondTable[a * predictorCount + b] }
  /// The channel of ∂³ log f / ∂η_a ∂η_b ∂η_c.
  package func third(_ a: Int, _ b: Int, _ c: Int) -> Int {
    thirdTable[(a * predictorCount + b) * predictorCount + c]
  }
}
