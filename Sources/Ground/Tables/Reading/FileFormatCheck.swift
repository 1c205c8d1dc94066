// The checks of the bytes before they are read as text: other file formats, byte-order marks, UTF-8, NUL.

/// The mark that some programs write before UTF-8 text.
enum ByteOrderMark {
  /// 3 when the bytes begin with the mark, else 0.
  static func length(in bytes: Span<UInt8>) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }
}

enum FileFormatCheck {
  /// Throws unless the bytes are UTF-8 text without NUL; names the format of some files that are not.
  static func requireText(_ bytes: Span<UInt8>) throws(Fault) {
    if let format = formats.first(where: { begins(bytes, with: $0.magic) }) {
      throw Fault(offset: 0, message: "\(format.what); \(format.mend)")
    }
    try requireUTF8(bytes)
  }

  private static let formats: [(magic: [UInt8], what: String, mend: String)] = [
    ([0xFF, 0xFE, 0, 0], "the text is UTF-32", "save it as UTF-8"),
    ([0, 0, 0xFE, 0xFF], "the text is UTF-32", "save it as UTF-8"),
    ([0xFF, 0xFE], "the text is UTF-16", "save it as UTF-8"),
    ([0xFE, 0xFF], "the text is UTF-16", "save it as UTF-8"),
    ([0x1F, 0x8B], "this is a gzip file", "unpack it first (gunzip), or export it as CSV"),
    (Array("BZh".utf8), "this is a bzip2 file", "unpack it first (bunzip2)"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "this is an xz file", "unpack it first (unxz)"),
    ([0x28, 0xB5, 0x2F, 0xFD], "this is a zstd file", "unpack it first (unzstd)"),
    ([0x50, 0x4B, 3, 4], "this is a zip or Excel file", "unpack it, or save the sheet as CSV"),
    ([0xD0, 0xCF, 0x11, 0xE0], "this is an Excel file", "save the sheet as CSV"),
    (Array("PAR1".utf8), "this is a Parquet file", "export it as CSV"),
    (Array("$FL2".utf8), "this is an SPSS file", "export it as CSV"),
    (Array("<stata_dta>".utf8), "this is a Stata file", "export it as CSV"),
  ]

  private static func begins(_ bytes: Span<UInt8>, with magic: [UInt8]) -> Bool {
    bytes.count >= magic.count && magic.indices.allSatisfy { bytes[$0] == magic[$0] }
  }

  private static func requireUTF8(_ bytes: Span<UInt8>) throws(Fault) {
    var index = 0
    while index < bytes.count {
      // Eight bytes of plain text at a time; the test for a zero byte is exact where no byte is above 127.
      if index + 8 <= bytes.count {
        let word = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
        let zeros = (word &- 0x0101_0101_0101_0101) & ~word
        if (word | zeros) & 0x8080_8080_8080_8080 == 0 {
          index += 8
          continue
        }
      }
      index += try lengthOfScalar(at: index, in: bytes)
    }
  }

  /// The number of bytes of the well-formed character at `index` (Unicode 15, table 3-7).
  private static func lengthOfScalar(at index: Int, in bytes: Span<UInt8>) throws(Fault) -> Int {
    let first = bytes[index]
    if first == 0 {
      throw Fault(
        offset: index,
        message: "a NUL byte; the file is binary or UTF-16: save it as UTF-8 text")
    }
    if first < 0x80 { return 1 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0: (length, second) = (3, 0xA0...0xBF)
    case 0xED: (length, second) = (3, 0x80...0x9F)
    case 0xE1...0xEF: length = 3
    case 0xF0: (length, second) = (4, 0x90...0xBF)
    case 0xF4: (length, second) = (4, 0x80...0x8F)
    case 0xF1...0xF3: length = 4
    default: throw invalid(first, at: index)
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else {
      throw invalid(first, at: index)
    }
    for later in index + 2..<max(index + 2, index + length) where bytes[later] & 0xC0 != 0x80 {
      throw invalid(first, at: index)
    }
    return length
  }

  private static func invalid(_ byte: UInt8, at index: Int) -> Fault {
    let hexadecimal = String(byte, radix: 16, uppercase: true)
    return Fault(
      offset: index,
      message: "the byte 0x\(hexadecimal) is not UTF-8; save the file as UTF-8 (is it Latin-1?)")
  }
}
