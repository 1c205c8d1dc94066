// Tails events.ndjson: new whole lines only, events of later versions passed over.

/// Tails an `events.ndjson`.
package struct EventReader: Sendable {
  private var tail: LineTail

  /// What a refresh found.
  package struct News: Sendable, Equatable {
    package var events: [StampedEvent] = []
    /// What was read before is void: the file was replaced.
    package var isRestart = false
    /// The lines that hold no event, each as an error with its place.
    package var malformed: [RunError] = []
  }

  package init(path: String) { tail = LineTail(path: path) }

  /// Whether there was more to read when the time of the last refresh was over.
  var isBehind: Bool { !tail.isAtEnd }
  var readBytes: Int { tail.readBytes }
  var totalBytes: Int { tail.size }

  /// The events since the last call.
  ///
  /// Events and members that this version does not know are passed over; a line that is not an event is reported and passed
  /// over, so that one bad line does not hide the end of a run. A file that is not there has no events.
  ///
  /// Where an extent has a deadline, one block is read at least.
  package mutating func refresh(_ extent: ReadingExtent = .all) throws(FileError) -> News {
    var news = News()
    while let block = try tail.next() {
      if block.isRestart { news = News(isRestart: true) }
      block.bytes.forEachLine(from: block.firstLine) { line, number in
        if line.isEmpty { return }
        do throws(JSONError) {
          if let event = try StampedEvent(line: line) { news.events.append(event) }
        } catch {
          news.malformed.append(
            .malformed(
              path: tail.path, line: number, column: error.column, message: error.message))
        }
      }
      if extent.isOver { break }
    }
    return news
  }
}
