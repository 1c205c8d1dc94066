// What the pane of random effects comes back with when the dashboard opens again.

extension RandomEffectsPane {
  package var memory: [String: String] {
    ["view": view.rawValue, "block": String(block)]
  }

  package mutating func recall(_ memory: [String: String]) {
    if let view = memory["view"].flatMap(View.init) { self.view = view }
    if let block = memory["block"].flatMap(Int.init), block >= 0 { self.block = block }
  }
}
