// The runs that the start screen lists: details of the newest, a count of the others.

import RunFolder

/// The runs of a place, as far as they were looked at.
package struct ListedRuns: Sendable {
  /// Live runs first, then the newest.
  package var entries: [RunEntry]
  /// Older runs that were not looked at.
  package var older = 0
  /// Whether the place holds more than was counted.
  package var isCut = false
  /// What went wrong, in one line.
  package var problem: String?

  /// A list of runs, put in order.
  package init(_ entries: [RunEntry], older: Int = 0, isCut: Bool = false, problem: String? = nil) {
    self.entries =
      entries.filter(\.state.isLive) + entries.filter { !$0.state.isLive }
    self.older = older
    self.isCut = isCut
    self.problem = problem
  }

  /// Entries of the place that are counted, and runs that are looked into: a slow file system must not be asked for
  /// all that is in a place of thousands.
  private static let (countedEntries, detailedRuns) = (5000, 200)

  /// Reads what there is.
  package static func read(_ catalog: RunCatalog) -> ListedRuns {
    var entries: [RunEntry] = []
    var problem: String?
    do throws(FileError) {
      let newest = try catalog.newest(limit: countedEntries)
      for folder in newest.folders.prefix(detailedRuns) {
        // A run that is being removed or cannot be read does not hide the others.
        do throws(FileError) { entries.append(try catalog.entry(folder)) } catch {
          problem = error.description
        }
      }
      return ListedRuns(
        entries, older: max(0, newest.folders.count - detailedRuns), isCut: newest.isCut,
        problem: problem)
    } catch { return ListedRuns([], problem: error.description) }
  }
}
