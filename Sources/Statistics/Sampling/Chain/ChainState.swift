// Everything that decides how a chain goes on, as one value.

import Probability

/// The whole state of a chain between two iterations.
///
/// With the same density and preconditioner, a chain made from this value continues bit for bit as
/// the original would have. Read it to make a checkpoint (`bytes`), not between iterations of a hot
/// loop: it shares its arrays with the chain, which then copies them once.
package struct ChainState: Equatable, Sendable {
  /// The settings; `settings.warmup` is the plan in force, after a fallback too.
  package internal(set) var settings: ChainSettings
  /// The number of completed iterations, warm-up included.
  package internal(set) var iteration = 0
  /// The position in model coordinates, x.
  package internal(set) var position: [Double]
  /// The position in the sampler's coordinates, z.
  var coordinates: [Double]
  /// ∇z log π there.
  var gradient: [Double]
  /// log π at the position.
  package internal(set) var logDensity: Double
  /// The stream of random numbers.
  var random: RandomStream
  /// The step size of the next transition.
  package internal(set) var stepSize: Double
  var stepSizeAdaptation: StepSizeAdaptation
  /// The map learned on top of the preconditioner.
  package internal(set) var metric: MetricAdaptation
  /// What the early look at the chain said of the preconditioner.
  package internal(set) var fit: PreconditionerFit

  /// Whether the next iteration belongs to the warm-up.
  package var isWarmingUp: Bool { iteration < settings.warmup.iterations }
}

/// Why a chain cannot start or go on.
package enum ChainError: Error, Equatable, Sendable {
  /// The start or the state has `found` coordinates and the density `expected`.
  case dimensionMismatch(found: Int, expected: Int)
  /// The log density at the starting point is −∞ or not a number.
  case startHasNoDensity
  /// No step size makes a step just acceptable: the density is improper or its gradient wrong.
  case noUsableStepSize
  /// The preconditioner does not map the stored coordinates to the stored position.
  case differentPreconditioner
  /// The log density at the stored position is not the stored one: model or data have changed.
  case differentDensity
}
