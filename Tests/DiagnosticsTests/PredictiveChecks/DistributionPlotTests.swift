// Bars, rootograms and densities: numbers from paper, slow twins, and the ends of what is possible.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Distributions of data and simulations stand side by side")
struct DistributionPlotTests {
  @Test("bars and rootogram worked out on paper")
  func bars() throws {
    let input = try predictiveInput([0, 0, 1, 3], [[0, 1, 1, 2], [0, 0, 0, 1]])
    let bars = try #require(CountBars(input))
    #expect(bars.first == 0 && bars.width == 1 && !bars.opensAbove && !bars.opensBelow)
    #expect(bars.observed == [2, 1, 0, 1])
    #expect(bars.mean == [2, 1.5, 0.5, 0])
    // Type 7 quantiles of 1, 3; of 1, 2; of 0, 1; of 0, 0.
    for (value, want) in zip(bars.lower, [1.1, 1.05, 0.05, 0]) {
      #expect(abs(value - want) < 1e-14)
    }
    for (value, want) in zip(bars.upper, [2.9, 1.95, 0.95, 0]) {
      #expect(abs(value - want) < 1e-14)
    }
    #expect(bars.outside == [1, 2, 3])
    let standing = Rootogram(bars, isHanging: false)
    #expect(standing.base == [0, 0, 0, 0] && standing.top[0] == 2.0.squareRoot())
    let hanging = Rootogram(bars, isHanging: true)
    #expect(hanging.top == standing.expected && hanging.expected[2] == 0.5.squareRoot())
    #expect(hanging.base[0] == 0 && hanging.base[3] == -1)
    #expect(abs(hanging.base[1] - (1.5.squareRoot() - 1)) < 1e-15)
  }

  @Test("many values share bars that begin at round numbers, none is lost, and ends say so")
  func sharedBars() throws {
    var stream = RandomStream(seed: 5)
    func responses() -> [Double] {
      (0..<200).map { _ in stream.nextNegativeBinomial(mean: 60, shape: 0.7) }
    }
    let y = responses()
    let input = try predictiveInput(y, (0..<50).map { _ in responses() })
    let bars = try #require(CountBars(input))
    #expect(bars.observed.count <= 40 && bars.first == 0 && [10, 20, 50].contains(bars.width))
    #expect(bars.observed.reduce(0, +) == 200)
    #expect(abs(bars.mean.reduce(0, +) - 200) < 1e-9)
    for bar in bars.observed.indices.dropLast() {
      let range = Double(bar * bars.width)..<Double((bar + 1) * bars.width)
      #expect(bars.observed[bar] == Double(y.filter { range.contains($0) }.count))
    }
    #expect(bars.opensAbove, "half of the simulations reach beyond the median of their maxima")
    #expect(try CountBars(predictiveInput([0.5], [[1], [2]])) == nil)
    #expect(try CountBars(predictiveInput([1], [[1], [2.5]])) == nil)
    let negative = try #require(try CountBars(predictiveInput([-3, 2], [[-3, 2], [-2, 1]])))
    #expect(negative.first == -3 && negative.observed == [1, 0, 0, 0, 0, 1])
    for greatest in [0.0, 1, 38, 39, 40, 41, 99, 1e6] {
      let bars = try #require(try CountBars(predictiveInput([0, greatest], [[0, 0], [0, 0]])))
      #expect(bars.observed.count <= 40 && bars.observed.reduce(0, +) == 2, "\(greatest)")
    }
  }

  @Test("the bandwidth is that of R's bw.nrd0, also where values are equal")
  func bandwidth() {
    // IQR 2, sd 3.54: 0.9 · 2 / 1.34 · 5^(-1/5).
    #expect(
      abs(KernelDensity(sorted: [1, 2, 3, 4, 10]).bandwidth - 0.9 * 2 / 1.34 * pow(5, -0.2)) < 1e-14
    )
    // IQR 0: the sd, √5; all equal: the first value, or 1.
    #expect(
      abs(KernelDensity(sorted: [0, 0, 0, 0, 5]).bandwidth - 0.9 * 5.0.squareRoot() * pow(5, -0.2))
        < 1e-14)
    #expect(abs(KernelDensity(sorted: [-2, -2]).bandwidth - 1.8 * pow(2, -0.2)) < 1e-14)
    #expect(abs(KernelDensity(sorted: [0, 0]).bandwidth - 0.9 * pow(2, -0.2)) < 1e-14)
  }

  @Test("binned densities are those of a slow twin, with and without a boundary")
  func twin() throws {
    var stream = RandomStream(seed: 3)
    let values = (0..<300).map { _ in stream.nextExponential() }.sorted()
    let kernel = KernelDensity(sorted: values)
    let grid = (0..<60).map { Double($0) * 0.1 }
    func slow(_ x: Double, _ centres: [Double]) -> Double {
      centres.reduce(0) { sum, centre in
        let z = (x - centre) / kernel.bandwidth
        return sum + exp(-z * z / 2)
      } / (kernel.bandwidth * (2 * Double.pi).squareRoot() * Double(values.count))
    }
    for boundary in [nil, 0.0] {
      let fast = kernel.values(on: grid, boundary: boundary)
      let centres = values + (boundary == nil ? [] : values.map { -$0 })
      // Linear binning at a quarter of the bandwidth is off by about (1/4)²/8 of the curvature.
      for (x, density) in zip(grid, fast) {
        #expect(abs(density - slow(x, centres)) < 0.01, "\(x)")
      }
    }
    // With the boundary no mass is lost below zero: trapezoids over [0, 12].
    let wide = (0...1200).map { Double($0) * 0.01 }
    let reflected = kernel.values(on: wide, boundary: 0)
    let mass = reflected.reduce(0, +) * 0.01 - 0.005 * (reflected[0] + reflected[1200])
    #expect(abs(mass - 1) < 1e-3, "\(mass)")
    let open = kernel.values(on: wide, boundary: nil)
    #expect(open.reduce(0, +) * 0.01 < 0.97)
  }

  @Test(
    "an overlay ends at zero only where nothing is negative, and wild simulations do not stretch it"
  )
  func overlay() throws {
    var stream = RandomStream(seed: 9)
    let y = (0..<100).map { _ in stream.nextExponential() }
    var simulations = (0..<80).map { _ in (0..<100).map { _ in stream.nextExponential() } }
    simulations[0][0] = 1e9
    let overlay = DensityOverlay(try predictiveInput(y, simulations))
    #expect(overlay.boundary == 0 && overlay.grid[0] == 0)
    #expect(overlay.replicated.count == 50 && overlay.replicated.allSatisfy { $0.count == 100 })
    #expect((overlay.grid.last ?? 0) < 20)
    simulations[1][3] = -0.5
    let open = DensityOverlay(try predictiveInput(y, simulations), curves: 5)
    #expect(open.boundary == nil || open.grid[0] == 0)
    let all = DensityOverlay(try predictiveInput(y, simulations), curves: 80)
    #expect(all.boundary == nil && all.grid[0] < 0)
    let equal = DensityOverlay(try predictiveInput([2, 2], [[2, 2], [2, 2]]))
    #expect(equal.observed.allSatisfy(\.isFinite) && (equal.observed.max() ?? 0) > 0)
  }
}
