// How often each test of residuals rejects a correct mixed model, by the kind of simulation.

import Diagnostics
import Fitting
import MixedModel
import Predictive
import Testing

/// A model by name, for the list of arguments.
struct CalibratedCase: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable () throws -> ResidualModel
  var testDescription: String { name }

  static let all = [
    CalibratedCase(name: "poisson") { try .poisson() },
    CalibratedCase(name: "bernoulli") { try .bernoulli() },
    CalibratedCase(name: "gaussian") { try .gaussian() },
    CalibratedCase(name: "negative binomial") { try .negativeBinomial() },
    CalibratedCase(name: "poisson, few large groups") { try .poisson(groups: 8, rows: 50) },
  ]
}

@Suite("Tests of residuals keep their level where the report says so", .serialized)
struct ResidualCalibrationTests {
  @Test(
    "correct models are rejected in about one of twenty, or fewer", .enabled(if: isSlowRun),
    arguments: CalibratedCase.all)
  func rejections(_ item: CalibratedCase) throws {
    let design = try item.make()
    // Large groups cost more and say as much.
    let replications = item.name.hasSuffix("large groups") ? 250 : 500
    var counts: [String: Int] = [:]
    for replication in 0..<replications {
      let model = design.simulated(seed: 1_000 + UInt64(replication))
      let estimate = try ResidualModel.estimate(model)
      let study = try design.study(model, estimate, seed: UInt64(replication))
      for kind in [SimulationKind.conditional, .unconditional] {
        let input = try study.input(outcome: 0, kind)
        let name = kind == .conditional ? "conditional" : "unconditional"
        Self.count(&counts, name, study.residuals(input, outcome: 0, kind), input)
        guard kind == .unconditional,
          let (codes, _) = study.levels(of: "g", outcome: 0)
        else { continue }
        let grouped = try study.grouped(input, by: codes, .sum)
        Self.count(&counts, "grouped", study.residuals(grouped, outcome: 0, kind), grouped)
        let other = try study.input(outcome: 0, kind, variant: 1)
        let rotated = try ResidualRotation(covarianceOf: other, within: codes).rotated(input)
        Self.count(&counts, "rotated", study.residuals(rotated, outcome: 0, kind), rotated)
      }
    }
    var lines = ""
    for kind in ["conditional", "unconditional", "grouped", "rotated"] {
      lines += "\n  \(kind): "
      lines += ResidualTestName.allCases.map {
        "\($0.rawValue) \(Double(counts["\(kind) \($0.rawValue)"] ?? 0) / Double(replications))"
      }.joined(separator: ", ")
    }
    print("\(item.name), shares rejected at 5 %:\(lines)")
    for isConditional in [true, false] {
      let kind = isConditional ? "conditional" : "unconditional"
      let names = ResidualCalibration.calibrated(
        isConditional: isConditional, hasRandomEffects: true, isBinary: item.name == "bernoulli")
      for name in names {
        let rejected = counts["\(kind) \(name.rawValue)"] ?? 0
        // One of twenty, and four standard errors more.
        let most = 0.05 * Double(replications) + 4 * (0.0475 * Double(replications)).squareRoot()
        #expect(Double(rejected) <= most, "\(item.name), \(kind) \(name.rawValue): \(rejected)")
      }
    }
  }

  private static func count(
    _ counts: inout [String: Int], _ kind: String, _ residuals: SimulatedResiduals,
    _ input: ResidualInput
  ) {
    let tests = ResidualTests(residuals, input: input)
    let values: [(ResidualTestName, Double?)] = [
      (.uniformity, tests.uniformity?.p), (.dispersion, tests.dispersion?.p),
      (.outliers, tests.outliers?.p), (.zeroInflation, tests.zeroInflation?.p),
      (.quantiles, tests.quantiles?.p),
    ]
    for (name, p) in values where (p ?? 1) < 0.05 {
      counts["\(kind) \(name.rawValue)", default: 0] += 1
    }
  }
}
