// Panes without a terminal.

import Foundation
import Testing

extension EndToEnd {
  private static let recorded = "\(Programs.demoData)/recorded/salamanders"
  private static let panes = [
    "overview", "progress", "trace", "convergence", "random-effects", "residuals", "predictive",
    "estimates", "sampler", "model",
  ]

  @Test(
    "a pane of a finished run is drawn without a terminal at the size asked for, in every charset",
    arguments: ["braille", "block", "ascii"])
  func show(charset: String) throws {
    let scratch = try Scratch()
    for pane in Self.panes {
      for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let shown = try Programs.run(
          "mglmm-tui",
          [
            "show", Self.recorded, "--pane", pane, "--size", "\(columns)x\(rows)", "--charset",
            charset,
          ], in: scratch)
        #expect(shown.code == 0 && shown.errors.isEmpty, "\(shown.report)")
        let lines = shown.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == rows + 1 && lines.last == "", "\(pane) \(columns)x\(rows)")
        #expect(lines.allSatisfy { $0.count <= columns }, "\(shown.output)")
        #expect(!shown.output.contains("\u{1B}"))
        if charset == "ascii" {
          let isASCII = shown.output.utf8.allSatisfy { $0 < 128 }
          #expect(isASCII, "\(shown.output)")
        }
      }
    }
  }

  @Test("each pane says what it is for")
  func contents() throws {
    let scratch = try Scratch()
    let words = [
      "overview": ["Verdicts", "passed"],
      "estimates": ["95% interval", "Standard deviations by site"],
      "progress": ["Finished", "Log-likelihood", "Chains"],
      "trace": ["b_count_Intercept", "R-hat", "4 × 110 draws"],
      "convergence": ["bulk ESS", "tail ESS", "lp__"],
      "random-effects": ["site, 23 levels", "Correlations", "95% interval"],
      "residuals": ["QQ against uniform", "uniformity", "250 simulations"],
    ]
    for pane in Self.panes {
      let shown = try Programs.run(
        "mglmm-tui", ["show", Self.recorded, "--pane", pane], in: scratch)
      for word in words[pane] ?? [] { #expect(shown.output.contains(word), "\(pane): \(word)") }
    }
    let present = try Programs.run(
      "mglmm-tui", ["show", Self.recorded, "--pane", "residuals", "--outcome", "present"],
      in: scratch)
    #expect(present.code == 0 && present.output.contains("present"))
    let colored = try Programs.run(
      "mglmm-tui", ["show", Self.recorded, "--color", "256"], in: scratch)
    #expect(colored.output.contains("\u{1B}["))
    let absent = try Programs.run("mglmm-tui", ["show", "no-such-run"], in: scratch)
    #expect(absent.code == 64 && absent.errorLines.count == 1, "\(absent.report)")
  }

  @Test("the demo without a terminal fits and prints every pane")
  func demo() throws {
    let scratch = try Scratch()
    let demo = try Programs.run(
      "mglmm-tui", ["demo", "edu", "--draws", "150", "--size", "100x30"], in: scratch)
    #expect(demo.code == 0, "\(demo.report)")
    for word in [
      "Finished", "b_math_score_Intercept", "bulk ESS", "school_id, 60 levels",
      "QQ against uniform", "Correlations",
    ] {
      #expect(demo.output.contains(word), "\(word)\n\(demo.output)")
    }
    #expect(!demo.output.contains("\u{1B}"))
    // Ten panes of 30 lines, the residuals once for each of the two outcomes.
    #expect(
      demo.output.split(separator: "\n", omittingEmptySubsequences: false).count == 11 * 31 + 1)
  }
}
