// Columns of made-up draws of a model, as a chain's store has them.

import MixedModel
import Predictive
import Probability
import TestSupport

/// Draws of ψ and b of a model, as points and as columns in the order of the reported parameters.
struct DrawnColumns {
  let points: [PredictivePoint]
  let columns: [[Double]]
  let reported: ReportedParameters

  init(_ built: BuiltCase, count: Int, seed: UInt64) {
    var reported = ReportedParameters(
      model: built.model, coordinates: EffectCoordinates(layout: built.model.effects))
    var columns = [[Double]](repeating: [], count: reported.names.count)
    var values = [Double](repeating: 0, count: reported.names.count)
    var points: [PredictivePoint] = []
    for draw in 0..<count {
      let point = PredictivePoint(
        psi: built.parameters(seed: seed + UInt64(draw)),
        effects: built.effects(seed: seed + UInt64(draw)))
      reported.write(psi: point.psi, effects: point.effects, into: &values)
      for index in columns.indices { columns[index].append(values[index]) }
      points.append(point)
    }
    self.points = points
    self.columns = columns
    self.reported = reported
  }
}
