// A chain's state as bytes, for checkpoints that resume bit for bit.

import Probability

/// "MGLMMCHN" and the version of the format.
private let signature: (name: UInt64, version: UInt64) = (0x4E48_434D_4D4C_474D, 3)

extension ChainState {
  /// The state as bytes: signature, words in the order of the declarations, checksum.
  package var bytes: [UInt8] {
    var writer = StateWriter()
    writer.write(signature.name)
    writer.write(signature.version)
    settings.write(to: &writer)
    writer.write(iteration)
    writer.write(position)
    writer.write(coordinates)
    writer.write(gradient)
    writer.write(logDensity)
    writer.write(random.state.0)
    writer.write(random.state.1)
    writer.write(random.state.2)
    writer.write(random.state.3)
    writer.write(stepSize)
    stepSizeAdaptation.write(to: &writer)
    metric.write(to: &writer)
    fit.write(to: &writer)
    writer.finish()
    return writer.bytes
  }

  /// The state that `bytes` was taken from.
  package init(bytes: [UInt8]) throws(ChainStateError) {
    var reader = try StateReader(bytes)
    guard try reader.readWord() == signature.name, try reader.readWord() == signature.version
    else { throw .unknownFormat }
    settings = try ChainSettings(from: &reader)
    iteration = try reader.readInt()
    position = try reader.readDoubles()
    coordinates = try reader.readDoubles()
    gradient = try reader.readDoubles()
    logDensity = try reader.readDouble()
    random = RandomStream(
      state: (
        try reader.readWord(), try reader.readWord(), try reader.readWord(),
        try reader.readWord()
      ))
    stepSize = try reader.readDouble()
    stepSizeAdaptation = try StepSizeAdaptation(from: &reader)
    metric = try MetricAdaptation(from: &reader)
    fit = try PreconditionerFit(from: &reader)
    try reader.finish()
    let lengths = [coordinates, gradient, metric.draws.means, metric.gradients.means]
    guard lengths.allSatisfy({ $0.count == position.count }), iteration >= 0,
      (metric.scale ?? position).count == position.count,
      metric.map.directions.count == metric.map.stretches.count * position.count,
      metric.map.stretches.isEmpty || metric.scale != nil,
      metric.window.draws.count == metric.window.gradients.count,
      metric.window.draws.count == metric.expectedRows * position.count
    else { throw .damaged }
  }
}

extension ChainSettings {
  fileprivate func write(to writer: inout StateWriter) {
    writer.write(warmup.phases.count)
    for phase in warmup.phases {
      writer.write(UInt64(phase.purpose.rawValue))
      writer.write(phase.iterations)
    }
    writer.write(UInt64(metric.rawValue))
    writer.write(fallsBack ? 1 : 0)
    writer.write(rotated)
    writer.write(targetAcceptance)
    writer.write(maximumTreeDepth)
    writer.write(maximumEnergyError)
  }

  fileprivate init(from reader: inout StateReader) throws(ChainStateError) {
    var phases: [WarmupPhase] = []
    let count = try reader.readInt()
    guard count >= 0 else { throw .damaged }
    for _ in 0..<count {
      let purpose = try reader.readCase(WarmupPhase.Purpose.self)
      phases.append(WarmupPhase(purpose, iterations: try reader.readInt()))
    }
    warmup = WarmupSchedule(phases)
    metric = try reader.readCase(MetricRule.self)
    fallsBack = try reader.readInt() == 1
    rotated = try reader.readInt()
    targetAcceptance = try reader.readDouble()
    maximumTreeDepth = try reader.readInt()
    maximumEnergyError = try reader.readDouble()
    guard (1...30).contains(maximumTreeDepth), targetAcceptance > 0, targetAcceptance < 1 else {
      throw .damaged
    }
  }
}

extension StepSizeAdaptation {
  fileprivate func write(to writer: inout StateWriter) {
    for value in [targetAcceptance, anchor, count, meanShortfall, logStepSize, logAverage] {
      writer.write(value)
    }
  }

  fileprivate init(from reader: inout StateReader) throws(ChainStateError) {
    targetAcceptance = try reader.readDouble()
    anchor = try reader.readDouble()
    count = try reader.readDouble()
    meanShortfall = try reader.readDouble()
    logStepSize = try reader.readDouble()
    logAverage = try reader.readDouble()
  }
}

extension MetricAdaptation {
  fileprivate func write(to writer: inout StateWriter) {
    writer.write(UInt64(rule.rawValue))
    writer.write(scale == nil ? 0 : 1)
    if let scale { writer.write(scale) }
    writer.write(map.directions)
    writer.write(map.stretches)
    draws.write(to: &writer)
    gradients.write(to: &writer)
    writer.write(window.draws)
    writer.write(window.gradients)
  }

  fileprivate init(from reader: inout StateReader) throws(ChainStateError) {
    rule = try reader.readCase(MetricRule.self)
    map.scale = try reader.readInt() == 0 ? nil : try reader.readDoubles()
    map.directions = try reader.readDoubles()
    map.stretches = try reader.readDoubles()
    draws = try RunningMoments(from: &reader)
    gradients = try RunningMoments(from: &reader)
    window = DrawWindow(dimension: draws.means.count)
    window.draws = try reader.readDoubles()
    window.gradients = try reader.readDoubles()
  }

  /// How many rows the window holds, by the number of draws recorded.
  fileprivate var expectedRows: Int {
    rule == .lowRank ? min(max(0, draws.count), window.capacity) : 0
  }
}

extension RunningMoments {
  fileprivate func write(to writer: inout StateWriter) {
    writer.write(count)
    writer.write(means)
    writer.write(squares)
  }

  fileprivate init(from reader: inout StateReader) throws(ChainStateError) {
    count = try reader.readInt()
    means = try reader.readDoubles()
    squares = try reader.readDoubles()
    guard means.count == squares.count else { throw .damaged }
  }
}

extension PreconditionerFit {
  fileprivate func write(to writer: inout StateWriter) {
    writer.write(UInt64(verdict.rawValue))
    writer.write(seen)
    writer.write(acceptanceSum)
    writer.write(depthSum)
    writer.write(divergences)
    for value in [energyMean, energySquares, energySteps, lastEnergy] { writer.write(value) }
  }

  fileprivate init(from reader: inout StateReader) throws(ChainStateError) {
    self.init()
    verdict = try reader.readCase(Verdict.self)
    seen = try reader.readInt()
    acceptanceSum = try reader.readDouble()
    depthSum = try reader.readInt()
    divergences = try reader.readInt()
    energyMean = try reader.readDouble()
    energySquares = try reader.readDouble()
    energySteps = try reader.readDouble()
    lastEnergy = try reader.readDouble()
  }
}
