// The kernels against their scalar twins and against finite differences of themselves.

import Foundation
import Probability
import Testing

@testable import Families

@Suite("Kernels agree with the scalar density and their derivatives with finite differences")
struct KernelTests {
  @Test("the sum of a block is the sum of the scalar log densities", arguments: FamilyCase.all)
  func twins(_ item: FamilyCase) throws {
    for (seed, count) in (Array(1...19) + [255, 256]).enumerated() {
      let data = item.draw(count, seed: UInt64(seed))
      try item.family.check(y: data.y, trials: data.trials)
      let response = item.family.prepare(y: data.y, trials: data.trials)
      // Each kernel in turn: every predictor varies, the dispersion is constant, everything is
      // constant.
      for constants in [0, 1, 2] {
        let eta = data.eta.enumerated().map { a, list in
          constants == 2 || constants == 1 && a > 0 ? [list[0]] : list
        }
        // Rows beyond the data hold NaN, which must not reach the sum.
        let block = evaluate(item.family, response, eta: eta, rest: .nan)
        var kernel = block.sum + response.constantSum
        if eta.count > 1, eta[1].count == 1 {
          kernel += item.family.sharedTerm(response, constantPredictor: eta[1][0]).value
        }
        var scalar = 0.0
        for i in 0..<count {
          scalar += item.family.logDensity(
            y: data.y[i], trials: data.trials?[i] ?? 1,
            predictors: eta.map { $0.count == 1 ? $0[0] : $0[i] })
        }
        #expect(abs(kernel - scalar) <= 1e-11 * max(abs(scalar), 1), "\(count) \(constants)")
        for c in 0..<block.derivatives.channels.count {
          for row in count..<rowsPerBlock { #expect(block.channel(c, row: row) == 0) }
        }
      }
    }
  }

  @Test("blocks that start later read their own rows", arguments: FamilyCase.all)
  func laterBlocks(_ item: FamilyCase) {
    let data = item.draw(600, seed: 77)
    let response = item.family.prepare(y: data.y, trials: data.trials)
    var kernel = response.constantSum
    for start in [0, 256, 512] {
      let rows = start..<min(start + rowsPerBlock, 600)
      kernel +=
        evaluate(
          item.family, response, eta: data.eta.map { Array($0[rows]) }, order: .value,
          start: start
        ).sum
    }
    var scalar = 0.0
    for i in 0..<600 {
      scalar += item.family.logDensity(
        y: data.y[i], trials: data.trials?[i] ?? 1, predictors: data.eta.map { $0[i] })
    }
    #expect(abs(kernel - scalar) <= 1e-11 * abs(scalar))
  }

  @Test(
    "a lower order gives the same numbers and leaves the other channels", arguments: FamilyCase.all)
  func orders(_ item: FamilyCase) {
    let data = item.draw(61, seed: 5)
    let response = item.family.prepare(y: data.y, trials: data.trials)
    for constant in [true, false] {
      let eta = data.eta.enumerated().map { a, list in constant && a > 0 ? [list[0]] : list }
      let full = evaluate(item.family, response, eta: eta)
      let m = eta.count
      let firstOfOrder = [0, m, m + m * (m + 1) / 2, full.derivatives.channels.count]
      for order in [DerivativeOrder.value, .first, .second] {
        let part = evaluate(item.family, response, eta: eta, order: order)
        #expect(abs(part.sum - full.sum) <= 1e-13 * abs(full.sum))
        for c in 0..<firstOfOrder[3] {
          for row in 0..<61 {
            let expected = c < firstOfOrder[order.rawValue] ? full.channel(c, row: row) : 0
            #expect(abs(part.channel(c, row: row) - expected) <= 1e-12 * max(1, abs(expected)))
          }
        }
      }
    }
  }

  @Test("each derivative is the finite difference of the one below it", arguments: FamilyCase.all)
  func finiteDifferences(_ item: FamilyCase) {
    let data = item.draw(80, seed: 11)
    let m = item.eta.count
    let channels = DerivativeChannels(predictorCount: m)
    for constant in [true, false] where constant == false || m > 1 {
      for i in 0..<80 {
        func at(_ shift: Double, _ predictor: Int) -> (value: Double, channels: [Double]) {
          var eta = data.eta.map { $0[i] }
          eta[predictor] += shift
          return oneRow(
            item.family, y: data.y[i], trials: data.trials?[i], predictors: eta,
            constant: constant)
        }
        let center = at(0, 0)
        for a in 0..<m {
          // The five-point formula: its error is of order h^4, rounding of order 1e-15 / h.
          let h = 2e-3
          let (p1, m1, p2, m2) = (at(h, a), at(-h, a), at(2 * h, a), at(-2 * h, a))
          func slope(_ f: ((value: Double, channels: [Double])) -> Double) -> Double {
            (8 * (f(p1) - f(m1)) - (f(p2) - f(m2))) / (12 * h)
          }
          func expectEqual(_ channel: Int, _ difference: Double) {
            let value = center.channels[channel]
            let size = max(1, abs(center.value), center.channels.map(abs).max() ?? 0)
            #expect(abs(value - difference) <= 2e-8 * size, "row \(i) channel \(channel)")
          }
          expectEqual(channels.first(a), slope { $0.value })
          for b in 0..<m {
            expectEqual(channels.second(a, b), slope { $0.channels[channels.first(b)] })
            for c in b..<m {
              // sharedTerm has no third derivative, so with a constant dispersion (1, 1, 1) is the
              // kernel's part only.
              if constant && a == 1 && b == 1 && c == 1 { continue }
              expectEqual(channels.third(a, b, c), slope { $0.channels[channels.second(b, c)] })
            }
          }
        }
      }
    }
  }

  @Test("the kernel's part and the shared part are each consistent by themselves")
  func parts() {
    let family = NegativeBinomialFamily()
    let y = [0.0, 1, 3, 700, 12, 2500, 12, 12, 1]
    let response = family.prepare(y: y, trials: nil)
    let mu = [0.1, 0, 1, 5, 2, 7, 3, 2.2, -1]
    let h = 1e-3
    func kernel(_ logShape: Double) -> BlockResult {
      evaluate(family, response, eta: [mu, [logShape]])
    }
    for logShape in [-6.0, 0, 3, 12] {
      let (p, c, n) = (kernel(logShape + h), kernel(logShape), kernel(logShape - h))
      func total(_ channel: Int, _ block: BlockResult) -> Double {
        (0..<y.count).reduce(0) { $0 + block.channel(channel, row: $1) }
      }
      let scale = max(1, abs(c.sum), total(1, c), abs(total(8, c)))
      #expect(abs(total(1, c) - (p.sum - n.sum) / (2 * h)) < 2e-6 * scale)
      #expect(abs(total(4, c) - (total(1, p) - total(1, n)) / (2 * h)) < 2e-6 * scale)
      #expect(abs(total(8, c) - (total(4, p) - total(4, n)) / (2 * h)) < 2e-6 * scale)
      let shared = [-h, 0, h].map {
        family.sharedTerm(response, constantPredictor: logShape + $0)
      }
      let size = max(1, abs(shared[1].value))
      #expect(abs(shared[1].first - (shared[2].value - shared[0].value) / (2 * h)) < 2e-6 * size)
      #expect(abs(shared[1].second - (shared[2].first - shared[0].first) / (2 * h)) < 2e-6 * size)
    }
  }

  @Test("far predictors give finite values or minus infinity, never NaN", arguments: FamilyCase.all)
  func farPredictors(_ item: FamilyCase) {
    for eta in [-690.0, -100, -38, 38, 100, 690] {
      for y in [0.0, 1, 3] {
        let trials: Double? = item.trials ? 3 : nil
        if item.family.name == "bernoulli", y > 1 { continue }
        let predictors = item.eta.count == 1 ? [eta] : [eta, 0.5]
        for constant in [true, false] {
          let row = oneRow(
            item.family, y: y, trials: trials, predictors: predictors, constant: constant)
          #expect(!row.value.isNaN, "y \(y) eta \(eta)")
        }
      }
    }
  }
}
