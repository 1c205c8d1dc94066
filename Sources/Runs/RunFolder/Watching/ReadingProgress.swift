// How far the reading of a run has come, while it goes on.

/// How far the reading of a run has come.
package struct ReadingProgress: Sendable, Equatable {
  /// The bytes read of the files of draws and events.
  package var readBytes: Int
  /// The bytes there are; nil before anything has been looked at.
  package var totalBytes: Int?

  /// Nothing has been looked at yet.
  package static let notBegun = ReadingProgress(readBytes: 0, totalBytes: nil)

  /// So many bytes of all.
  package init(readBytes: Int, totalBytes: Int?) {
    self.readBytes = readBytes
    self.totalBytes = totalBytes
  }

  /// The share that has been read, below 1; nil before anything has been looked at.
  package var fraction: Double? {
    guard let totalBytes, totalBytes > 0 else { return nil }
    return min(0.99, Double(readBytes) / Double(totalBytes))
  }
}

/// What a reading of a run may take.
package struct ReadingExtent: Sendable {
  /// When to stop and leave the rest for the next time; nil to read all there is.
  package var deadline: ContinuousClock.Instant?
  /// Whether new draws are read; events, results and the state always are.
  package var includesDraws: Bool

  /// Everything that is new.
  package static let all = ReadingExtent()

  /// An extent.
  package init(deadline: ContinuousClock.Instant? = nil, includesDraws: Bool = true) {
    self.deadline = deadline
    self.includesDraws = includesDraws
  }

  /// Whether the time is over.
  var isOver: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}
