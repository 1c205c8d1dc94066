// The distinct texts of a column, numbered as they come, without making a string for each cell.

/// Gives equal texts equal codes: a hash table with open addressing over bytes.
struct TextInterner {
  /// The bytes of the distinct texts, one after the other.
  private var text: [UInt8] = []
  /// Where each text ends in `text`.
  private var ends: [Int] = []
  private var hashes: [UInt32] = []
  /// Where in the file each text was first met.
  private(set) var firstOffsets: [Int] = []
  /// The table: a power of two many, 0 where free, never more than half full.
  ///
  /// A taken slot holds the hash in its upper half and the code in its lower half, plus 1, so that a search
  /// rarely touches more memory than the slot.
  private var slots = [UInt64](repeating: 0, count: 256)

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
    // FNV-1a (Fowler, Noll, Vo), folded so that the low bits depend on all bytes.
    var wide: UInt64 = 0xCBF2_9CE4_8422_2325
    for index in start..<end { wide = (wide ^ UInt64(bytes[index])) &* 0x100_0000_01B3 }
    let hash = UInt32(truncatingIfNeeded: wide ^ (wide >> 32))

    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = slots[slot]
      if UInt32(truncatingIfNeeded: entry >> 32) == hash {
        let code = Int32(truncatingIfNeeded: entry) - 1
        if isEqual(Int(code), bytes, from: start, to: end) { return code }
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
    _ bytes: Span<UInt8>, from start: Int, to end: Int, hash: UInt32, slot: Int, firstOffset: Int
  ) -> Int32 {
    let code = Int32(ends.count)
    for index in start..<end { text.append(bytes[index]) }
    ends.append(text.count)
    hashes.append(hash)
    firstOffsets.append(firstOffset)
    slots[slot] = entry(hash, code)
    if ends.count * 2 > slots.count { grow() }
    return code
  }

  private mutating func grow() {
    slots = [UInt64](repeating: 0, count: slots.count * 2)
    for (code, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = entry(hash, Int32(code))
    }
  }

  private func entry(_ hash: UInt32, _ code: Int32) -> UInt64 {
    UInt64(hash) << 32 | UInt64(code + 1)
  }
}
