// The entries of the inverse that lie in the pattern of a sparse Cholesky factor.

/// Room for the selected inverse of a supernodal factor.
struct SupernodalInverse: Sendable {
  /// The inverse in the factor's places: the rows of elimination, both triangles within a supernode's own columns.
  private(set) var values: [Double]
  private var sigma: [Double]  // the inverse among the rows below one supernode
  private var y: [Double]
  private var places: [Int32]

  /// Room for factors of one structure.
  init(structure: SupernodalStructure) {
    let tail = structure.largestTail
    values = Array(repeating: 0, count: structure.valueCount)
    sigma = Array(repeating: 0, count: tail * tail)
    places = Array(repeating: 0, count: tail)
    let largest = (0..<structure.count).map {
      let trapezoid = Trapezoid(structure, $0)
      return trapezoid.width * max(trapezoid.tail, trapezoid.width)
    }.max()
    y = Array(repeating: 0, count: largest ?? 0)
  }

  /// Computes (P S P')⁻¹ in the pattern of the factor, from the last supernode to the first.
  ///
  /// With Y = L_R L_D⁻¹ for the rows R below the own columns D, Σ_RD = −Σ_RR Y and Σ_DD = (L_D L_D')⁻¹ − Y' Σ_RD
  /// (Takahashi, Fagan & Chin 1973; Erisman & Tinney 1975): Σ_RR lies in the pattern of supernodes that are done.
  mutating func compute(from factor: SupernodalFactor) {
    let structure = factor.structure
    for step in 0..<structure.count {
      let own = Trapezoid(structure, structure.count - 1 - step)
      Self.gather(structure, own, values, &sigma, &places)
      if own.isLarge {
        TrapezoidKernels.solveTail(factor.values, own, into: &y)
        TrapezoidKernels.invert(factor.values, own, sigma, y, into: &values)
      } else {
        Self.invert(factor.values, own, sigma, &y, into: &values)
      }
    }
  }

  /// Σ_RR of the rows below a supernode, both triangles.
  private static func gather(
    _ structure: SupernodalStructure, _ own: Trapezoid, _ values: [Double],
    _ sigma: inout [Double], _ places: inout [Int32]
  ) {
    let (owners, all) = (structure.owners.span, structure.rows.span)
    let rows = all.extracting(own.tailRows)
    let source = values.span
    var target = sigma.mutableSpan
    var place = places.mutableSpan
    let tail = own.tail
    var column = 0
    while column < tail {
      let other = Trapezoid(structure, Int(owners[Int(rows[column])]))
      other.locate(rows, from: column, among: all, into: &place)
      while column < tail && Int(rows[column]) < other.end {
        let start = other.start &+ (Int(rows[column]) &- other.first) &* other.height
        for i in column..<tail {
          let value = source[start &+ Int(place[i])]
          target[column &* tail &+ i] = value
          target[i &* tail &+ column] = value
        }
        column &+= 1
      }
    }
  }

  /// One small supernode's share, from Σ_RR.
  private static func invert(
    _ factor: [Double], _ own: Trapezoid, _ sigma: [Double], _ y: inout [Double],
    into inverse: inout [Double]
  ) {
    let (width, height, tail) = (own.width, own.height, own.tail)
    let l = factor.span.extracting(own.range)
    var all = inverse.mutableSpan
    var z = all._mutatingExtracting(own.range)
    var work = y.mutableSpan
    // Y, from the last column to the first, and Σ_RD.
    for back in 0..<width {
      let c = width &- 1 &- back
      let at = c &* tail
      for i in 0..<tail { work[at &+ i] = l[c &* height &+ width &+ i] }
      for k in (c &+ 1)..<max(width, c &+ 1) {
        let factor = l[c &* height &+ k]
        for i in 0..<tail { work[at &+ i] -= work[k &* tail &+ i] * factor }
      }
      let pivot = l[c &* (height &+ 1)]
      for i in 0..<tail { work[at &+ i] /= pivot }
      var below = z._mutatingExtracting((c &* height &+ width)..<((c &+ 1) &* height))
      for i in 0..<tail { below[i] = 0 }
      for i in 0..<tail {
        below.add(
          sigma.span.extracting((i &* tail)..<((i &+ 1) &* tail)), times: -work[at &+ i])
      }
    }
    // (L_D L_D')⁻¹ one unit vector after the other, less Y' Σ_RD.
    for c in 0..<width {
      var column = z._mutatingExtracting((c &* height)..<(c &* height &+ width))
      for r in 0..<width { column[r] = r == c ? 1 : 0 }
      for r in c..<width {
        var value = column[r]
        for k in c..<r { value -= l[k &* height &+ r] * column[k] }
        column[r] = value / l[r &* (height &+ 1)]
      }
      for back in 0..<width {
        let r = width &- 1 &- back
        var value = column[r]
        for k in (r &+ 1)..<max(width, r &+ 1) { value -= l[r &* height &+ k] * column[k] }
        column[r] = value / l[r &* (height &+ 1)]
      }
      for r in 0..<width {
        var sum = 0.0
        for i in 0..<tail { sum += work[r &* tail &+ i] * z[c &* height &+ width &+ i] }
        z[c &* height &+ r] -= sum
      }
    }
  }
}
