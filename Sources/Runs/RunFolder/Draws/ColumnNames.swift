// How parameters are called in a CSV file that every reader of CmdStan's format understands.

/// How parameters are called in a CSV file.
///
/// CmdStan's format has no quotes: posterior and cmdstanr, ArviZ and stansummary all split the line of names at commas, take
/// a dot as the beginning of array indices, and ArviZ needs these to be integers. So an element of an array,
/// `r_school_id__passed[S01,Intercept]`, is written as CmdStan writes arrays, `r_school_id__passed.1.1`, with
/// the positions of its labels in order of appearance, and other names lose what would be misread (`b_x.1` becomes
/// `b_x_1`). A comment for each such column gives the name back to readers that know of it: `# name of r_x.1.1: r_x[S01,Intercept]`.
struct ColumnNames {
  /// For each parameter its name in the file; all distinct.
  let columns: [String]

  /// The beginning of a comment that names a column.
  static let alias = "# name of "

  init(names: [String]) {
    var taken: Set<String> = []
    var labels: [String: [[String: Int]]] = [:]
    columns = names.map { name in
      var column = Self.arrayElement(name, &labels) ?? Self.plain(name)
      var copy = 2
      while !taken.insert(column).inserted {
        column = "\(Self.plain(name))_\(copy)"
        copy += 1
      }
      return column
    }
  }

  /// `stem.i.j` for `stem[a,b]`, i and j counting the distinct labels met so far; nil for other names.
  private static func arrayElement(
    _ name: String, _ labels: inout [String: [[String: Int]]]
  ) -> String? {
    guard name.hasSuffix("]"), let open = name.firstIndex(of: "[") else { return nil }
    let stem = plain(String(name[..<open]))
    let inside = name[name.index(after: open)...].dropLast()
    // The last label is a term's name; a level before it may have commas of its own.
    var parts = [String(inside)]
    if let comma = inside.lastIndex(of: ",") {
      parts = [String(inside[..<comma]), String(inside[inside.index(after: comma)...])]
    }
    let key = "\(stem)/\(parts.count)"
    var known = labels[key] ?? Array(repeating: [:], count: parts.count)
    var column = stem
    for (dimension, part) in parts.enumerated() {
      let position = known[dimension][part] ?? known[dimension].count + 1
      known[dimension][part] = position
      column += ".\(position)"
    }
    labels[key] = known
    return column
  }

  /// The name with `_` for each character that readers would take for something else.
  private static func plain(_ name: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      let isMisread = ",.[]\"'#;= \t".unicodeScalars.contains(scalar)
      text.append(isMisread ? "_" : scalar)
    }
    return cleanText(String(text))
  }

  /// The name to show for a column of a foreign file: `theta[1,2]` for `theta.1.2`, as Stan's own tools show it.
  static func displayName(_ column: String) -> String {
    guard let dot = column.firstIndex(of: "."), dot != column.startIndex else {
      return cleanText(column)
    }
    let indices = column[column.index(after: dot)...].split(
      separator: ".", omittingEmptySubsequences: false)
    guard indices.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return cleanText(column) }
    return cleanText("\(column[..<dot])[\(indices.joined(separator: ","))]")
  }
}
