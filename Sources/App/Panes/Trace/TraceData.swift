// What the plots of draws show: which chains, in which order, from which iteration on.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The choices that the plots of draws share.
struct TraceData {
  private let snapshot: DashboardSnapshot
  private let browsing: Browsing
  /// How many of the first draws are warm-up.
  let warmup: Int
  /// Whether the warm-up is in view.
  let showsWarmup: Bool

  init(_ snapshot: DashboardSnapshot, _ browsing: Browsing) {
    self.snapshot = snapshot
    self.browsing = browsing
    let chains = snapshot.run.chains
    let most = chains.map(\.warmupCount).max() ?? 0
    // Before the first kept draw all that was written is warm-up.
    warmup = snapshot.hasKeptDraws ? most : chains.map(\.count).max() ?? 0
    showsWarmup = browsing.includesWarmup || !snapshot.hasKeptDraws
  }

  /// The first iteration that can be seen.
  var firstShown: Int { showsWarmup ? 0 : warmup }

  /// The iterations that can be seen, counted from zero.
  var available: Range<Int> { firstShown..<firstShown + length }

  /// How many iterations there are for each draw that is kept.
  var thin: Int {
    let run = snapshot.run
    return max(
      1, run.request?.thin ?? run.chains.first?.settings["thin"].flatMap { Int($0) } ?? 1)
  }

  /// What the draws are called one by one: only where every iteration is kept they are iterations.
  var unitName: String { thin > 1 ? "draw" : "iteration" }

  /// The number of iterations that can be seen.
  var length: Int { max(0, (snapshot.run.chains.map(\.count).max() ?? 0) - firstShown) }

  /// The length that the draws will have when the run has ended, so that the axis does not move.
  var plannedLength: Int? {
    let run = snapshot.run
    guard run.state.isLive, let draws = run.plannedDraws else { return nil }
    let thin = max(1, run.request?.thin ?? 1)
    let written = snapshot.hasKeptDraws ? warmup : (run.plannedWarmup ?? 0) / thin
    return written + (snapshot.hasKeptDraws ? draws / thin : 0)
  }

  /// The chain in front, if it is there.
  var front: Int? {
    browsing.chain.flatMap { wanted in snapshot.run.chains.first { $0.id == wanted }?.id }
  }

  /// The draws of each chain; the chain in front last and the others faint.
  func series(of name: String) -> [TraceSeries] {
    let chains = snapshot.run.chains
    let ordered = chains.filter { $0.id != front } + chains.filter { $0.id == front }
    return ordered.compactMap { chain in
      chain[name].map {
        TraceSeries($0, role: role(of: chain.id), name: String(chain.id))
      }
    }
  }

  /// The draws after warm-up of each chain, as ``series(of:)`` orders them.
  func keptSeries(of name: String) -> [TraceSeries] {
    series(of: name).map { chain in
      TraceSeries(Array(chain.values.dropFirst(warmup)), role: chain.role, name: chain.name)
    }
  }

  /// The names and colours of the chains.
  var legend: [(name: String, role: ThemeRole)] {
    snapshot.run.chains.map { chain in
      (chain.id == front ? "\(chain.id) in front" : String(chain.id), role(of: chain.id))
    }
  }

  /// What else there is to say beside the legend.
  var legendNote: String {
    guard showsWarmup, !snapshot.hasKeptDraws else { return "" }
    return "warm-up only so far"
  }

  /// What stands in the frame under the plot: what the numbers rest on, and the warm-up.
  func footnote(of name: String, _ mode: TraceMode = .trace) -> String {
    if mode != .trace, mode != .density, let detail = snapshot.diagnostics.drawsDetail,
      detail.parameter == name
    {
      return basisWords(detail.basis, of: snapshot.run.chains.count)
    }
    var words: [String] = []
    if let known = snapshot.diagnostics.parameters[name] {
      // The age of the numbers: the draws they rest on, beside those there are.
      words.append("\(known.summary.chains) × \(Format.grouped(known.drawsPerChain)) draws")
    }
    if snapshot.hasKeptDraws, warmup > 0, mode == .trace {
      words.append(showsWarmup ? "with warm-up (w)" : "without warm-up (w)")
    }
    return words.joined(separator: ", ")
  }

  /// Mean, spread and convergence of a parameter, and what they rest on.
  func numbers(of name: String, _ charset: Charset) -> [StyledText] {
    guard let known = snapshot.diagnostics.parameters[name] else {
      let words = snapshot.hasKeptDraws ? "computing" : "no draws after warm-up yet"
      return [StyledText(words, Style(.muted))]
    }
    let summary = known.summary
    var pieces: [StyledText] = []
    func add(_ label: String, _ text: String, _ judgement: Judgement = .none) {
      pieces.append(StyledText(pieces.isEmpty ? "\(label) " : "  \(label) ", Style(.muted)))
      pieces.append(.judged(text, judgement, charset))
    }
    func number(_ value: Double?) -> String { Format.significant(value ?? .nan, digits: 4) }
    add("mean", number(summary.mean))
    add("sd", Format.significant(summary.sd ?? .nan, digits: 3))
    add("R-hat", Format.fixed(summary.rHat ?? .nan, decimals: 3), known.judgements.rHat)
    add(
      "ESS",
      Format.compact(summary.essBulk ?? .nan, digits: 3)
        + "/" + Format.compact(summary.essTail ?? .nan, digits: 3),
      max(known.judgements.bulkESS, known.judgements.tailESS))
    return pieces
  }

  /// The colour of a chain, faint beside the one in front.
  func role(of chain: Int) -> ThemeRole {
    front == nil || front == chain ? .chain(number: chain) : .grid
  }
}

/// How the draws after warm-up of one parameter are distributed.
struct TraceDensity: Drawable {
  var name: String
  var data: TraceData
  var snapshot: DashboardSnapshot

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let inside = buffer.drawPanel(area, title: "Density", note: "after warm-up")
    guard snapshot.hasKeptDraws else {
      return buffer.drawNotice("Waiting for draws after warm-up.", in: inside)
    }
    let summary = snapshot.diagnostics[name]
    let hasInterval = inside.rows >= 6
    let parts = inside.rows([.rest, .fixed(hasInterval ? 2 : 0)])
    var plot = DensityPlot(data.keptSeries(of: name))
    if let mean = summary?.mean { plot.marks = [ReferenceLine(mean, role: .accent)] }
    buffer.draw(plot, in: parts[0])
    guard hasInterval, let summary, let low = summary.q2_5, let high = summary.q97_5 else { return }
    let line = parts[1].inset(left: 1, right: 1)
    buffer.write("95% interval", in: line, Style(.muted))
    buffer.write(
      "\(Format.significant(low, digits: 3)) to \(Format.significant(high, digits: 3))",
      in: line.inset(top: 1))
  }
}

/// The parameters at the side, to choose from.
struct ParameterList: Drawable {
  var snapshot: DashboardSnapshot
  var browsing: Browsing
  var scroll = ListScroll()

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let names = browsing.parameters
    let total = browsing.parameterCount
    let note = names.count == total ? "\(total)" : "\(names.count) of \(total)"
    let inside = buffer.drawPanel(area, title: "Parameters", note: note)
    table(in: inside, buffer.charset).draw(into: &buffer, in: inside)
  }

  /// The table as drawn inside the frame.
  func table(in inside: Rect, _ charset: Charset) -> Table {
    let names = browsing.parameters
    let pinned = Set(browsing.pinned)
    let nameWidth = inside.columns - 13
    var table = Table(
      columns: [
        TableColumn("name", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("R-hat", rank: 1),
      ], rowCount: names.count
    ) { index in
      let name = names[index]
      let mark = pinned.contains(name) ? "\(charset.pin) " : ""
      let shown = StyledText(
        mark + shortened(name, columns: nameWidth - mark.count, charset: charset))
      guard let known = snapshot.diagnostics.parameters[name] else { return [shown] }
      let rHat = Format.fixed(known.summary.rHat ?? .nan, decimals: 3)
      return [shown, .judged(rHat, known.judgements.rHat, charset)]
    }
    let selected = browsing.parameterIndex ?? 0
    let visible = table.visibleCount(in: inside)
    table.selected = selected
    table.firstRow = scroll.first(showing: selected, visible: visible, of: names.count)
    return table
  }
}

/// The first row of a list that shows the selected row in the middle, as far as the ends allow.
///
/// It depends on nothing but the selection, so that drawing needs no state.
func centredFirstRow(_ selected: Int, visible: Int, of count: Int) -> Int {
  min(max(0, selected - visible / 2), max(0, count - visible))
}
