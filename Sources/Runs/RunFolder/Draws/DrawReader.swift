// Tails a CSV file of draws, ours or Stan's own, reading only what is new.

import Glibc

/// Tails a CSV file of draws in CmdStan's format, written by any program.
///
/// The work of a refresh is proportional to the bytes that are new. A last line without a newline is left for later; a file that
/// was replaced or cut back is read again. Warm-up ends where `# Adaptation terminated` stands; a
/// file without that line is believed to hold the `num_warmup` draws that its comments announce if they say `save_warmup`.
package struct DrawReader: Sendable {
  /// The file.
  package let path: String
  /// What has been read so far, while a refresh is under way.
  private var draws: ChainDraws
  private var tail: LineTail
  private var failure: RunError?
  private var aliases: [String: String] = [:]
  private var isAdapted = false
  private var row: [Double] = []
  private let fallbackID: Int
  /// The draws that the columns have room for.
  private var capacity = 0

  /// A reader of the file at `path`, which need not be there yet; `id` is the chain's number unless the file states one.
  package init(path: String, id: Int = 1) {
    self.path = path
    fallbackID = id
    tail = LineTail(path: path)
    draws = ChainDraws(id: id)
  }

  /// Whether there was more to read when the blocks of the last refresh were used up.
  var isBehind: Bool { !tail.isAtEnd }
  var readBytes: Int { tail.readBytes }
  /// Looks how much there is to read, before anything is read.
  mutating func look() throws(FileError) { try tail.look() }
  var totalBytes: Int { tail.size }

  /// The draws of a finished file, read whole.
  package static func read(_ path: String, id: Int = 1) throws(RunError) -> ChainDraws {
    guard FileSystem.exists(path) else { throw .file(FileError("read", path, code: ENOENT)) }
    var reader = DrawReader(path: path, id: id)
    var draws = ChainDraws(id: id)
    _ = try reader.refresh(&draws)
    guard !draws.names.isEmpty else {
      throw .malformed(path: path, line: 0, column: 0, message: "the file has no column names")
    }
    return draws
  }

  /// Adds what is new to `draws`, which this reader alone has filled before; true when anything changed.
  ///
  /// The caller owns the draws, so that they grow in place: a copy made of them elsewhere would have to be paid for at
  /// each refresh. Throws `malformed` with the line for a file that is not a CSV file of draws; what
  /// stands before that line remains, and the error comes again until the file is replaced.
  ///
  /// - Parameter blocks: read no more than so many blocks of a quarter of a megabyte; all if nil.
  package mutating func refresh(
    _ draws: inout ChainDraws, blocks: Int? = nil
  ) throws(RunError) -> Bool {
    swap(&draws, &self.draws)
    defer { swap(&draws, &self.draws) }
    var changed = false
    var count = 0
    do throws(FileError) {
      while blocks.map({ count < $0 }) ?? true, let block = try tail.next() {
        count += 1
        if block.isRestart { forget() }
        changed = true
        if failure == nil {
          do throws(RunError) { try read(block) } catch { failure = error }
        }
      }
    } catch { throw .file(error) }
    if changed { placeInLife() }
    if let failure { throw failure }
    return changed
  }

  private mutating func forget() {
    draws = ChainDraws(id: fallbackID)
    failure = nil
    aliases = [:]
    isAdapted = false
    row = []
    capacity = 0
  }

  private mutating func read(_ block: LineTail.Block) throws(RunError) {
    let bytes = block.bytes.span
    var start = 0
    var number = block.firstLine
    while start < bytes.count {
      var end = start
      while bytes[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start && bytes[end - 1] == 0x0D { end -= 1 }
      if end > start {
        let line = bytes.extracting(start..<end)
        if line[0] == UInt8(ascii: "#") {
          readComment(String(decoding: block.bytes[start..<end], as: UTF8.self))
        } else if draws.names.isEmpty {
          try readNames(block.bytes[start..<end], number)
        } else {
          if draws.count == capacity {
            makeRoom(rowLength: next - start, left: bytes.count - start)
          }
          try readRow(line, number)
        }
      }
      start = next
      number += 1
    }
  }

  private mutating func readNames(_ line: ArraySlice<UInt8>, _ number: Int) throws(RunError) {
    var line = line
    if number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    let columns = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let isNumeric = columns.contains { parseNumber($0) != nil }
    guard !isNumeric, columns.allSatisfy({ !$0.isEmpty }) else {
      throw malformed(number, "a line of column names is expected, as Stan writes it")
    }
    let names = columns.map { column in
      let text = String(decoding: column, as: UTF8.self).trimmed
      return aliases[text] ?? ColumnNames.displayName(text)
    }
    guard Set(names).count == names.count else {
      throw malformed(number, "two columns have the same name")
    }
    let known = draws
    draws = ChainDraws(
      id: draws.id, names: names, columns: Array(repeating: [], count: names.count))
    draws.settings = known.settings
    draws.stepSize = known.stepSize
    row = Array(repeating: 0, count: names.count)
  }

  private mutating func readRow(_ line: borrowing Span<UInt8>, _ number: Int) throws(RunError) {
    var start = 0
    var field = 0
    while start <= line.count {
      var end = start
      while end < line.count && line[end] != UInt8(ascii: ",") { end += 1 }
      guard field < row.count else {
        throw malformed(number, "more than the \(row.count) columns of the line of names")
      }
      guard let value = NumberField.parse(line.extracting(start..<end)) else {
        throw malformed(number, column: start + 1, "not a number")
      }
      row[field] = value
      field += 1
      start = end + 1
    }
    guard field == row.count else {
      throw malformed(number, "\(field) columns where the line of names has \(row.count)")
    }
    for field in row.indices { draws.columns[field].append(row[field]) }
  }

  /// Gives the columns room for the draws that are to be expected.
  ///
  /// Left alone, arrays double: a file of ten thousand draws would end with room for sixteen thousand. So the rest of
  /// the file tells how many there will be, and what is planned for a file that still grows; a plan that is far ahead
  /// is not believed.
  private mutating func makeRoom(rowLength: Int, left: Int) {
    let unread = max(0, tail.size - tail.readBytes) + left
    let there = draws.count + unread / max(1, rowLength) + 1
    var wanted = max(there + there / 50, 16)
    if let planned {
      wanted = planned >= there ? min(planned, 2 * wanted) : wanted
    } else if draws.count > 0 {
      wanted = max(wanted, draws.count + draws.count / 2)
    }
    capacity = max(wanted, draws.count + 1)
    for column in draws.columns.indices { draws.columns[column].reserveCapacity(capacity) }
  }

  /// The draws that the comments announce, warm-up included where it is written.
  private var planned: Int? {
    let settings = draws.settings
    guard let kept = settings["num_samples"].flatMap({ Int($0) }), kept >= 0 else { return nil }
    let warmup = keepsWarmup ? max(0, settings["num_warmup"].flatMap { Int($0) } ?? 0) : 0
    let thin = max(1, settings["thin"].flatMap { Int($0) } ?? 1)
    let (sum, isHuge) = kept.addingReportingOverflow(warmup)
    return isHuge ? nil : sum / thin + 2
  }

  private var keepsWarmup: Bool {
    ["1", "true"].contains(draws.settings["save_warmup"])
  }

  private mutating func readComment(_ line: String) {
    if line.hasPrefix(ColumnNames.alias) {
      let parts = line.dropFirst(ColumnNames.alias.count).split(separator: ":", maxSplits: 1)
      if parts.count == 2 { aliases[String(parts[0])] = cleanText(String(parts[1]).trimmed) }
    } else if line.hasPrefix("# Adaptation terminated") {
      isAdapted = true
      draws.warmupCount = draws.count
    } else if let seconds = Self.seconds(line, "(Warm-up)") {
      draws.warmupSeconds = seconds
    } else if let seconds = Self.seconds(line, "(Sampling)") {
      draws.samplingSeconds = seconds
    } else if let equals = line.firstIndex(of: "=") {
      let key = String(line[..<equals].drop { $0 == "#" }).trimmed
      var value = String(line[line.index(after: equals)...]).trimmed
      if value.hasSuffix("(Default)") { value = String(value.dropLast(9)).trimmed }
      if key == "Step size" {
        draws.stepSize = parseNumber(Array(value.utf8)[...])
      } else if key == "id" || key == "chain_id", let id = Int(value), id > 0 {
        draws.id = id
      } else {
        draws.settings[cleanText(key)] = cleanText(value)
      }
    }
  }

  private static func seconds(_ line: String, _ what: String) -> Double? {
    guard line.hasSuffix(what) else { return nil }
    let words = line.split(separator: " ")
    guard let position = words.firstIndex(of: "seconds"), position > 0 else { return nil }
    return parseNumber(Array(words[position - 1].utf8)[...])
  }

  /// Finds out how much is warm-up and whether the chain has ended.
  private mutating func placeInLife() {
    let settings = draws.settings
    let thin = max(1, settings["thin"].flatMap { Int($0) } ?? 1)
    let planned = settings["num_warmup"].flatMap { Int($0) } ?? 0
    if !isAdapted {
      draws.warmupCount = keepsWarmup ? min(draws.count, (planned + thin - 1) / thin) : 0
      if let latest = draws["stepsize__"]?.last { draws.stepSize = latest }
    }
    if draws.samplingSeconds != nil {
      draws.phase = .finished
    } else if draws.count == 0 {
      draws.phase = .waiting
    } else {
      draws.phase = isAdapted || draws.keptCount > 0 ? .sampling : .warmup
    }
  }

  private func malformed(_ line: Int, column: Int = 0, _ message: String) -> RunError {
    .malformed(path: path, line: line, column: column, message: message)
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
