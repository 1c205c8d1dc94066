// The data of the hard set, simulated with fixed seeds.

import Families
import Glibc
import Probability
import Tables

/// Tables whose models are hard to sample.
enum SimulatedTable {
  /// 20 groups of 5 Bernoulli values; the groups' intercepts have standard deviation 0.3.
  static func weakGroups() throws -> Table {
    var stream = RandomStream(seed: 31)
    let (groups, size) = (20, 5)
    let effects = normals(groups, &stream).map { 0.3 * $0 }
    let x = normals(groups * size, &stream)
    let y = try bernoulli(
      x.indices.map { 0.2 + 0.5 * x[$0] + effects[$0 / size] }, &stream)
    return Table(
      rowCount: x.count,
      columns: [
        ("g", levels("g", x.indices.map { $0 / size })), ("x", .numeric(x)), ("y", .numeric(y)),
      ])
  }

  /// 200 values in 20 groups that are 1 where x is positive, but for one in each of the first four groups; z is noise.
  ///
  /// In such a group the second smallest positive x has a 0 and the smallest a 1, so that no intercepts of groups separate
  /// the values either: the likelihood falls for large coefficients, and the posterior under a flat prior has moments.
  static func nearSeparation() -> Table {
    var stream = RandomStream(seed: 32)
    let x = normals(200, &stream)
    let z = normals(200, &stream)
    var y = x.map { $0 > 0 ? 1.0 : 0 }
    for group in 0..<4 {
      let positive = x.indices.filter { $0 % 20 == group && x[$0] > 0 }.sorted { x[$0] < x[$1] }
      if positive.count > 1 { y[positive[1]] = 0 }
    }
    return Table(
      rowCount: x.count,
      columns: [
        ("g", levels("g", x.indices.map { $0 % 20 })), ("x", .numeric(x)), ("z", .numeric(z)),
        ("y", .numeric(y)),
      ])
  }

  /// 40 groups of 10 rows that do not differ: a Gaussian outcome and counts.
  static func zeroDeviation() throws -> Table {
    var stream = RandomStream(seed: 33)
    let x = normals(400, &stream)
    let y = x.map { 1 + 0.5 * $0 + stream.nextNormal() }
    let family = try ResponseFamilies.named("poisson")
    let counts = x.map {
      family.simulate(trials: 1, predictors: [0.8 + 0.3 * $0], using: &stream)
    }
    return Table(
      rowCount: x.count,
      columns: [
        ("g", levels("g", x.indices.map { $0 / 10 })), ("x", .numeric(x)), ("y", .numeric(y)),
        ("n", .numeric(counts)),
      ])
  }

  /// Bernoulli values of pairs of levels drawn at random from two factors: no order of the levels makes blocks.
  static func crossed(rows: Int, first: Int, second: Int) throws -> Table {
    var stream = RandomStream(seed: 34)
    let a = normals(first, &stream)
    let b = normals(second, &stream).map { 0.5 * $0 }
    let x = normals(rows, &stream)
    // The first rows name every level once, so that there are as many as said.
    let g = (0..<rows).map { $0 < first ? $0 : Int(stream.nextUniform() * Double(first)) }
    let h = (0..<rows).map { $0 < second ? $0 : Int(stream.nextUniform() * Double(second)) }
    let y = try bernoulli(
      (0..<rows).map { -0.3 + 0.5 * x[$0] + a[g[$0]] + b[h[$0]] }, &stream)
    return Table(
      rowCount: rows,
      columns: [
        ("g", levels("g", g)), ("h", levels("h", h)), ("x", .numeric(x)), ("y", .numeric(y)),
      ])
  }

  private static func normals(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.nextNormal() }
  }

  private static func bernoulli(_ predictors: [Double], _ stream: inout RandomStream) throws
    -> [Double]
  {
    let family = try ResponseFamilies.named("bernoulli")
    return predictors.map { family.simulate(trials: 1, predictors: [$0], using: &stream) }
  }

  private static func levels(_ letter: String, _ codes: [Int]) -> Column {
    let count = (codes.max() ?? 0) + 1
    return .factor(
      Factor(levels: (0..<count).map { "\(letter)\($0)" }, codes: codes.map { Int32($0) }))
  }
}
