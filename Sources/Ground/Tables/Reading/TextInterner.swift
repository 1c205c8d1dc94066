// The distinct texts of a column, numbered as they come, without making a string for each cell.

/// Gives equal texts equal codes: a hash table with open addressing over bytes.
struct TextInterner {
  /// The bytes of the distinct texts, one after the other.
  private var text: [UInt8] = []
  /// Where each text ends in `text`.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Where in the file each text was first met.
  private(set) var firstOffsets: [Int] = []
  /// The table of codes: a power of two many, −1 where free, never more than half full.
  private var slots = [Int32](repeating: -1, count: 64)

  /// The number of distinct texts.
  var count: Int { ends.count }

  /// The bytes of a text.
  func bytes(of code: Int) -> ArraySlice<UInt8> {
    text[(code == 0 ? 0 : ends[code - 1])..<ends[code]]
  }

  /// The code of the text `bytes[start..<end]`, a new one when it is new.
  @inline(__always)
  mutating func code(
    for bytes: Span<UInt8>, from start: Int, to end: Int, firstOffset: Int
  ) -> Int32 {
    // FNV-1a (Fowler, Noll, Vo), with a last mix so that the low bits depend on all bytes.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    hash ^= hash >> 32

    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let code = slots[slot]
      if hashes[Int(code)] == hash && isEqual(Int(code), bytes, from: start, to: end) {
        return code
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return insert(bytes, from: start, to: end, hash: hash, slot: slot, firstOffset: firstOffset)
  }

  @inline(__always)
  private func isEqual(_ code: Int, _ bytes: Span<UInt8>, from start: Int, to end: Int) -> Bool {
    let known = code == 0 ? 0 : ends[code - 1]
    guard ends[code] - known == end - start else { return false }
    for index in 0..<end - start where text[known + index] != bytes[start + index] { return false }
    return true
  }

  private mutating func insert(
    _ bytes: Span<UInt8>, from start: Int, to end: Int, hash: UInt64, slot: Int, firstOffset: Int
  ) -> Int32 {
    let code = Int32(ends.count)
    for index in start..<end { text.append(bytes[index]) }
    ends.append(text.count)
    hashes.append(hash)
    firstOffsets.append(firstOffset)
    slots[slot] = code
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(code)
    }
  }
}
