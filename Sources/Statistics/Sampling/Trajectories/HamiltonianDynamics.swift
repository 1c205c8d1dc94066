// The dynamics of the sampler: steps with the unit metric, on preallocated buffers.

import Probability

/// The numbers that go with a point of the trajectory; its vectors are in the pools.
struct TrajectoryPoint: Equatable, Sendable {
  var logDensity: Double
  var energy: Double
  /// Whether it is still the point where the trajectory started.
  var isStart: Bool

  static let start = TrajectoryPoint(logDensity: 0, energy: 0, isStart: true)
}

/// Slots of the position and gradient pools, and (for the ends) of the momentum pool.
private enum Slot {
  static let backward = 0
  static let forward = 1
  static let candidate = 2
  static let draw = 3
  static let ends = 2
  static let all = 4
}

/// Hamiltonian dynamics H(q, p) = −log π(q) + p·p/2, as the doubling scheme needs it.
///
/// Owns every buffer of a transition: the two ends of the trajectory, the candidate, the draw, and
/// three momenta for each level of the tree. Nothing is allocated after `init`.
struct HamiltonianDynamics<Target: LogDensity>: TrajectoryDynamics {
  var target: Target
  var stepSize = 1.0
  /// How many coordinates from the first on are rotated.
  var rotated: Int
  var random: RandomStream
  private(set) var draw = TrajectoryPoint.start
  private var positions: VectorPool
  private var gradients: VectorPool
  private var momenta: VectorPool
  private var newest = TrajectoryPoint.start
  private var newestEnd = Slot.forward
  private var candidate = TrajectoryPoint.start
  private var startEnergy = 0.0
  private var whole: Piece
  private var pieces: [Piece]
  private var pieceCount = 0

  init(target: Target, maximumDepth: Int, random: RandomStream, rotated: Int = 0) {
    let dimension = target.dimension
    self.target = target
    self.random = random
    self.rotated = rotated
    positions = VectorPool(count: Slot.all, dimension: dimension)
    gradients = VectorPool(count: Slot.all, dimension: dimension)
    let pieceTotal = maximumDepth + 1  // d subtrees of falling size and the newest leaf
    momenta = VectorPool(count: Slot.ends + 3 * (pieceTotal + 1), dimension: dimension)
    let slots = (0...pieceTotal).map { k in
      Piece(first: Slot.ends + 3 * k, last: Slot.ends + 3 * k + 1, sum: Slot.ends + 3 * k + 2)
    }
    whole = slots[pieceTotal]
    pieces = Array(slots.dropLast())
  }

  // MARK: - Start and end of a transition

  /// Puts both ends of a new trajectory at one point and gives it a momentum p ~ N(0, I).
  mutating func begin(at position: [Double], gradient: [Double], logDensity: Double) {
    load(position, into: Slot.backward, of: &positions)
    load(gradient, into: Slot.backward, of: &gradients)
    drawNormals(count: target.dimension, into: Slot.backward, of: &momenta, from: &random)
    positions.copy(Slot.backward, to: Slot.forward)
    gradients.copy(Slot.backward, to: Slot.forward)
    momenta.copy(Slot.backward, to: Slot.forward)
    momenta.copy(Slot.backward, to: whole.first)
    momenta.copy(Slot.backward, to: whole.last)
    momenta.copy(Slot.backward, to: whole.sum)
    startEnergy = momenta.squaredNorm(Slot.backward) / 2 - logDensity
    draw = TrajectoryPoint(logDensity: logDensity, energy: startEnergy, isStart: true)
  }

  /// Copies the draw's position and gradient out.
  func copyDraw(position: inout [Double], gradient: inout [Double]) {
    let start = positions.range(Slot.draw).lowerBound
    for i in 0..<target.dimension {
      position[i] = positions.storage[start + i]
      gradient[i] = gradients.storage[start + i]
    }
  }

  // MARK: - TrajectoryDynamics

  mutating func step(_ direction: Direction) -> Double {
    let end = direction == .forward ? Slot.forward : Slot.backward
    let signedStep = direction == .forward ? stepSize : -stepSize
    let logDensity = move(
      &target, end: end, positions: &positions, momenta: &momenta, gradients: &gradients,
      stepSize: signedStep, rotated: rotated)
    let energy = momenta.squaredNorm(end) / 2 - logDensity
    newest = TrajectoryPoint(logDensity: logDensity, energy: energy, isStart: false)
    newestEnd = end
    return startEnergy - energy
  }

  mutating func considerLeaf(probability: Double) {
    guard happens(probability) else { return }
    positions.copy(newestEnd, to: Slot.candidate)
    gradients.copy(newestEnd, to: Slot.candidate)
    candidate = newest
  }

  mutating func considerCandidate(probability: Double) {
    guard happens(probability) else { return }
    positions.copy(Slot.candidate, to: Slot.draw)
    gradients.copy(Slot.candidate, to: Slot.draw)
    draw = candidate
  }

  mutating func beginSubtree() { pieceCount = 0 }

  mutating func pushLeaf() {
    let piece = pieces[pieceCount]
    momenta.copy(newestEnd, to: piece.first)
    momenta.copy(newestEnd, to: piece.last)
    momenta.copy(newestEnd, to: piece.sum)
    pieceCount += 1
  }

  mutating func mergePieces() -> Bool {
    let (left, right) = (pieceCount - 2, pieceCount - 1)
    if momenta.turns(pieces[left], pieces[right]) { return true }
    var merged = pieces[left]
    momenta.append(&pieces[right], to: &merged)
    pieces[left] = merged
    pieceCount -= 1
    return false
  }

  mutating func joinSubtree(_ direction: Direction) -> Bool {
    // Seen in the direction of building, a backward trajectory begins at its forward end.
    if direction == .backward { swap(&whole.first, &whole.last) }
    let turning = momenta.turns(whole, pieces[0])
    momenta.append(&pieces[0], to: &whole)
    if direction == .backward { swap(&whole.first, &whole.last) }
    return turning
  }

  private mutating func happens(_ probability: Double) -> Bool {
    probability >= 1 || random.nextUniform() < probability
  }
}

extension HamiltonianDynamics: Sendable where Target: Sendable {}

/// Moves the point in slot `end` by one leapfrog step; returns log π there.
private func move<Target: LogDensity>(
  _ target: inout Target, end: Int, positions: inout VectorPool, momenta: inout VectorPool,
  gradients: inout VectorPool, stepSize: Double, rotated: Int
) -> Double {
  let range = positions.range(end)
  var allPositions = positions.storage.mutableSpan
  var allMomenta = momenta.storage.mutableSpan
  var allGradients = gradients.storage.mutableSpan
  var position = allPositions._mutatingExtracting(range)
  var momentum = allMomenta._mutatingExtracting(range)
  var gradient = allGradients._mutatingExtracting(range)
  return leapfrog(
    &target, position: &position, momentum: &momentum, gradient: &gradient, stepSize: stepSize,
    rotated: rotated)
}

/// Copies a vector into a slot; the padding stays zero.
private func load(_ vector: [Double], into slot: Int, of pool: inout VectorPool) {
  let start = pool.range(slot).lowerBound
  for i in vector.indices { pool.storage[start + i] = vector[i] }
}

/// Fills the first `count` numbers of a slot with standard normals; the padding stays zero.
private func drawNormals(
  count: Int, into slot: Int, of pool: inout VectorPool, from stream: inout RandomStream
) {
  let start = pool.range(slot).lowerBound
  var all = pool.storage.mutableSpan
  var values = all._mutatingExtracting(start..<start + count)
  fillWithNormals(&values, from: &stream)
}
