// What the pane of estimates comes back with when the dashboard opens again.

extension EstimatesPane {
  package var memory: [String: String] {
    [
      "order": String(order.rawValue), "reversed": String(isReversed), "plot": String(prefersPlot),
    ]
  }

  package mutating func recall(_ memory: [String: String]) {
    if let order = memory["order"].flatMap(Int.init).flatMap(EstimateOrder.init) {
      self.order = order
    }
    if let flag = memory["reversed"].flatMap(Bool.init) { isReversed = flag }
    if let flag = memory["plot"].flatMap(Bool.init) { prefersPlot = flag }
  }
}
