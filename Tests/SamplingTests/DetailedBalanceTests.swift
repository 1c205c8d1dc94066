// The trajectory builder's transition probabilities, enumerated over all directions of a toy.

import Glibc
import Testing

@testable import Sampling

@Suite("Trajectories satisfy detailed balance")
struct DetailedBalanceTests {
  /// A world: a density on the integers and a rule for turning.
  struct World: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let logDensity: @Sendable (Int) -> Double
    let isTurning: @Sendable (Int, Int) -> Bool
  }

  static let bumpy: @Sendable (Int) -> Double = { x in
    -0.02 * Double(x * x) + 0.7 * sin(1.3 * Double(x))
  }
  static let never: @Sendable (Int, Int) -> Bool = { _, _ in false }
  /// An arbitrary but fixed set of stretches, about a fifth of all.
  static let scattered: @Sendable (Int, Int) -> Bool = { a, b in
    let mixed = UInt64(bitPattern: Int64(a &* 73_856_093 ^ b &* 19_349_663))
    return (mixed &* 0x9E37_79B9_7F4A_7C15) >> 32 % 5 == 0
  }

  static let worlds = [
    World(testDescription: "flat, no turning", logDensity: { _ in 0 }, isTurning: never),
    World(testDescription: "bumpy, no turning", logDensity: bumpy, isTurning: never),
    World(
      testDescription: "bumpy, turning in scattered stretches", logDensity: bumpy,
      isTurning: scattered),
    World(
      testDescription: "bumpy, turning when long", logDensity: bumpy,
      isTurning: { a, b in b - a > 5 }),
    World(
      testDescription: "walls that diverge",
      logDensity: { x in (-4...5).contains(x) ? bumpy(x) : -.infinity },
      isTurning: scattered),
    // Leaves of 5000 more energy than the others, which are within 20 of one another: beyond the bound of 1000 from
    // wherever the trajectory starts.
    World(
      testDescription: "single leaves that diverge at finite energy, no turning",
      logDensity: { x in bumpy(x) - (x == 3 || x == -5 ? 5000 : 0) }, isTurning: never),
    World(
      testDescription: "single leaves that diverge at finite energy, turning",
      logDensity: { x in bumpy(x) - (x == 6 || x == -2 ? 5000 : 0) }, isTurning: scattered),
    World(
      testDescription: "leaves without a density",
      logDensity: { x in x == 4 ? .nan : x == -6 ? .infinity : bumpy(x) }, isTurning: scattered),
    World(
      testDescription: "steep, so that the newer half is all or nothing",
      logDensity: { x in -3 * abs(Double(x) - 0.3) }, isTurning: { a, b in b - a > 9 }),
  ]

  @Test("exactly, for every direction sequence", arguments: worlds, 1...5)
  func balance(world: World, depth: Int) {
    let window = (-6...6).filter { abs(world.logDensity($0)) < 1000 }
    let transitions = Dictionary(
      uniqueKeysWithValues: window.map { x in
        (
          x,
          ToyDynamics.transition(
            from: x, maximumDepth: depth, logDensity: world.logDensity,
            isTurning: world.isTurning)
        )
      })
    var movement = 0.0
    for (x, row) in transitions {
      // 1e-13: sums of at most 2⁵ terms, each right to a few units in the last place
      #expect(abs(row.values.reduce(0, +) - 1) < 1e-13)
      for (y, column) in transitions where x != y {
        let there = exp(world.logDensity(x)) * row[y, default: 0]
        let back = exp(world.logDensity(y)) * column[x, default: 0]
        #expect(abs(there - back) < 1e-13, "\(x) -> \(y)")
        movement += there
      }
    }
    #expect(movement > 0.1, "the chain hardly moves; the check would be empty")
  }

  @Test("as a recursion over whole subtrees has it, to the last path", arguments: worlds, 1...6)
  func naiveTwin(world: World, depth: Int) {
    for start in -6...6 where abs(world.logDensity(start)) < 1000 {
      let row = ToyDynamics.transition(
        from: start, maximumDepth: depth, logDensity: world.logDensity,
        isTurning: world.isTurning)
      let twin = NaiveToy(
        logDensity: world.logDensity, isTurning: world.isTurning, maximumEnergyError: 1000)
      let expected = twin.transition(from: start, maximumDepth: depth)
      for point in Set(row.keys).union(expected.keys) {
        // 1e-14: sums of at most 64 terms below one
        #expect(abs(row[point, default: 0] - expected[point, default: 0]) < 1e-14)
      }
    }
  }

  @Test("except where a leaf is just as much as the bound above some of the starts")
  func boundaryOfDivergence() {
    // The bound is on the energy above the start, as in Stan: a leaf 2.5 above point 0 and 1.5 above point 1 ends the
    // trajectory of the one and not of the other under a bound of 2. Under the bound of 1000 that is used, such a leaf must
    // be within the spread of the energies of 1000, which errors that grow exponentially pass over.
    let logDensity: @Sendable (Int) -> Double = { x in x == 0 ? 0 : x == 1 ? -1 : -2.5 }
    func row(_ start: Int, bound: Double) -> [Int: Double] {
      ToyDynamics.transition(
        from: start, maximumDepth: 2, logDensity: logDensity, isTurning: { _, _ in false },
        maximumEnergyError: bound)
    }
    func imbalance(_ bound: Double) -> Double {
      abs(row(0, bound: bound)[1, default: 0] - exp(-1) * row(1, bound: bound)[0, default: 0])
    }
    #expect(imbalance(2) > 0.01)
    #expect(imbalance(1000) < 1e-15)
  }

  @Test("and a builder that ignored turns inside subtrees would be caught")
  func control() {
    // Turning depends on which stretch is looked at; looking only at stretches from the start
    // breaks the symmetry.
    func row(_ start: Int) -> [Int: Double] {
      ToyDynamics.transition(
        from: start, maximumDepth: 4, logDensity: { Self.bumpy($0) },
        isTurning: { a, b in (a...b).contains(start) && Self.scattered(a, b) })
    }
    var imbalance = 0.0
    for x in -6...6 {
      for y in -6...6 where x != y {
        let there = exp(Self.bumpy(x)) * row(x)[y, default: 0]
        let back = exp(Self.bumpy(y)) * row(y)[x, default: 0]
        imbalance = max(imbalance, abs(there - back))
      }
    }
    #expect(imbalance > 1e-3)
  }

  @Test("with the draw's probabilities known on paper for one doubling")
  func onPaper() {
    // Weights 1 (here), 3 (right), 1/2 (left); one doubling: to the right with certainty, to the
    // left in half the cases.
    let weights = [0: 1.0, 1: 3.0, -1: 0.5]
    let row = ToyDynamics.transition(
      from: 0, maximumDepth: 1, logDensity: { log(weights[$0, default: 0]) },
      isTurning: { _, _ in false })
    #expect(abs(row[1, default: 0] - 0.5) < 1e-15)
    #expect(abs(row[-1, default: 0] - 0.25) < 1e-15)
    #expect(abs(row[0, default: 0] - 0.25) < 1e-15)
  }
}
