// The report of a run: one page that holds everything and needs nothing.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("A report is one page with all there is of a run")
struct ReportTests {
  private func page(_ run: RunSnapshot, _ theme: Theme = .standard) -> String {
    RunReport(run, theme: theme, now: SampleRun.begin + 20).html()
  }

  /// The page that most tests look at, made once.
  private static let checked = {
    var run = SampleRun.checked
    run.predictiveReport = SamplePredictive.report(.posterior, draws: 1600)
    run.looReport = SamplePredictive.loo
    return RunReport(run, now: SampleRun.begin + 20).html()
  }()

  private func headings(_ page: String) throws -> [String] {
    try XMLReader.elements(of: page).filter { $0.name == "h2" }.map(\.text)
  }

  @Test("a sampled run has every section, a figure for every view, and tables of numbers")
  func sampled() throws {
    let page = Self.checked
    let elements = try XMLReader.elements(of: page)
    let titles = elements.filter { $0.name == "h2" }.map(\.text)
    #expect(titles.prefix(2) == ["Verdicts", "Model"])
    #expect(titles.contains("Estimates") && titles.contains("Trace"))
    for outcome in ["math_score", "passed"] {
      #expect(titles.contains("Residuals of \(outcome)"))
      #expect(titles.contains("Predictive checks of \(outcome)"))
    }
    for title in ["Random effects", "Sampler", "Progress"] { #expect(titles.contains(title)) }
    // Every link of the contents leads to a section, and every section is in the contents.
    let links = elements.filter { $0.name == "a" }.compactMap { $0.attributes["href"] }
    let sections = elements.filter { $0.name == "section" }.compactMap { $0.attributes["id"] }
    #expect(links == sections.map { "#" + $0 } && Set(sections).count == sections.count)
    let captions = elements.filter { $0.name == "figcaption" }.map(\.text)
    #expect(elements.count { $0.name == "svg" } == captions.count && captions.count > 25)
    #expect(
      captions.contains { $0.hasPrefix("Trace of b_passed_Intercept") }, "the worst comes first")
    for word in [
      "Ranks overlaid", "Autocorrelation", "ESS by draws", "Energy", "Levels", "Density",
    ]
    where word != "Levels" {
      #expect(captions.contains { $0.contains(word) }, "\(word)")
    }
    let cells = elements.filter { ["td", "th"].contains($0.name) }.map(\.text)
    for word in ["R-hat", "b_math_score_SES", "uniformity", "school_id", "gaussian"] {
      #expect(cells.contains { $0.contains(word) }, "\(word)")
    }
    #expect(page.utf8.count < 3_000_000)
  }

  @Test("nothing is fetched from elsewhere and nothing runs")
  func selfContained() throws {
    let page = Self.checked
    for element in try XMLReader.elements(of: page) {
      #expect(element.name != "script" && element.name != "link" && element.name != "img")
      for (name, value) in element.attributes where name != "xmlns" {
        #expect(!value.contains("://"), "\(name)")
        #expect(!name.hasPrefix("on"))
        #expect(name != "href" || value.hasPrefix("#"))
      }
    }
    #expect(!page.contains("url(") && !page.contains("@import"))
  }

  @Test("names of the data mean themselves, whatever they hold")
  func escaping() throws {
    var run = SampleRun.likelihood
    run.name = "<script>alert('x')</script>"
    run.request?.formulas = ["y ~ \"a\" & <b>"]
    run.fitReport?.fixed[1].name.term = "</td><script>"
    run.warnings[0].message = "a < b & \"c\""
    run.residualReport?.outcomes[0].name = "m\"<i>"
    let page = page(run)
    #expect(!page.contains("<script") && !page.contains("<i>") && !page.contains("<b>"))
    let elements = try XMLReader.elements(of: page)
    #expect(elements.contains { $0.name == "h1" && $0.text == run.name })
    #expect(elements.contains { $0.name == "td" && $0.text == "</td><script>" })
    #expect(elements.contains { $0.name == "td" && $0.text == "a < b & \"c\"" })
  }

  @Test("a fit without draws has what there is of it, a run that failed its reason")
  func others() throws {
    let likelihood = try headings(page(SampleRun.likelihood))
    #expect(likelihood.contains("Estimates") && likelihood.contains("Random effects"))
    #expect(!likelihood.contains("Trace") && !likelihood.contains("Sampler"))
    let failed = page(SampleRun.failed)
    #expect(try headings(failed).prefix(2) == ["Verdicts", "Model"])
    #expect(failed.contains("no column &#39;sess&#39;"))
    let foreign = try headings(page(SampleRun.foreign))
    #expect(foreign.contains("Convergence") && !foreign.contains { $0.hasPrefix("Residuals") })
    for run in [SampleRun.waiting, SampleRun.optimizing] {
      #expect(try headings(page(run)).prefix(2) == ["Verdicts", "Model"])
    }
  }

  @Test("the same run gives the same page, and says how much of it is left out")
  func repeatable() {
    let run = SampleRun.likelihood
    #expect(page(run) == page(run))
    #expect(Self.checked.contains("more are left out."))
    #expect(page(run, .dark).contains("fill=\"#16191f\""))
  }

  @Test("keys and the row in front are not printed")
  func printed() {
    var frame = CellBuffer(size: Size(columns: 24, rows: 2))
    frame.write([StyledText("a"), StyledText(" [ ]", Style(.key))], in: frame.bounds)
    frame.write("▶ row", at: Point(column: 0, row: 1), .selected)
    let printed = frame.printed()
    #expect(printed.asText() == "a\n  row")
    #expect(printed[Point(column: 2, row: 1)]?.style == Style(.text, .bold))
    var box = CellBuffer(size: Size(columns: 40, rows: 3))
    box.drawBox(box.bounds, title: "Trace", note: "view 1 of 7 ([ ]), 3 of 9")
    #expect(
      box.printed().asText().split(separator: "\n")[0]
        == "┌─ Trace ──────────────────────────────┐")
    #expect(frame.cropped(toRows: 1).asText() == "a [ ]")
  }
}
