// What the pane of residuals comes back with when the dashboard opens again.

extension ResidualsPane {
  package var memory: [String: String] {
    var memory = ["other-kind": String(showsOtherKind)]
    memory["outcome"] = outcome
    memory["against"] = against
    return memory
  }

  package mutating func recall(_ memory: [String: String]) {
    outcome = memory["outcome"]
    against = memory["against"]
    if let flag = memory["other-kind"].flatMap(Bool.init) { showsOtherKind = flag }
  }
}
