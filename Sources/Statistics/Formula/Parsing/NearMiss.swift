// Finds the known name that a misspelt one most likely means.

/// The candidate nearest to `name` when it is near enough to be meant, letter case not counting.
///
/// Distance of Damerau (1964) and Levenshtein with adjacent transpositions; near enough is a third of the
/// longer name's length, at most 3.
func nearMiss(of name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased())
  guard wanted.count <= 100 else { return nil }
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let other = Array(candidate.lowercased())
    guard other.count <= 100 else { continue }
    let allowed = min(3, max(wanted.count, other.count) / 3)
    // A name of one or two letters has no near miss but itself in other case.
    guard abs(other.count - wanted.count) <= allowed else { continue }
    let distance = editDistance(wanted, other)
    if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
func editDistance(_ a: [Character], _ b: [Character]) -> Int {
  var twoBack: [Int] = []
  var previous = Array(0...b.count)
  for i in 0..<a.count {
    var row = [i + 1] + Array(repeating: 0, count: b.count)
    for j in 0..<b.count {
      row[j + 1] = min(
        previous[j] + (a[i] == b[j] ? 0 : 1), previous[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        row[j + 1] = min(row[j + 1], twoBack[j - 1] + 1)
      }
    }
    twoBack = previous
    previous = row
  }
  return previous[b.count]
}

/// `; did you mean 'x'?` when a candidate is near, else nothing.
func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  nearMiss(of: name, among: candidates).map { "; did you mean '\($0)'?" } ?? ""
}
