// What the panes cost the processor: frames, keys, and what else a loaded run asks for.

import Dashboard
import Panes
import RunFolder
import TerminalCore

/// Frames and keys without a terminal, by pane.
enum FrameTables {
  static func measure(
    _ loads: [ScreenSection.Load], _ settings: BenchSettings, _ show: (BenchTable) -> Void
  ) throws {
    var frames = BenchTable(
      "Screen: CPU milliseconds of a frame of 120 by 40, by pane",
      columns: ["run"] + PaneKind.allCases.map(\.title))
    var keys = BenchTable(
      "Screen: CPU milliseconds of a key (j) with what comes into view, by pane",
      columns: ["run"] + PaneKind.allCases.map(\.title))
    var other = BenchTable(
      "Screen: CPU milliseconds of other work",
      columns: [
        "run", "read, s", "filter 'th'", "filter '^b.*9$'", "statistics of one parameter",
        "order of renewal",
      ])
    for load in loads {
      try TemporaryFolder.with { folder in
        _ = try DrawFiles.write(
          parameters: load.parameters, draws: load.draws / ScreenSection.chains,
          chains: ScreenSection.chains, in: folder)
        var watcher = try RunWatcher(paths: [folder])
        let reading = try Stopwatch.cost { _ = try watcher.refresh() }
        let run = watcher.snapshot
        var cache = DiagnosticCache()
        cache.refresh(run, now: 1, budget: .seconds(2))
        let order = Stopwatch.secondsPerCall(batches: 5) {
          // Another second, so that the order is made anew.
          cache.refresh(run, now: 3, isGrowing: true, budget: .zero)
          cache.refresh(run, inView: [run.parameterNames[1]], now: 5, budget: .zero)
        }
        let one = Stopwatch.secondsPerCall(batches: 5) {
          var single = DiagnosticCache()
          var small = run
          small.chains = run.chains.map { chain in
            ChainDraws(
              id: chain.id, names: Array(chain.names.prefix(8)),
              columns: Array(chain.columns.prefix(8)), warmupCount: chain.warmupCount)
          }
          single.refresh(small, now: 1, budget: .zero)
        }
        var state = DashboardState(
          snapshot: DashboardSnapshot(run: run, diagnostics: cache.report, now: 1),
          size: Size(columns: 120, rows: 40))
        var frameRow: [Cell] = [.text(load.name)]
        var keyRow: [Cell] = [.text(load.name)]
        for pane in PaneKind.allCases {
          state.go(to: pane)
          if let detail = state.detailInView {
            cache.refresh(run, detail: detail, now: 1, budget: .milliseconds(500))
            _ = state.handle(
              .data(DashboardSnapshot(run: run, diagnostics: cache.report, now: 1)))
          }
          frameRow.append(
            .number(1e3 * Stopwatch.secondsPerCall(batches: 7) { _ = state.frame() }))
          keyRow.append(
            .number(
              1e3
                * Stopwatch.secondsPerCall(batches: 7) {
                  _ = state.handle(.key(.character("j")))
                  _ = state.parametersInView
                }))
        }
        frames.rows.append(frameRow)
        keys.rows.append(keyRow)
        var browsing = state.browsing
        func filter(_ pattern: String) -> Cell {
          .number(
            1e3
              * Stopwatch.secondsPerCall(batches: 5) {
                browsing.setFilter("")
                browsing.setFilter(pattern)
              })
        }
        other.rows.append([
          .text(load.name), .number(reading.processor), filter("th"), filter("^b.*9$"),
          .number(1e3 * one), .number(1e3 * order / 2),
        ])
      }
    }
    show(frames)
    show(keys)
    show(other)
  }
}
