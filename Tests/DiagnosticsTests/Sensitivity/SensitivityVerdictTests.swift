// Verdicts on sensitivity: at, above and below each limit.

import Testing

@testable import Diagnostics

@Suite("Verdicts on sensitivity")
struct SensitivityVerdictTests {
  @Test("prior and likelihood")
  func powerScaling() {
    let calm = PowerScalingVerdicts.verdicts([
      ("a", PowerScalingSensitivity(prior: 0.01, likelihood: 0.3)),
      ("b", PowerScalingSensitivity(prior: 0.04, likelihood: 0.01)),
    ])
    #expect(calm.map(\.level) == [.ok] && calm[0].number == 0.04)
    let found = PowerScalingVerdicts.verdicts([
      ("a", PowerScalingSensitivity(prior: 0.06, likelihood: 0.3)),
      ("b", PowerScalingSensitivity(prior: 0.5, likelihood: 0.01)),
      ("c", PowerScalingSensitivity(prior: 0.01, likelihood: 0.3)),
    ])
    #expect(found.map(\.check) == ["prior-data conflict", "strong prior"])
    #expect(found.map(\.subject) == ["a", "b"])
    #expect(found.allSatisfy { $0.level == .warning && !$0.advice.isEmpty })
    #expect(PowerScalingVerdicts.verdicts([]).map(\.level) == [.unavailable])
  }

  private func influence(_ levels: [InfluenceVerdicts.Level], count: Int = 60) -> [Verdict] {
    InfluenceVerdicts.verdicts(
      factor: "school", levelCount: count, parameters: ["b_x", "sd"],
      isCoefficient: [true, false], levels: levels)
  }

  @Test("influence: Cook's distance, coefficients and standard deviations have limits of their own")
  func influence() {
    let calm = influence([.init(name: "A", distance: 0.4, changes: [0.9, 1.9])])
    #expect(calm.map(\.level) == [.ok] && calm[0].number == 0.4)
    #expect(influence([.init(name: "A", distance: 1.2, changes: [0.9, 1.9])])[0].level == .warning)
    let moved = influence([.init(name: "A", distance: 0.4, changes: [-1.1, 0])])[0]
    #expect(moved.level == .warning && moved.number == 1.1 && moved.subject == "school A")
    #expect(moved.meaning.contains("b_x moves by -1.1"))
    #expect(influence([.init(name: "A", distance: 0.4, changes: [0, 2.1])])[0].level == .warning)
    #expect(influence([.init(name: "A", distance: 9, changes: [3.5, 0])])[0].level == .failed)
    #expect(influence([.init(name: "A", distance: nil, changes: [.nan, .nan])])[0].number == nil)
  }

  /// With four levels one of them moves a coefficient by half a standard error as a rule: 1.1 is within chance, since
  /// 1.1 √4 = 2.2 standard deviations are to be expected among four.
  @Test("influence: a change that chance gives with few levels is none")
  func chance() {
    let few = influence([.init(name: "A", distance: 0.4, changes: [1.1, 0])], count: 4)
    #expect(few.map(\.level) == [.ok])
  }

  @Test("identifiability")
  func identifiability() {
    func level(_ value: Double) -> Verdict.Level {
      IdentifiabilityVerdicts.information(eigenvalue: value, parameters: ["a", "b"]).level
    }
    #expect([0.1, 1e-4, 1e-9].map(level) == [.ok, .warning, .failed])
    let high = IdentifiabilityVerdicts.collinearity(
      subject: "y", terms: ["x", "z", "w"], inflation: [11, 2, 40])
    #expect(high.level == .warning && high.number == 40 && high.meaning.contains("w, x"))
    #expect(
      IdentifiabilityVerdicts.collinearity(subject: "y", terms: ["x"], inflation: [9]).level == .ok)
    let weak = IdentifiabilityVerdicts.contraction([("a", 0.05), ("b", 0.9)])
    #expect(weak.map(\.subject) == ["a"] && weak[0].level == .warning)
    #expect(IdentifiabilityVerdicts.contraction([("b", 0.9)]).map(\.level) == [.ok])
    #expect(IdentifiabilityVerdicts.contraction([]).isEmpty)
    #expect(IdentifiabilityVerdicts.pairs([], hasDraws: false).isEmpty)
    #expect(IdentifiabilityVerdicts.pairs([("a", "b", -0.99)], hasDraws: true)[0].level == .warning)
  }

  @Test("Laplace's method")
  func laplace() {
    func level(_ shift: Double, error: Double? = nil, k: Double? = nil) -> Verdict.Level {
      LaplaceVerdicts.verdict(
        isExact: false, largest: ("sd", shift, error), paretoK: k, draws: k == nil ? nil : 400
      ).level
    }
    #expect([0.05, -0.2, 0.6].map { level($0) } == [.ok, .warning, .failed])
    // A shift that its Monte Carlo error explains is none; weights that vary too much say nothing.
    #expect(level(0.15, error: 0.04, k: 0.1) == .ok)
    #expect(level(0.15, error: 0.01, k: 0.9) == .unavailable)
    #expect(
      LaplaceVerdicts.verdict(isExact: true, largest: nil, paretoK: nil, draws: nil).level == .ok)
  }
}
