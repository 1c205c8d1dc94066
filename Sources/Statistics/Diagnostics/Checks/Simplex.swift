// The maximum of a function of few variables without derivatives.

/// The simplex method of Nelder & Mead (1965, Computer Journal 7).
enum Simplex {
  /// The place and the value of a maximum near `start`; `step` is the size of the first simplex.
  static func maximize(
    from start: [Double], step: Double, evaluations: Int = 300,
    _ body: ([Double]) -> Double
  ) -> (place: [Double], value: Double) {
    let n = start.count
    var corners =
      [start]
      + (0..<n).map { i in
        var corner = start
        corner[i] += step
        return corner
      }
    var values = corners.map(body)
    var count = values.count
    while count < evaluations {
      let order = values.indices.sorted { values[$0] > values[$1] }
      corners = order.map { corners[$0] }
      values = order.map { values[$0] }
      if values[0] - values[n] < 1e-7 { break }
      let middle = (0..<n).map { i in
        corners[..<n].reduce(0) { $0 + $1[i] } / Double(n)
      }
      func along(_ t: Double) -> [Double] {
        (0..<n).map { middle[$0] + t * (middle[$0] - corners[n][$0]) }
      }
      var best = (place: along(1), value: 0.0)
      best.value = body(best.place)
      count += 1
      if best.value > values[0] {
        let far = along(2)
        let value = body(far)
        count += 1
        if value > best.value { best = (far, value) }
      } else if best.value <= values[n - 1] {
        let near = along(best.value > values[n] ? 0.5 : -0.5)
        let value = body(near)
        count += 1
        if value > max(best.value, values[n]) {
          best = (near, value)
        } else if best.value <= values[n] {
          for k in 1...n {
            for i in 0..<n { corners[k][i] = 0.5 * (corners[k][i] + corners[0][i]) }
            values[k] = body(corners[k])
          }
          count += n
          continue
        }
      }
      corners[n] = best.place
      values[n] = best.value
    }
    let place = values.indices.max { values[$0] < values[$1] } ?? 0
    return (corners[place], values[place])
  }
}
