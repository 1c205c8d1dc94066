// What a user may choose about one chain.

/// The settings of a chain; part of its state, so that a resumed chain keeps them.
package struct ChainSettings: Equatable, Sendable {
  /// The warm-up plan; the iterations after it are draws.
  package var warmup: WarmupSchedule
  /// How the scales of the whitened coordinates are learned in the plan's metric phases.
  package var metric: MetricRule
  /// Whether an early look at a chain with the `unit` metric may replace the rest of the plan by
  /// metric windows, when the preconditioner does not fit (`PreconditionerFit`); they learn scales
  /// and directions by the low-rank rule on top of it.
  package var fallsBack: Bool
  /// How many coordinates from the first on have a standard normal as their reference.
  ///
  /// The integrator rotates them (`leapfrog`), and the step size stays below a quarter turn.
  package var rotated: Int
  /// The mean acceptance that the step size is tuned to, in (0, 1).
  package var targetAcceptance: Double
  /// The greatest number of doublings of a trajectory, from 1 to 30.
  package var maximumTreeDepth: Int
  /// The energy error at which a trajectory counts as divergent.
  package var maximumEnergyError: Double

  /// Settings; the defaults are those of a chain with a preconditioner.
  package init(
    warmup: WarmupSchedule = WarmupSchedule(iterations: 200, kind: .stepSizeOnly),
    metric: MetricRule = .unit, fallsBack: Bool = true, rotated: Int = 0,
    targetAcceptance: Double = 0.8, maximumTreeDepth: Int = 10, maximumEnergyError: Double = 1000
  ) {
    precondition(
      targetAcceptance > 0 && targetAcceptance < 1,
      "the target acceptance \(targetAcceptance) is outside (0, 1)")
    precondition((1...30).contains(maximumTreeDepth), "tree depth \(maximumTreeDepth)")
    precondition(maximumEnergyError > 0, "maximum energy error \(maximumEnergyError)")
    self.warmup = warmup
    self.metric = metric
    self.fallsBack = fallsBack
    self.rotated = rotated
    self.targetAcceptance = targetAcceptance
    self.maximumTreeDepth = maximumTreeDepth
    self.maximumEnergyError = maximumEnergyError
  }

  /// The largest step: well below half a turn, which would bring every coordinate to its mirror image.
  var maximumStepSize: Double { rotated > 0 ? 1.5 : .infinity }

  var limits: TrajectoryLimits {
    TrajectoryLimits(
      maximumDepth: maximumTreeDepth, maximumEnergyError: maximumEnergyError)
  }
}
