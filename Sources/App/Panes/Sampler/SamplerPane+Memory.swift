// What the pane of the sampler comes back with when the dashboard opens again.

extension SamplerPane {
  package var memory: [String: String] {
    ["view": String(view.rawValue)]
  }

  package mutating func recall(_ memory: [String: String]) {
    if let view = memory["view"].flatMap(Int.init).flatMap(SamplerView.init) { self.view = view }
  }
}
