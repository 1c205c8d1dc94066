// The verbs from which a trajectory is built: all it knows of physics and of chance.

/// The direction of time in which a trajectory is extended.
enum Direction: Sendable {
  case backward, forward
}

/// A path of points that grows at both ends, with a way to tell when it turns back on itself.
///
/// The doubling scheme (`buildTrajectory`) decides when to step, merge and choose; a conforming
/// type decides what these mean. So the scheme can be run on toys whose transition probabilities
/// are enumerated exactly.
protocol TrajectoryDynamics {
  /// Moves the end in `direction` one step on and makes it the newest leaf.
  ///
  /// Returns the leaf's log weight relative to the start, H₀ − H; a value that is not a number, or
  /// not finite, marks a leaf where the integrator failed.
  mutating func step(_ direction: Direction) -> Double

  /// Replaces the subtree's candidate by the newest leaf with the given probability.
  mutating func considerLeaf(probability: Double)

  /// Replaces the trajectory's draw by the subtree's candidate with the given probability.
  mutating func considerCandidate(probability: Double)

  /// Forgets the pieces of an earlier subtree.
  mutating func beginSubtree()

  /// Appends the newest leaf to the pieces of the subtree, as a piece of its own.
  mutating func pushLeaf()

  /// Joins the last two pieces, equally long; returns whether the union turns back.
  mutating func mergePieces() -> Bool

  /// Joins the subtree to the trajectory's end in `direction`; returns whether the union turns.
  mutating func joinSubtree(_ direction: Direction) -> Bool
}
