// Numbers as text: right answers written by hand, and the C library's over many numbers.

import Foundation
import Testing

@testable import TerminalCore

@Suite("Numbers read as people write them")
struct FormatTests {
  @Test(
    "with significant digits",
    arguments: [
      (0.012345, 3, "0.0123"), (1.5, 3, "1.50"), (12345.678, 3, "12300"),
      (0.000012345, 3, "1.23e-05"),
      (12_345_678, 3, "1.23e+07"), (0, 3, "0.00"), (-0.15, 1, "-0.2"), (999.96, 4, "1000"),
      (0.99996, 3, "1.00"), (9.9996e-5, 2, "0.00010"), (100, 1, "100"), (1e-300, 2, "1.0e-300"),
      (.infinity, 3, "inf"), (-.infinity, 3, "-inf"), (.nan, 3, "–"), (-0.0, 2, "0.0"),
    ])
  func significant(value: Double, digits: Int, text: String) {
    #expect(Format.significant(value, digits: digits) == text)
  }

  @Test(
    "with decimals",
    arguments: [
      (1.5, 2, "1.50"), (-0.26, 1, "-0.3"), (12, 0, "12"), (0.5, 0, "1"), (-0.004, 2, "0.00"),
      (99.999, 2, "100.00"), (1e21, 0, "1000000000000000000000"), (0.1, 3, "0.100"), (.nan, 2, "–"),
    ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Format.fixed(value, decimals: decimals) == text)
  }

  @Test("as the C library has them, but for ties, over many numbers")
  func agrees() {
    var dice = Dice(seed: 7)
    for _ in 0..<3000 {
      let value =
        Double(dice.roll(2_000_000_000) - 1_000_000_000) / 7.3e6 * Double(1 + dice.roll(50))
      for decimals in 0...6 {
        let theirs = String(format: "%.\(decimals)f", value)
        let ours = Format.fixed(value, decimals: decimals)
        // A tie is rounded by the digits that are read; the library rounds the binary number.
        let error = abs((Double(ours) ?? .nan) - value) * pow(10, Double(decimals))
        #expect(ours == theirs || theirs.hasPrefix("-0") || abs(error - 0.5) < 1e-6)
      }
    }
  }

  @Test(
    "short",
    arguments: [
      (950, 2, "950"), (1234, 2, "1.2k"), (34_000_000, 2, "34M"), (999_999, 2, "1M"),
      (0.123, 2, "0.12"),
      (12.6, 2, "13"), (-45_600, 3, "-45.6k"), (123_456, 2, "120k"), (.nan, 2, "–"),
    ])
  func compact(value: Double, digits: Int, text: String) {
    #expect(Format.compact(value, digits: digits) == text)
  }

  @Test("and never wider than their column")
  func fits() {
    #expect(Format.fitting(0.0123456, columns: 7) == "0.01235")
    #expect(Format.fitting(0.0123456, columns: 4) == "0.01")
    #expect(Format.fitting(123_456, columns: 5) == "123k")
    #expect(Format.fitting(-1e-300, columns: 3) == "###")
    for exponent in -30...30 {
      for columns in 0...9 {
        for sign in [-1.0, 1] {
          let value = sign * 1.2345678 * pow(10, Double(exponent))
          #expect(displayWidth(of: Format.fitting(value, columns: columns)) <= columns)
        }
      }
    }
  }

  @Test(
    "Times",
    arguments: [
      (0, "0 s"), (0.0421, "0.04 s"), (0.42, "0.42 s"), (3.14, "3.1 s"), (12.3, "12 s"),
      (65, "1 m 05 s"),
      (7380, "2 h 03 m"), (273_600, "3 d 04 h"), (59.7, "1 m 00 s"), (-1, "–"), (.nan, "–"),
    ] as [(Double, String)])
  func duration(seconds: Double, text: String) {
    #expect(Format.duration(seconds) == text)
  }

  @Test("Counts, shares and p-values")
  func others() {
    #expect(Format.grouped(1234) == "1234")
    #expect(Format.grouped(12_345) == "12 345")
    #expect(Format.grouped(-1_234_567) == "-1 234 567")
    #expect(Format.percent(0.1234) == "12%")
    #expect(Format.percent(0.0041, decimals: 1) == "0.4%")
    #expect(Format.pValue(0.0341) == "0.034")
    #expect(Format.pValue(1e-9) == "< 0.001")
  }
}

@Suite("Numbers are as exact as their uncertainty allows")
struct UncertaintyFormatTests {
  @Test("a number to the second digit of its standard deviation")
  func measured() {
    #expect(Format.measured(0.5303, spread: 0.122) == "0.53")
    #expect(Format.measured(-8040.31, spread: 3) == "-8040.3")
    #expect(Format.measured(1.234567, spread: 0.00996) == "1.235")
    #expect(Format.measured(1.234567, spread: 0.00994) == "1.2346")
    #expect(Format.measured(123456, spread: 2500) == "123456")
    #expect(Format.measured(1.234567, spread: 0) == "1.235")
    #expect(Format.measured(.nan, spread: 1) == Format.notAvailable)
  }

  @Test("both ends of an interval with as many decimals")
  func interval() {
    #expect(Format.interval(-0.3672, 0.01213) == "[-0.367, 0.012]")
    #expect(Format.interval(-8046.93, -8035.12) == "[-8046.9, -8035.1]")
    #expect(Format.interval(48.519, 50.93) == "[48.52, 50.93]")
    #expect(Format.interval(1, 1) == "[1.00, 1.00]")
  }
}
