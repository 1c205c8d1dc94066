// The commands that judge a run: check, loo, compare, predictive and sensitivity, on real programs.

import Foundation
import Testing

extension EndToEnd {
  private static let counts = "\(Programs.demoData)/salamanders.csv"

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("a run that is wrong is called wrong, with the cause first, in text, JSON and file")
  func checking() throws {
    let scratch = try Scratch()
    let folder = "\(scratch.path)/poisson"
    let fit = try Programs.run(
      "mglmm-fit",
      [Self.counts, "-f", "count ~ mined + (1 | site)", "--family", "poisson", "--run", folder],
      in: scratch)
    #expect(fit.code == 0, "\(fit.report)")
    // The worker has made the page at the end of the run.
    #expect(FileManager.default.fileExists(atPath: "\(folder)/checks.json"))
    let page = try Programs.run("mglmm-fit", ["check", folder], in: scratch)
    #expect(page.code == 0, "\(page.report)")
    let blocks = page.output.components(separatedBy: "\n\n")
    #expect(blocks[0].contains("failed") && blocks[0].contains("passed"))
    #expect(blocks[1].hasPrefix("FAILED overdispersion of count: p = "))
    #expect(blocks[1].contains("negbinomial"))
    let strict = try Programs.run("mglmm-fit", ["check", folder, "--strict"], in: scratch)
    #expect(strict.code == 1)
    let result = try object(
      try Programs.run("mglmm-fit", ["check", folder, "--json"], in: scratch).output)
    #expect(result["schema"] as? String == "mglmm-checks/1")
    let lines = try #require(result["checks"] as? [[String: Any]])
    #expect(lines.first?["check"] as? String == "overdispersion")
    #expect(lines.allSatisfy { $0["meaning"] is String && $0["source"] is String })
    let shown = try Programs.run(
      "mglmm-tui", ["show", folder, "--pane", "overview", "--size", "100x30"], in: scratch)
    #expect(shown.output.contains("overdispersion"))
    let predictive = try Programs.run(
      "mglmm-fit", ["predictive", folder, "--simulations", "100"], in: scratch)
    #expect(predictive.code == 0 && predictive.output.contains("zeros"), "\(predictive.report)")
    let sensitivity = try Programs.run("mglmm-fit", ["sensitivity", folder], in: scratch)
    #expect(
      sensitivity.code == 0 && sensitivity.output.contains("Influence"), "\(sensitivity.report)")
    // What needs draws says so in one line.
    let loo = try Programs.run("mglmm-fit", ["loo", folder], in: scratch)
    #expect(loo.code == 65 && loo.errors.contains("draws"), "\(loo.report)")
  }

  @Test("the better of two runs is found by leaving observations out")
  func comparing() throws {
    let scratch = try Scratch()
    let folders = ["poisson", "negbinomial"].map { "\(scratch.path)/\($0)" }
    for (family, folder) in zip(["poisson", "negbinomial"], folders) {
      let fit = try Programs.run(
        "mglmm-fit",
        [
          Self.counts, "-f", "count ~ mined + (1 | site)", "--family", family, "--method", "mcmc",
          "--chains", "2", "--draws", "250", "--loo", "--run", folder,
        ], in: scratch)
      #expect(fit.code == 0, "\(fit.report)")
    }
    let loo = try Programs.run("mglmm-fit", ["loo", folders[1]], in: scratch)
    #expect(loo.code == 0 && loo.output.contains("elpd_loo"), "\(loo.report)")
    let table = try Programs.run("mglmm-fit", ["compare"] + folders, in: scratch)
    #expect(table.code == 0, "\(table.report)")
    let best = table.output.range(of: "negbinomial")
    let other = table.output.range(of: "poisson")
    #expect(try #require(best).lowerBound < #require(other).lowerBound, "\(table.output)")
    let prior = "\(scratch.path)/prior"
    let drawn = try Programs.run(
      "mglmm-fit",
      [
        Self.counts, "-f", "count ~ mined + (1 | site)", "--family", "poisson", "--method", "mcmc",
        "--prior", "b ~ normal(0, 1)", "--prior-only", "--chains", "1", "--draws", "50", "--run",
        prior,
      ], in: scratch)
    #expect(drawn.code == 0, "\(drawn.report)")
    for command in ["check", "loo"] {
      let refused = try Programs.run("mglmm-fit", [command, prior], in: scratch)
      #expect(refused.code == 65 && refused.errors.contains("prior"), "\(refused.report)")
    }
  }
}
