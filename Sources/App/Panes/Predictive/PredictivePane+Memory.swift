// What the pane of predictive checks comes back with when the dashboard opens again.

extension PredictivePane {
  package var memory: [String: String] {
    var memory = ["new-groups": String(isNew), "view": view.rawValue]
    memory["outcome"] = outcome
    return memory
  }

  package mutating func recall(_ memory: [String: String]) {
    outcome = memory["outcome"]
    if let view = memory["view"].flatMap(PredictiveView.init) { self.view = view }
    if let flag = memory["new-groups"].flatMap(Bool.init) { isNew = flag }
  }
}
