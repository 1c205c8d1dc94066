// One value at many draws of the predictors, against the scalar density and the kernels that take many values.

import Foundation
import Probability
import Testing

@testable import Families

@Suite("A value at many draws of the predictors has the scalar density at each")
struct DrawKernelTests {
  @Test("values and derivatives, the last predictors varying or fixed", arguments: FamilyCase.all)
  func twins(_ item: FamilyCase) {
    for count in [1, 7, 8, 200, 256] {
      let data = item.draw(count, seed: UInt64(count))
      let response = item.family.prepare(y: data.y, trials: data.trials)
      for isFixed in [false, true] {
        var predictors = PredictorBlock(count: data.eta.count)
        for (a, list) in data.eta.enumerated() {
          predictors.isConstant[a] = isFixed && a > 0
          for i in 0..<rowsPerBlock {
            predictors.values[a * rowsPerBlock + i] =
              isFixed && a > 0 ? list[0] : i < count ? list[i] : .nan
          }
        }
        let row = count / 2
        var values = [Double](repeating: 0, count: rowsPerBlock)
        var derivatives = DerivativeBlock(predictorCount: data.eta.count)
        item.family.evaluateDraws(
          response, row: row, count: count, predictors: predictors, order: .value,
          values: &values, into: &derivatives)
        let plain = values
        item.family.evaluateDraws(
          response, row: row, count: count, predictors: predictors, order: .second,
          values: &values, into: &derivatives)
        for draw in 0..<count {
          let eta = data.eta.enumerated().map { a, list in isFixed && a > 0 ? list[0] : list[draw] }
          let scalar = item.family.logDensity(
            y: data.y[row], trials: data.trials?[row] ?? 1, predictors: eta)
          #expect(agrees(values[draw], scalar), "\(values[draw]) instead of \(scalar)")
          #expect(agrees(plain[draw], scalar))
          let one = oneRow(
            item.family, y: data.y[row], trials: data.trials.map { $0[row] }, predictors: eta,
            constant: false)
          for c in 0..<derivatives.channels.second(eta.count - 1, eta.count - 1) + 1 {
            #expect(agrees(derivatives.values[c * rowsPerBlock + draw], one.channels[c]))
          }
        }
      }
    }
  }
}
