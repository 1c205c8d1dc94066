// Verdicts: the level, the number and the words that go with a threshold.

import Testing

@testable import Diagnostics

@Suite("Numbers turn into verdicts at their thresholds")
struct VerdictTests {
  static func summary(rHat: Double?, bulk: Double?, tail: Double?) -> DrawsSummary {
    DrawsSummary(draws: 4_000, chains: 4, rHat: rHat, essBulk: bulk, essTail: tail)
  }

  static func levels(_ verdicts: [Verdict]) -> [Verdict.Level] { verdicts.map(\.level) }

  @Test("R-hat warns above 1.01 and fails above 1.05; draws warn below 400 and fail below 100")
  func parameters() {
    let limits = ConvergenceThresholds()
    func levels(_ rHat: Double?, _ bulk: Double?, _ tail: Double?) -> [Verdict.Level] {
      Self.levels(
        limits.verdicts(parameter: "b", Self.summary(rHat: rHat, bulk: bulk, tail: tail)))
    }
    #expect(levels(1.01, 400, 5_000) == [.ok, .ok, .ok])
    #expect(levels(1.0101, 399, 399) == [.warning, .warning, .warning])
    #expect(levels(1.06, 99, 12) == [.failed, .failed, .failed])
    #expect(levels(.infinity, 4, nil) == [.failed, .failed, .unavailable])
    #expect(levels(nil, nil, nil) == [.unavailable, .unavailable, .unavailable])
  }

  @Test("one divergence warns, one in a hundred fails, and a silent sampler is not a clean one")
  func sampler() {
    func levels(_ divergences: Int?, _ hits: Int?, _ energies: [Double?]) -> [Verdict.Level] {
      Self.levels(
        ConvergenceThresholds().verdicts(
          SamplerReport(
            draws: 4_000, divergences: divergences, treeDepthHits: hits,
            energyFractions: energies)))
    }
    #expect(levels(0, 0, [0.9, 0.3]) == [.ok, .ok, .ok, .ok])
    #expect(levels(1, 1, [0.29, 0.19]) == [.warning, .warning, .warning, .failed])
    #expect(levels(41, 0, []) == [.failed, .ok])
    #expect(levels(nil, nil, [nil]) == [.unavailable, .unavailable, .unavailable])
  }

  @Test("every verdict that is not fine says what it means and, if something can be done, what")
  func words() {
    let limits = ConvergenceThresholds()
    let bad = limits.verdicts(parameter: "b", Self.summary(rHat: 1.2, bulk: 10, tail: 10))
    for verdict in bad {
      #expect(verdict.meaning.hasSuffix("."))
      #expect(verdict.advice.hasSuffix("."))
      #expect(verdict.subject == "b")
    }
    #expect(bad[0].number == 1.2)
    #expect(bad[0].threshold == 1.01)
  }

  @Test("the most serious come first and equals keep their order")
  func order() {
    let limits = ConvergenceThresholds()
    let verdicts =
      limits.verdicts(parameter: "a", Self.summary(rHat: 1, bulk: 300, tail: nil))
      + limits.verdicts(parameter: "b", Self.summary(rHat: 1.5, bulk: 300, tail: 900))
    let sorted = Verdict.mostSeriousFirst(verdicts)
    #expect(
      Self.levels(sorted) == [.failed, .warning, .warning, .unavailable, .ok, .ok])
    #expect(sorted[1].subject == "a")
    #expect(sorted[2].subject == "b")
  }
}
