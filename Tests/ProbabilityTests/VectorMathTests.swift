// The vector functions against values of 50 and more digits.

import LinearAlgebra
import Probability
import Testing

@Suite("Vector functions have the digits they promise over their whole range")
struct VectorMathTests {
  struct Case: Sendable, CustomStringConvertible {
    let name: String
    /// The bound on |error| / |reference|.
    let relative: Double
    /// What is added to |reference| in that quotient: nonzero where the function crosses 0.
    let scale: Double
    let function: @Sendable (Lanes) -> Lanes
    var description: String { name }
  }

  static let cases = [
    // Elementary functions: a few ulp (1 ulp is 1.1e-16 to 2.2e-16).
    Case(name: "exp", relative: 7e-16, scale: 0) { VectorMath.exp($0) },
    Case(name: "expm1", relative: 7e-16, scale: 0) { VectorMath.expm1($0) },
    Case(name: "log", relative: 7e-16, scale: 0) { VectorMath.log($0) },
    Case(name: "log1p", relative: 7e-16, scale: 0) { VectorMath.log1p($0) },
    Case(name: "logistic", relative: 1e-15, scale: 0) { VectorMath.logistic($0).probability },
    Case(name: "log1pexp", relative: 1e-15, scale: 0) {
      VectorMath.softplus($0, VectorMath.logistic($0))
    },
    Case(name: "logGamma", relative: 1e-14, scale: 0) { VectorMath.logGamma($0) },
    Case(name: "digamma", relative: 1e-14, scale: 1) { VectorMath.digamma($0) },
    Case(name: "trigamma", relative: 1e-14, scale: 0) { VectorMath.trigamma($0) },
    Case(name: "logNormal", relative: 1e-14, scale: 0) { VectorMath.normal($0).logCumulative },
    Case(name: "normalHazard", relative: 1e-14, scale: 0) { VectorMath.normal($0).hazard },
    Case(name: "normalExcess", relative: 1e-14, scale: 0) { VectorMath.normal($0).excess },
  ]

  @Test("agreement with mpmath", arguments: cases)
  func agreement(_ item: Case) throws {
    let rows = try goldenRows("vector-functions").filter { $0[0] == item.name }
    #expect(rows.count > 50)
    var worst = 0.0
    var place = ""
    for row in rows {
      let reference = number(row[2])
      let value = inLanes(number(row[1]), item.function)
      if reference.isInfinite {
        #expect(value == reference, "\(item.name)(\(row[1]))")
        continue
      }
      // A subnormal result has an absolute precision only.
      let error =
        max(abs(value - reference) - Double.leastNonzeroMagnitude, 0)
        / max(abs(reference) + item.scale, 0x1p-1022)
      if !(error <= worst) {
        worst = error
        place = row[1]
      }
    }
    #expect(worst <= item.relative, "\(item.name)(\(place)) is off by \(worst)")
  }

  @Test("the ends of the range")
  func ends() {
    #expect(inLanes(710, VectorMath.exp) == .infinity)
    #expect(inLanes(.infinity, VectorMath.exp) == .infinity)
    #expect(inLanes(-746, VectorMath.exp) == 0)
    #expect(inLanes(-.infinity, VectorMath.exp) == 0)
    #expect(inLanes(.infinity, VectorMath.expm1) == .infinity)
    #expect(inLanes(-.infinity, VectorMath.expm1) == -1)
    #expect(inLanes(0, VectorMath.log) == -.infinity)
    #expect(inLanes(-1, VectorMath.log).isNaN)
    #expect(inLanes(.infinity, VectorMath.log) == .infinity)
    #expect(inLanes(-1, VectorMath.log1p) == -.infinity)
    #expect(inLanes(-1.5, VectorMath.log1p).isNaN)
    #expect(inLanes(.infinity, VectorMath.log1p) == .infinity)
    #expect(inLanes(0, VectorMath.logGamma) == .infinity)
    #expect(inLanes(-1, VectorMath.logGamma).isNaN)
    #expect(inLanes(1, VectorMath.logGamma) == 0)
    #expect(inLanes(2, VectorMath.logGamma) == 0)
    #expect(inLanes(.infinity, VectorMath.logGamma) == .infinity)
    #expect(inLanes(1e200) { VectorMath.normal($0).logCumulative } == 0)
    #expect(inLanes(-1e200) { VectorMath.normal($0).logCumulative } == -.infinity)
    #expect(inLanes(-1e12) { VectorMath.normal($0).hazard } == 1e12)
  }

  @Test("NaN stays NaN", arguments: cases)
  func notANumber(_ item: Case) {
    #expect(inLanes(.nan, item.function).isNaN)
  }

  @Test("differences of log gamma keep their digits where both values are large")
  func gammaDifferences() throws {
    let rows = try goldenRows("log-gamma-difference")
    #expect(rows.count > 100)
    for row in rows {
      let f = row.map(number)
      let (y, shape) = (f[0], f[1])
      var yLanes = Lanes(3, 0, 1, 7, 2, 9, 100, 4)
      yLanes[3] = y
      var shapeLanes = Lanes(1, 2, 0.3, 1, 50, 9, 1e5, 4)
      shapeLanes[3] = shape
      let got = VectorMath.logGammaDifference(yLanes, shape: shapeLanes, .third)
      // Rounding of the largest term, y log(shape + y), and of the y in the derivatives.
      #expect(abs(got.value[3] - f[2]) <= 2e-15 * max(y * max(1, abs(f[2] / max(y, 1))), 1) * 3)
      // The higher derivatives take differences of terms that are larger by a power of the shape
      // up to 16.
      #expect(abs(got.first[3] - f[3]) <= 1e-14 * max(y, 1), "y \(y) shape \(shape)")
      #expect(abs(got.second[3] - f[4]) <= 3e-14 * max(y, 1), "y \(y) shape \(shape)")
      #expect(abs(got.third[3] - f[5]) <= 5e-13 * max(y, 1), "y \(y) shape \(shape)")
    }
  }
}
