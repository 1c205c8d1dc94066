// Every check that fits again finds its planted fault, and nothing in the right model.

import Diagnostics
import Foundation
import Probability
import RunFolder
import Testing

@testable import Fitting

@Suite("Checks that fit again find the fault that was planted")
struct RefitCheckTests {
  /// The smallest p value (or the largest AIC difference, negated) that a check finds, and on what.
  private static func best(_ check: any RefitCheck, _ planted: PlantedRun) throws -> Finding? {
    let context = CheckContext(
      run: planted.run, likelihood: try planted.run.likelihood(), original: planted.original,
      seed: 1)
    return try check.findings(context).min { value($0) < value($1) }
  }

  private static func value(_ finding: Finding) -> Double {
    if case .probability(let p) = finding.basis { return p }
    return finding.number.map { -$0 } ?? .infinity
  }

  private static let columns = ["y", "x", "z", "g", "h"]

  /// Counts: y ~ poisson(exp(1 + 0.4 x + z-part + 0.5 effect)).
  private static func counts(
    _ family: String = "poisson", _ formula: String = "y ~ x + (1 | g)", shape: Double? = nil,
    seed: UInt64 = 7, _ predictor: @escaping (Double, Double, Double, Int) -> Double
  ) throws -> PlantedRun {
    let rows = PlantedRun.grouped(30, 12, seed: seed) { stream, group, effect, slope, x in
      let z = stream.nextNormal()
      let h = Int(stream.nextUniform() * 20)
      let mean = exp(1 + 0.5 * effect + predictor(x, z, slope, h))
      let y =
        if let shape { stream.nextNegativeBinomial(mean: mean, shape: shape) } else {
          stream.nextPoisson(mean: mean)
        }
      return ["\(Int(y))", "\(x)", "\(z)", "g\(group)", "h\(h)"]
    }
    return try PlantedRun([formula], family: family, columns: columns, rows: rows)
  }

  private static func gaussian(
    _ formula: String = "y ~ x + (1 | g)", seed: UInt64 = 8,
    _ response: @escaping (Double, Double, Double, Double) -> Double
  ) throws -> PlantedRun {
    let rows = PlantedRun.grouped(30, 12, seed: seed) { stream, group, effect, slope, x in
      let (z, error) = (stream.nextNormal(), stream.nextNormal())
      let h = Int(stream.nextUniform() * 20)
      return [
        "\(response(x, slope, effect, error))", "\(x)", "\(z)", "g\(group)", "h\(h)",
      ]
    }
    return try PlantedRun([formula], family: "gaussian", columns: columns, rows: rows)
  }

  @Test("the right poisson and gaussian models pass every check")
  func silent() throws {
    let checks: [any RefitCheck] = CheckPage.checks.compactMap { $0 as? any RefitCheck }
    for planted in [
      try Self.counts { x, _, _, _ in 0.4 * x },
      try Self.gaussian { x, _, effect, error in 1 + 0.5 * x + effect + error },
    ] {
      for check in checks {
        guard let found = try Self.best(check, planted) else { continue }
        switch found.basis {
        // About fifteen tests a model: by chance the smallest p value is above 0.003 in 95 of 100.
        case .probability(let p): #expect(p > 0.003, "\(found.check) \(found.subject ?? "")")
        case .judged(let level): #expect(level == .ok, "\(found.check)")
        case .unavailable: Issue.record("\(found.check): \(found.meaning.otherwise)")
        }
      }
    }
  }

  @Test("overdispersion")
  func overdispersion() throws {
    let planted = try Self.counts(shape: 1.5) { x, _, _, _ in 0.4 * x }
    let found = try #require(try Self.best(OverdispersionCheck(), planted))
    #expect(Self.value(found) < 1e-6 && found.gain ?? 0 > 10)
    #expect(found.advice.contains("negbinomial"))
  }

  @Test("overdispersion of a binomial outcome with several trials")
  func binomialOverdispersion() throws {
    let rows = PlantedRun.grouped(25, 8) { stream, group, effect, slope, x in
      let eta = 0.2 + 0.5 * x + 0.5 * effect + 1.2 * stream.nextNormal()
      let hits = (0..<10).count { _ in stream.nextUniform() < 1 / (1 + exp(-eta)) }
      return ["\(hits)", "\(x)", "10", "g\(group)", "0"]
    }
    let planted = try PlantedRun(
      ["y | trials(z) ~ x + (1 | g)"], family: "binomial", columns: Self.columns, rows: rows)
    let found = try #require(try Self.best(OverdispersionCheck(), planted))
    #expect(Self.value(found) < 1e-6)
    #expect(found.advice.contains("(1 | row)"))
  }

  @Test("a random slope, with the formula to try")
  func slope() throws {
    let planted = try Self.gaussian { x, slope, effect, error in
      1 + (0.5 + 0.7 * slope) * x + effect + error
    }
    let found = try #require(try Self.best(RandomSlopeCheck(), planted))
    #expect(Self.value(found) < 1e-6)
    #expect(found.subject == "y, x by g" && found.advice == "Try (1 + x | g).")
  }

  @Test("curvature of a covariate, and of the predictor as a whole")
  func curvature() throws {
    let planted = try Self.gaussian { x, _, effect, error in
      1 + 0.8 * x + 0.4 * x * x + effect + error
    }
    let found = try #require(try Self.best(CurvatureCheck(), planted))
    #expect(Self.value(found) < 1e-6 && found.advice.contains("I(x^2)"))
    #expect(Self.value(try #require(try Self.best(LinkCheck(), planted))) < 1e-6)
  }

  @Test("an interaction")
  func interaction() throws {
    let planted = try Self.counts("poisson", "y ~ x + z + (1 | g)") { x, z, _, _ in
      0.3 * x + 0.2 * z + 0.3 * x * z
    }
    let found = try #require(try Self.best(InteractionCheck(), planted))
    #expect(Self.value(found) < 1e-6 && found.advice == "Try + x:z.")
  }

  @Test("a grouping factor and a predictor that only the original file has")
  func originalColumns() throws {
    let grouped = try Self.counts { x, _, _, h in 0.4 * x + 1.0 * sin(Double(h) * 12.7) }
    let factor = try #require(try Self.best(RandomEffectCheck(), grouped))
    #expect(Self.value(factor) < 1e-6 && factor.advice == "Try + (1 | h).")
    let predicted = try Self.counts { x, z, _, _ in 0.4 * x + 0.4 * z }
    let predictor = try #require(try Self.best(PredictorCheck(), predicted))
    #expect(Self.value(predictor) < 1e-6 && predictor.subject == "y, z")
  }

  @Test("an effect that differs within and between groups")
  func confounding() throws {
    let rows = PlantedRun.grouped(40, 8) { stream, group, effect, slope, x in
      let own = effect + x
      return [
        "\(1 + 0.5 * own + 1.5 * effect + stream.nextNormal())", "\(own)", "0", "g\(group)", "0",
      ]
    }
    let planted = try PlantedRun(
      ["y ~ x + (1 | g)"], family: "gaussian", columns: Self.columns, rows: rows)
    let found = try #require(try Self.best(WithinBetweenCheck(), planted))
    #expect(Self.value(found) < 1e-6 && found.subject == "y, x by g")
  }

  @Test("a spread that changes with a covariate")
  func heteroscedasticity() throws {
    let planted = try Self.gaussian { x, _, effect, error in
      1 + 0.5 * x + effect + exp(0.5 * x) * error
    }
    let found = try #require(try Self.best(HeteroscedasticityCheck(), planted))
    #expect(Self.value(found) < 1e-6 && found.advice.contains("sigma ~ x"))
  }

  @Test("counts, 0 and 1, and skewed positive numbers fitted as gaussian")
  func family() throws {
    let counted = try Self.counts("gaussian") { x, _, _, _ in 0.4 * x }
    let poisson = try #require(try Self.best(FamilyCheck(), counted))
    #expect(poisson.basis == .judged(.failed) && poisson.number ?? 0 > 10)
    let skewed = try Self.gaussian { x, _, effect, error in
      exp(1 + 0.3 * x + 0.4 * effect + 0.6 * error)
    }
    let logarithm = try #require(try Self.best(FamilyCheck(), skewed))
    #expect(logarithm.basis == .judged(.failed) && logarithm.advice.contains("log(y)"))
  }

  @Test("counts that end at a bound fitted as poisson")
  func bounded() throws {
    let rows = PlantedRun.grouped(30, 10) { stream, group, effect, slope, x in
      let p = 1 / (1 + exp(-(1 + 0.6 * x + 0.5 * effect)))
      return ["\((0..<8).count { _ in stream.nextUniform() < p })", "\(x)", "0", "g\(group)", "0"]
    }
    let planted = try PlantedRun(
      ["y ~ x + (1 | g)"], family: "poisson", columns: Self.columns, rows: rows)
    let found = try #require(try Self.best(FamilyCheck(), planted))
    #expect(found.basis == .judged(.failed) && found.advice.contains("trials(8)"))
  }
}

@Suite("The page of verdicts")
struct CheckPageTests {
  /// Counts whose rows vary by a grouping factor that the model lacks, so that they are overdispersed too.
  private static func planted() throws -> PlantedRun {
    let effects = (0..<25).map { sin(Double($0) * 12.7) * 1.2 }
    let rows = PlantedRun.grouped(30, 12) { stream, group, effect, slope, x in
      let h = Int(stream.nextUniform() * 25)
      let mean = exp(1 + 0.4 * x + 0.5 * effect + effects[h])
      return ["\(Int(stream.nextPoisson(mean: mean)))", "\(x)", "g\(group)", "h\(h)"]
    }
    return try PlantedRun(
      ["y ~ x + (1 | g)"], family: "poisson", columns: ["y", "x", "g", "h"], rows: rows)
  }

  @Test("the cause stands first, and the overdispersion that it makes is explained by it")
  func explained() throws {
    let planted = try Self.planted()
    let page = try CheckPage(run: planted.run, original: planted.original, seed: 1)
    let first = try #require(page.verdicts.first)
    #expect(first.check == "missing random effect" && first.level == .failed)
    let overdispersion = try #require(page.verdicts.first { $0.check == "overdispersion" })
    #expect(overdispersion.level == .warning)
    #expect(overdispersion.meaning.hasPrefix("Explained by missing random effect (y, h)"))
    #expect(page.report.lines.count == page.verdicts.count && page.report.seed == 1)
    #expect(page.report.lines.first?.level == .failed)
    let again = try CheckPage(run: planted.run, original: planted.original, seed: 1)
    #expect(again.verdicts == page.verdicts)
  }

  @Test("what has no time says so")
  func budget() throws {
    let planted = try Self.planted()
    let page = try CheckPage(run: planted.run, original: planted.original, seed: 1, budget: 0)
    let late = page.verdicts.filter { $0.meaning.hasPrefix("Not run for lack of time") }
    #expect(
      late.contains { $0.check == "overdispersion" } && late.contains { $0.check == "sensitivity" })
    #expect(late.allSatisfy { $0.level == .unavailable })
  }

  @Test("levels of adjusted p values, and the order of causes and symptoms")
  func order() throws {
    func entry(_ name: String, p: Double, isCause: Bool, gain: Double? = nil) -> PageEntry {
      PageEntry(
        Finding(
          check: name, subject: nil, basis: .probability(p), number: p, source: "paper",
          namesCause: isCause, gain: gain, meaning: ("good", "bad"), advice: "mend it"))
    }
    // Holm by hand: 3 x 0.0001, then 2 x 0.01, then 0.5.
    var entries = [
      entry("symptom", p: 0.01, isCause: false), entry("none", p: 0.5, isCause: true),
      entry("cause", p: 0.0001, isCause: true, gain: 8),
    ]
    entries.adjust()
    #expect(abs((entries[0].adjusted ?? 0) - 0.02) < 1e-15)
    #expect(entries[1].adjusted == 0.5)
    #expect(abs((entries[2].adjusted ?? 0) - 0.0003) < 1e-15)
    let verdicts = Verdict.mostSeriousFirst(entries.map(\.verdict))
    #expect(verdicts.map(\.check) == ["cause", "symptom", "none"])
    #expect(verdicts.map(\.level) == [.failed, .warning, .ok])
    #expect(verdicts.map(\.meaning) == ["bad", "bad", "good"])
    #expect(verdicts[0].source == "paper; p adjusted for the page (Holm)")
    // What is explained by another is a warning at most.
    entries[2].explainedBy = "another"
    #expect(entries[2].verdict.level == .warning && !entries[2].verdict.namesCause)
  }
}
