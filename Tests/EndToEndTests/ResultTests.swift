// Results for scripts: JSON as promised, the same again from the run's own file, and exit codes.

import Foundation
import Glibc
import Testing

extension EndToEnd {
  private static let edu = "\(Programs.demoData)/edu.csv"
  private static let bivariate = [
    edu, "-f", "cbind(math_score, passed) ~ gender + SES + (1 | school_id)", "--family",
    "gaussian,bernoulli",
  ]

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("maximum likelihood prints every promised member")
  func likelihoodJSON() throws {
    let scratch = try Scratch()
    let fit = try Programs.run("mglmm-fit", Self.bivariate + ["--json", "--ranef"], in: scratch)
    #expect(fit.code == 0, "\(fit.report)")
    let result = try json(fit.output)
    #expect(Shape.likelihood.complaints(about: result) == [])
    #expect(result["modes"] != nil && result["converged"] as? Bool == true)
    #expect((result["fixed"] as? [Any])?.count == 6)
    // glmmTMB 1.1.11 on the same data: the log-likelihood to its printed digits.
    let logLikelihood = try #require(result["logLik"] as? Double)
    #expect(abs(logLikelihood - -8064.798) < 1e-2)
  }

  @Test("sampling prints every promised member")
  func posteriorJSON() throws {
    let scratch = try Scratch()
    let fit = try Programs.run(
      "mglmm-fit",
      Self.bivariate + ["--json", "--method", "mcmc", "--draws", "150", "--chains", "2"],
      in: scratch)
    #expect(fit.code == 0, "\(fit.report)")
    let result = try json(fit.output)
    #expect(Shape.posterior.complaints(about: result) == [])
    let names = (result["parameters"] as? [[String: Any]] ?? []).compactMap {
      $0["name"] as? String
    }
    #expect(
      names == [
        "b_math_score_Intercept", "b_math_score_gendermale", "b_math_score_SES",
        "b_passed_Intercept", "b_passed_gendermale", "b_passed_SES", "sigma_math_score",
        "sd_school_id__math_score_Intercept", "sd_school_id__passed_Intercept",
        "cor_school_id__math_score_Intercept__passed_Intercept",
      ])
  }

  @Test("a run's own file gives its result again, and summary, residuals and export read the run")
  func runFolder() throws {
    let scratch = try Scratch()
    let folder = "\(scratch.path)/folder"
    let sampling = ["--json", "--method", "mcmc", "--draws", "120", "--chains", "2", "--seed", "5"]
    let fit = try Programs.run(
      "mglmm-fit", Self.bivariate + sampling + ["--run", folder], in: scratch)
    #expect(fit.code == 0, "\(fit.report)")
    let again = try Programs.run(
      "mglmm-fit", ["--model", "\(folder)/model.toml", "--json"], in: scratch)
    #expect(again.code == 0, "\(again.report)")
    #expect(try timeless(json(again.output)) == timeless(json(fit.output)))

    let summary = try Programs.run("mglmm-fit", ["summary", folder, "--json"], in: scratch)
    let listed = try json(summary.output)["parameters"] as? [[String: Any]]
    let shown = try #require(try json(fit.output)["parameters"] as? [[String: Any]])
    #expect(listed?.first?["mean"] as? Double == shown.first?["mean"] as? Double)
    let files = try Programs.run(
      "mglmm-fit", ["summary", "\(folder)/chain-1.csv", "\(folder)/chain-2.csv"], in: scratch)
    #expect(files.code == 0 && files.output.contains("b_math_score_Intercept"), "\(files.report)")

    let residuals = try Programs.run("mglmm-fit", ["residuals", folder, "--json"], in: scratch)
    #expect(Shape.residuals.complaints(about: try json(residuals.output)) == [])
    let export = try Programs.run("mglmm-fit", ["export", folder, "draws.csv"], in: scratch)
    #expect(export.code == 0, "\(export.report)")
    let table = try String(contentsOfFile: "\(scratch.path)/draws.csv", encoding: .utf8)
      .split(separator: "\n")
    #expect(table.count == 1 + 2 * 120 && table[0].hasPrefix(".chain,.iteration,.draw,"))
    for name in ["model.toml", "events.ndjson", "chain-1.csv", "data.csv", "fit.json"] {
      var status = stat()
      #expect(stat("\(folder)/\(name)", &status) == 0 && status.st_mode & 0o777 == 0o600, "\(name)")
    }
  }

  /// A result as text without what a clock says.
  private func timeless(_ result: [String: Any]) throws -> String {
    var result = result
    for part in ["sampler", "optimizer"] {
      guard var members = result[part] as? [String: Any] else { continue }
      for name in members.keys where name.contains("seconds") { members[name] = nil }
      result[part] = members
    }
    let data = try JSONSerialization.data(withJSONObject: result, options: .sortedKeys)
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    "an interrupted fit says so, gives what it has, and ends with 130", arguments: [1, 100_000])
  func interrupted(warmup: Int) throws {
    let scratch = try Scratch()
    let running = try Programs.start(
      "mglmm-fit",
      Self.bivariate + [
        "--method", "mcmc", "--json", "--warmup", "\(warmup)", "--draws", "100000", "--run", "run",
      ], in: scratch)
    let run = RunFiles("\(scratch.path)/run")
    try eventually("chains have begun") { run.drawBytes > 200_000 }
    kill(running.child.identifier, SIGINT)
    let fit = try running.end()
    #expect(fit.code == 130, "\(fit.report)")
    let result = try json(fit.output)
    #expect(Shape.posterior.complaints(about: result) == [])
    let warnings = result["warnings"] as? [[String: Any]] ?? []
    #expect(warnings.contains { $0["code"] as? String == "interrupted" }, "\(warnings)")
    #expect(run.has("stopped") && !run.isAlive)
  }
}
