// The levels of a factor from the distinct texts of its column: which are one, in which order, and whether they can be told apart.

/// Makes a factor of the distinct texts of a column.
struct FactorLevels {
  /// A level before it is in its place.
  private struct Level {
    var text: String
    /// The number that the text is, where all texts are numbers.
    var number: Double?
    /// Where it was first met.
    var offset: Int
  }

  private let name: String
  private let order: [String]?
  private let headerOffset: Int
  /// For each code of the interner the index of its level; −1 where it is missing.
  private var levelOfCode: [Int] = []
  private var levels: [Level] = []
  /// The fault of numbers with commas, if the column is made of them.
  private var mistakenNumbers: Fault?
  private var areNumbers = false

  /// Levels for the column `name`.
  ///
  /// - Parameters:
  ///   - order: the order that the user gives, if any.
  ///   - mayBeMistakenNumbers: whether numbers with a comma are an error.
  ///   - headerOffset: the byte of the column's name, for errors about the column as a whole.
  init(
    of name: String, in interner: TextInterner, order: [String]?, mayBeMistakenNumbers: Bool,
    headerOffset: Int
  ) {
    self.name = name
    self.order = order
    self.headerOffset = headerOffset
    var texts: [ArraySlice<UInt8>] = []
    for code in 0..<interner.count { texts.append(interner.bytes(of: code)) }
    let values = texts.lazy.filter { !isMissingMark($0) }
    areNumbers = !values.isEmpty && values.allSatisfy { orderingNumber($0) != nil }
    if areNumbers {
      mergeNumbers(texts, offsets: interner.firstOffsets)
      return
    }
    if mayBeMistakenNumbers { mistakenNumbers = commaFault(texts, interner.firstOffsets) }
    if !isLogical(texts, order: order) {
      levelOfCode = Array(texts.indices)
      levels = zip(texts, interner.firstOffsets).map { text, offset in
        let raw = String(decoding: text, as: UTF8.self)
        return Level(text: SanitizedText.clean(raw), offset: offset)
      }
      return
    }
    mergeLogical(texts, offsets: interner.firstOffsets)
  }

  /// The factor of the column whose rows have the interner's codes `codes`.
  func factor(codes: [Int32]) throws(Fault) -> Factor {
    if let mistakenNumbers { throw mistakenNumbers }
    try requireDistinct()
    let inOrder = try order.map { given throws(Fault) in try userOrder(given) } ?? naturalOrder()
    var place = [Int32](repeating: -1, count: levels.count)
    for (rank, level) in inOrder.enumerated() { place[level] = Int32(rank) }
    let placeOfCode = levelOfCode.map { $0 < 0 ? -1 : place[$0] }
    return Factor(
      levels: inOrder.map { levels[$0].text },
      codes: codes.map { $0 < 0 ? -1 : placeOfCode[Int($0)] })
  }

  // MARK: - Which texts are one level

  /// Equal numbers are one level; quoted marks of missing values are missing among numbers.
  private mutating func mergeNumbers(_ texts: [ArraySlice<UInt8>], offsets: [Int]) {
    var levelOfValue: [Double: Int] = [:]
    for (text, offset) in zip(texts, offsets) {
      guard !isMissingMark(text), let number = orderingNumber(text) else {
        levelOfCode.append(-1)
        continue
      }
      let isExact = isExactNumber(text)
      if isExact, let known = levelOfValue[number] {
        levelOfCode.append(known)
        continue
      }
      if isExact { levelOfValue[number] = levels.count }
      levelOfCode.append(levels.count)
      let raw = String(decoding: trimmed(text), as: UTF8.self)
      levels.append(Level(text: SanitizedText.clean(raw), number: number, offset: offset))
    }
  }

  /// Whether all texts are what R reads as logical, and the user does not order them as written.
  private func isLogical(_ texts: [ArraySlice<UInt8>], order: [String]?) -> Bool {
    guard !texts.isEmpty, texts.allSatisfy({ logicalValue($0) != nil }) else { return false }
    guard let order else { return true }
    return !Set(texts.map { String(decoding: $0, as: UTF8.self) }).isSubset(of: order)
  }

  private mutating func mergeLogical(_ texts: [ArraySlice<UInt8>], offsets: [Int]) {
    var levelOfValue: [Bool: Int] = [:]
    for (text, offset) in zip(texts, offsets) {
      let value = logicalValue(text) == true
      if levelOfValue[value] == nil {
        levelOfValue[value] = levels.count
        levels.append(Level(text: value ? "TRUE" : "FALSE", offset: offset))
      }
      levelOfCode.append(levelOfValue[value] ?? -1)
    }
  }

  // MARK: - Faults

  /// Two texts that look the same once they are clean would be one name for two things.
  private func requireDistinct() throws(Fault) {
    var seen: Set<String> = []
    // Plain ASCII texts differ as their bytes do; only others can have become equal.
    for level in levels where !level.text.utf8.allSatisfy({ $0 < 0x80 }) {
      if !seen.insert(level.text).inserted {
        throw Fault(
          offset: level.offset,
          message: "two values of column '\(name)' differ only in characters that cannot be "
            + "shown: '\(level.text)'; make them equal or clearly different")
      }
    }
  }

  /// Numbers with a decimal or thousands comma, which would become a factor without a word.
  private func commaFault(_ texts: [ArraySlice<UInt8>], _ offsets: [Int]) -> Fault? {
    var first: Int?
    for (code, text) in texts.enumerated() where !isMissingMark(text) {
      if orderingNumber(text) != nil { continue }
      guard isCommaNumber(text) else { return nil }
      if first == nil { first = code }
    }
    guard let first else { return nil }
    let shown = SanitizedText.clean(String(decoding: texts[first], as: UTF8.self), limit: 40)
    return Fault(
      offset: offsets[first],
      message: "'\(shown)' in column '\(name)' looks like "
        + "a number with a comma; write a decimal point and no thousands separator, "
        + "or make the column a factor")
  }

  // MARK: - Order

  private func naturalOrder() -> [Int] {
    if areNumbers {
      return levels.indices.sorted { numberPrecedes(levels[$0], levels[$1]) }
    }
    let keys = levels.indices.map { SortKey(start: byteOrderKey(levels[$0].text), level: $0) }
    return keys.sorted { first, second in
      if first.start != second.start { return first.start < second.start }
      return levels[first.level].text.utf8.lexicographicallyPrecedes(
        levels[second.level].text.utf8)
    }.map(\.level)
  }

  /// The first bytes of a level next to its index: a million levels sort without looking at their texts.
  private struct SortKey {
    var start: UInt64
    var level: Int
  }

  /// By value; integers too long for a double, which may have equal values, by their digits.
  private func numberPrecedes(_ first: Level, _ second: Level) -> Bool {
    let values = (first.number ?? 0, second.number ?? 0)
    if values.0 != values.1 { return values.0 < values.1 }
    let sizes = (first.text.utf8.count, second.text.utf8.count)
    let isSmaller =
      sizes.0 != sizes.1
      ? sizes.0 < sizes.1
      : first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
    return values.0 < 0 ? !isSmaller : isSmaller
  }

  /// The user's order, which must hold each level of the data once and no other.
  private func userOrder(_ given: [String]) throws(Fault) -> [Int] {
    var indexOfText: [String: Int] = [:]
    var indexOfNumber: [Double: Int] = [:]
    for (index, level) in levels.enumerated() {
      indexOfText[level.text] = index
      if let number = level.number { indexOfNumber[number] = index }
    }
    var result: [Int] = []
    var used: Set<Int> = []
    for text in given.map({ SanitizedText.clean($0) }) {
      let index =
        indexOfText[text] ?? orderingNumber(Array(text.utf8)[...]).flatMap { indexOfNumber[$0] }
      guard let index else {
        throw Fault(
          offset: headerOffset,
          message: "column '\(name)' has no level '\(text)'; its levels are \(listing())")
      }
      guard used.insert(index).inserted else {
        throw Fault(
          offset: headerOffset,
          message: "the order of the levels of '\(name)' has '\(text)' twice; name it once")
      }
      result.append(index)
    }
    if let missing = levels.indices.first(where: { !used.contains($0) }) {
      throw Fault(
        offset: levels[missing].offset,
        message: "the level '\(levels[missing].text)' of column '\(name)' is not in the given "
          + "order; add it")
    }
    return result
  }

  private func listing() -> String {
    let inOrder = naturalOrder()
    let shown = inOrder.prefix(20).map { levels[$0].text }.joined(separator: ", ")
    return inOrder.count > 20 ? shown + ", ..." : shown
  }
}
