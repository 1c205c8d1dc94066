// How groups vary and how their effects go together, and the effects of their levels.

import RunFolder
import TerminalCore

/// The pane of random effects.
package struct RandomEffectsPane: Pane {
  package static let kind = PaneKind.randomEffects

  /// What is shown.
  enum View: String, CaseIterable {
    case covariance = "Covariance"
    case levels = "Levels"
  }

  var view = View.covariance
  /// The block in front.
  var block = 0
  /// The dimension in front in the view of covariances.
  var dimension = 0
  /// The other dimension of the correlation that is read, if one is.
  var partner: Int?
  /// The levels in view.
  var scroll = ListScroll()
  /// The dimension of any block whose levels are shown.
  private(set) var levelDimension = 0
  /// The level in front, by name.
  var level: String?
  private(set) var sortsBySize = true
  private(set) var isReversed = false

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    let sizes = blockSizes(snapshot)
    let missing = Availability.disabled("there are no random effects yet")
    switch command {
    case .previousSection, .nextSection: return sizes.isEmpty ? missing : .enabled
    case .left, .right:
      if view == .levels {
        return sizes.reduce(0, +) > 1
          ? .enabled : .disabled("there is one effect at most")
      }
      return sizes.count > 1 ? .enabled : .disabled("there is one block at most")
    case .up, .down, .pageUp, .pageDown, .first, .last:
      return sizes.isEmpty ? missing : .enabled
    case .sortColumn, .sortReverse:
      return view == .levels ? .enabled : .disabled("only levels are sorted; ] shows them")
    case .open:
      guard view == .levels else { return .disabled("] shows the levels, whose traces open") }
      return snapshot.hasDraws ? .enabled : .disabled("there are no draws to trace")
    case .toggleReadout, .readoutLeft, .readoutRight:
      if view == .levels { return .absent }
      return sizes.contains { $0 > 1 } ? .enabled : .disabled("there are no correlations")
    case .dismiss: return view == .covariance && partner != nil ? .enabled : .absent
    default: return .absent
    }
  }

  /// The numbers of effects of the blocks; asked for each key, so it goes through no draws.
  private func blockSizes(_ snapshot: DashboardSnapshot) -> [Int] {
    if let fit = snapshot.run.fitReport { return fit.random.map(\.terms.count) }
    return RandomEffectsBlock.all(of: snapshot).map(\.labels.count)
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch command {
    case .previousSection, .nextSection:
      view = view == .levels ? .covariance : .levels
      return nil
    case .sortColumn: sortsBySize.toggle()
    case .sortReverse: isReversed.toggle()
    default: break
    }
    return view == .levels
      ? updateLevels(command, snapshot, &browsing, size)
      : updateCovariance(command, snapshot, size)
  }

  private mutating func updateCovariance(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ size: Size
  ) -> PaneKind? {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else { return nil }
    let current = min(block, blocks.count - 1)
    switch command {
    case .left, .right:
      block = (current + (command == .left ? blocks.count - 1 : 1)) % blocks.count
      (dimension, partner) = (0, nil)
    case .toggleReadout, .readoutLeft, .readoutRight, .dismiss:
      movePartner(command, of: blocks[current].labels.count)
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 4)) else { return nil }
      let count = blocks[current].labels.count
      dimension = min(max(0, dimension + min(max(steps, -count), count)), max(0, count - 1))
    }
    return nil
  }

  /// Reads the correlation with another dimension.
  private mutating func movePartner(_ command: PaneCommand, of count: Int) {
    guard command != .dismiss, count > 1, partner == nil || command != .toggleReadout else {
      partner = nil
      return
    }
    guard let partner else {
      self.partner = dimension == 0 ? 1 : 0
      return
    }
    let step = command == .readoutLeft ? count - 1 : 1
    var next = (partner + step) % count
    if next == dimension, count > 2 { next = (next + step) % count }
    self.partner = next
  }

  private mutating func updateLevels(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, _ size: Size
  ) -> PaneKind? {
    let dimensions = LevelEffectDimension.all(of: snapshot)
    guard !dimensions.isEmpty else { return nil }
    let current = min(levelDimension, dimensions.count - 1)
    let rows = dimensions[current].ordered(bySize: sortsBySize, reversed: isReversed)
    let row = selectedRow(rows)
    switch command {
    case .left, .right:
      levelDimension =
        (current + (command == .left ? dimensions.count - 1 : 1)) % dimensions.count
    case .open:
      guard rows.indices.contains(row), let name = rows[row].parameter else { return nil }
      browsing.choose(name)
      return .trace
    default:
      guard let steps = rowSteps(command, page: max(1, size.rows - 6)), !rows.isEmpty else {
        return nil
      }
      let target = row + min(max(steps, -rows.count), rows.count)
      level = rows[min(max(0, target), rows.count - 1)].level
    }
    return nil
  }

  private func selectedRow(_ rows: [LevelEffectRow]) -> Int {
    level.flatMap { name in rows.firstIndex { $0.level == name } } ?? 0
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    let shared = snapshot.run.parameterNames.filter {
      $0.hasPrefix("sd_") || $0.hasPrefix("cor_")
    }
    guard view == .levels else { return shared }
    // The order rests on all levels, so all are wanted.
    let dimensions = LevelEffectDimension.all(of: snapshot)
    guard !dimensions.isEmpty else { return shared }
    return dimensions[min(levelDimension, dimensions.count - 1)].rows.compactMap(\.parameter)
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else {
      let inside = buffer.drawPanel(area, title: "Random effects")
      return buffer.drawNotice(
        missingWords(.randomEffects, snapshot), in: inside.inset(left: 1, right: 1))
    }
    let number = shownBlock(blocks)
    var rest = area
    if area.rows >= 6 {
      let top = area.splitTop(1)
      drawHeading(
        blocks, number, snapshot, into: &buffer, in: top.top.inset(left: 1, right: 1))
      rest = top.rest
    }
    guard view == .levels else {
      return CovarianceView(block: blocks[number], dimension: dimension, partner: partner).draw(
        into: &buffer, in: rest)
    }
    caterpillar(snapshot)?.draw(into: &buffer, in: rest)
  }

  /// The levels as drawn.
  func caterpillar(_ snapshot: DashboardSnapshot) -> CaterpillarView? {
    let dimensions = LevelEffectDimension.all(of: snapshot)
    guard !dimensions.isEmpty else { return nil }
    let shown = dimensions[min(levelDimension, dimensions.count - 1)]
    let rows = shown.ordered(bySize: sortsBySize, reversed: isReversed)
    return CaterpillarView(
      dimension: shown, rows: rows,
      order: (sortsBySize ? "sorted by size" : "in the order of the data")
        + (isReversed ? ", reversed" : ""),
      basis: snapshot.hasKeptDraws
        ? "means, 50% and 95% intervals" : "conditional modes, 50% and 95% intervals",
      selected: selectedRow(rows), scroll: scroll, emptyWords: emptyWords(snapshot))
  }

  private func emptyWords(_ snapshot: DashboardSnapshot) -> String {
    snapshot.hasKeptDraws
      ? "These draws hold no effects of single levels."
      : "fit.json holds no conditional modes, so the effects of single levels are not available."
  }

  /// The block that is in front, or the one whose levels are shown.
  func shownBlock(_ blocks: [RandomEffectsBlock]) -> Int {
    guard view == .levels else { return min(block, blocks.count - 1) }
    var before = 0
    for (place, block) in blocks.enumerated() {
      before += block.labels.count
      if levelDimension < before { return place }
    }
    return blocks.count - 1
  }

  private func drawHeading(
    _ blocks: [RandomEffectsBlock], _ number: Int, _ snapshot: DashboardSnapshot,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let shown = blocks[number]
    var pieces = View.allCases.map { view in
      let name = view == self.view ? "[\(view.rawValue)]" : " \(view.rawValue) "
      return StyledText(name, view == self.view ? Style(.title, .bold) : Style(.muted))
    }
    pieces.append(StyledText(" [ ]  ", Style(.key)))
    pieces.append(StyledText(shown.group, Style(.title, .bold)))
    if let levels = shown.levels { pieces.append(StyledText(", \(counted(levels, "level"))")) }
    if let structure = shown.structure {
      pieces.append(StyledText(", \(structureWords(structure))"))
    }
    if blocks.count > 1 {
      pieces.append(StyledText("  block \(number + 1) of \(blocks.count) (h l)", Style(.muted)))
    }
    let used = buffer.write(pieces, in: area)
    let source = sourceWords(snapshot)
    if used + displayWidth(of: source, in: buffer.charset) + 2 <= area.columns {
      buffer.write(source, in: area, Style(.muted), aligned: .right)
    }
  }

  private func sourceWords(_ snapshot: DashboardSnapshot) -> String {
    guard snapshot.hasKeptDraws else { return "estimates of the optimizer" }
    let basis = basisWords(snapshot.diagnostics.basis, of: snapshot.run.chains.count)
    return "posterior means, \(basis)"
  }
}

/// A covariance structure in words.
func structureWords(_ structure: String) -> String {
  switch structure {
  case "us": "unstructured"
  case "diag": "uncorrelated"
  case "homdiag": "uncorrelated, one variance"
  case "cs": "compound symmetry"
  default: structure
  }
}
