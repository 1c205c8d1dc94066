// Random positive definite arrows with sparse corners: nested, scattered, and in cliques large enough for BLAS.

import LinearAlgebra
import Probability
import TestSupport
import Testing

/// The shape of an arrow with a sparse corner.
struct SparseShape: Sendable, CustomTestStringConvertible {
  let name: String
  let blockSize: Int
  /// The corner columns of each block.
  let borders: [[Int]]
  /// Pairs of corner columns that meet in the corner itself.
  let meetings: [[Int]]
  let order: Int
  /// Columns added at the end that meet everything.
  var denseColumns = 0

  var testDescription: String { "\(name), blocks of \(blockSize), \(denseColumns) dense columns" }

  /// The structure; `choice` is there to make the dense twin.
  func structure(_ choice: CornerChoice = .sparse) -> ArrowStructure {
    var columns = (0..<order).map { Set([Int32($0)]) }
    for clique in meetings {
      for one in clique { columns[one].formUnion(clique.map { Int32($0) }) }
    }
    var offsets = [0]
    for border in borders { offsets.append(offsets[offsets.count - 1] + border.count) }
    return ArrowStructure(
      blockSize: blockSize, blockCount: borders.count,
      cornerPattern: SymmetricPattern(columns: columns.map { $0.sorted() }),
      borderOffsets: offsets, borderColumns: borders.flatMap { $0 }, choice: choice
    ).appendingDenseColumns(denseColumns)
  }

  /// Normal numbers in the pattern, and a diagonal that exceeds every row's sum of absolute values.
  func matrix(seed: UInt64) -> ArrowMatrix {
    var stream = RandomStream(seed: seed)
    var matrix = ArrowMatrix(structure: structure())
    for i in matrix.blocks.indices { matrix.blocks[i] = stream.nextNormal() }
    for i in matrix.border.indices { matrix.border[i] = stream.nextNormal() }
    for i in matrix.corner.indices { matrix.corner[i] = stream.nextNormal() }
    matrix.fillUpperTriangles()
    let places = ArrowMatrix.places(of: matrix.structure)
    var sums = [Double](repeating: 0.1, count: matrix.structure.dimension)
    for (place, value) in zip(places.blocks + places.corner, matrix.blocks + matrix.corner)
    where place.0 != place.1 {
      sums[place.0] += abs(value)
    }
    for (place, value) in zip(places.border, matrix.border) {
      sums[place.0] += abs(value)
      sums[place.1] += abs(value)
    }
    for (index, place) in places.blocks.enumerated() where place.0 == place.1 {
      matrix.blocks[index] = sums[place.0] + stream.nextUniform()
    }
    for (index, place) in places.corner.enumerated() where place.0 == place.1 {
      matrix.corner[index] = sums[place.0] + stream.nextUniform()
    }
    return matrix
  }

  func vector(seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, stream: 1)
    return (0..<(blockSize * borders.count + order + denseColumns)).map { _ in stream.nextNormal() }
  }

  /// `blockCount` blocks in `inner` groups in `outer` groups; the inner groups come first in the corner.
  static func nested(_ blockCount: Int, _ inner: Int, _ outer: Int, blockSize: Int) -> SparseShape {
    SparseShape(
      name: "\(blockCount) in \(inner) in \(outer)", blockSize: blockSize,
      borders: (0..<blockCount).map { [$0 % inner, inner + $0 % inner % outer] },
      meetings: (0..<inner).map { [$0, inner + $0 % outer] }, order: inner + outer)
  }

  /// Random meetings of columns less than `span` apart, `meetings` for each column, and random borders.
  static func random(
    order: Int, meetings: Int, span: Int, blockSize: Int, blockCount: Int, borderWidth: Int,
    seed: UInt64
  ) -> SparseShape {
    var stream = RandomStream(seed: seed)
    func near(_ column: Int) -> Int {
      min(max(column + stream.nextInt(below: span) - span / 2, 0), order - 1)
    }
    let pairs = (0..<order).flatMap { column in (0..<meetings).map { _ in [column, near(column)] } }
    let borders = (0..<blockCount).map { _ in
      let first = stream.nextInt(below: order)
      return Set((0..<borderWidth).map { $0 == 0 ? first : near(first) }).sorted()
    }
    return SparseShape(
      name: "\(order) scattered within \(span)", blockSize: blockSize, borders: borders,
      meetings: pairs, order: order)
  }

  /// Cliques that share a separator: supernodes that are wide and have many rows below.
  static func cliques(_ count: Int, of size: Int, sharing: Int, blockSize: Int) -> SparseShape {
    let order = count * size + sharing
    return SparseShape(
      name: "\(count) cliques of \(size) that share \(sharing)", blockSize: blockSize,
      borders: (0..<7).map { [$0 % order, order - 1 - $0 % 3] },
      meetings: (0..<count).map { clique in
        Array((clique * size)..<((clique + 1) * size)) + Array((count * size)..<order)
      }, order: order)
  }
}
