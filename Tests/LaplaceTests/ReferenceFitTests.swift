// Maximum likelihood fits against glmmTMB 1.1.5 and TMB 1.9.2 templates; each reference file names its engine and call.

import Foundation
import Laplace
import MixedModel
import TestSupport
import Testing

@Suite("Fits by maximum likelihood equal the references")
struct ReferenceFitTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    var factors: Set<String> = []
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "edu-bivariate"), Case(name: "edu-bivariate-funding"), Case(name: "pbc2-bivariate"),
    Case(name: "pbc2-trivariate"), Case(name: "pbc2-two-bernoulli"),
    Case(name: "salamanders-bivariate"), Case(name: "hernio-correlated"),
    Case(name: "salamanders-poisson"), Case(name: "salamanders-nbinom2"),
    Case(name: "sleepstudy-ml"), Case(name: "cbpp", factors: ["period"]),
    Case(name: "contraception"), Case(name: "grouseticks", factors: ["YEAR"]),
    Case(name: "epilepsy-poisson"),
    Case(name: "epilepsy-poisson-olre"), Case(name: "verbagg"),
  ]

  /// 73,421 ratings with three crossed factors: run with the slow tests.
  static let slowCases = [Case(name: "insteval", factors: ["dept"])]
  static let isSlowTested =
    ProcessInfo.processInfo.environment["MGLMM_SLOW_TESTS"] == "1"

  @Test("and so do large ones", .enabled(if: isSlowTested), arguments: slowCases)
  func largeEqualsReference(_ reference: Case) throws { try equalsReference(reference) }

  /// Residual correlation: TMB 1.9.2; btdata-bivariate also by a dense multivariate normal (`dense_check_logLik`).
  @Test(
    "with residual correlation too",
    arguments: [Case(name: "btdata-bivariate"), Case(name: "pbc2-two-gaussian-rescor")])
  func residualCorrelation(_ reference: Case) throws {
    let golden = try Golden.json("ml/\(reference.name).json")
    let formula = String(try #require(golden["model"] as? String).prefix { $0 != "[" })
    let model = try makeModel(
      Golden.path("data/\(reference.name.prefix { $0 != "-" }).csv"), [formula])
    let likelihood = GaussianLikelihood(model: model)
    var optimizer = Optimizer(
      likelihood, startingAt: likelihood.start(from: model.startingValues()))
    let fit = try MaximumLikelihoodFit(likelihood, optimizer.run { _ in true }.0)
    let wanted = try #require(golden["logLik"] as? Double)
    #expect(abs(fit.logLikelihood - wanted) < 1e-5)
    #expect(fit.optimum.hasConverged && fit.warnings.isEmpty && fit.isExact)
    try compareFixed(fit, golden, false)
    try compareRandom(fit, golden, false)
    try compareModes(fit, golden)
    let extra = try #require(golden["extra"] as? [String: Any])
    let matrix = try #require(extra["residual_cor"] as? [[Double]])
    let correlation = try #require(model.residualCorrelation)
    #expect(abs(correlation.correlations(fit.optimum.psi)[1] - matrix[0][1]) < 1e-3)
    // The last parameter of the reference is that of the correlation, in the same parametrisation.
    let parameters = try #require(golden["parameters"] as? [String: Any])
    let covariance = try #require(parameters["vcov"] as? [[Double]])
    let last = try #require(covariance.last?.last)
    let own = try #require(fit.standardError(correlation.offset))
    #expect(abs(own / last.squareRoot() - 1) < 1e-3)
  }

  /// glmmTMB 1.1.5, REML = TRUE; lme4 1.1-31 agrees to 1e-9.
  @Test("restricted too")
  func restricted() throws {
    let golden = try Golden.json("ml/sleepstudy-reml.json")
    let model = try makeModel(
      Golden.path("data/sleepstudy.csv"), ["Reaction ~ Days + (Days | Subject)"])
    let likelihood = GaussianLikelihood(restricted: model)
    var optimizer = Optimizer(
      likelihood, startingAt: likelihood.start(from: model.startingValues()))
    let fit = try MaximumLikelihoodFit(likelihood, optimizer.run { _ in true }.0)
    #expect(abs(fit.logLikelihood - (try #require(golden["logLik"] as? Double))) < 1e-5)
    #expect(fit.optimum.hasConverged && fit.warnings.isEmpty)
    try compareFixed(fit, golden, false)
    try compareRandom(fit, golden, false)
    let parameters = try #require(golden["parameters"] as? [String: Any])
    // betad is log σ², the rest is θ.
    let errors = try #require(parameters["se"] as? [Double])
    let own = (2..<6).map { fit.standardError($0) ?? .nan }
    for (a, b) in zip(own, [errors[0] / 2] + errors[1...]) { #expect(abs(a / b - 1) < 1e-3) }
    let modes = try #require((golden["modes"] as? [[String: Any]])?.first?["mode"] as? [[Double]])
    for (level, values) in modes.enumerated() {
      for (member, value) in values.enumerated() {
        let at = model.effects.index(block: 0, level: level, member: member)
        #expect(abs(fit.modes[at] - value) < 1e-3 * fit.modeDeviations[at])
      }
    }
  }

  @Test("in likelihood, estimates, standard errors and modes", arguments: cases)
  func equalsReference(_ reference: Case) throws {
    let golden = try Golden.json("ml/\(reference.name).json")
    let data = try #require(golden["data"] as? String)
    // A remark in brackets after the model is not part of it.
    let formula = String(try #require(golden["model"] as? String).prefix { $0 != "[" })
    let model = try makeModel(Golden.path(data), [formula], factors: reference.factors)
    let approximation = LaplaceApproximation(model: model)
    let clock = ContinuousClock()
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    var fitted: MaximumLikelihoodFit?
    let seconds = try clock.measure {
      let (optimum, workspace) = try optimizer.run { _ in true }
      fitted = try MaximumLikelihoodFit(approximation, optimum, workspace)
    }
    let fit = try #require(fitted)
    print(
      "\(reference.name): \(fit.logLikelihood) in \(fit.optimum.evaluations) evaluations, \(seconds), "
        + "\(fit.warnings.map(\.code))")
    let isBoundary = golden["boundary"] as? Bool ?? false
    let wanted = try #require(golden["logLik"] as? Double)
    #expect(abs(fit.logLikelihood - wanted) < (isBoundary ? 1e-3 : 1e-5), "log likelihood")
    #expect(fit.optimum.hasConverged)
    #expect(fit.warnings.contains { $0.code == "singular-fit" } == isBoundary)
    try compareFixed(fit, golden, isBoundary)
    try compareRandom(fit, golden, isBoundary)
    if !isBoundary { try compareModes(fit, golden) }
  }

  private func compareFixed(
    _ fit: MaximumLikelihoodFit, _ golden: [String: Any], _ isBoundary: Bool
  ) throws {
    let fixed = try #require(golden["fixed"] as? [[String: Any]])
    var names: [String] = []
    var indices: [Int] = []
    for outcome in fit.model.outcomes {
      names += outcome.predictors[0].columnNames
      indices += outcome.predictors[0].columnNames.indices.map {
        outcome.predictors[0].coefficientOffset + $0
      }
    }
    // R names the column of a 0/1 factor `Trt1`; read as a number it is `Trt`, the same column.
    #expect(
      fixed.map { ($0["name"] as? String)?.replacingOccurrences(of: "Trt1", with: "Trt") } == names)
    for (entry, index) in zip(fixed, indices) {
      let estimate = try #require(entry["estimate"] as? Double)
      let error = try #require(entry["se"] as? Double)
      let own = try #require(fit.standardError(index), "standard error of \(entry["name"] ?? "")")
      #expect(
        abs(fit.optimum.psi[index] - estimate) < (isBoundary ? 1e-2 : 1e-3) * error,
        "\(entry["name"] ?? "")")
      #expect(abs(own / error - 1) < (isBoundary ? 1e-2 : 1e-3), "se of \(entry["name"] ?? "")")
    }
  }

  private func compareRandom(
    _ fit: MaximumLikelihoodFit, _ golden: [String: Any], _ isBoundary: Bool
  ) throws {
    let random = try #require(golden["random"] as? [[String: Any]])
    for entry in random {
      let group = try #require(entry["group"] as? String)
      let names = try #require(entry["names"] as? [Any])
      let index = try #require(
        fit.model.effects.blocks.firstIndex { $0.group == group && $0.size == names.count })
      let summary = CovarianceSummary(lambda: fit.lambdas[index], size: names.count)
      let deviations = try #require(entry["sd"] as? [Double])
      for (own, wanted) in zip(summary.standardDeviations, deviations) {
        #expect(abs(own / wanted - 1) < (isBoundary ? 1e-2 : 1e-3), "sd of \(group)")
      }
      guard let correlations = entry["cor"] as? [[Double]], !isBoundary else { continue }
      for (row, values) in correlations.enumerated() {
        for (column, wanted) in values.enumerated() {
          #expect(abs(summary.correlations[row + column * names.count] - wanted) < 1e-3)
        }
      }
    }
  }

  private func compareModes(_ fit: MaximumLikelihoodFit, _ golden: [String: Any]) throws {
    for entry in golden["modes"] as? [[String: Any]] ?? [] {
      let group = try #require(entry["group"] as? String)
      let names = try #require(entry["names"] as? [Any])
      let levels = (entry["levels"] as? [Any] ?? []).map { "\($0)" }
      #expect(!levels.isEmpty)
      let modes = try #require(entry["mode"] as? [[Double]])
      let deviations = try #require(entry["cond_sd"] as? [[Double]])
      let block = try #require(
        fit.model.effects.blocks.firstIndex { $0.group == group && $0.size == names.count })
      for (place, level) in levels.enumerated() {
        let index = try #require(fit.model.effects.blocks[block].levels.firstIndex(of: level))
        for member in names.indices {
          let at = fit.model.effects.index(block: block, level: index, member: member)
          #expect(abs(fit.modes[at] - modes[place][member]) < 1e-3 * deviations[place][member])
          #expect(abs(fit.modeDeviations[at] / deviations[place][member] - 1) < 1e-3)
        }
      }
    }
  }
}
