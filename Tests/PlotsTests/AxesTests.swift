// Scales and ticks: round numbers, where they belong.

import TerminalCore
import Testing

@testable import Plots

@Suite("Ticks are round numbers with labels that tell them apart")
struct TicksTests {
  @Test(
    "on linear scales",
    arguments: [
      (0.0, 1.0, 5, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0, 1, 3, ["0.0", "0.5", "1.0"]),
      (-1.9, 1.9, 3, ["-1", "0", "1"]), (0, 4000, 4, ["0", "1000", "2000", "3000", "4000"]),
      (0, 40_000, 2, ["0", "20k", "40k"]), (0, 400_000, 4, ["0", "100k", "200k", "300k", "400k"]),
      (980, 1020, 2, ["980", "1000", "1020"]),
      (0, 3e-7, 3, ["0", "1e-7", "2e-7", "3e-7"]), (0, 2e9, 2, ["0", "1G", "2G"]),
    ])
  func linear(lower: Double, upper: Double, count: Int, labels: [String]) {
    #expect(Ticks(on: Scale(from: lower, to: upper), atMost: count).labels == labels)
  }

  @Test("on logarithmic scales")
  func logarithmic() {
    #expect(
      Ticks(on: Scale(from: 1e-4, to: 1000, .logarithmic), atMost: 4).labels == [
        "1e-4", "0.01", "1", "100",
      ])
    #expect(
      Ticks(on: Scale(from: 2, to: 9, .logarithmic), atMost: 4).labels == ["2", "5"])
  }

  @Test("on random scales: in order, inside, different, not too many", arguments: 1...300)
  func random(seed: Int) {
    let dice = uniform(4, seed: UInt64(seed))
    var size = 1.0
    for _ in 0..<Int(dice[0] * 30) { size *= dice[3] < 0.5 ? 10 : 0.1 }
    let start = (dice[1] - 0.5) * size
    let scale = Scale(from: start, to: start + dice[2] * size + size * 1e-6)
    for count in 1...12 {
      let ticks = Ticks(on: scale, atMost: count)
      // One tick alone tells no scale, so there may be a few where one was asked for.
      #expect(ticks.values.count <= max(count + 1, 5))
      #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
      #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 })
      for value in ticks.values {
        let place = scale.position(of: value) ?? -1
        #expect((-1e-6...1.000001).contains(place))
      }
    }
  }
}

@Suite("A scale places values between its ends")
struct ScaleTests {
  @Test("and gives them back", arguments: [Scale.Kind.linear, .logarithmic])
  func inverse(kind: Scale.Kind) throws {
    let scale = Scale(from: 0.5, to: 200, kind)
    for value in [0.5, 1, 77, 200] {
      let place = try #require(scale.position(of: value))
      #expect(abs(scale.value(at: place) - value) < 1e-9 * value)
    }
    #expect(scale.position(of: .nan) == nil)
    #expect(Scale(from: 1, to: 10, .logarithmic).position(of: -1) == nil)
  }

  @Test("and is never empty")
  func degenerate() {
    for (low, high) in [
      (1.0, 1.0), (0, 0), (.nan, 1), (-.infinity, .infinity), (5, -5), (1e308, 1e308),
    ] {
      for kind in [Scale.Kind.linear, .logarithmic] {
        let scale = Scale(from: low, to: high, kind)
        #expect(scale.lower < scale.upper)
        #expect(scale.lower.isFinite && scale.upper.isFinite)
      }
    }
    #expect(Scale(covering: [Double]()) == Scale(from: 0, to: 1))
    #expect(Scale(covering: [-1, 4, .nan], .logarithmic).lower > 0)
  }
}
