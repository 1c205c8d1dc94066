// Finds where a file of draws is to be cut so that a given number of draws remains.

/// Where a file of draws is to be cut so that a given number of draws remains.
struct DrawFileScan {
  /// The bytes that remain: up to the end of the last draw that is kept, or of the line of names.
  private(set) var length = 0
  /// The draws in the part that remains.
  private(set) var draws = 0
  /// The line of column names, without its newline.
  private(set) var columnLine: [UInt8]?
  /// The lines between warm-up and sampling are in the part that remains.
  private(set) var hasAdaptation = false
  /// Where the settings are that change while a run lives.
  private(set) var fields = DrawHeader.Fields()

  /// Reads as much of `file` as is needed to find the end of draw number `draws`.
  init(of file: borrowing AppendFile, draws wanted: Int) throws(FileError) {
    var offset = 0
    var rest: [UInt8] = []
    var sawAdaptation = false
    while offset < file.committedLength && !(columnLine != nil && draws == wanted) {
      let bytes = try file.read(at: offset, count: 1 << 20)
      if bytes.isEmpty { return }
      var lineStart = offset - rest.count
      offset += bytes.count
      rest += bytes
      guard let newline = rest.lastIndex(of: 0x0A) else { continue }
      let lines = Array(rest[...newline])
      rest.removeSubrange(...newline)
      lines.forEachLine(from: 1) { (line, _) throws(Never) in
        let end = lineStart + (line.endIndex - line.startIndex) + 1
        defer { lineStart = end }
        if columnLine != nil && draws == wanted { return }
        if line.first == UInt8(ascii: "#") {
          if columnLine == nil { fields.find(in: line, at: lineStart) }
          if line.elementsEqual(Self.adaptation) { sawAdaptation = true }
        } else if columnLine == nil {
          columnLine = Array(line)
          length = end
        } else if !line.isEmpty {
          draws += 1
          length = end
          hasAdaptation = sawAdaptation
        }
      }
    }
  }

  /// The line that CmdStan writes between warm-up and sampling.
  static let adaptation = Array("# Adaptation terminated".utf8)
}
