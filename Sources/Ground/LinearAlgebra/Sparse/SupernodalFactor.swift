// The numeric Cholesky factor of a sparse matrix, supernode by supernode.

/// The factor L of P S P' = L L' on a supernodal structure.
///
/// S itself is written into `values`, its lower triangle at the structure's places and zeros elsewhere; `factor` turns
/// it into L. Each supernode is factored and at once subtracted from those that it meets ("right-looking"), by loops
/// where it is small and by BLAS where it is large.
struct SupernodalFactor: Sendable {
  /// The pattern.
  let structure: SupernodalStructure
  /// The trapezoids of all supernodes.
  var values: [Double]
  /// 1 / L_cc.
  private(set) var inverses: [Double]
  /// The rows of the dense columns at the end, as columns over all others that lie `denseStride` apart.
  private(set) var denseColumns: [Double]
  let denseStride: Int
  private var update: [Double]  // the share of one supernode in the others, a square
  private var places: [Int32]  // where its rows lie among those of another supernode

  /// The identity.
  init(structure: SupernodalStructure) {
    self.structure = structure
    values = Array(repeating: 0, count: structure.valueCount)
    inverses = Array(repeating: 1, count: structure.order)
    denseStride = paddedToLanes(structure.order - structure.denseCount)
    denseColumns = Array(repeating: 0, count: denseStride * structure.denseCount)
    let tail = structure.largestTail
    update = Array(repeating: 0, count: tail * tail)
    places = Array(repeating: 0, count: tail)
    for node in 0..<structure.count {
      let trapezoid = Trapezoid(structure, node)
      for c in 0..<trapezoid.width { values[trapezoid.start + c * (trapezoid.height + 1)] = 1 }
    }
  }

  /// Replaces the matrix in `values` by its factor.
  ///
  /// - Throws: `NotPositiveDefinite` with the row of the matrix that fails; the values are then spoiled.
  mutating func factor() throws(NotPositiveDefinite) {
    for node in 0..<structure.count {
      let trapezoid = Trapezoid(structure, node)
      let failing =
        trapezoid.isLarge
        ? TrapezoidKernels.failingColumn(factoring: &values, trapezoid)
        : Self.failingColumn(factoring: &values, trapezoid)
      if let failing {
        throw NotPositiveDefinite(index: Int(structure.permutation[trapezoid.first + failing]))
      }
      guard trapezoid.tail > 0 else { continue }
      if trapezoid.isLarge {
        TrapezoidKernels.multiplyTail(values, trapezoid, into: &update)
      } else {
        Self.multiplyTail(values, trapezoid, into: &update)
      }
      Self.subtract(structure, trapezoid, update, from: &values, &places)
    }
    arrangeForSolving()
  }

  /// Reciprocal diagonals, and the dense rows as columns.
  private mutating func arrangeForSolving() {
    let dense = structure.denseCount
    for node in 0..<structure.count {
      let own = Trapezoid(structure, node)
      for c in 0..<own.width {
        inverses[own.first + c] = 1 / values[own.start + c * (own.height + 1)]
        guard own.end <= structure.order - dense else { continue }
        let last = own.start + (c + 1) * own.height - dense
        for k in 0..<dense { denseColumns[k * denseStride + own.first + c] = values[last + k] }
      }
    }
  }

  /// Σ log L_cc.
  var logDiagonal: Double {
    var sum = 0.0
    for node in 0..<structure.count {
      let trapezoid = Trapezoid(structure, node)
      for c in 0..<trapezoid.width {
        sum += Dense.logarithm(values[trapezoid.start + c * (trapezoid.height + 1)])
      }
    }
    return sum
  }

  /// The Cholesky factor of a trapezoid's own columns and the rows below: nil, or the first column that fails.
  private static func failingColumn(factoring values: inout [Double], _ trapezoid: Trapezoid)
    -> Int?
  {
    var all = values.mutableSpan
    let height = trapezoid.height
    for c in 0..<trapezoid.width {
      // The columns before c, then c itself: disjoint parts of the values.
      let before = trapezoid.start..<(trapezoid.start &+ c &* height)
      for k in 0..<c {
        let place = before.lowerBound &+ k &* height &+ c
        let factor = all[place]
        for r in 0..<(height &- c) {
          all[before.upperBound &+ c &+ r] -= all[place &+ r] * factor
        }
      }
      var column = all._mutatingExtracting(trapezoid.column(c, from: c))
      let pivot = column[0]
      guard pivot > 0 && pivot.isFinite else { return c }
      let root = pivot.squareRoot()
      column[0] = root
      for r in 1..<max(column.count, 1) { column[r] /= root }
    }
    return nil
  }

  /// The lower triangle of L_R L_R' of the rows below, a square column by column.
  private static func multiplyTail(
    _ values: [Double], _ trapezoid: Trapezoid, into update: inout [Double]
  ) {
    let l = values.span
    var all = update.mutableSpan
    let (width, tail) = (trapezoid.width, trapezoid.tail)
    for column in 0..<tail {
      var target = all._mutatingExtracting((column &* (tail &+ 1))..<((column &+ 1) &* tail))
      let first = l.extracting(trapezoid.column(0, from: width &+ column))
      for i in 0..<first.count { target[i] = first[i] * first[0] }
      for c in 1..<max(width, 1) {
        let other = l.extracting(trapezoid.column(c, from: width &+ column))
        target.add(other, times: other[0])
      }
    }
  }

  /// Subtracts the products of a supernode's rows below from the supernodes that these belong to.
  private static func subtract(
    _ structure: SupernodalStructure, _ own: Trapezoid, _ update: [Double],
    from values: inout [Double], _ places: inout [Int32]
  ) {
    let (owners, all) = (structure.owners.span, structure.rows.span)
    let rows = all.extracting(own.tailRows)
    let product = update.span
    var target = values.mutableSpan
    var place = places.mutableSpan
    let tail = own.tail
    var column = 0
    while column < tail {
      let other = Trapezoid(structure, Int(owners[Int(rows[column])]))
      other.locate(rows, from: column, among: all, into: &place)
      while column < tail && Int(rows[column]) < other.end {
        let start = other.start &+ (Int(rows[column]) &- other.first) &* other.height
        for i in column..<tail {
          target[start &+ Int(place[i])] -= product[column &* tail &+ i]
        }
        column &+= 1
      }
    }
  }
}
