// Residuals of a finished run computed anew: kinds, groups, columns, time, space, refits, and what is refused.

import Diagnostics
import Fitting
import Foundation
import Probability
import RunFolder
import Testing

@Suite("Residuals of a finished run are computed anew as asked", .serialized)
struct ResidualOptionsTests {
  /// A finished run of counts, whose data file has columns that the model does not use.
  private func finishedRun(
    in place: TemporaryFolder, _ change: (inout RunRequest) -> Void = { _ in }
  ) throws -> FinishedRun {
    var stream = RandomStream(seed: 4)
    var text = "y,x,g,time,east,north,kind\n"
    for row in 0..<200 {
      let x = stream.nextNormal()
      let y = Int(stream.nextPoisson(mean: exp(1 + 0.3 * x)))
      text +=
        "\(y),\(x),g\(row / 10),\(200 - row),\(stream.nextUniform()),\(row % 20),\(["p", "q"][row % 2])\n"
    }
    let path = place.path + "/data.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var request = RunRequest()
    request.dataPath = path
    request.formulas = ["bf(y ~ x + (1 | g), family = poisson)"]
    request.simulations = 100
    change(&request)
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    _ = try Worker(folder: folder).run()
    return try FinishedRun(path: folder.path)
  }

  @Test("the run's own seed and number give the stored residuals again; another seed gives others")
  func again() throws {
    let place = try TemporaryFolder()
    let run = try finishedRun(in: place)
    let anew = try ResidualReport(run, ResidualOptions())
    let stored = try #require(try run.folder.residualReport())
    #expect(anew.outcomes[0].scaled == stored.outcomes[0].scaled)
    #expect(anew.unconditional == nil && anew.points == 1)
    var options = ResidualOptions()
    options.seed = 9
    #expect(try ResidualReport(run, options).outcomes[0].scaled != stored.outcomes[0].scaled)
    options = ResidualOptions()
    options.isUnconditional = true
    let other = try ResidualReport(run, options)
    #expect(!other.isConditional)
    #expect(other.outcomes[0].tests == stored.unconditional?[0].tests)
  }

  @Test("groups, columns of the original file, time, space, rotation and refits")
  func everything() throws {
    let place = try TemporaryFolder()
    let run = try finishedRun(in: place)
    var options = ResidualOptions()
    options.against = ["kind", "north", "x"]
    options.time = "time"
    options.space = ["east", "north"]
    options.refits = 10
    options.hasPearson = true
    let report = try ResidualReport(run, options)
    let predictors = report.outcomes[0].predictors
    #expect(predictors.map(\.name) == ["kind", "north", "x"])
    #expect(predictors[0].levels.map(\.name) == ["p", "q"] && predictors[1].levels.isEmpty)
    #expect(report.further.map(\.test) == ["temporal", "spatial", "pearson", "refit"])
    // The data were made independent and from the model.
    #expect(report.further.allSatisfy { $0.p > 0.001 })
    options = ResidualOptions()
    options.isUnconditional = true
    options.group = "g"
    options.aggregate = .mean
    options.time = "time"
    let grouped = try ResidualReport(run, options)
    #expect(grouped.outcomes[0].scaled.count == 20 && grouped.further[0].p > 0.001)
    options = ResidualOptions()
    options.isRotated = true
    let rotated = try ResidualReport(run, options)
    #expect(!rotated.isConditional && rotated.outcomes[0].scaled.count == 200)
    #expect(rotated.outcomes[0].calibrated == ["dispersion"])
  }

  @Test("what cannot be done is one line that says why and what to do")
  func refusals() throws {
    let place = try TemporaryFolder()
    let run = try finishedRun(in: place)
    func refusal(_ change: (inout ResidualOptions) -> Void) -> String {
      var options = ResidualOptions()
      change(&options)
      do {
        _ = try ResidualReport(run, options)
        return ""
      } catch {
        #expect(error.exitCode == 64 || error.exitCode == 65)
        return error.message
      }
    }
    #expect(refusal { $0.simulations = 1 }.hasPrefix("--simulations 1: residuals need at least 2"))
    #expect(refusal { $0.against = ["tiem"] }.contains("there is no column 'tiem'"))
    #expect(refusal { $0.time = "north" }.contains("the same value"))
    #expect(refusal { $0.time = "kind" } == "--time kind: the column is not numeric")
    #expect(
      refusal {
        $0.group = "g"
        $0.against = ["kind"]
      }.contains("differs within a level of 'g'"))
    let path = place.path + "/data.csv"
    try "y\n1\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(refusal { $0.time = "time" }.contains("has been changed since the run"))
    try FileManager.default.removeItem(atPath: path)
    #expect(refusal { $0.time = "time" }.contains("cannot be read any more"))
    // Columns of the model are in the folder.
    #expect(refusal { $0.against = ["x"] } == "")
  }

  @Test("draws are simulated from one by one, and priors alone have no residuals")
  func draws() throws {
    let place = try TemporaryFolder()
    let run = try finishedRun(in: place) {
      $0.method = .mcmc
      ($0.chains, $0.warmup, $0.draws) = (2, 40, 30)
    }
    var options = ResidualOptions()
    options.simulations = 80
    let report = try ResidualReport(run, options)
    #expect(report.points == 60 && report.simulations == 80)
    let other = try TemporaryFolder()
    let prior = try finishedRun(in: other) {
      $0.method = .mcmc
      ($0.chains, $0.warmup, $0.draws, $0.isPriorOnly) = (1, 10, 10, true)
      $0.priors = ["b ~ normal(0, 1)", "Intercept ~ normal(0, 1)", "sd ~ normal(0, 1)"]
    }
    #expect(throws: FittingError.self) { try ResidualReport(prior, options) }
  }
}
