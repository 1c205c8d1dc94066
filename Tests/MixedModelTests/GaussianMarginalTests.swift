// Marginal densities of Gaussian models against dense multivariate normal distributions.

import Glibc
import LinearAlgebra
import Probability
import Tables
import TestSupport
import Testing

@testable import MixedModel

/// Gaussian models, each for what it has that others have not.
private let gaussianCases: [ModelCase] = [
  ModelCase("no random effects", "y ~ x + z", families: "gaussian", rows: 40),
  ModelCase("slopes", "y ~ x + (1 + x + z | g)", families: "gaussian", rows: 60),
  ModelCase("no intercept", "y ~ 0 + x + offset(o) + (1 | g)", families: "gaussian", rows: 40),
  ModelCase(
    "three factors", "y ~ x + (1 | g) + (1 + z | h) + (1 | k)", families: "gaussian", rows: 60),
  ModelCase("independent slopes", "y ~ x + (x || g)", families: "gaussian", rows: 40),
  ModelCase(
    "sigma by a predictor", "bf(y ~ x + (1 | g), sigma ~ z)", families: "gaussian", rows: 40),
  ModelCase("sigma by a factor", "bf(y ~ x + (1 | g), sigma ~ k)", families: "gaussian", rows: 40),
  ModelCase(
    "two outcomes with different missing rows", "ym ~ x + z + (1 |i| g)", "v ~ z + (1 + x |i| g)",
    families: "gaussian,gaussian", rows: 40),
  ModelCase(
    "outcomes with factors of their own", "y ~ x + (1 | g)", "v ~ x + (1 | h)",
    families: "gaussian,gaussian", rows: 40),
  ModelCase(
    "correlated residuals", "bf(ym ~ x + (1 |i| g)) + bf(v ~ z + (1 |i| g)) + set_rescor(TRUE)",
    families: "gaussian,gaussian", rows: 50),
  ModelCase(
    "correlated residuals and crossed factors",
    "bf(ym ~ x + (1 |i| g) + (1 |j| h)) + bf(v ~ z + (1 |i| g) + (1 |j| h)) + set_rescor(TRUE)",
    families: "gaussian,gaussian", rows: 50),
  ModelCase(
    "correlated residuals of outcomes with factors of their own",
    "bf(ym ~ x + (1 | g)) + bf(v ~ z + (1 + x | h)) + set_rescor(TRUE)",
    families: "gaussian,gaussian", rows: 50),
  ModelCase(
    "correlated residuals of three outcomes, one nearly unobserved",
    "bf(ym ~ x + (1 |i| g)) + bf(v ~ z + (1 |i| g), sigma ~ x) + bf(few ~ 1) + set_rescor(TRUE)",
    families: "gaussian,gaussian,gaussian", rows: 50, observed: 20),
]

@Suite("Gaussian models integrate on paper")
struct GaussianMarginalTests {
  private func value(
    _ marginal: GaussianMarginal, _ psi: [Double]
  ) -> (value: Double, gradient: [Double]) {
    var workspace = GaussianWorkspace(marginal)
    var gradient = [Double](repeating: .nan, count: psi.count)
    let value = marginal.logDensity(at: psi, gradient: &gradient, &workspace)
    #expect(abs(marginal.logDensity(at: psi, &workspace) - value) < 1e-9 * (1 + abs(value)))
    return (value, gradient)
  }

  @Test("the likelihood is that of a multivariate normal", arguments: gaussianCases)
  func likelihood(_ example: ModelCase) throws {
    let built = try example.build()
    let twin = NaiveGaussian(built)
    let marginal = GaussianMarginal(likelihoodOf: built.model)
    #expect(marginal.parameters == Array(0..<built.model.layout.count))
    for seed in [71, 72] as [UInt64] {
      let psi = built.parameters(seed: seed)
      let own = value(marginal, psi)
      #expect(abs(own.value - twin.marginal(psi)) < 1e-9)
      let wanted = Differences.gradient(at: psi, step: 3e-3) { value(marginal, $0).value }
      #expect(distance(own.gradient, wanted) < 1e-7)
    }
  }

  @Test("the restricted likelihood is that with coefficients integrated", arguments: gaussianCases)
  func restricted(_ example: ModelCase) throws {
    let built = try example.build()
    let twin = NaiveGaussian(built)
    let marginal = GaussianMarginal(restrictedLikelihoodOf: built.model)
    let integrated = marginal.integrated.map { (index: $0, mean: 0.0, precision: 0.0) }
    #expect(
      integrated.count
        == built.model.outcomes.reduce(0) { $0 + $1.predictors[0].columnNames.count })
    let psi = built.parameters(seed: 73)
    let own = value(marginal, psi)
    #expect(abs(own.value - twin.marginal(psi, integrated: integrated)) < 1e-8)
    let wanted = Differences.gradient(at: psi, step: 3e-3) { value(marginal, $0).value }
    #expect(distance(own.gradient, wanted) < 1e-7)
    #expect(marginal.integrated.allSatisfy { own.gradient[$0] == 0 })
  }

  /// Priors that keep, integrate, or divide the coefficients.
  static let statements: [[String]] = [
    [], ["b ~ normal(0.2, 2)", "Intercept ~ normal(0.5, 3)", "cor ~ lkj(2)"],
    ["b[*, x] ~ student_t(3, 0.1, 1)"], ["Intercept ~ cauchy(0, 2)", "b[*, z] ~ normal(0.2, 2)"],
  ]

  /// The natural ψ of a position, with integrated coefficients at their prior means, and their priors.
  private func natural(
    _ posterior: GaussianPosterior, _ position: [Double], _ choice: Int
  ) -> (psi: [Double], integrated: [(index: Int, mean: Double, precision: Double)]) {
    let model = posterior.marginal.model
    var psi = [Double](repeating: 0, count: model.layout.count)
    for (place, index) in posterior.marginal.parameters.enumerated() {
      psi[index] = position[place]
    }
    var integrated: [(index: Int, mean: Double, precision: Double)] = []
    for outcome in model.outcomes {
      let predictor = outcome.predictors[0]
      var shift = 0.0
      for (column, name) in predictor.columnNames.enumerated() {
        let index = predictor.coefficientOffset + column
        if posterior.marginal.integrated.contains(index) {
          let isNormal = choice == 1 || (choice == 3 && name == "z")
          let mean = !isNormal ? 0 : name == "(Intercept)" ? 0.5 : 0.2
          let sd = name == "(Intercept)" ? 3.0 : 2
          integrated.append((index, mean, isNormal ? 1 / (sd * sd) : 0))
          psi[index] = mean
        }
        let values = (0..<outcome.tableRows.count).map {
          predictor.design[column * predictor.stride + $0]
        }
        if name != "(Intercept)" {
          shift += psi[index] * values.reduce(0, +) / Double(values.count)
        }
      }
      // The default prior is on the intercept at the predictors' means, and so is the coordinate.
      if choice == 0 || choice == 2, predictor.columnNames.first == "(Intercept)" {
        psi[predictor.coefficientOffset] -= shift
      }
    }
    return (psi, integrated)
  }

  /// The columns of a twin whose intercept is at the means: β_0 = α − Σ x̄β with β integrated moves its columns.
  private func centredMarginal(
    _ twin: NaiveGaussian, _ posterior: GaussianPosterior, _ psi: [Double],
    _ integrated: [(index: Int, mean: Double, precision: Double)], _ position: [Double]
  ) -> Double {
    var slots = psi
    for (place, index) in posterior.marginal.parameters.enumerated() {
      slots[index] = position[place]
    }
    return twin.centred(posterior.marginal.model).marginal(slots, integrated: integrated)
  }

  @Test(
    "the posterior is the integral times the prior of the rest", arguments: gaussianCases, 0..<4)
  func posterior(_ example: ModelCase, _ choice: Int) throws {
    let built = try example.build()
    let names = Set(built.model.outcomes.flatMap { $0.predictors[0].columnNames })
    let statements = Self.statements[choice].filter {
      (!$0.contains(", x]") || names.contains("x")) && (!$0.contains(", z]") || names.contains("z"))
        && (!$0.hasPrefix("Intercept") || names.contains("(Intercept)"))
        && (!$0.hasPrefix("cor") || built.model.effects.blocks.contains { $0.hasCorrelations })
    }
    let prior = try PriorDensity(
      model: built.model, statements: statements.map { try PriorStatement.parse($0) })
    var posterior = GaussianPosterior(model: built.model, prior: prior)
    let start = built.parameters(seed: 74)
    let position = posterior.marginal.parameters.map { start[$0] }
    let (psi, integrated) = natural(posterior, position, choice)
    let coordinates = posterior.coordinates.position(of: psi)
    var back = start
    posterior.coordinates.write(coordinates.span, into: &back)
    #expect(distance(posterior.marginal.parameters.map { back[$0] }, position) < 1e-13)
    let twin = NaiveGaussian(built)
    let likelihood =
      choice == 0 || choice == 2
      ? centredMarginal(twin, posterior, psi, integrated, position)
      : twin.marginal(psi, integrated: integrated)
    var unused = psi
    // Correlation parameters t are sampled as asinh t: the density gains dt/dx = √(1 + t²).
    let stretch = zip(coordinates, position).reduce(0) { sum, pair in
      sum + (abs(pair.0 - pair.1) > 1e-12 ? 0.5 * log(1 + pair.1 * pair.1) : 0)
    }
    let wanted = likelihood + stretch + prior.addLogDensity(at: psi, gradient: &unused)
    var gradient = [Double](repeating: .nan, count: position.count)
    let own = evaluate(&posterior, coordinates, &gradient)
    #expect(abs(own - wanted) < 1e-8)
    var scratch = gradient
    let slopes = Differences.gradient(at: coordinates, step: 3e-3) {
      evaluate(&posterior, $0, &scratch)
    }
    #expect(distance(gradient, slopes) < 1e-7)
  }

  private func evaluate(
    _ posterior: inout GaussianPosterior, _ position: [Double], _ gradient: inout [Double]
  ) -> Double {
    var span = gradient.mutableSpan
    return posterior.evaluate(at: position.span, gradient: &span)
  }

  @Test("coefficients and effects have their conditional distribution", arguments: gaussianCases)
  func conditional(_ example: ModelCase) throws {
    let built = try example.build()
    let statements =
      built.model.outcomes[0].predictors[0].columnNames.contains("(Intercept)")
      ? ["b ~ normal(0.2, 2)", "Intercept ~ normal(0.5, 3)"] : ["b ~ normal(0.2, 2)"]
    let prior = try PriorDensity(
      model: built.model, statements: statements.map { try PriorStatement.parse($0) })
    let posterior = GaussianPosterior(model: built.model, prior: prior)
    let start = built.parameters(seed: 75)
    let position = posterior.marginal.parameters.map { start[$0] }
    let (psi, integrated) = natural(posterior, position, 1)
    let wanted = NaiveGaussian(built).conditional(psi, integrated: integrated)
    var draws = ConditionalDraws(posterior.marginal)
    let isFinite = draws.mean(at: start)
    #expect(isFinite)
    func values() -> [Double] { draws.effects + integrated.map { draws.psi[$0.index] } }
    #expect(distance(values(), wanted.mean) < 1e-9)
    for index in posterior.marginal.parameters { #expect(draws.psi[index] == start[index]) }
    let spread = draws.spread()
    let count = draws.effects.count
    #expect(
      distance(spread.effects, (0..<count).map { wanted.covariance[$0, $0] }) < 1e-9)
    for (i, part) in integrated.enumerated() where posterior.marginal.integrated[i] == part.index {
      for j in integrated.indices {
        let own = spread.coefficients[i + j * integrated.count]
        #expect(abs(own - wanted.covariance[count + i, count + j]) < 1e-9)
      }
    }

    // Draws: each z is standard normal when they have this mean and covariance.
    let repeats = 4000
    var stream = RandomStream(seed: 5, stream: 1)
    let total = wanted.mean.count
    var sums = [Double](repeating: 0, count: total)
    var products = DenseMatrix(total, total)
    for _ in 0..<repeats {
      _ = draws.draw(at: start, from: &stream)
      let x = zip(values(), wanted.mean).map { $0 - $1 }
      for i in 0..<total {
        sums[i] += x[i]
        for j in 0...i { products[i, j] += x[i] * x[j] }
      }
    }
    let n = Double(repeats)
    for i in 0..<total {
      let own = wanted.covariance[i, i]
      #expect(abs(sums[i] / n) < 5 * (own / n).squareRoot())
      for j in 0...i {
        let both = wanted.covariance[i, j]
        let error = ((own * wanted.covariance[j, j] + both * both) / n).squareRoot()
        #expect(abs(products[i, j] / n - both) < 5.5 * error)
      }
    }
  }

  @Test("units of the predictors and the level of the response do not matter")
  func scaling() throws {
    let table = SyntheticData.table(rows: 60)
    func density(_ formula: String) throws -> Double {
      let model = try makeModel(table, [formula], families: "gaussian").model
      let marginal = GaussianMarginal(restrictedLikelihoodOf: model)
      var workspace = GaussianWorkspace(marginal)
      var psi = [Double](repeating: 0, count: model.layout.count)
      psi[model.effects.blocks[0].thetaOffset] = -0.3
      return marginal.logDensity(at: psi, &workspace)
    }
    let plain = try density("y ~ x + (1 | g)")
    // Year-like predictors: x in thousandths around 2000; the integral gains log 1000 from the change of unit.
    let shifted = try density("I(y + 1e6) ~ I(x / 1000 + 2000) + (1 | g)")
    #expect(abs(shifted - plain - 6.907755278982137) < 1e-6)
  }

  @Test("gradients hold at correlations of nearly one and deviations of nearly zero")
  func boundaries() throws {
    let built = try ModelCase(
      "", "bf(ym ~ x + (1 |i| g)) + bf(v ~ z + (1 |i| g)) + set_rescor(TRUE)",
      families: "gaussian,gaussian", rows: 50
    ).build()
    let marginal = GaussianMarginal(likelihoodOf: built.model)
    let theta = built.model.effects.blocks[0].thetaOffset
    for (deviation, correlation) in [(-12.0, 0.3), (-0.4, 300.0), (-12, 300), (3, -300)] {
      var psi = built.parameters(seed: 76)
      psi[theta] = deviation
      psi[theta + 2] = correlation
      let own = value(marginal, psi)
      #expect(own.value.isFinite)
      let wanted = Differences.gradient(at: psi, step: 3e-3) { value(marginal, $0).value }
      #expect(distance(own.gradient, wanted) < 1e-6, "\(deviation) \(correlation)")
    }
  }

  /// Dams and foster nests that exchange young in pairs: sets of two dams and two nests.
  @Test("factors that cross within small sets of levels have these sets as blocks")
  func levelSets() throws {
    let pairs = 13
    var stream = RandomStream(seed: 8, stream: 2)
    var (dams, nests, a, b, x): ([Int], [Int], [Double], [Double], [Double]) = ([], [], [], [], [])
    for pair in 0..<pairs {
      for young in 0..<(pair == 3 ? 4 : 8) {
        // Pair 3 has one dam alone.
        let dam = pair == 3 ? 2 * pair : 2 * pair + young % 2
        let nest = 2 * pair + (young / 2) % 2
        dams.append(dam)
        nests.append(nest)
        x.append(stream.nextNormal())
        a.append(stream.nextNormal())
        b.append(young % 5 == 4 ? .nan : stream.nextNormal())
      }
    }
    let table = Table(
      rowCount: a.count,
      columns: [
        ("dam", SyntheticData.factor(dams.map { $0 > 6 ? $0 - 1 : $0 }, prefix: "d", count: 25)),
        ("nest", SyntheticData.factor(nests, prefix: "n", count: 26)), ("a", .numeric(a)),
        ("b", .numeric(b)), ("x", .numeric(x)),
      ])
    for rescor in ["TRUE", "FALSE"] {
      let formula =
        "bf(a ~ x + (1 |p| dam) + (1 |q| nest)) + bf(b ~ x + (1 |p| dam) + (1 |q| nest))"
      let (model, frame) = try makeModel(
        table, [formula + " + set_rescor(\(rescor))"], families: "gaussian,gaussian")
      let built = BuiltCase(model: model, frame: frame)
      let marginal = GaussianMarginal(restrictedLikelihoodOf: model)
      let effects = marginal.products.effects
      // Two dams and two nests with two effects each.
      #expect(effects.cornerSize == 0 && effects.blockCount == 13 && effects.blockSize == 8)
      let psi = built.parameters(seed: 77)
      let own = value(marginal, psi)
      let integrated = marginal.integrated.map { (index: $0, mean: 0.0, precision: 0.0) }
      let twin = NaiveGaussian(built)
      #expect(abs(own.value - twin.marginal(psi, integrated: integrated)) < 1e-8)
      let wanted = Differences.gradient(at: psi, step: 3e-3) { value(marginal, $0).value }
      #expect(distance(own.gradient, wanted) < 1e-7)
      var draws = ConditionalDraws(marginal)
      let isFinite = draws.mean(at: psi)
      #expect(isFinite)
      let conditional = twin.conditional(psi, integrated: integrated)
      #expect(
        distance(draws.effects + integrated.map { draws.psi[$0.index] }, conditional.mean) < 1e-9)
      let count = draws.effects.count
      #expect(
        distance(draws.spread().effects, (0..<count).map { conditional.covariance[$0, $0] })
          < 1e-9)
    }
  }

  @Test("chains move on variances alone where that is cheaper")
  func worthwhile() throws {
    for (file, formula, isWorthwhile) in [
      ("sleepstudy", "Reaction ~ Days + (Days | Subject)", true),
      ("btdata", "tarsus ~ sex + (1 | dam) + (1 | fosternest)", true),
      ("pbc2", "albumin ~ year + (year | id)", true),
      ("cbpp", "incidence ~ size + (1 | herd)", true),
    ] {
      let model = try makeModel(Golden.path("data/\(file).csv"), [formula], families: "gaussian")
      #expect(GaussianMarginal.isWorthwhile(for: model) == isWorthwhile, "\(file)")
    }
    // Every row has a level of its own in two factors that cross at random: a dense corner of hundreds.
    var stream = RandomStream(seed: 9, stream: 2)
    let codes = (0..<2).map { _ in (0..<1500).map { $0 < 400 ? $0 : stream.nextInt(below: 400) } }
    let table = Table(
      rowCount: 1500,
      columns: [
        ("g", SyntheticData.factor(codes[0].reversed(), prefix: "g", count: 400)),
        ("h", SyntheticData.factor(codes[1], prefix: "h", count: 400)),
        ("y", .numeric((0..<1500).map { _ in stream.nextNormal() })),
      ])
    let model = try makeModel(table, ["y ~ 1 + (1 | g) + (1 | h)"], families: "gaussian").model
    #expect(!GaussianMarginal.isWorthwhile(for: model))
  }
}
