// The sorting, transform and lagged products under convergence statistics, against slow twins.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Fast series routines give what their slow twins give")
struct SeriesTests {
  @Test("the Fourier transform is the sum that defines it", arguments: [8, 16, 64, 256])
  func fourier(length: Int) {
    var stream = RandomStream(seed: 5)
    var transform = FourierTransform(minimumLength: length)
    #expect(transform.length == length)
    let real = (0..<length).map { _ in stream.normal() }
    let imaginary = (0..<length).map { _ in stream.normal() }
    transform.real = real
    transform.imaginary = imaginary
    transform.transform()
    for j in 0..<length {
      var (re, im) = (0.0, 0.0)
      for k in 0..<length {
        let angle = -2 * Double.pi * Double(j * k % length) / Double(length)
        re += real[k] * cos(angle) - imaginary[k] * sin(angle)
        im += real[k] * sin(angle) + imaginary[k] * cos(angle)
      }
      #expect(abs(transform.real[j] - re) < 1e-11)
      #expect(abs(transform.imaginary[j] - im) < 1e-11)
    }
  }

  @Test("the radix sort orders negative, tied, tiny and infinite numbers and knows their places")
  func ascendingOrder() {
    var stream = RandomStream(seed: 6)
    var column = (0..<1_000).map { _ in (stream.normal() * 8).rounded() * 0.1 }
    column += (0..<500).map { _ in stream.normal() * 1e-300 }
    column += [.infinity, -.infinity, 0, -0.0, .greatestFiniteMagnitude]
    var order = AscendingOrder()
    order.sort(column)
    #expect(order.values == column.sorted())
    #expect(Set(order.indices).count == column.count)
    for (value, index) in zip(order.values, order.indices) { #expect(column[Int(index)] == value) }
    order.sort([3, 1, 2])
    #expect(order.values == [1, 2, 3])
    #expect(order.indices == [1, 2, 0])
  }

  @Test(
    "direct and Fourier autocovariances are the sums that define them", arguments: [7, 100, 501])
  func autocovariances(draws: Int) {
    var stream = RandomStream(seed: 7)
    let chains = stream.autoregression(chains: 3, draws: draws, coefficient: 0.8)
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    calculator.fillSeries { $0 }
    let n = draws / 2
    let halves = chains.flatMap { [Array($0[..<n]), Array($0[(draws - n)...])] }
    for lag in 0..<n {
      var sum = 0.0
      for half in halves {
        let mean = half.reduce(0, +) / Double(n)
        for i in 0..<n - lag { sum += (half[i] - mean) * (half[i + lag] - mean) }
      }
      let expected = sum / Double(n * halves.count)
      #expect(abs(calculator.series.averageAutocovariance(at: lag) - expected) < 1e-12)
    }
  }
}
