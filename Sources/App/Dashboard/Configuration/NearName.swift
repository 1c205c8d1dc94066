// The name that was most likely meant.

/// Finds the nearest of several names.
enum NearName {
  /// The name with the fewest changes of a letter, if they are few for its length.
  static func of(_ wanted: String, among names: [String]) -> String? {
    let nearest = names.map { (name: $0, distance: distance(wanted, $0)) }
      .min { $0.distance < $1.distance }
    guard let nearest, nearest.distance <= max(1, wanted.count / 3) else { return nil }
    return nearest.name
  }

  /// The fewest letters to insert, remove or replace, case aside (Levenshtein 1966).
  static func distance(_ first: String, _ second: String) -> Int {
    let (rows, columns) = (Array(first.lowercased()), Array(second.lowercased()))
    var last = Array(0...columns.count)
    for (row, letter) in rows.enumerated() {
      var current = [row + 1]
      for (column, other) in columns.enumerated() {
        current.append(
          min(last[column] + (letter == other ? 0 : 1), last[column + 1] + 1, current[column] + 1))
      }
      last = current
    }
    return last[columns.count]
  }
}
