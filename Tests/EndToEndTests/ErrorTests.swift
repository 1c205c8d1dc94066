// Errors: one line that says what is wrong, where, and how to mend it; and the exit code for it.

import Foundation
import Testing

extension EndToEnd {
  /// A command line that must fail.
  struct Mistake: CustomTestStringConvertible, Sendable {
    var arguments: [String]
    var code: Int32
    /// What the message must say.
    var says: [String]
    var testDescription: String { says[0] }
  }

  private static let edu = "\(Programs.demoData)/edu.csv"

  private static let mistakes: [Mistake] = [
    Mistake(
      arguments: [edu, "-f", "math_score ~ gendr + (1 | school_id)"], code: 65,
      says: ["there is no column 'gendr'", "did you mean 'gender'?", "^~~~~"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender + (1 | school_id"], code: 65,
      says: ["'(' is never closed", "^"]),
    Mistake(
      arguments: [edu, "-f", "passed ~ gender", "--family", "poison"], code: 65,
      says: ["no family 'poison'", "did you mean 'poisson'?"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--family", "poisson"], code: 65,
      says: ["'math_score'", "whole numbers", "61.54"]),
    Mistake(
      arguments: [edu, "-f", "passed ~ gender", "--family", "gaussian,binomial"], code: 65,
      says: ["2 families", "1 outcome"]),
    Mistake(
      arguments: [edu, "-f", "passed ~ gender", "--prior", "b ~ norml(0, 1)"], code: 65,
      says: ["'norml'", "normal(m, s)"]),
    Mistake(
      arguments: [edu, "--mcmcglmm", "math_score ~ gender, random = ~ us(1 + SES:school_id"],
      code: 65, says: ["'(' is never closed", "^"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--mcmcglmm", "math_score ~ gender"], code: 64,
      says: ["--mcmcglmm is the whole model", "leave out --formula"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--prior-only"], code: 65,
      says: ["the prior of b_gendermale is improper", "--prior 'b ~ normal(0, 2.5)'"]),
    Mistake(
      arguments: [
        edu, "-f", "passed ~ SES", "--family", "bernoulli", "--method", "mcmc", "--until",
        "ess >= 400 and rhad < 1.01",
      ], code: 64, says: ["there is no figure 'rhad'", "rhat", "^~~~"]),
    Mistake(
      arguments: [edu, "-f", "passed ~ SES", "--until", "ess >= 400"], code: 64,
      says: ["there are no chains to stop; add --method mcmc"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--simulations", "1"], code: 64,
      says: ["--simulations 1", "at least 2"]),
    Mistake(
      arguments: ["residuals", "somewhere", "--simulations", "1"], code: 64,
      says: ["--simulations must be at least 2"]),
    Mistake(
      arguments: ["residuals", "nowhere", "--unconditional"], code: 65,
      says: ["nowhere: this is no run folder"]),
    Mistake(arguments: [edu], code: 64, says: ["no formula is given", "-f 'y ~ x"]),
    Mistake(arguments: [], code: 64, says: ["no data file is given"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--method", "guess"], code: 64,
      says: ["--method 'guess'", "ml, reml, map, mcmc"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--chains", "0"], code: 64,
      says: ["--chains must be at least 1"]),
    Mistake(
      arguments: [edu, "-f", "math_score ~ gender", "--bogus"], code: 64, says: ["--bogus"]),
    Mistake(
      arguments: ["no-such-file.csv", "-f", "y ~ x"], code: 74,
      says: ["no-such-file.csv", "No such file", "check the path"]),
    Mistake(
      arguments: [Programs.demoData, "-f", "y ~ x"], code: 74, says: ["this is a folder"]),
    Mistake(arguments: ["--model", "no-such.toml"], code: 74, says: ["no-such.toml"]),
    Mistake(arguments: ["summary", "no-such-run"], code: 74, says: ["no-such-run"]),
    Mistake(
      arguments: ["export", Programs.demoData + "/recorded/salamanders", "no/such/folder.csv"],
      code: 74, says: ["no/such/folder.csv"]),
    Mistake(
      arguments: [edu, "-f", "passed ~ SES", "--run", Programs.demoData + "/recorded/salamanders"],
      code: 64, says: ["there is a run in this folder", "mglmm-tui resume"]),
    Mistake(
      arguments: ["summary", Programs.demoData + "/recorded"], code: 65, says: ["no draws"]),
  ]

  @Test(
    "mistakes are said with their place and mend, and have their exit codes", arguments: mistakes)
  func mistake(_ mistake: Mistake) throws {
    let scratch = try Scratch()
    let fit = try Programs.run("mglmm-fit", mistake.arguments, in: scratch)
    #expect(fit.code == mistake.code, "\(fit.report)")
    #expect(fit.output.isEmpty, "standard output is for results: \(fit.report)")
    for word in mistake.says { #expect(fit.errors.contains(word), "\(word): \(fit.report)") }
    // Beside notes: the line, and the formula with its caret.
    let lines = fit.errorLines.filter { !$0.hasPrefix("note:") && !$0.hasPrefix("Usage:") }
    #expect(lines.count <= 3, "\(fit.report)")
    #expect(!fit.errors.contains("Fatal error"))
  }

  @Test("the place of a mistake in a data file is its line and column")
  func dataMistake() throws {
    let scratch = try Scratch()
    let file = try scratch.write("y,x\n1,2\n3,4,5\n", as: "bad.csv")
    let fit = try Programs.run("mglmm-fit", [file, "-f", "y ~ x"], in: scratch)
    #expect(fit.code == 65 && fit.errors.contains("bad.csv:3"), "\(fit.report)")
  }

  @Test("with --strict a fit that ends with a warning ends with 1, and else with 0")
  func strict() throws {
    let scratch = try Scratch()
    let model = [
      "\(Programs.demoData)/salamanders.csv", "-f",
      "bf(count ~ mined + (1 |p| site), family = negbinomial)"
        + " + bf(present ~ mined + (1 |p| site), family = bernoulli)",
    ]
    let lax = try Programs.run("mglmm-fit", model, in: scratch)
    #expect(lax.code == 0 && lax.output.contains("Warning (singular-fit)"), "\(lax.report)")
    let strict = try Programs.run("mglmm-fit", model + ["--strict"], in: scratch)
    #expect(strict.code == 1 && strict.output == lax.output, "\(strict.report)")
    let clean = try Programs.run(
      "mglmm-fit", [Self.edu, "-f", "math_score ~ SES + (1 | school_id)", "--strict"], in: scratch)
    #expect(clean.code == 0, "\(clean.report)")
  }

  @Test(
    "a data file as it comes: awkward names, byte order mark, CRLF, missing values, numbers as groups"
  )
  func awkwardData() throws {
    let scratch = try Scratch()
    var text = "\u{FEFF}Class No.,Gr\u{00F6}\u{00DF}e (cm),Points/Test 1,sex\r\n"
    for row in 0..<120 {
      let height = row % 17 == 3 ? "" : "\(150 + (row * 37) % 23).5"
      let points = row % 19 == 5 ? "NA" : "\(40 + (row * row) % 29 + row / 12)"
      text += "\(101 + row / 12),\(height),\(points),\(row % 2 == 0 ? "f" : "m")\r\n"
    }
    _ = try scratch.write(text, as: "\u{00E9}l\u{00E8}ves 2024.csv")
    let formula = "`Points/Test 1` ~ sex + `Gr\u{00F6}\u{00DF}e (cm)` + (1 | `Class No.`)"
    let fit = try Programs.run(
      "mglmm-tui", ["\u{00E9}l\u{00E8}ves 2024.csv", "-f", formula, "-b", "--draws", "200"],
      in: scratch)
    #expect(fit.code == 0, "\(fit.report)")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: scratch.runs).first)
    let run = scratch.run(name)
    // What the farewell tells the user to type must not look like an option.
    #expect(name.first?.isLetter == true, "\(name)")
    try eventually("the fit ends") { run.has("finished") }
    let shown = try Programs.run(
      "mglmm-tui", ["show", name, "--pane", "random-effects"], in: scratch)
    #expect(shown.code == 0 && shown.output.contains("Class No., 10 levels"), "\(shown.report)")
    let notes = run.events.compactMap { $0["text"] as? String ?? $0["message"] as? String }
    #expect(notes.contains { $0.contains("rows left out") }, "\(notes)")
  }
}
