// What a chain has cost so far, kept in its checkpoint: a resumed fit reports the cost of all its workers.

/// Gradients and seconds of a chain, over all workers that advanced it.
struct ChainEffort: Sendable, Equatable {
  /// Evaluations of the log density with its gradient.
  var gradientCount = 0
  var warmupSeconds = 0.0
  var samplingSeconds = 0.0

  /// Counts the time of a slice of work.
  mutating func add(seconds: Double, inWarmup: Bool) {
    if inWarmup { warmupSeconds += seconds } else { samplingSeconds += seconds }
  }

  /// Ends every checkpoint that tells the cost.
  private static let signature: UInt64 = 0x3154_524F_4646_4543

  /// The bytes that stand in a checkpoint behind the sampler's state: three numbers and a signature, low byte first.
  var bytes: [UInt8] {
    let words = [
      UInt64(gradientCount), warmupSeconds.bitPattern, samplingSeconds.bitPattern, Self.signature,
    ]
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } }
  }

  /// A checkpoint as the sampler's state and the cost; one without a cost counts as nothing done.
  static func split(checkpoint: [UInt8]) -> (state: [UInt8], effort: ChainEffort) {
    let words = checkpoint.suffix(32)
    guard words.count == 32 else { return (checkpoint, ChainEffort()) }
    func word(_ index: Int) -> UInt64 {
      words.dropFirst(index * 8).prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard word(3) == signature, let count = Int(exactly: word(0)) else {
      return (checkpoint, ChainEffort())
    }
    return (
      checkpoint.dropLast(32),
      ChainEffort(
        gradientCount: count, warmupSeconds: Double(bitPattern: word(1)),
        samplingSeconds: Double(bitPattern: word(2)))
    )
  }
}
