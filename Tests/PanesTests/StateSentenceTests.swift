// What the pane of progress says of a run with a stopping rule.

import RunFolder
import SampleRuns
import Testing

@testable import Panes

@Suite("The sentence of progress tells a rule and where it stands")
struct StateSentenceTests {
  private func sentence(_ change: (inout RunSnapshot) -> Void) -> String {
    var run = SampleRun.live
    run.state = .sampling
    change(&run)
    return StateSentence(DashboardSnapshot(run: run, now: 1)).text
  }

  @Test("before the first look, after one, and not without a rule")
  func rule() {
    #expect(!sentence { _ in }.contains("Until"))
    var request = SampleRun.live.request ?? RunRequest()
    request.apply(until: "ess >= 400 and rhat < 1.01", draws: nil)
    let before = sentence { $0.request = request }
    #expect(before.hasSuffix(" Until ess >= 400 and rhat < 1.01."))
    var run = SampleRun.live
    run.request = request
    #expect(run.plannedDraws == 100)
    let check = StoppingCheck(
      number: 2, rule: "ess >= 400 and rhat < 1.01", isMet: false,
      figures: StoppingMeasures(
        bulkESS: 260.7, tailESS: 212.9, rHat: 1.01318, meanError: 0.06, draws: 378, seconds: 3),
      nextDraws: 472)
    run.lastCheck = check
    #expect(run.plannedDraws == 472)
    let after = sentence {
      $0.request = request
      $0.lastCheck = check
    }
    #expect(
      after.hasSuffix(
        " Until ess >= 400 and rhat < 1.01: ess 212, rhat 1.0132 after 378 draws a chain."))
  }

  @Test("a run that has ended says whether its rule was reached, and where it stood")
  func ended() {
    var request = SampleRun.finished.request ?? RunRequest()
    request.apply(until: "ess >= 400", draws: nil)
    func ending(isMet: Bool) -> String {
      var run = SampleRun.finished
      run.request = request
      run.lastCheck = StoppingCheck(
        number: 4, rule: "ess >= 400", isMet: isMet,
        figures: StoppingMeasures(
          bulkESS: 431.7, tailESS: 412.2, rHat: 1.002, draws: 1000, seconds: 9))
      return StateSentence(DashboardSnapshot(run: run, now: 1)).text
    }
    #expect(
      ending(isMet: true).hasSuffix(" Until ess >= 400: reached, ess 412 after 1000 draws a chain.")
    )
    #expect(ending(isMet: false).contains("not reached, ess 412"))
    #expect(
      !StateSentence(DashboardSnapshot(run: SampleRun.finished, now: 1)).text.contains("Until"))
  }
}
