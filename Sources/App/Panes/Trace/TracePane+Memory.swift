// What the pane of traces comes back with when the dashboard opens again.

extension TracePane {
  package var memory: [String: String] {
    ["view": String(mode.rawValue)]
  }

  package mutating func recall(_ memory: [String: String]) {
    if let mode = memory["view"].flatMap(Int.init).flatMap(TraceMode.init) { self.mode = mode }
  }
}
