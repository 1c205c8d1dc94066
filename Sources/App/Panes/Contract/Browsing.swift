// What the user is looking at: shared by the panes, so that they show the same parameter and chains.

import RunFolder
import TerminalCore

/// Choices that hold in every pane.
package struct Browsing {
  /// The filter on parameters.
  package private(set) var filter = ParameterFilter()
  /// The parameters that pass the filter: the pinned ones first, the others in the order of the file.
  package private(set) var parameters: [String] = []
  /// The parameter that the user chose, if there was a choice; ``parameter`` is the one in force.
  private var chosen: String?
  /// Whether plots of draws include the warm-up.
  package var includesWarmup = false
  /// The chain shown alone or in front; `nil` shows all alike.
  package var chain: Int?

  /// The parameters that the user pinned, in the order of pinning.
  package private(set) var pinned: [String] = []
  /// The glyphs that panes are drawn with, so that a press is found at what is drawn there.
  package var charset = Charset.braille

  private var names: [String] = []

  /// Nothing chosen yet.
  package init() {}

  /// The parameter in front: the chosen one, or the first.
  package var parameter: String? {
    if let chosen, parameters.contains(chosen) { return chosen }
    return parameters.first
  }

  /// The parameter that the user chose, if it passes the filter.
  package var chosenParameter: String? {
    chosen.flatMap { parameters.contains($0) ? $0 : nil }
  }

  /// The place of the parameter in front among those that pass the filter.
  package var parameterIndex: Int? { parameter.flatMap { parameters.firstIndex(of: $0) } }

  /// How many parameters there are without the filter.
  package var parameterCount: Int { names.count }

  /// Takes over the names that a run has now.
  package mutating func refresh(from run: RunSnapshot) {
    var names = run.parameterNames
    if run.chains.first?.index(of: "lp__") != nil { names.append("lp__") }
    guard names != self.names else { return }
    self.names = names
    apply()
    if let chain, !run.chains.contains(where: { $0.id == chain }) { self.chain = nil }
  }

  /// Puts another filter in force.
  package mutating func setFilter(_ pattern: String) {
    guard pattern != filter.pattern else { return }
    filter = ParameterFilter(pattern)
    apply()
  }

  /// Chooses a parameter by name.
  package mutating func choose(_ name: String) { chosen = name }

  /// Pins a parameter, or lets it go; whether it is pinned now.
  @discardableResult
  package mutating func togglePin(_ name: String) -> Bool {
    // The order changes; what is in front stays in front.
    if let parameter { chosen = parameter }
    if let place = pinned.firstIndex(of: name) {
      pinned.remove(at: place)
      apply()
      return false
    }
    pinned.append(name)
    apply()
    return true
  }

  /// Chooses the parameter so many places further on, within the list.
  package mutating func move(by steps: Int) {
    guard let index = parameterIndex else { return }
    chosen = parameters[min(max(0, index + steps), parameters.count - 1)]
  }

  /// Pins these parameters and no others.
  package mutating func pin(_ names: [String]) {
    var seen: Set<String> = []
    pinned = names.filter { seen.insert($0).inserted }
    apply()
  }

  /// Goes on to the next chain, and after the last to all.
  package mutating func cycleChain(of run: RunSnapshot) {
    let numbers = run.chains.map(\.id)
    guard let current = chain, let place = numbers.firstIndex(of: current) else {
      chain = numbers.first
      return
    }
    chain = place + 1 < numbers.count ? numbers[place + 1] : nil
  }

  private mutating func apply() {
    parameters = pinnedFirst(filter.isActive ? names.filter { filter.matches($0) } : names)
  }

  /// The same names with those that are pinned before the others.
  package func pinnedFirst(_ names: [String]) -> [String] {
    guard !pinned.isEmpty else { return names }
    let there = Set(names)
    let first = pinned.filter { there.contains($0) }
    let taken = Set(first)
    return first + names.filter { !taken.contains($0) }
  }
}
