// Drawing a pane of a sample run as text, for tests that look at it.

import Panes
import RunFolder
import SampleRuns
import TerminalCore

/// A snapshot with all that is derived from the run, ten seconds after it began.
func snapshot(_ run: RunSnapshot, detail: DetailRequest? = nil) -> DashboardSnapshot {
  var cache = DiagnosticCache()
  cache.refresh(run, detail: detail, now: SampleRun.begin + 10)
  var rates = RateMeter()
  var earlier = run
  for key in earlier.progress.keys { earlier.progress[key]?.iteration -= 200 }
  earlier.chains = []
  _ = rates.observe(earlier, now: SampleRun.begin + 8)
  var report = cache.report
  // The folders of sample runs are not there; their data are.
  switch run.state {
  case .waiting, .reading, .failed, .foreign: break
  default: if detail == .data { report.data = DataDetail(run, summary: SampleRun.data) }
  }
  return DashboardSnapshot(
    run: run, diagnostics: report,
    rates: rates.observe(run, now: SampleRun.begin + 10), now: SampleRun.begin + 10)
}

/// The choices of a user who has chosen nothing yet.
func browsing(_ run: RunSnapshot) -> Browsing {
  var browsing = Browsing()
  browsing.refresh(from: run)
  return browsing
}

/// A pane of a run as text.
func drawing(
  _ kind: PaneKind, of run: RunSnapshot, _ columns: Int, _ rows: Int, charset: Charset = .braille,
  panes: PaneSet = PaneSet(), browsing: Browsing? = nil
) -> String {
  var buffer = CellBuffer(size: Size(columns: columns, rows: rows), charset: charset)
  let choices = browsing ?? PanesTests.browsing(run)
  // Which row is in front in a sorted table depends on the numbers.
  let known =
    kind == .convergence
    ? snapshot(run) : DashboardSnapshot(run: run, now: SampleRun.begin + 10)
  let detail = panes.detailInView(of: kind, known, choices)
  panes.draw(kind, snapshot(run, detail: detail), choices, into: &buffer, in: buffer.bounds)
  return buffer.asText()
}
