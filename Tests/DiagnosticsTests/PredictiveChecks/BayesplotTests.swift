// Rootogram, predictive intervals and calibration bands are those of bayesplot 1.10.0.

import Testing

@testable import Diagnostics

@Suite("Plots of predictive checks hold bayesplot's numbers")
struct BayesplotTests {
  private let golden: [String: Any]
  private let input: ResidualInput

  init() throws {
    golden = try GoldenFile.json("predictive-checks.json")
    let y = try Self.numbers(golden["y"])
    let simulations = try #require(golden["yrep"] as? [Any]).flatMap(Self.numbers)
    input = try ResidualInput(
      observed: y, fitted: y, simulations: simulations, isDiscrete: true)
  }

  private static func numbers(_ value: Any?) throws -> [Double] {
    try #require(value as? [Double])
  }

  private func numbers(_ part: String, _ key: String) throws -> [Double] {
    try Self.numbers((golden[part] as? [String: Any])?[key])
  }

  @Test("the rootogram, to rounding")
  func rootogram() throws {
    let bars = try #require(CountBars(input))
    let standing = Rootogram(bars, isHanging: false)
    let hanging = Rootogram(bars, isHanging: true)
    let x = try numbers("rootogram", "x")
    #expect(bars.first == 0 && bars.width == 1 && x.count >= bars.observed.count)
    let columns: [(String, [Double])] = [
      ("observed", standing.top), ("expected", standing.expected), ("lower", standing.lower),
      ("upper", standing.upper),
      ("hanging_centre", zip(hanging.base, hanging.top).map { ($0 + $1) / 2 }),
    ]
    // The last bar may hold more than one value here, and does not in bayesplot.
    for (name, ours) in columns {
      let theirs = try numbers("rootogram", name)
      for bar in bars.observed.indices.dropLast(bars.opensAbove ? 1 : 0) {
        #expect(abs(ours[bar] - theirs[bar]) < 1e-12, "\(name) \(bar)")
      }
    }
  }

  @Test("intervals of single rows, to rounding")
  func intervals() throws {
    let rows = PredictiveIntervals(
      input, along: input.observed.indices.map(Double.init), maximumBins: 100)
    for (ours, key) in zip(rows.quantiles, ["ll", "l", "m", "h", "hh"]) {
      for (a, b) in zip(ours, try numbers("intervals", key)) { #expect(abs(a - b) < 1e-12) }
    }
    #expect(rows.observed == input.observed)
  }

  @Test("simultaneous bands, to one count: bayesplot stops its search at a tolerance")
  func bands() throws {
    for case let band as [String: Any] in try #require(golden["bands"] as? [Any]) {
      let count = try #require(band["count"] as? Int)
      let ours = UniformBand(count: count, pieces: 40)
      let (lower, upper) = (try Self.numbers(band["lower"]), try Self.numbers(band["upper"]))
      for i in ours.points.indices {
        #expect(abs(Double(ours.lower[i]) - lower[i + 1]) <= 1, "\(count) at \(ours.points[i])")
        #expect(abs(Double(ours.upper[i]) - upper[i + 1]) <= 1, "\(count) at \(ours.points[i])")
      }
      let gamma = try #require(band["gamma"] as? Double)
      // The joint probability is a step function of γ, with steps of about 1/√N.
      #expect(abs(ours.pointwise / gamma - 1) < 0.35, "\(ours.pointwise) \(gamma)")
    }
  }
}
