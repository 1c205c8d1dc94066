// Watches one worker of a run: its events and its lock.

/// Watches one worker of a run: its events and its lock.
struct WorkerWatch: Sendable {
  let eventsPath: String
  let lockPath: String
  private(set) var progress = RunProgress()
  private(set) var lock = LockState.absent
  private(set) var reader: EventReader

  /// The worker of the whole run, or of one chain.
  init(_ folder: RunFolder, chain: Int?) {
    eventsPath = folder.eventsPath(chain: chain)
    lockPath = folder.lockPath(chain: chain)
    reader = EventReader(path: eventsPath)
  }

  /// Reads new events into a snapshot, and says whether anything changed.
  ///
  /// Lines that are no events go to `malformed`.
  mutating func refresh(
    _ snapshot: inout RunSnapshot, _ extent: ReadingExtent, malformed: inout [String]
  ) throws(FileError) -> Bool {
    // The lock is looked at before the events: a worker that ends in between is seen to have said so.
    let newLock = try WorkerLock.state(lockPath)
    let news = try reader.refresh(extent)
    if news.isRestart {
      progress = RunProgress()
      snapshot.happenings = []
      malformed = []
    }
    for event in news.events {
      progress.apply(event)
      snapshot.take(event.event)
      snapshot.remember(event)
    }
    malformed += news.malformed.map(\.description)
    let isChanged =
      news.isRestart || !news.events.isEmpty || !news.malformed.isEmpty || newLock != lock
    lock = newLock
    return isChanged
  }

  /// The worker's state; `isFresh` says that the run is too young for a missing worker to mean anything.
  func state(isFresh: Bool) -> RunState {
    if let state = progress.state(isHeld: lock.isHeld) { return state }
    return lock.isHeld || isFresh ? .waiting : .lost
  }
}

extension RunSnapshot {
  private static let mostHappenings = 300

  /// Keeps an event that is worth a line; progress, of which there is much, is not.
  fileprivate mutating func remember(_ stamped: StampedEvent) {
    switch stamped.event {
    case .optimizer, .chain, .checkpoint: return
    default: happenings.append(stamped)
    }
    if happenings.count > Self.mostHappenings { happenings.removeFirst() }
  }

  /// Takes in what an event carries for the panes.
  fileprivate mutating func take(_ event: FitEvent) {
    switch event {
    case .started(let start):
      // A worker that begins again begins its optimizer and its warnings again.
      self.start = start
      optimizerSteps = []
      warnings = []
    case .optimizer(let step): optimizerSteps.append(step)
    case .chain(let progress): self.progress[progress.chain] = progress
    case .warning(let warning): if !warnings.contains(warning) { warnings.append(warning) }
    case .note(let text): notes.append(text)
    case .check(let check): lastCheck = check
    case .extended(let draws): start?.draws = draws
    case .phase, .fitted, .checkpoint, .paused, .resumed, .finished, .stopped, .failed: break
    }
  }
}
