// Large simulated data sets, for what the real ones are too small to show.

import Families
import Fitting
import Formula
import Glibc
import MixedModel
import Probability
import Tables

/// Models on simulated tables.
enum SimulatedModel {
  /// A Gaussian and a Bernoulli outcome with correlated intercepts of `groups` groups.
  static func bivariate(rows: Int, groups: Int) throws -> MixedModel {
    var stream = RandomStream(seed: 7)
    let effects = (0..<groups).map { _ in
      let first = stream.nextNormal()
      return (first, 0.6 * first + 0.8 * stream.nextNormal())
    }
    let (x, z) = (normals(rows, &stream), normals(rows, &stream))
    var (y, passed): ([Double], [Double]) = ([], [])
    for row in 0..<rows {
      let (a, b) = effects[row % groups]
      y.append(1 + 0.5 * x[row] - 0.3 * z[row] + a + stream.nextNormal())
      let eta = 0.3 + 0.4 * x[row] + 0.2 * z[row] + b
      passed.append(stream.nextUniform() < 1 / (1 + exp(-eta)) ? 1 : 0)
    }
    let table = Table(
      rowCount: rows,
      columns: [
        ("g", .factor(levels(rows, groups))), ("x", .numeric(x)), ("z", .numeric(z)),
        ("y", .numeric(y)), ("passed", .numeric(passed)),
      ])
    return try model(
      "bf(y ~ x + z + (1 |p| g), family = gaussian)"
        + " + bf(passed ~ x + z + (1 |p| g), family = bernoulli)", table)
  }

  /// Counts with intercepts of `groups` groups.
  static func poisson(rows: Int, groups: Int) throws -> MixedModel {
    var stream = RandomStream(seed: 8)
    let effects = normals(groups, &stream)
    let x = normals(rows, &stream)
    let family = try ResponseFamilies.named("poisson")
    let y = (0..<rows).map { row in
      family.simulate(
        trials: 1, predictors: [0.7 + 0.3 * x[row] + 0.4 * effects[row % groups]], using: &stream)
    }
    let table = Table(
      rowCount: rows,
      columns: [("g", .factor(levels(rows, groups))), ("x", .numeric(x)), ("y", .numeric(y))])
    return try model("bf(y ~ x + (1 | g), family = poisson)", table)
  }

  /// Intercepts of `inner` groups in `middle` groups in `outer` groups.
  static func nested(rows: Int, _ inner: Int, _ middle: Int, _ outer: Int, family: String) throws
    -> MixedModel
  {
    let codes = (0..<rows).map { $0 % inner }
    return try grouped(
      [
        ("a", codes.map { $0 % middle % outer }, outer), ("b", codes.map { $0 % middle }, middle),
        ("c", codes, inner),
      ], "(1 | a/b/c)", family: family)
  }

  /// Intercepts of two factors that are crossed at random.
  static func crossed(rows: Int, _ first: Int, _ second: Int, family: String) throws -> MixedModel {
    var stream = RandomStream(seed: 9)
    let drawn = (0..<rows).map { _ in stream.nextInt(below: second) }
    return try grouped(
      [("g", (0..<rows).map { $0 % first }, first), ("h", drawn, second)],
      "(1 | g) + (1 | h)", family: family)
  }

  private static func grouped(
    _ factors: [(name: String, codes: [Int], count: Int)], _ terms: String, family name: String
  ) throws -> MixedModel {
    var stream = RandomStream(seed: 10)
    let family = try ResponseFamilies.named(name)
    let rows = factors[0].codes.count
    let x = normals(rows, &stream)
    var eta = x.map { 0.3 + 0.3 * $0 }
    for factor in factors {
      let effects = normals(factor.count, &stream)
      for row in 0..<rows { eta[row] += 0.4 * effects[factor.codes[row]] }
    }
    let y = eta.map { family.simulate(trials: 1, predictors: [$0], using: &stream) }
    var columns: [(name: String, column: Column)] = [("x", .numeric(x)), ("y", .numeric(y))]
    for factor in factors {
      let levels = (0..<factor.count).map { "\(factor.name)\($0)" }
      columns.append(
        (factor.name, .factor(Factor(levels: levels, codes: factor.codes.map { Int32($0) }))))
    }
    return try model(
      "bf(y ~ x + \(terms), family = \(name))", Table(rowCount: rows, columns: columns))
  }

  private static func model(_ formula: String, _ table: Table) throws -> MixedModel {
    let frame = try ModelFrame(ModelFormula.parse([formula]), families: [], table: table)
    return try MixedModel(
      frame,
      families: frame.outcomes.map {
        try ResponseFamilies.named($0.family.name, link: $0.family.link)
      })
  }

  private static func normals(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.nextNormal() }
  }

  private static func levels(_ rows: Int, _ groups: Int) -> Factor {
    Factor(
      levels: (0..<groups).map { "g\($0)" }, codes: (0..<rows).map { Int32($0 % groups) })
  }
}
