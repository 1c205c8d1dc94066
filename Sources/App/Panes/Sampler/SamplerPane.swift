// How the sampler moved: energies, divergences, step sizes and tree depths.

import Plots
import RunFolder
import TerminalCore

/// How the sampler moved: energies, divergences, step sizes and tree depths.
package struct SamplerPane: Pane {
  package static let kind = PaneKind.sampler

  /// What is shown.
  package internal(set) var view = SamplerView.energy
  /// The second parameter of the pairs, if the user chose one.
  private(set) var partner: String?
  /// The first of the parallel axes.
  private(set) var firstAxis = 0

  package init() {}

  /// Shows another view.
  package mutating func show(_ view: SamplerView) { self.view = view }

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .previousSection, .nextSection: break
    case .up, .down, .pageUp, .pageDown, .first, .last:
      if view != .pairs { return .absent }
      if browsing.parameters.count < 2 {
        return .disabled(
          browsing.filter.isActive ? "no other parameter passes the filter" : "no draws yet")
      }
    case .left, .right:
      switch view {
      case .pairs:
        if snapshot.run.countedParameterNames.count < 2 {
          return .disabled("there is no second parameter")
        }
      case .parallel:
        if (snapshot.diagnostics.samplerDetail?.coordinateNames.count ?? 0) < 2 {
          return .disabled("there are no axes to move along")
        }
      case .energy, .adaptation, .transitions: return .absent
      }
    case .cycleChain:
      if view != .adaptation { return .absent }
      if snapshot.run.chains.count < 2 { return .disabled("there is one chain") }
    default: return .absent
    }
    return snapshot.hasDraws ? .enabled : .disabled("no draws yet")
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .previousSection: view = view.stepped(by: -1)
    case .nextSection: view = view.stepped(by: 1)
    case .cycleChain: browsing.cycleChain(of: snapshot.run)
    case .left, .right:
      let step = command == .left ? -1 : 1
      if view == .pairs {
        let names = DivergencePairs.partners(of: browsing.parameter, snapshot)
        guard !names.isEmpty else { return nil }
        let place = partner.flatMap { names.firstIndex(of: $0) } ?? 0
        partner = names[min(max(0, place + step), names.count - 1)]
      } else {
        let count = snapshot.diagnostics.samplerDetail?.coordinateNames.count ?? 0
        firstAxis = min(max(0, firstAxis + step), max(0, count - 2))
      }
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 4)) else { return nil }
      let count = browsing.parameters.count
      browsing.move(by: min(max(steps, -count), count))
    }
    return nil
  }

  package func detailInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> DetailRequest? {
    snapshot.hasKeptDraws ? .sampler : nil
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let title =
      (area.columns >= 72 ? view.title : view.shortTitle) + priorWords(snapshot)
    let place = "view \(view.rawValue + 1) of \(SamplerView.allCases.count) ([ ])"
    // Step sizes are worth a look during warm-up already.
    let hasEnough = view == .adaptation ? snapshot.hasDraws : snapshot.hasKeptDraws
    let inside = buffer.drawPanel(
      area, title: title, note: hasEnough ? place : "", footnote: hasEnough ? basis(snapshot) : "")
    let room = inside.inset(left: 1, right: 1)
    guard hasEnough else {
      return buffer.drawNotice(
        missingWords(view == .adaptation ? .draws : .keptDraws, snapshot), in: room)
    }
    if let needed = view.neededColumn,
      snapshot.run.chains.allSatisfy({ $0.index(of: needed.name) == nil })
    {
      return buffer.drawNotice(
        "Not available: this sampler reports no \(needed.words) (no column \(needed.name)).",
        in: room)
    }
    switch view {
    case .adaptation:
      AdaptationPlots(snapshot: snapshot, browsing: browsing).draw(into: &buffer, in: inside)
    case .pairs:
      DivergencePairs(snapshot: snapshot, browsing: browsing, partner: partner).draw(
        into: &buffer, in: inside)
    case .energy, .parallel, .transitions:
      guard let detail = snapshot.diagnostics.samplerDetail else {
        return buffer.drawNotice("Computing.", in: room)
      }
      switch view {
      case .energy:
        EnergyPlot(snapshot: snapshot, detail: detail).draw(into: &buffer, in: inside)
      case .parallel:
        DivergenceLines(snapshot: snapshot, detail: detail, firstAxis: firstAxis).draw(
          into: &buffer, in: inside)
      default:
        TransitionTable(snapshot: snapshot, detail: detail).draw(into: &buffer, in: inside)
      }
    }
  }

  private func basis(_ snapshot: DashboardSnapshot) -> String {
    guard let detail = snapshot.diagnostics.samplerDetail, view != .adaptation, view != .pairs
    else { return "" }
    return "\(Format.grouped(detail.draws)) draws of \(counted(detail.chains.count, "chain"))"
  }
}
