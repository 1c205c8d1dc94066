// Calls of MCMCglmm that run: the salamanders of the documentation, against the same model in the model language.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("A call of MCMCglmm runs as the same model in the model language")
struct MCMCglmmRunTests {
  private let call =
    "fixed = cbind(present, count) ~ trait - 1 + trait:(mined), random = ~ us(trait):site, "
    + "rcov = ~ us(trait):units, family = c(\"categorical\", \"poisson\"), "
    + "prior = list(R = list(V = diag(2), nu = 0.002), G = list(G1 = list(V = diag(2), nu = 0.002))), "
    + "nitt = 13000, burnin = 3000, thin = 10"

  private func request(_ change: (inout RunRequest) -> Void) -> RunRequest {
    var request = RunRequest()
    request.dataPath = Golden.path("data/salamanders.csv")
    request.mcmcglmm = call
    change(&request)
    return request
  }

  /// The model as a user of this program would write it; rows have a column of their own.
  private func written(_ folder: TemporaryFolder) throws -> RunRequest {
    let lines = try String(contentsOfFile: Golden.path("data/salamanders.csv"), encoding: .utf8)
      .split(separator: "\n")
    let table = lines.enumerated().map {
      "\($0.element),\($0.offset == 0 ? "row" : "\($0.offset)")"
    }
    try table.joined(separator: "\n").appending("\n")
      .write(toFile: folder.path + "/rows.csv", atomically: true, encoding: .utf8)
    var request = RunRequest()
    request.dataPath = folder.path + "/rows.csv"
    request.factors = ["row"]
    request.formulas = [
      "bf(present ~ mined + (1 |a| site) + (1 |b| row), family = bernoulli)",
      "bf(count ~ mined + (1 |a| site) + (1 |b| row), family = poisson)",
    ]
    request.priors = [
      "b ~ normal(0, 1e5)", "Intercept ~ normal(0, 1e5)", "cov[site] ~ inv_wishart(0.002, 1)",
      "cov[row] ~ inv_wishart(0.002, diag(1, 1))", "sd[present, row] ~ constant(1)",
    ]
    return request
  }

  @Test("by maximum likelihood")
  func likelihood() throws {
    let folder = try TemporaryFolder()
    var reports: [FitReport] = []
    let sink = MemorySink()
    for request in [request { $0.method = .ml }, try written(folder)] {
      guard case .likelihood(let report) = try FitJob(request, sink: sink).run() else { return }
      reports.append(report)
    }
    #expect(abs(reports[0].logLikelihood - reports[1].logLikelihood) < 1e-7)
    // Four coefficients, three of the sites, one sd and one correlation of the rows.
    #expect(reports.map(\.degreesOfFreedom) == [9, 9])
    let notes = sink.events.compactMap { event in
      if case .note(let text) = event { text } else { nil }
    }
    #expect(notes.contains { $0.contains("is not identified") && $0.contains("'present'") })
    #expect(notes.contains { $0.contains("-f 'bf(present ~ 1 + (mined)") })
    #expect(notes.contains { $0.contains("--method ml makes none") })
  }

  @Test("with as many draws as the call has iterations, within reason, unless told otherwise")
  func length() throws {
    var request = request { $0.drawsFollowCall = true }
    #expect(try request.followingCall().draws == 2500)
    for (iterations, draws) in [("4000", 1000), ("9001", 1501), ("103000", 2500), ("163000", 4000)]
    {
      request.mcmcglmm = call.replacingOccurrences(of: "nitt = 13000", with: "nitt = " + iterations)
      #expect(try request.followingCall().draws == draws)
    }
    request.drawsFollowCall = false
    request.draws = 70
    #expect(try request.followingCall().draws == 70)
  }

  @Test(
    "to the same posterior, well mixed, where MCMCglmm's chain drifts",
    .enabled(if: ProcessInfo.processInfo.environment["MGLMM_SLOW_TESTS"] == "1"))
  func posterior() throws {
    let folder = try TemporaryFolder()
    var reports: [SamplerReport] = []
    for (index, base) in [request { _ in }, try written(folder)].enumerated() {
      var request = base
      request.method = .mcmc
      request.seed = UInt64(21 + index)
      request.draws = 2500
      guard case .posterior(let report, _) = try FitJob(request, sink: NullSink()).run() else {
        return
      }
      reports.append(report)
    }
    #expect(reports[0].parameters.count == reports[1].parameters.count)
    for (one, other) in zip(reports[0].parameters, reports[1].parameters) {
      #expect(one.name.replacingOccurrences(of: "units", with: "row") == other.name)
      if one.name == "sd_units__present_Intercept" {
        #expect(one.mean == 1 && one.rHat.isNaN)
        continue
      }
      #expect(one.rHat < 1.01, "\(one.name) \(one.rHat)")
      #expect(min(one.bulkESS, one.tailESS) > 400, "\(one.name) \(one.bulkESS)")
      let error = (one.meanError * one.meanError + other.meanError * other.meanError).squareRoot()
      #expect(abs(one.mean - other.mean) < 4 * error, "\(one.name)")
    }
  }
}
