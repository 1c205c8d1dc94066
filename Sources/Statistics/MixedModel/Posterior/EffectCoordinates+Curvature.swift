// The curvature of the joint density in the coordinates of the effects, level by level from that in u.

import LinearAlgebra

extension EffectCoordinates {
  /// H ← L⁻¹ H L⁻ᵀ, both triangles: the curvature in z where H is that in u at the factors Λ.
  package func whiten(_ h: inout ArrowMatrix, _ factors: CovarianceFactors) {
    var workspace = EffectWorkspace(self)
    var u = [Double](repeating: 0, count: layout.count)
    let start = u
    _ = standardEffects(start.span, factors, into: &u, &workspace)
    h.fillUpperTriangles()
    let q = layout.arrow.blockSize
    // The triangle of each corner place, the same for the places of a level.
    var others: [LevelTriangle] = []
    for (index, section) in sections.enumerated() where !section.isLeading {
      others += (0..<section.count).flatMap { level in
        Array(
          repeating: LevelTriangle(section, workspace.sections[index], level), count: section.order)
      }
    }
    if let leading = sections.first, leading.isLeading {
      for level in 0..<leading.count {
        let triangle = LevelTriangle(leading, workspace.sections[0], level)
        triangle.solve(&h.blocks, from: level * q * q, stride: q, columns: q)
        triangle.solveTransposed(&h.blocks, from: level * q * q, stride: q, rows: q)
        let borders = layout.arrow.borderOffsets[level]..<layout.arrow.borderOffsets[level + 1]
        triangle.solve(
          &h.border, from: q * borders.lowerBound, stride: q, columns: borders.count)
      }
    }
    var border = 0
    while border < layout.arrow.borderColumns.count {
      let triangle = others[layout.arrow.borderColumns[border]]
      triangle.solveTransposed(&h.border, from: q * border, stride: q, rows: q)
      border += triangle.order
    }
    whitenCorner(&h, others)
  }

  /// The k × l parts of the corner that belong to two levels, one after the other.
  private func whitenCorner(_ h: inout ArrowMatrix, _ triangles: [LevelTriangle]) {
    let arrow = layout.arrow
    var column = 0
    while column < arrow.cornerSize {
      let right = triangles[column]
      let columns = (0..<right.order).map { arrow.cornerColumn(column + $0) }
      var place = 0
      while place < columns[0].count {
        let left = triangles[arrow.cornerRow(columns[0].first + place, inColumn: column)]
        var part = columns.flatMap {
          h.corner[($0.first + place)..<($0.first + place + left.order)]
        }
        left.solve(&part, from: 0, stride: left.order, columns: right.order)
        right.solveTransposed(&part, from: 0, stride: left.order, rows: left.order)
        for (c, start) in columns.enumerated() {
          for r in 0..<left.order { h.corner[start.first + place + r] = part[r + c * left.order] }
        }
        place += left.order
      }
      column += right.order
    }
  }
}

/// L of one level, column by column.
private struct LevelTriangle {
  let order: Int
  private let values: [Double]

  init(_ section: EffectSection, _ workspace: EffectSectionWorkspace, _ level: Int) {
    let q = section.order
    order = q
    var values = [Double](repeating: 0, count: q * q)
    let first = (level / laneCount) * section.packed * laneCount + level % laneCount
    for r in 0..<q {
      for c in 0...r {
        let value = workspace.factors[first + (r * (r + 1) / 2 + c) * laneCount]
        values[r + c * q] = r == c ? 1 / value : value  // the diagonal stands as reciprocals
      }
    }
    self.values = values
  }

  /// M ← L⁻¹ M for the columns of M, `stride` apart.
  func solve(_ m: inout [Double], from start: Int, stride: Int, columns: Int) {
    for column in 0..<columns {
      let at = start + column * stride
      for r in 0..<order {
        var value = m[at + r]
        for k in 0..<r { value -= values[r + k * order] * m[at + k] }
        m[at + r] = value / values[r * (order + 1)]
      }
    }
  }

  /// M ← M L⁻ᵀ for the first `order` columns of M, `stride` apart.
  func solveTransposed(_ m: inout [Double], from start: Int, stride: Int, rows: Int) {
    for row in 0..<rows {
      for c in 0..<order {
        var value = m[start + row + c * stride]
        for k in 0..<c { value -= values[c + k * order] * m[start + row + k * stride] }
        m[start + row + c * stride] = value / values[c * (order + 1)]
      }
    }
  }
}
