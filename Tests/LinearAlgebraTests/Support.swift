// Random positive definite arrows, and vectors through the factor's in-place operations.

import LinearAlgebra
import Probability
import TestSupport
import Testing

/// The shape of a random arrow matrix.
struct ArrowShape: Sendable, CustomTestStringConvertible {
  enum Border: String, CaseIterable { case none, sparse, dense, sparseThenDense, denseThenSparse }
  let blockSize: Int
  let blockCount: Int
  let cornerSize: Int
  let border: Border

  var testDescription: String {
    "\(blockCount) blocks of \(blockSize), corner \(cornerSize), \(border) border"
  }

  var structure: ArrowStructure {
    var offsets = [0]
    var columns: [Int] = []
    for j in 0..<blockCount {
      switch border {
      case .none: break
      case .sparse: columns += (0..<cornerSize).filter { ($0 + j) % 3 == 0 }
      case .dense: columns += 0..<cornerSize
      case .sparseThenDense:
        columns += (0..<cornerSize).filter { ($0 + j) % 3 == 0 || $0 >= cornerSize / 2 }
      case .denseThenSparse:
        columns += (0..<cornerSize).filter { ($0 + j) % 3 == 0 || $0 < cornerSize / 2 }
      }
      offsets.append(columns.count)
    }
    return ArrowStructure(
      blockSize: blockSize, blockCount: blockCount, cornerSize: cornerSize, borderOffsets: offsets,
      borderColumns: columns)
  }

  /// Normal numbers in the pattern, and a diagonal that exceeds every row's sum of absolute values.
  func matrix(seed: UInt64) -> ArrowMatrix {
    var stream = RandomStream(seed: seed)
    var matrix = ArrowMatrix(structure: structure)
    for i in matrix.blocks.indices { matrix.blocks[i] = stream.nextNormal() }
    for i in matrix.border.indices { matrix.border[i] = stream.nextNormal() }
    for i in matrix.corner.indices { matrix.corner[i] = stream.nextNormal() }
    let (q, m) = (blockSize, cornerSize)
    let dense = matrix.dense
    for row in 0..<matrix.structure.dimension {
      let others = (0..<matrix.structure.dimension).reduce(0) {
        $0 + ($1 == row ? 0 : abs(dense[row, $1]))
      }
      let value = others + 0.1 + stream.nextUniform()
      if row < q * blockCount {
        matrix.blocks[row / q * q * q + row % q * (q + 1)] = value
      } else {
        matrix.corner[(row - q * blockCount) * (m + 1)] = value
      }
    }
    return matrix
  }

  func vector(seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, stream: 1)
    return (0..<structure.dimension).map { _ in stream.nextNormal() }
  }
}

/// The result of an operation that works in place.
func apply(_ operation: (inout MutableSpan<Double>) -> Void, to x: [Double]) -> [Double] {
  var result = x
  var span = result.mutableSpan
  operation(&span)
  return result
}
