// The directions in which scales alone do not whiten, found from the draws and gradients of a window.

import LinearAlgebra

/// Scales and directions for the draws and gradients of a window.
///
/// After Seyboldt, Carlson & Carpenter (2026, arXiv:2603.18845): in the span of the leading
/// directions of scaled draws and scaled gradients, the covariance Σ with Σ C_g Σ = C_x minimises the
/// Fisher divergence to a normal. Its eigenvectors with eigenvalues above 2 or below ½ are kept.
///
/// A direction along which the posterior is wide makes the scales of every coordinate it touches too
/// large for the rest of the space. Therefore the scales are taken again from what is left of draws
/// and gradients outside the span, a few times in turn.
struct LowRankFit {
  /// The most directions in which covariances are compared.
  static let greatestRank = 30
  /// How often the scales are taken again.
  static let refinements = 3
  /// Added to the variance of every direction; scaled draws and gradients have variances of at least
  /// about one, because Var y · Var g ≥ 1.
  static let regularisation = 1e-5
  /// Eigenvalues between these bounds are not worth their cost.
  static let unremarkable = 0.5...2.0

  private let n: Int
  private let m: Int
  private let rank: Int
  private var draws: [Double]  // m rows, centred
  private var gradients: [Double]
  private var scaledDraws: [Double]
  private var scaledGradients: [Double]
  private(set) var scale: [Double]

  /// Takes the rows of a window and first scales; coordinates that are not `learned` take no part.
  init(_ window: DrawWindow, scale: [Double], learned: [Bool]) {
    n = window.dimension
    m = window.rowCount
    // Three draws for each direction keep the two covariances well conditioned.
    rank = min(n, Self.greatestRank, m / 3)
    self.scale = scale
    draws = window.draws
    gradients = window.gradients
    for i in 0..<n {
      Self.centre(&draws, column: i, of: n, keeps: learned[i])
      Self.centre(&gradients, column: i, of: n, keeps: learned[i])
    }
    scaledDraws = draws
    scaledGradients = gradients
    rescale()
  }

  /// The map; nil when a number on the way is not finite.
  mutating func map() -> AdaptedMap? {
    guard rank > 0 else { return AdaptedMap(scale: scale) }
    if rank < n {
      for _ in 0..<Self.refinements {
        guard let basis = basis() else { return nil }
        takeScales(outside: basis)
        rescale()
      }
    }
    guard let basis = basis() else { return nil }
    let k = basis.count / n
    guard
      let mean = geometricMean(
        covariance(scaledDraws, in: basis, k), covariance(scaledGradients, in: basis, k), order: k),
      let (values, vectors) = Dense.eigenSystem(mean, order: k)
    else { return nil }
    var map = AdaptedMap(scale: scale)
    for j in 0..<k where !Self.unremarkable.contains(values[j]) {
      guard values[j].isFinite, values[j] > 0 else { return nil }
      var direction = Array(repeating: 0.0, count: n)
      var span = direction.mutableSpan
      for l in 0..<k {
        addMultiple(vectors[j * k + l], of: basis.span.extracting(place(l)), to: &span)
      }
      map.directions += direction
      map.stretches.append(values[j].squareRoot())
    }
    return map
  }

  // MARK: - Scales

  private static func centre(_ rows: inout [Double], column i: Int, of n: Int, keeps: Bool) {
    let places = stride(from: i, to: rows.count, by: n)
    let mean = places.reduce(0) { $0 + rows[$1] } / Double(max(1, rows.count / n))
    for place in places { rows[place] = keeps ? rows[place] - mean : 0 }
  }

  private mutating func rescale() {
    for t in 0..<m {
      for i in 0..<n {
        scaledDraws[t * n + i] = draws[t * n + i] / scale[i]
        scaledGradients[t * n + i] = gradients[t * n + i] * scale[i]
      }
    }
  }

  /// The Fisher rule for the parts of draws and gradients that are orthogonal to the basis.
  private mutating func takeScales(outside basis: [Double]) {
    let (drawShares, gradientShares) = (
      squaresOutside(scaledDraws, basis), squaresOutside(scaledGradients, basis)
    )
    for i in 0..<n {
      let (draw, gradient) = (drawShares[i], gradientShares[i])
      // A coordinate that lies in the span leaves nothing but rounding to take a scale from.
      guard draw.left > 1e-10 * draw.all, gradient.left > 1e-10 * gradient.all else { continue }
      let new = scale[i] * (draw.left / gradient.left).squareRoot().squareRoot()
      if new.isFinite, new > 0 { scale[i] = new }
    }
  }

  /// The sum of squares of each column, whole and outside the basis.
  private func squaresOutside(
    _ rows: [Double], _ basis: [Double]
  ) -> [(all: Double, left: Double)] {
    var sums = Array(repeating: (all: 0.0, left: 0.0), count: n)
    var rest = Array(repeating: 0.0, count: n)
    for t in 0..<m {
      for i in 0..<n { rest[i] = rows[t * n + i] }
      removeSpan(of: basis, from: &rest)
      for i in 0..<n {
        sums[i].all += rows[t * n + i] * rows[t * n + i]
        sums[i].left += rest[i] * rest[i]
      }
    }
    return sums
  }

  // MARK: - The span

  /// Orthonormal rows that span the leading directions of draws and gradients in turn.
  private func basis() -> [Double]? {
    var basis: [Double] = []
    if rank == n {
      basis = Array(repeating: 0, count: n * n)
      for i in 0..<n { basis[i * n + i] = 1 }
      return basis
    }
    guard let fromDraws = leading(scaledDraws), let fromGradients = leading(scaledGradients) else {
      return nil
    }
    for j in 0..<rank {
      for candidates in [fromDraws, fromGradients] where basis.count < rank * n {
        guard (j + 1) * n <= candidates.count else { continue }
        var candidate = Array(candidates[j * n..<(j + 1) * n])
        removeSpan(of: basis, from: &candidate)
        let left = dot(candidate.span, candidate.span).squareRoot()
        guard left > 1e-6 else { continue }
        for i in 0..<n { candidate[i] /= left }
        removeSpan(of: basis, from: &candidate)  // twice is enough (Kahan)
        let length = dot(candidate.span, candidate.span).squareRoot()
        basis += candidate.map { $0 / length }
      }
    }
    return basis
  }

  /// The first right singular vectors of m × n rows, at most `rank` of them.
  private func leading(_ rows: [Double]) -> [Double]? {
    var products = Array(repeating: 0.0, count: m * m)
    for t in 0..<m {
      for u in 0...t {
        products[u * m + t] = dot(rows.span.extracting(place(t)), rows.span.extracting(place(u)))
      }
    }
    guard let (values, vectors) = Dense.eigenSystem(products, order: m) else { return nil }
    var result: [Double] = []
    for j in (m - rank..<m).reversed() where values[j] > 1e-12 * values[m - 1] {
      var vector = Array(repeating: 0.0, count: n)
      var span = vector.mutableSpan
      let length = values[j].squareRoot()
      for t in 0..<m {
        addMultiple(vectors[j * m + t] / length, of: rows.span.extracting(place(t)), to: &span)
      }
      result += vector
    }
    return result
  }

  private func removeSpan(of basis: [Double], from vector: inout [Double]) {
    var span = vector.mutableSpan
    for l in 0..<basis.count / n {
      let direction = basis.span.extracting(place(l))
      addMultiple(-dot(direction, span.span), of: direction, to: &span)
    }
  }

  /// Where row `t` of n numbers lies.
  private func place(_ t: Int) -> Range<Int> { t * n..<(t + 1) * n }

  // MARK: - Covariances in the span

  private func covariance(_ rows: [Double], in basis: [Double], _ k: Int) -> [Double] {
    var result = Array(repeating: 0.0, count: k * k)
    for t in 0..<m {
      let shares = (0..<k).map {
        dot(basis.span.extracting(place($0)), rows.span.extracting(place(t)))
      }
      for a in 0..<k { for b in 0..<k { result[a * k + b] += shares[a] * shares[b] } }
    }
    for i in result.indices { result[i] /= Double(m - 1) }
    for a in 0..<k { result[a * k + a] += Self.regularisation }
    return result
  }
}

/// The symmetric positive definite Σ with Σ B Σ = A; nil when A or B is not positive definite.
///
/// Σ = B^−½ (B^½ A B^½)^½ B^−½, the geometric mean of A and B⁻¹ (Bhatia 2007, Positive Definite
/// Matrices, section 4.1).
func geometricMean(_ a: [Double], _ b: [Double], order k: Int) -> [Double]? {
  guard let half = root(b, inverted: false, order: k),
    let inverse = root(b, inverted: true, order: k)
  else { return nil }
  let middle = product(product(half, a, order: k), half, order: k)
  guard let middleRoot = root(middle, inverted: false, order: k) else { return nil }
  return product(product(inverse, middleRoot, order: k), inverse, order: k)
}

/// The square root of a positive definite matrix, or its inverse.
private func root(_ matrix: [Double], inverted: Bool, order k: Int) -> [Double]? {
  guard let (values, vectors) = Dense.eigenSystem(matrix, order: k),
    values.allSatisfy({ $0 > 0 && $0.isFinite })
  else { return nil }
  var result = Array(repeating: 0.0, count: k * k)
  for j in 0..<k {
    let value = inverted ? 1 / values[j].squareRoot() : values[j].squareRoot()
    for a in 0..<k {
      for b in 0..<k {
        result[a * k + b] += value * vectors[j * k + a] * vectors[j * k + b]
      }
    }
  }
  return result
}

private func product(_ a: [Double], _ b: [Double], order k: Int) -> [Double] {
  var result = Array(repeating: 0.0, count: k * k)
  for i in 0..<k {
    for l in 0..<k { for j in 0..<k { result[i * k + j] += a[i * k + l] * b[l * k + j] } }
  }
  return result
}
