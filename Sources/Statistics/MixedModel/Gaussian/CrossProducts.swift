// Cross products of a Gaussian model's columns, summed once over rows of equal residual precision.

import Families
import LinearAlgebra

/// Σ a a' over the rows of a Gaussian model, a being a row of [Z, Q, y, X]: random effects, integrated columns, residual
/// and kept columns.
///
/// Units whose residuals are independent (single values, or rows of the table when residuals are correlated) are
/// gathered into classes that share outcomes and predictors of σ. For each class and pair of its outcomes the lower
/// triangle of the sum is a list of places and values, so that M(w) = Σ w N costs no pass over rows: one
/// class for each pattern of missing outcomes when every σ is a constant, and at most one for each unit.
struct CrossProducts: Sendable {
  /// The shape of M; its corner holds the effects of other factors, the integrated columns, y, and the kept columns.
  let structure: ArrowStructure
  /// Where the random effects are.
  let effects: EffectArrangement
  /// How many are integrated coefficients.
  let integratedCount: Int
  /// The classes.
  let classes: UnitClasses
  /// For each border column that begins a level's effects of a corner block: the column, and the block.
  let borderGroups: [BorderGroup]

  /// The effects of one level of a corner block among the border columns of a leading level.
  struct BorderGroup: Sendable {
    let column: Int
    let block: Int
  }

  /// For each class and pair of its outcomes where its list starts; the last element is the end.
  private let listOffsets: [Int]
  private let places: [Int32]
  private let values: [Double]
  private let doubled: [Double]  // values, those off the diagonal twice

  /// The number of lists.
  var listCount: Int { listOffsets.count - 1 }
  /// The number of elements of the flat form of M: blocks, border and corner one after the other.
  var flatCount: Int { cornerStart + structure.cornerSize * structure.cornerSize }
  /// Where the border begins in the flat form.
  var borderStart: Int { structure.blockCount * structure.blockSize * structure.blockSize }
  /// Where the corner begins in the flat form.
  var cornerStart: Int { borderStart + structure.blockSize * structure.borderColumns.count }

  init(_ model: MixedModel, _ coefficients: GaussianCoefficients) {
    classes = UnitClasses(model)
    integratedCount = coefficients.integrated.count
    let dense = integratedCount + 1 + coefficients.kept.count
    let rowEffects = RowEffects(model)
    effects = EffectArrangement(model, classes.units, rowEffects, denseCount: dense)
    let rows = AugmentedRows(coefficients, rowEffects, effects)
    let borders = Borders(model, classes.units, rows, effects, denseCount: dense)
    structure = ArrowStructure(
      blockSize: effects.blockSize, blockCount: effects.blockCount,
      cornerSize: effects.cornerSize + dense, borderOffsets: borders.offsets,
      borderColumns: borders.columns)
    borderGroups = borders.groups
    var builder = ListBuilder(structure: structure, borders: borders, rows: rows)
    for members in classes.members {
      let outcomes = classes.units[members[0]].rows.map(\.outcome)
      for b in outcomes.indices {
        for a in 0...b {
          for unit in members { builder.add(classes.units[unit], a, b) }
          builder.close()
        }
      }
    }
    listOffsets = builder.offsets
    places = builder.places
    values = builder.values
    doubled = builder.doubled
  }

  /// M ← Σ w N over all lists, in the flat form; only lower triangles are written.
  func accumulate(_ weights: [Double], into total: inout [Double]) {
    var target = total.mutableSpan
    for i in 0..<target.count { target[i] = 0 }
    let (offsets, at, value) = (listOffsets.span, places.span, values.span)
    for list in 0..<weights.count {
      let w = weights[list]
      for i in offsets[list]..<offsets[list + 1] { target[Int(at[i])] += w * value[i] }
    }
  }

  /// ⟨G, N⟩ = tr(G N) of every list, for a symmetric G in the flat form.
  func contract(_ symmetric: [Double], into sums: inout [Double]) {
    let g = symmetric.span
    var target = sums.mutableSpan
    let (offsets, at, value) = (listOffsets.span, places.span, doubled.span)
    for list in 0..<target.count {
      var sum = 0.0
      for i in offsets[list]..<offsets[list + 1] { sum += g[Int(at[i])] * value[i] }
      target[list] = sum
    }
  }
}

/// The rows of [Z, Q, y, X] as sparse vectors: elements of a leading block, then elements of the corner.
private struct AugmentedRows {
  /// An element of a row: of a leading block, or of the corner.
  enum Element {
    case leading(block: Int, position: Int)
    case corner(Int)
  }

  private let coefficients: GaussianCoefficients
  private let rows: RowEffects
  private let effects: EffectArrangement

  init(_ coefficients: GaussianCoefficients, _ rows: RowEffects, _ effects: EffectArrangement) {
    self.coefficients = coefficients
    self.rows = rows
    self.effects = effects
  }

  /// The elements of one value's row.
  func elements(_ row: UnitClasses.Row) -> [(element: Element, value: Double)] {
    let own = coefficients.columns[row.outcome]
    let y = effects.cornerSize + coefficients.integrated.count
    var result = rows.effects(on: row).map { effect in
      (place(effects.starts[effect.block][effect.level] + effect.member), effect.value)
    }
    for (place, values) in own.integrated {
      result.append((.corner(effects.cornerSize + place), values[row.row]))
    }
    result.append((.corner(y), own.residual[row.row]))
    for (place, values) in own.kept { result.append((.corner(y + 1 + place), values[row.row])) }
    return result
  }

  private func place(_ index: Int) -> Element {
    index < effects.cornerStart
      ? .leading(block: index / effects.blockSize, position: index % effects.blockSize)
      : .corner(index - effects.cornerStart)
  }

  /// The leading block that a unit meets, if any, and the first corner place of each level that acts on it.
  func groups(_ unit: UnitClasses.Unit) -> (leading: Int?, corner: [(start: Int, block: Int)]) {
    var leading: Int?
    var corner: [(start: Int, block: Int)] = []
    for row in unit.rows {
      for effect in rows.effects(on: row) {
        let start = effects.starts[effect.block][effect.level]
        if start < effects.cornerStart {
          leading = start / effects.blockSize
        } else {
          corner.append((start - effects.cornerStart, effect.block))
        }
      }
    }
    return (leading, corner)
  }
}

/// Which corner effects each leading block meets in some unit; every block meets all columns after the effects.
private struct Borders {
  var offsets = [0]
  var columns: [Int] = []
  var groups: [CrossProducts.BorderGroup] = []
  /// For each leading block the border column of each corner place.
  var places: [[Int: Int]] = []

  init(
    _ model: MixedModel, _ units: [UnitClasses.Unit], _ rows: AugmentedRows,
    _ effects: EffectArrangement, denseCount: Int
  ) {
    var touched = [[Int: Int]](repeating: [:], count: effects.blockCount)
    for unit in units {
      let (leading, corner) = rows.groups(unit)
      guard let leading else { continue }
      for group in corner { touched[leading][group.start] = group.block }
    }
    for set in touched {
      var known: [Int: Int] = [:]
      for (start, block) in set.sorted(by: { $0.key < $1.key }) {
        groups.append(.init(column: columns.count, block: block))
        for member in 0..<model.effects.blocks[block].size {
          known[start + member] = columns.count
          columns.append(start + member)
        }
      }
      for dense in 0..<denseCount {
        known[effects.cornerSize + dense] = columns.count
        columns.append(effects.cornerSize + dense)
      }
      places.append(known)
      offsets.append(columns.count)
    }
  }
}

/// Sums outer products in the flat form and keeps what is not zero.
private struct ListBuilder {
  let structure: ArrowStructure
  let borders: Borders
  let rows: AugmentedRows
  var offsets = [0]
  var places: [Int32] = []
  var values: [Double] = []
  var doubled: [Double] = []
  private var sums: [Double]
  private var isTouched: [Bool]
  private var touched: [Int] = []

  init(structure: ArrowStructure, borders: Borders, rows: AugmentedRows) {
    self.structure = structure
    self.borders = borders
    self.rows = rows
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let size = structure.blockCount * q * q + q * structure.borderColumns.count + m * m
    sums = Array(repeating: 0, count: size)
    isTouched = Array(repeating: false, count: size)
  }

  /// Adds a a' of one outcome of a unit, or a b' + b a' of two.
  mutating func add(_ unit: UnitClasses.Unit, _ a: Int, _ b: Int) {
    let left = rows.elements(unit.rows[a])
    let right = a == b ? left : rows.elements(unit.rows[b])
    for (i, x) in left.enumerated() {
      for (j, y) in right.enumerated() where a != b || j <= i {
        guard let (place, isDiagonal) = flat(x.element, y.element) else { continue }
        let value = x.value * y.value
        guard value != 0 else { continue }
        sums[place] += a != b && isDiagonal ? 2 * value : value
        if !isTouched[place] {
          isTouched[place] = true
          touched.append(place)
        }
      }
    }
  }

  /// The place of a product in the flat form, and whether it lies on the diagonal.
  private func flat(
    _ x: AugmentedRows.Element, _ y: AugmentedRows.Element
  ) -> (place: Int, isDiagonal: Bool)? {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let border = structure.blockCount * q * q
    switch (x, y) {
    case (.leading(let block, let r), .leading(_, let c)):
      return (block * q * q + max(r, c) + min(r, c) * q, r == c)
    case (.leading(let block, let r), .corner(let place)),
      (.corner(let place), .leading(let block, let r)):
      return borders.places[block][place].map { (border + $0 * q + r, false) }
    case (.corner(let r), .corner(let c)):
      let corner = border + q * structure.borderColumns.count
      return (corner + max(r, c) + min(r, c) * m, r == c)
    }
  }

  /// Ends a list.
  mutating func close() {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let border = structure.blockCount * q * q
    let corner = border + q * structure.borderColumns.count
    for place in touched.sorted() {
      let value = sums[place]
      (sums[place], isTouched[place]) = (0, false)
      guard value != 0 else { continue }
      let isDiagonal =
        place < border
        ? place % (q * q) % (q + 1) == 0 : place >= corner && (place - corner) % (m + 1) == 0
      places.append(Int32(place))
      values.append(value)
      doubled.append(isDiagonal ? value : 2 * value)
    }
    offsets.append(places.count)
    touched.removeAll(keepingCapacity: true)
  }
}
