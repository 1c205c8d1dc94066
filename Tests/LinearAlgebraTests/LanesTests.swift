// Eight numbers at a time, from any place, and never from outside.

import LinearAlgebra
import Testing

@Suite("Lanes read and write eight neighbours and nothing else")
struct LanesTests {
  @Test("lanes are the eight elements from a place on, aligned or not", arguments: 0...9)
  func reads(_ place: Int) {
    var values = (0..<17).map(Double.init)
    let wanted = SIMD8((0..<8).map { Double(place + $0) })
    #expect(values.span.lanes(at: place) == wanted)
    #expect(values.mutableSpan.lanes(at: place) == wanted)
  }

  @Test("a store changes eight elements and no other", arguments: 0...9)
  func stores(_ place: Int) {
    var values = [Double](repeating: -1, count: 17)
    var span = values.mutableSpan
    span.store(SIMD8((0..<8).map(Double.init)), at: place)
    for i in values.indices {
      let inside = (place..<(place + 8)).contains(i)
      #expect(values[i] == (inside ? Double(i - place) : -1))
    }
  }

  @Test("lengths are rounded up to whole lanes")
  func padding() {
    #expect([0, 1, 7, 8, 9, 255, 256, 257].map(paddedToLanes) == [0, 8, 8, 8, 16, 256, 256, 264])
  }

  @Test("a product is added in one rounding")
  func fused() {
    // (1 + ε)² − (1 + 2ε) is ε², which two roundings lose.
    let small = Double.ulpOfOne
    let a = Lanes(repeating: 1 + small)
    let sum = multiplyAdd(a, a, Lanes(repeating: -(1 + 2 * small)))
    #expect(sum == Lanes(repeating: small * small))
  }
}
