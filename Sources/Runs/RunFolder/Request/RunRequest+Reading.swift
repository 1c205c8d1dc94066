// Reading model.toml: every key known and of the right type, or one line that says where not.

import TOMLKit

extension RunRequest {
  /// Reads a TOML file; keys that are missing keep their defaults, and a relative data path counts from the file's folder.
  ///
  /// Throws `malformed` with line and column for a syntax error, an unknown key or a value of the wrong type.
  package init(readingTOML path: String) throws(RunError) {
    let bytes = try asRunError { () throws(FileError) in try FileSystem.read(path) }
    try self.init(toml: String(decoding: bytes, as: UTF8.self), path: path)
    if !dataPath.isEmpty {
      dataPath = FileSystem.absolute(
        dataPath, from: FileSystem.absolute(FileSystem.parent(of: path)))
    }
  }

  /// Reads the text of a TOML file; `path` stands in errors.
  package init(toml text: String, path: String) throws(RunError) {
    self.init()
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .malformed(
        path: path, line: error.source.begin.line, column: error.source.begin.column,
        message: cleanText(error.description))
    } catch {
      throw .malformed(path: path, line: 0, column: 0, message: cleanText("\(error)"))
    }
    let reader = RequestReader(table: table, text: text, path: path)
    try reader.checkKeys()
    dataPath = try reader.text(.data) ?? dataPath
    dataSHA256 = try reader.text(.sha256)
    formulas = try reader.list(.formula)
    mcmcglmm = try reader.text(.mcmcglmm)
    family = try reader.text(.family)
    factors = try reader.list(.factor)
    levels = try reader.list(.levels)
    dispersion = try reader.text(.dispersion)
    zeroInflation = try reader.text(.zi)
    priors = try reader.list(.prior)
    isPriorOnly = try reader.flag(.priorOnly) ?? isPriorOnly
    // A call of MCMCglmm and draws from the prior are of that method unless another is named.
    if mcmcglmm != nil || isPriorOnly { method = .mcmc }
    if let name = try reader.text(.method) {
      guard let known = FitMethod(rawValue: name) else {
        throw reader.error(.method, "is not one of ml, reml, map, mcmc")
      }
      method = known
    }
    seed = try reader.seed() ?? seed
    chains = try reader.count(.chains, atLeast: 1) ?? chains
    warmup = try reader.count(.warmup, atLeast: 0) ?? warmup
    until = try reader.text(.until)
    if let count = try reader.count(.draws, atLeast: 1) {
      draws = count
    } else if until != nil {
      draws = Self.defaultCap
    } else {
      drawsFollowCall = mcmcglmm != nil
    }
    leastDraws = try reader.count(.leastDraws, atLeast: 0) ?? leastDraws
    threads = try reader.count(.threads, atLeast: 1) ?? threads
    thin = try reader.count(.thin, atLeast: 1) ?? thin
    if let target = try reader.number(.targetAcceptance) {
      guard target > 0 && target < 1 else {
        throw reader.error(.targetAcceptance, "is not between 0 and 1")
      }
      targetAcceptance = target
    }
    maxTreeDepth = try reader.count(.maxDepth, atLeast: 1) ?? maxTreeDepth
    quadraturePoints = try reader.count(.quadrature, atLeast: 1) ?? quadraturePoints
    simulations = try reader.count(.simulations, atLeast: 1) ?? simulations
    includesModes = try reader.flag(.ranef) ?? includesModes
    includesLoo = try reader.flag(.loo) ?? includesLoo
    isStrict = try reader.flag(.strict) ?? isStrict
  }
}

/// The values of a TOML table by key, with errors that say where in the text.
private struct RequestReader {
  let table: TOMLTable
  let text: String
  let path: String

  /// Throws for the first key, in the order of the text, that no option has.
  func checkKeys() throws(RunError) {
    let unknown = table.map { $0.0 }.filter { RequestKey(rawValue: $0) == nil }
    guard let first = unknown.min(by: { place(of: $0) < place(of: $1) }) else { return }
    let known = RequestKey.allCases.map(\.rawValue).joined(separator: ", ")
    throw malformed(first, "unknown key '\(cleanText(first))'; the keys are \(known)")
  }

  func text(_ key: RequestKey) throws(RunError) -> String? {
    guard let value = table[key.rawValue] else { return nil }
    guard let text = value.string else { throw error(key, "is not text in quotes") }
    return text
  }

  /// Texts in an array; a single text is an array of one.
  func list(_ key: RequestKey) throws(RunError) -> [String] {
    guard let value = table[key.rawValue] else { return [] }
    if let text = value.string { return [text] }
    guard let array = value.array else { throw error(key, "is not an array of texts") }
    var list: [String] = []
    for element in array {
      guard let text = element.string else { throw error(key, "is not an array of texts") }
      list.append(text)
    }
    return list
  }

  func count(_ key: RequestKey, atLeast least: Int) throws(RunError) -> Int? {
    guard let value = table[key.rawValue] else { return nil }
    guard value.type == .int, let count = value.int, count >= least else {
      throw error(key, "is not a whole number of at least \(least)")
    }
    return count
  }

  func seed() throws(RunError) -> UInt64? {
    guard let value = table[RequestKey.seed.rawValue] else { return nil }
    if value.type == .int, let number = value.int, number >= 0 { return UInt64(number) }
    if let text = value.string, let number = UInt64(text) { return number }
    throw error(.seed, "is not a whole number of at least 0")
  }

  func number(_ key: RequestKey) throws(RunError) -> Double? {
    guard let value = table[key.rawValue] else { return nil }
    if value.type == .int, let number = value.int { return Double(number) }
    guard value.type == .double, let number = value.double else {
      throw error(key, "is not a number")
    }
    return number
  }

  func flag(_ key: RequestKey) throws(RunError) -> Bool? {
    guard let value = table[key.rawValue] else { return nil }
    guard value.type == .bool, let flag = value.bool else {
      throw error(key, "is not true or false")
    }
    return flag
  }

  func error(_ key: RequestKey, _ what: String) -> RunError {
    malformed(key.rawValue, "\(key.rawValue) \(what)")
  }

  private func malformed(_ key: String, _ message: String) -> RunError {
    let place = place(of: key)
    return .malformed(path: path, line: place.line, column: place.column, message: message)
  }

  /// Where a key stands at the beginning of a line, or as the name of a table; TOMLKit does not tell.
  private func place(of key: String) -> (line: Int, column: Int) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let indent = line.prefix { $0 == " " || $0 == "\t" }
      var rest = line[indent.endIndex...]
      let isTable = rest.first == "["
      rest = rest.drop { $0 == "[" }
      let quote = rest.first.flatMap { $0 == "\"" || $0 == "'" ? $0 : nil }
      if quote != nil { rest.removeFirst() }
      guard rest.hasPrefix(key) else { continue }
      rest.removeFirst(key.count)
      if quote != nil && rest.first == quote { rest.removeFirst() }
      rest = rest.drop { $0 == " " || $0 == "\t" }
      if rest.first == "=" || rest.first == "." || (isTable && rest.first == "]") {
        return (index + 1, indent.utf8.count + 1)
      }
    }
    return (0, 0)
  }
}
