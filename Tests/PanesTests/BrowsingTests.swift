// Choosing, filtering, sorting and zooming.

import Diagnostics
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Panes

@Suite("A user's choices hold in every pane and survive new data")
struct BrowsingTests {
  @Test("a filter takes regular expressions, ignores case unless told, and says what is wrong")
  func filter() {
    var browsing = browsing(SampleRun.live)
    #expect(browsing.parameters.count == 11)
    browsing.setFilter("^sd_|^cor_")
    #expect(browsing.parameters.count == 3)
    browsing.setFilter("ses$")
    #expect(browsing.parameters == ["b_math_score_SES", "b_passed_SES"])
    browsing.setFilter("Ses$")
    #expect(browsing.parameters.isEmpty && browsing.parameter == nil)
    browsing.setFilter("(")
    #expect(browsing.filter.problem != nil)
    #expect(browsing.parameters.count == 11, "a pattern that is wrong hides nothing")
  }

  @Test("the parameter in front stays when draws come in and comes back when a filter goes")
  func choice() {
    var browsing = browsing(SampleRun.live)
    #expect(browsing.parameter == "b_math_score_Intercept")
    browsing.move(by: 2)
    #expect(browsing.parameter == "b_math_score_SES")
    browsing.refresh(from: SampleRun.finished)
    #expect(browsing.parameter == "b_math_score_SES")
    browsing.setFilter("sigma")
    #expect(browsing.parameter == "sigma_math_score")
    browsing.setFilter("")
    #expect(browsing.parameter == "b_math_score_SES")
    browsing.move(by: -100)
    #expect(browsing.parameterIndex == 0)
    browsing.move(by: 100)
    #expect(browsing.parameter == "lp__")
  }

  @Test("chains come to the front one after the other, then all are alike")
  func chains() {
    var browsing = browsing(SampleRun.finished)
    var seen: [Int?] = []
    for _ in 0..<6 {
      browsing.cycleChain(of: SampleRun.finished)
      seen.append(browsing.chain)
    }
    #expect(seen == [1, 2, 3, 4, nil, 1])
  }

  @Test("the worst parameter stands first, and sorting by name or number does what it says")
  func sorting() {
    let view = snapshot(SampleRun.finished)
    var browsing = browsing(SampleRun.finished)
    var pane = ConvergencePane()
    let size = Size(columns: 80, rows: 20)
    #expect(pane.sortedNames(view, browsing).first == "b_passed_Intercept")
    _ = pane.update(.sortColumn, view, &browsing, size: size)
    #expect(pane.sort == .parameter)
    #expect(pane.sortedNames(view, browsing) == browsing.parameters.sorted())
    _ = pane.update(.sortReverse, view, &browsing, size: size)
    #expect(pane.sortedNames(view, browsing) == browsing.parameters.sorted().reversed())
    _ = pane.update(.sortColumn, view, &browsing, size: size)
    let means = pane.sortedNames(view, browsing).compactMap { view.diagnostics[$0]?.mean }
    #expect(means == means.sorted())
    for _ in 0..<ConvergenceColumn.allCases.count - 2 {
      _ = pane.update(.sortColumn, view, &browsing, size: size)
    }
    #expect(pane.sort == .worst)
  }

  @Test("Enter on the worst row leads to its trace although nothing was chosen")
  func openWorst() {
    let view = snapshot(SampleRun.finished)
    var browsing = browsing(SampleRun.finished)
    var pane = ConvergencePane()
    let next = pane.update(.open, view, &browsing, size: Size(columns: 80, rows: 20))
    #expect(next == .trace)
    #expect(browsing.parameter == "b_passed_Intercept")
  }

  @Test("a zoomed window stays at the newest iterations until it is moved")
  func zoom() {
    var zoom = DrawWindow()
    #expect(zoom.range(of: 0..<1000) == nil)
    zoom.zoom(by: 0.5, about: nil, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 500..<1000)
    #expect(zoom.range(of: 0..<1200) == 700..<1200)
    zoom.move(by: -2, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 250..<750)
    #expect(zoom.range(of: 0..<1200) == 250..<750, "moved away it stays where it is")
    zoom.move(by: -100, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 0..<500)
    #expect(zoom.range(of: 200..<1200) == 200..<700, "without warm-up there is less to see")
    zoom.move(by: 100, of: 0..<1000)
    #expect(zoom.range(of: 0..<1001) == 501..<1001)
    zoom.zoom(by: 2, about: nil, of: 0..<1000)
    #expect(zoom.isWhole)
    for _ in 0..<50 { zoom.zoom(by: 0.5, about: nil, of: 0..<1000) }
    #expect(zoom.range(of: 0..<1000) == 990..<1000, "at least ten iterations stay in view")
    zoom.reset()
    #expect(zoom.isWhole)
  }

  @Test("a zoom about a place leaves it where it is, and a typed range is shown as typed")
  func zoomAbout() {
    var zoom = DrawWindow()
    // A quarter of the way: 250 of 0...999 is at 250/999; of half as many at 125/499.
    zoom.zoom(by: 0.5, about: 250, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 125..<625)
    zoom.zoom(by: 2, about: 250, of: 0..<1000)
    #expect(zoom.isWhole)
    zoom.show(99..<200, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 99..<200)
    zoom.show(500..<502, of: 0..<1000)
    #expect(zoom.range(of: 0..<1000) == 496..<506, "ten at least, about what was asked for")
    zoom.show(-50..<5000, of: 0..<1000)
    #expect(zoom.isWhole)
    var values = ValueWindow()
    values.zoom(by: 0.5, about: nil, from: 0...8, within: 0...8, of: "a")
    #expect(values.range(of: "a") == 2...6 && values.range(of: "b") == nil)
    values.move(by: 2, within: 0...8, of: "a")
    #expect(values.range(of: "a") == 4...8)
    values.zoom(by: 2, about: nil, from: 4...8, within: 0...8, of: "a")
    #expect(values.isWhole(of: "a"))
  }

  @Test("what is pinned stands first, and what is in front stays in front")
  func pins() {
    var browsing = browsing(SampleRun.live)
    browsing.move(by: 2)
    let isPinned = browsing.togglePin("b_math_score_SES")
    #expect(isPinned)
    #expect(browsing.parameters.prefix(2) == ["b_math_score_SES", "b_math_score_Intercept"])
    #expect(browsing.parameter == "b_math_score_SES" && browsing.parameterIndex == 0)
    browsing.togglePin("sigma_math_score")
    #expect(browsing.parameters.prefix(2) == ["b_math_score_SES", "sigma_math_score"])
    #expect(browsing.parameters.count == 11 && Set(browsing.parameters).count == 11)
    browsing.setFilter("sigma|Intercept")
    #expect(browsing.parameters.first == "sigma_math_score")
    browsing.setFilter("")
    let isStillPinned = browsing.togglePin("b_math_score_SES")
    #expect(!isStillPinned)
    #expect(browsing.parameters.prefix(2) == ["sigma_math_score", "b_math_score_Intercept"])
  }

  @Test("panes are found by name, by its beginning and by number")
  func names() {
    #expect(PaneKind(named: "trace") == .trace)
    #expect(PaneKind(named: "Conv") == .convergence)
    #expect(PaneKind(named: "random-effects") == .randomEffects)
    #expect(PaneKind(named: "Random effects") == .randomEffects)
    #expect(PaneKind(named: "6") == .residuals && PaneKind(named: "9") == .sampler)
    #expect(PaneKind(named: "r") == nil, "random effects or residuals")
    #expect(PaneKind(named: "p") == nil, "progress or predictive")
    #expect(PaneKind(named: "over") == .overview && PaneKind(named: "pred") == .predictive)
    #expect(PaneKind(named: "10") == nil && PaneKind(named: "") == nil)
  }

  @Test("a long name is cut in its middle, where names of parameters are alike")
  func shortening() {
    let name = "sd_school_id__math_score_Intercept"
    #expect(shortened(name, columns: 34, charset: .braille) == name)
    let cut = shortened(name, columns: 20, charset: .braille)
    #expect(cut == "sd_scho…re_Intercept")
    #expect(displayWidth(of: cut) == 20)
    #expect(shortened(name, columns: 20, charset: .ascii).contains("~"))
    let effect = "r_school_id__passed[S01,Intercept]"
    #expect(shortened(effect, columns: 24, charset: .braille) == "r_sc…ssed[S01,Intercept]")
  }

  @Test("blocks of random effects are found by names alone where there is no report")
  func blocks() {
    var run = SampleRun.finished
    run.fitReport = nil
    let blocks = RandomEffectsBlock.all(of: snapshot(run))
    #expect(blocks.count == 1)
    #expect(blocks[0].group == "school_id")
    #expect(blocks[0].labels == ["math_score_Intercept", "passed_Intercept"])
    #expect(blocks[0].correlations[1].lower != nil)
    #expect(blocks[0].shortLabels == ["math_score", "passed"])
    let named = RandomEffectsBlock.all(of: snapshot(SampleRun.finished))
    #expect(named[0].labels == ["math_score (Intercept)", "passed (Intercept)"])
    #expect(named[0].correlations == blocks[0].correlations)
  }
}
