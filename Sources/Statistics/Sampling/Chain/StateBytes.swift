// Values to bytes and back, exactly: little-endian words with a checksum at the end.

/// Why stored bytes are not a chain's state.
package enum ChainStateError: Error, Equatable, Sendable {
  /// They do not begin as a state does, or belong to another version of the format.
  case unknownFormat
  /// They end too early, go on too long, or their checksum is wrong.
  case damaged
}

/// Appends words to a list of bytes.
struct StateWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ word: UInt64) {
    withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func write(_ value: Int) { write(UInt64(bitPattern: Int64(value))) }

  mutating func write(_ value: Double) { write(value.bitPattern) }

  mutating func write(_ values: [Double]) {
    write(values.count)
    for value in values { write(value) }
  }

  /// Closes the list with its checksum.
  mutating func finish() { write(checksum(of: bytes[...])) }
}

/// Takes words from a list of bytes; a value that is not there is an error, never a guess.
struct StateReader {
  private var rest: ArraySlice<UInt8>

  /// A reader of a finished list, whose checksum is compared first.
  init(_ bytes: [UInt8]) throws(ChainStateError) {
    guard bytes.count >= 8 else { throw .damaged }
    rest = bytes.suffix(8)
    let stored = try readWord()
    rest = bytes.dropLast(8)
    guard stored == checksum(of: rest) else { throw .damaged }
  }

  mutating func readWord() throws(ChainStateError) -> UInt64 {
    guard rest.count >= 8 else { throw .damaged }
    var word: UInt64 = 0
    for (i, byte) in rest.prefix(8).enumerated() { word |= UInt64(byte) << UInt64(8 * i) }
    rest = rest.dropFirst(8)
    return word
  }

  mutating func readInt() throws(ChainStateError) -> Int {
    Int(truncatingIfNeeded: try readWord())
  }

  mutating func readDouble() throws(ChainStateError) -> Double {
    Double(bitPattern: try readWord())
  }

  mutating func readDoubles() throws(ChainStateError) -> [Double] {
    let count = try readInt()
    guard count >= 0, count <= rest.count / 8 else { throw .damaged }
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try readDouble()) }
    return values
  }

  /// A case of an enumeration stored by its raw value.
  mutating func readCase<Choice: RawRepresentable>(
    _ type: Choice.Type
  ) throws(ChainStateError) -> Choice where Choice.RawValue == UInt8 {
    guard let raw = UInt8(exactly: try readWord()), let choice = Choice(rawValue: raw) else {
      throw .damaged
    }
    return choice
  }

  /// Checks that nothing is left.
  func finish() throws(ChainStateError) {
    guard rest.isEmpty else { throw .damaged }
  }
}

/// The 64-bit FNV-1a hash.
private func checksum(of bytes: ArraySlice<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  return hash
}
