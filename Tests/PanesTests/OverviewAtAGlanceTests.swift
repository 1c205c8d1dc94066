// What the overview has room for at each size.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@Suite("The overview has its parts at the sizes that promise them")
struct OverviewAtAGlanceTests {
  @Test(
    "verdicts, progress, the worst traces, correlations and a QQ plot of each outcome at 120x40")
  func large() {
    let text = drawing(.overview, of: SampleRun.checked, 120, 37)
    for part in [
      "Finished in", "Verdicts", "chain 1", "R-hat of b_passed_Intercept",
      "─ b_passed_Intercept ─", "Correlations by school_id", "QQ passed", "QQ math_score",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test("at 80x24 verdicts, progress and what the first verdict means; at 40x12 the verdicts")
  func small() {
    let text = drawing(.overview, of: SampleRun.checked, 80, 21)
    for part in ["Finished in", "chain 4", "Verdicts", "Pareto k", "The chains disagree"] {
      #expect(text.contains(part), "\(part)")
    }
    let tiny = drawing(.overview, of: SampleRun.checked, 40, 9)
    #expect(tiny.contains("Verdicts") && tiny.contains("R-hat"))
  }

  @Test("with more outcomes than fit side by side the others are counted")
  func many() {
    var run = SampleRun.checked
    let outcomes = run.residualReport?.outcomes ?? []
    run.residualReport?.outcomes = (0..<5).flatMap { index in
      outcomes.map { outcome in
        var copy = outcome
        copy.name += "\(index)"
        return copy
      }
    }
    #expect(drawing(.overview, of: run, 120, 37).contains("+8 in pane 6"))
  }
}
