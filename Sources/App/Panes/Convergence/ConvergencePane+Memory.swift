// What the pane of convergence comes back with when the dashboard opens again.

extension ConvergencePane {
  package var memory: [String: String] {
    ["sort": String(sort.rawValue), "descending": String(isDescending)]
  }

  package mutating func recall(_ memory: [String: String]) {
    if let sort = memory["sort"].flatMap(Int.init).flatMap(ConvergenceColumn.init) {
      self.sort = sort
    }
    if let flag = memory["descending"].flatMap(Bool.init) { isDescending = flag }
  }
}
