// Statistics of data and of simulations: values from paper, names, p values and verdicts.

import Foundation
import Probability
import Testing

@testable import Diagnostics

/// Columns as an input: fitted values play no part here.
func predictiveInput(
  _ observed: [Double], _ simulations: [[Double]], isDiscrete: Bool = false
) throws -> ResidualInput {
  try ResidualInput(
    observed: observed, fitted: observed.map { _ in 0 }, simulations: simulations.flatMap { $0 },
    isDiscrete: isDiscrete)
}

@Suite("Statistics of the data are held against those of simulations")
struct StatisticTests {
  @Test("values worked out on paper")
  func values() throws {
    let y = [1.0, 2, 3, 4, 10]
    let expected: [(String, Double)] = [
      ("mean", 4), ("sd", 12.5.squareRoot()), ("min", 1), ("max", 10), ("median", 3),
      // m3 = 36, m2 = 10.
      ("skewness", 36 / pow(10, 1.5)), ("zeros", 0), ("quantile:0.9", 7.6), ("share:>3", 0.4),
      ("share:>=3", 0.6), ("share:<2", 0.2), ("share:<=2", 0.4), ("share:=10", 0.2),
      // Deviations -3, -2, -1, 0, 6: (6 + 2 + 0 + 0) / 50 and (3 + 0 - 6) / 50.
      ("autocorrelation:1", 0.16), ("autocorrelation:2", -0.06), ("autocorrelation", 0.16),
    ]
    let statistics = try expected.map { try PredictiveStatistic(parsing: $0.0) }
    var calculator = StatisticCalculator(statistics)
    for (value, want) in zip(calculator.values(of: y[...]), expected) {
      #expect(abs(value - want.1) < 1e-14, "\(want.0)")
    }
  }

  @Test("what does not exist is no number: spread of one value, shape of equal ones")
  func missing() {
    var calculator = StatisticCalculator([.deviation, .skewness, .autocorrelation(lag: 1), .mean])
    let one = calculator.values(of: [0.1])
    #expect(one[0].isNaN && one[1].isNaN && one[2].isNaN && one[3] == 0.1)
    let equal = calculator.values(of: [0.1, 0.1, 0.1])
    #expect(equal[0] == 0 && equal[1].isNaN && equal[2].isNaN)
    let check = StatisticCheck(statistic: .skewness, observed: .nan, simulated: [1, 2])
    #expect(check.pAtLeast == nil && check.pTwoSided == nil && check.distance == nil)
    #expect(check.verdict(outcome: "y").level == .unavailable)
  }

  @Test("a name is read back, and what is none is told what there is")
  func names() throws {
    for name in [
      "mean", "sd", "min", "max", "median", "skewness", "zeros", "quantile:0.25", "share:>=0.5",
      "share:<-2", "share:=1", "autocorrelation:7",
    ] {
      #expect(try PredictiveStatistic(parsing: name).name == name)
    }
    for name in [
      "", "Mean", "quantile", "quantile:1.5", "quantile:x", "quantile:nan", "share:5", "share:>",
      "share:>inf", "autocorrelation:0", "autocorrelation:x", "mean:2",
    ] {
      #expect(throws: PredictiveStatisticError(text: name)) {
        try PredictiveStatistic(parsing: name)
      }
    }
  }

  @Test("p values count ties on both sides")
  func pValues() throws {
    let check = StatisticCheck(statistic: .mean, observed: 2, simulated: [1, 2, 3, 4])
    #expect(check.pAtLeast == 0.75)
    #expect(check.pTwoSided == 1)
    // Mean 2.5, sd √(5/3).
    #expect(abs((check.distance ?? 0) + 0.5 / (5.0 / 3).squareRoot()) < 1e-15)
    let far = StatisticCheck(
      statistic: .zeros, observed: 0.5, simulated: (0..<100).map { 0.1 + 0.001 * Double($0) })
    #expect(far.pAtLeast == 0 && far.pTwoSided == 0)
    let verdict = far.verdict(outcome: "count")
    #expect(verdict.level == .failed && verdict.namesCause && verdict.evidence > 20)
    #expect(verdict.meaning == "The data have more zeros than in simulated data.")
    #expect(verdict.advice.contains("zero-inflated"))
    let near = StatisticCheck(statistic: .maximum, observed: 3, simulated: [1, 2, 3, 4, 5])
    #expect(near.verdict(outcome: "y").level == .ok)
    #expect(near.verdict(outcome: "y").advice.isEmpty)
  }

  @Test("of zeros and ones the mean says all; zeros are looked at where there are any")
  func standard() throws {
    let binary = try predictiveInput([0, 1, 1], [[0, 0, 1], [1, 1, 1]], isDiscrete: true)
    #expect(PredictiveStatistic.standard(for: binary) == [.mean])
    let counts = try predictiveInput([0, 4], [[1, 2], [2, 2]], isDiscrete: true)
    #expect(PredictiveStatistic.standard(for: counts).last == .zeros)
    let positive = try predictiveInput([3, 4], [[1, 2], [2, 2]], isDiscrete: true)
    #expect(!PredictiveStatistic.standard(for: positive).contains(.zeros))
  }

  @Test("checks of a whole outcome are those of a slow twin, and alarms are as rare as they say")
  func twinAndAlarms() throws {
    var stream = RandomStream(seed: 11)
    let (rows, simulations, data) = (40, 200, 300)
    var alarms = 0
    for index in 0..<data {
      func responses() -> [Double] { (0..<rows).map { _ in stream.nextPoisson(mean: 3) } }
      let y = responses()
      let input = try predictiveInput(y, (0..<simulations).map { _ in responses() })
      let checks = StatisticCheck.all([.maximum, .zeros], of: input)
      if index < 3 {
        let maxima = (0..<simulations).map { input.simulation($0).max() ?? .nan }
        let p = Double(maxima.filter { $0 >= (y.max() ?? 0) }.count) / Double(simulations)
        #expect(checks[0].pAtLeast == p)
        #expect(checks[1].simulated[7] == Double(input.simulation(7).filter { $0 == 0 }.count) / 40)
      }
      alarms += checks.count { $0.verdict(outcome: "y").level >= .warning }
      #expect(!checks.contains { $0.verdict(outcome: "y").level == .failed })
    }
    // 600 checks of a right model at 1%: at most 15 with probability 0.9995; ties make them rarer.
    #expect(alarms <= 15, "\(alarms)")
  }
}
