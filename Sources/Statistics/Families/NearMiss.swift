// The name that someone who mistyped probably meant.

/// Finds the nearest of a list of names.
enum NearMiss {
  /// The candidate with the fewest typing errors, if there are at most two and fewer than half the
  /// letters.
  static func of(_ name: String, among candidates: [String]) -> String? {
    var best: (name: String, errors: Int)?
    for candidate in candidates {
      let errors = typingErrors(Array(name.lowercased()), Array(candidate.lowercased()))
      if errors < best?.errors ?? .max { best = (candidate, errors) }
    }
    guard let best, best.errors <= 2, best.errors * 2 < max(name.count, 2) else { return nil }
    return best.name
  }

  /// Letters inserted, left out, replaced or swapped with their neighbour (optimal string
  /// alignment distance).
  static func typingErrors(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var errors = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          errors = min(errors, beforeLast[j - 1] + 1)
        }
        row.append(errors)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
