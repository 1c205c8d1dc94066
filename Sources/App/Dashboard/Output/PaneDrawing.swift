// A pane drawn once as text, without a terminal.

import Panes
import RunFolder
import TerminalCore

/// What to draw, as `mglmm-tui show` is asked for it.
package struct PaneDrawing {
  package var pane = PaneKind.overview
  package var size = Size(columns: 120, rows: 40)
  /// The outcome of the residuals; the first if `nil`.
  package var outcome: String?
  /// The parameter of the trace; the first if `nil`.
  package var parameter: String?
  /// The view of a pane that has several, counted from 1.
  package var view = 1
  /// Only parameters that match; all if empty.
  package var filter = ""
  /// Whether traces begin with the warm-up.
  package var includesWarmup = false
  /// Whether tabs and keys are drawn too, as the dashboard shows them.
  package var isWholeScreen = false
  /// Keys and limits as the user wants them.
  package var configuration = Configuration()

  /// The names of all panes.
  package static var paneNames: [String] { PaneKind.allCases.map(\.rawValue) }

  /// More views than any pane has.
  private static let mostViews = 100

  /// A drawing of the overview.
  package init() {}

  /// Takes over what the user typed.
  package mutating func set(pane name: String) throws(LooksError) {
    guard let kind = PaneKind(named: name) else {
      let names = PaneKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw LooksError(description: "there is no pane '\(name)'; there are \(names)")
    }
    pane = kind
  }

  /// Takes over a size such as `120x40`.
  package mutating func set(size text: String) throws(LooksError) {
    let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 2, numbers.count == 2, numbers.allSatisfy({ (1...1000).contains($0) })
    else {
      throw LooksError(
        description: "the size '\(text)' is not columns x rows from 1 to 1000, such as 120x40")
    }
    size = Size(columns: numbers[0], rows: numbers[1])
  }

  /// The drawing of a run, line by line, with colours where the depth has any.
  package func text(
    of run: RunSnapshot, looks: Looks, depth: ColorDepth, now: Double
  ) throws(LooksError) -> String {
    let frame = frame(of: try state(of: run, looks: looks, now: now))
    guard depth > .none else { return frame.asText() + "\n" }
    return frame.asANSI(looks.themes[0], depth: depth) + "\n"
  }

  /// The screen or the pane alone.
  func frame(of state: DashboardState) -> CellBuffer {
    isWholeScreen ? state.frame() : state.paneFrame(size: size)
  }

  /// A dashboard on a run with the choices made.
  ///
  /// - Parameter charset: the glyphs where the looks leave them open; those of the locale if `nil`.
  func state(
    of run: RunSnapshot, looks: Looks, charset fallback: Charset? = nil, now: Double
  ) throws(LooksError) -> DashboardState {
    var cache = DiagnosticCache(thresholds: configuration.thresholds)
    cache.refresh(run, now: now)
    var rates = RateMeter()
    let snapshot = DashboardSnapshot(
      run: run, diagnostics: cache.report, rates: rates.observe(run, now: now), now: now)
    let charset = looks.charset ?? fallback ?? (Looks.localeHasUnicode ? .braille : .ascii)
    var state = DashboardState(
      snapshot: snapshot, size: size, themes: looks.themes, charset: charset,
      keys: configuration.keys)
    try choose(in: &state)
    if let detail = state.detailInView {
      cache.refresh(run, detail: detail, now: now)
      var detailed = snapshot
      detailed.diagnostics = cache.report
      _ = state.handle(.data(detailed))
    }
    return state
  }

  private func choose(in state: inout DashboardState) throws(LooksError) {
    state.go(to: pane)
    if view > 1 {
      guard view <= Self.mostViews else {
        throw LooksError(description: "the view \(view) is not one of 1 to \(Self.mostViews)")
      }
      for _ in 1..<view { _ = state.perform(.pane(.nextSection)) }
    }
    state.browsing.includesWarmup = includesWarmup
    state.browsing.setFilter(filter)
    if let problem = state.browsing.filter.problem {
      throw LooksError(
        description: "the filter '\(filter)' is not a regular expression: \(problem)")
    }
    if let outcome {
      let run = state.snapshot.run
      let names =
        (run.residualReport?.outcomes.map(\.name) ?? [])
        + (run.predictiveReport?.outcomes.filter(\.isConditional).map(\.name) ?? [])
        .filter { name in run.residualReport?.outcomes.contains { $0.name == name } != true }
      guard names.isEmpty || names.contains(outcome) else {
        throw LooksError(
          description: "there are no residuals of '\(outcome)'; there are those of "
            + names.joined(separator: ", "))
      }
      state.panes.choose(outcome: outcome)
    }
    if let parameter {
      guard state.browsing.parameters.isEmpty || state.browsing.parameters.contains(parameter)
      else {
        throw LooksError(description: "there is no parameter '\(parameter)' in this run")
      }
      state.browsing.choose(parameter)
    }
  }
}
