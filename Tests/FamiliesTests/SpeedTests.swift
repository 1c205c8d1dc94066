// The cost of a row, printed when MGLMM_SPEED is set; nothing is asserted, as machines are shared.

import Foundation
import Probability
import Testing

@testable import Families

@Suite(
  "The kernels' speed can be measured",
  .enabled(if: ProcessInfo.processInfo.environment["MGLMM_SPEED"] != nil))
struct SpeedTests {
  @Test func nanosecondsPerRow() {
    let rows = 100_096
    for item in FamilyCase.all {
      let data = item.draw(rows, seed: 1)
      let response = item.family.prepare(y: data.y, trials: data.trials)
      for constant in [true, false] where constant || data.eta.count > 1 {
        var blocks: [PredictorBlock] = []
        for start in stride(from: 0, to: rows, by: rowsPerBlock) {
          var block = PredictorBlock(count: data.eta.count)
          for a in data.eta.indices {
            block.isConstant[a] = constant && a > 0
            for i in 0..<rowsPerBlock {
              block.values[a * rowsPerBlock + i] = data.eta[a][constant && a > 0 ? 0 : start + i]
            }
          }
          blocks.append(block)
        }
        var derivatives = DerivativeBlock(predictorCount: data.eta.count)
        var line = item.label + (data.eta.count > 1 ? constant ? ", constant" : ", varying" : "")
        for order in [DerivativeOrder.value, .first, .second, .third] {
          var best = Double.infinity
          var sum = 0.0
          for _ in 0..<40 {
            let clock = ContinuousClock()
            let time = clock.measure {
              for (b, block) in blocks.enumerated() {
                sum += item.family.evaluate(
                  response, start: b * rowsPerBlock, count: rowsPerBlock, predictors: block,
                  order: order, into: &derivatives)
              }
              if constant, block1IsShared(data.eta.count) {
                sum += item.family.sharedTerm(response, constantPredictor: data.eta[1][0]).value
              }
            }
            best = min(best, time / .nanoseconds(1) / Double(rows))
          }
          line += String(format: "  %.2f", best)
          #expect(!sum.isNaN)
        }
        print("ns per row to order 0 1 2 3:", line)
      }
    }
  }

  private func block1IsShared(_ predictors: Int) -> Bool { predictors > 1 }
}
