// Rows in groups whose response is drawn from exactly the model that is fitted.

import Probability

/// What a response of a sound model is made of.
struct SoundRow {
  /// Two covariates, standard normal.
  let x: Double
  let z: Double
  /// Standard normal effects of the row's group: the first for intercepts, the second for slopes, the third for more.
  let group: [Double]
  /// A standard normal effect of a factor within the groups.
  let inner: Double
  /// A standard normal effect of a factor that crosses the groups.
  let crossed: Double
  /// 0, 1 or 2, the level of the category `kind`.
  let kind: Int
}

extension DataSketch {
  /// Rows in groups `g`, with `inner` within them, `h` across them, and the columns `x`, `z` and `kind`.
  ///
  /// - Parameters:
  ///   - numbers: those of `x` and `z` that the file is to have.
  ///   - categories: those of `g`, `inner`, `h` and `kind` that the file is to have.
  ///   - response: the outcomes and whatever else the formula needs.
  static func sound(
    _ groups: Int, _ size: Int, _ stream: inout RandomStream, keeping numbers: [String],
    _ categories: [String],
    _ response: (inout RandomStream, SoundRow) -> KeyValuePairs<String, Double>
  ) -> DataSketch {
    var data = DataSketch()
    let crossed = stream.nextNormals(15)
    for group in 0..<groups {
      let (own, inner) = (stream.nextNormals(3), stream.nextNormals(4))
      for place in 0..<size {
        let h = stream.nextInt(below: crossed.count)
        let row = SoundRow(
          x: stream.nextNormal(), z: stream.nextNormal(), group: own,
          inner: inner[place % inner.count], crossed: crossed[h], kind: stream.nextInt(below: 3))
        let outcomes = response(&stream, row).map { ($0.key, $0.value) }
        let covariates = [("x", row.x), ("z", row.z)]
        let groupings = [
          ("g", "g\(group)"), ("inner", "i\(place % inner.count)"), ("h", "h\(h)"),
          ("kind", ["a", "b", "c"][row.kind]),
        ]
        data.append(
          outcomes + covariates.filter { numbers.contains($0.0) },
          in: groupings.filter { categories.contains($0.0) })
      }
    }
    return data
  }
}
