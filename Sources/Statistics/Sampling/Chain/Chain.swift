// One Markov chain as a state machine: each advance is one iteration of warm-up or sampling.

import Probability

/// A chain of the No-U-Turn sampler on a log density, in the coordinates of a preconditioner.
///
/// The caller drives it: `advance()` makes one transition and adapts during warm-up; stopping,
/// pausing, storing and reporting happen between two advances. A chain is used by one thread at a
/// time, and its draws depend on nothing but its density, preconditioner, start, settings and
/// stream. `advance()` allocates nothing, except where a metric window closes.
package struct Chain<Density: LogDensity, Metric: Preconditioner> {
  /// The state after the last iteration.
  package private(set) var state: ChainState
  private var dynamics: HamiltonianDynamics<WhitenedDensity<Density, Metric>>

  /// A chain at its starting point, in model coordinates, with a first guess of the step size.
  ///
  /// Evaluates the density a few times. `stream` should be the chain's own.
  package init(
    density: Density, preconditioner: Metric, start: [Double], settings: ChainSettings,
    stream: RandomStream
  ) throws(ChainError) {
    let dimension = density.dimension
    guard start.count == dimension else {
      throw .dimensionMismatch(found: start.count, expected: dimension)
    }
    var target = WhitenedDensity(density: density, metric: preconditioner)
    let coordinates = target.whitened(start)
    var gradient = Array(repeating: 0.0, count: dimension)
    let logDensity = value(of: &target, at: coordinates, gradient: &gradient)
    guard logDensity.isFinite, gradient.allSatisfy(\.isFinite) else { throw .startHasNoDensity }
    var position = start
    target.transform(coordinates, into: &position)

    dynamics = HamiltonianDynamics(
      target: target, maximumDepth: settings.maximumTreeDepth, random: stream,
      rotated: settings.rotated)
    guard
      let stepSize = dynamics.findStepSize(
        at: coordinates, gradient: gradient, logDensity: logDensity,
        guess: min(1, settings.maximumStepSize), limit: settings.maximumStepSize)
    else { throw .noUsableStepSize }
    state = ChainState(
      settings: settings, position: position, coordinates: coordinates, gradient: gradient,
      logDensity: logDensity, random: dynamics.random, stepSize: stepSize,
      stepSizeAdaptation: StepSizeAdaptation(
        startingAt: stepSize, targetAcceptance: settings.targetAcceptance),
      metric: MetricAdaptation(rule: settings.metric, dimension: dimension),
      fit: PreconditionerFit())
  }

  /// The chain that continues from a stored state.
  ///
  /// Checks, with one evaluation, that density and preconditioner are those the state was made
  /// with.
  package init(
    resuming state: ChainState, density: Density, preconditioner: Metric
  ) throws(ChainError) {
    guard state.coordinates.count == density.dimension else {
      throw .dimensionMismatch(found: state.coordinates.count, expected: density.dimension)
    }
    var target = WhitenedDensity(
      density: density, metric: preconditioner, map: state.metric.map)
    var position = state.position
    target.transform(state.coordinates, into: &position)
    guard position == state.position else { throw .differentPreconditioner }
    var gradient = state.gradient
    let logDensity = value(of: &target, at: state.coordinates, gradient: &gradient)
    guard logDensity == state.logDensity else { throw .differentDensity }
    guard gradient == state.gradient else { throw .differentDensity }
    self.state = state
    dynamics = HamiltonianDynamics(
      target: target, maximumDepth: state.settings.maximumTreeDepth, random: state.random,
      rotated: state.settings.rotated)
  }

  /// The number of completed iterations, warm-up included.
  package var iteration: Int { state.iteration }

  /// Whether the next iteration belongs to the warm-up.
  package var isWarmingUp: Bool { state.isWarmingUp }

  /// The step size of the next transition.
  package var stepSize: Double { state.stepSize }

  /// What the early look at the chain said of the preconditioner; a caller warns when it is not
  /// `fits`.
  package var preconditionerVerdict: PreconditionerFit.Verdict { state.fit.verdict }

  /// The position in model coordinates.
  package var position: [Double] { state.position }

  /// Lends the position in model coordinates without copying it.
  package func withPosition<Result>(_ body: (Span<Double>) -> Result) -> Result {
    body(state.position.span)
  }

  /// Makes one iteration: a transition, and its lesson if it belongs to the warm-up.
  package mutating func advance() -> TransitionInfo {
    let info = transition()
    if let (phase, isLast) = state.settings.warmup.phase(at: state.iteration) {
      adapt(to: info, in: phase, isLast: isLast)
    }
    state.iteration += 1
    return info
  }

  private mutating func transition() -> TransitionInfo {
    dynamics.stepSize = state.stepSize
    dynamics.begin(
      at: state.coordinates, gradient: state.gradient, logDensity: state.logDensity)
    let directions = dynamics.random.next()
    let outcome = buildTrajectory(
      with: &dynamics, directions: directions, limits: state.settings.limits)
    let draw = dynamics.draw
    if !draw.isStart {
      dynamics.copyDraw(position: &state.coordinates, gradient: &state.gradient)
      dynamics.target.transform(state.coordinates, into: &state.position)
      state.logDensity = draw.logDensity
    }
    state.random = dynamics.random
    return TransitionInfo(
      logDensity: draw.logDensity, acceptStatistic: outcome.acceptStatistic,
      stepSize: state.stepSize, treeDepth: outcome.depth, leapfrogCount: outcome.leapfrogCount,
      energy: draw.energy, termination: outcome.termination)
  }

  // MARK: - Warm-up

  private mutating func adapt(to info: TransitionInfo, in phase: WarmupPhase, isLast: Bool) {
    state.stepSizeAdaptation.record(acceptance: info.acceptStatistic)
    state.stepSize = bounded(state.stepSizeAdaptation.stepSize)
    if phase.purpose == .metric {
      state.metric.record(state.coordinates, gradient: state.gradient)
      if isLast { closeMetricWindow() }
    }
    if state.settings.fallsBack, state.settings.metric == .unit { watchFit(info) }
    if state.iteration + 1 == state.settings.warmup.iterations {
      state.stepSize = bounded(state.stepSizeAdaptation.averagedStepSize)
    }
  }

  private func bounded(_ stepSize: Double) -> Double {
    min(stepSize, state.settings.maximumStepSize)
  }

  private mutating func closeMetricWindow() {
    let old = state.metric.map
    let mean = state.metric.draws.means
    guard state.metric.closeWindow() else { return }
    let new = state.metric.map
    var coordinates = state.coordinates.mutableSpan
    old.apply(&coordinates)
    new.invert(&coordinates)
    dynamics.target.map = new
    if state.metric.rule == .lowRank { checkRotation(mean: mean) }
    // Position, density and gradient are taken afresh, so that they belong exactly to the new
    // coordinates.
    dynamics.target.transform(state.coordinates, into: &state.position)
    state.logDensity = value(
      of: &dynamics.target, at: state.coordinates, gradient: &state.gradient)
    restartStepSize()
  }

  /// Ends the rotation when `mean`, that of a window's draws in y, is far from its centre.
  ///
  /// On normals of 50 coordinates, rotation around a centre that is off by less than a standard
  /// deviation saves gradients, and from two on it costs up to three times as many.
  private mutating func checkRotation(mean: [Double]) {
    let count = state.settings.rotated
    guard count > 0 else { return }
    var offset = mean
    var values = offset.mutableSpan
    dynamics.target.map.invert(&values)
    let squares = offset.prefix(count).reduce(0) { $0 + $1 * $1 }
    guard squares > Double(count) else { return }
    state.settings.rotated = 0
    dynamics.rotated = 0
  }

  private mutating func restartStepSize() {
    // Dual averaging may run off where nothing, or everything, is accepted; the search needs room
    // both ways.
    let guess = min(max(state.stepSize, 1e-200), 1e200)
    // Where no step size is at the border, the adaptation starts again from the one in use.
    let found = dynamics.findStepSize(
      at: state.coordinates, gradient: state.gradient, logDensity: state.logDensity,
      guess: guess, limit: state.settings.maximumStepSize)
    state.stepSize = found ?? guess
    state.random = dynamics.random
    state.stepSizeAdaptation = StepSizeAdaptation(
      startingAt: state.stepSize, targetAcceptance: state.settings.targetAcceptance)
  }

  private mutating func watchFit(_ info: TransitionInfo) {
    let fell = state.fit.record(
      info, dimension: state.coordinates.count,
      targetAcceptance: state.settings.targetAcceptance)
    guard fell, state.fit.verdict != .fits else { return }
    state.metric.rule = .lowRank
    state.settings.warmup = state.settings.warmup.replacingRest(
      from: state.iteration + 1, with: .growing)
  }
}

extension Chain: Sendable where Density: Sendable, Metric: Sendable {}
