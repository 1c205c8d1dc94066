// Reading a growing file of lines: only what is new, only whole lines, and replacement noticed.

import Glibc

/// Reads a growing file of lines, a block of whole lines at a time.
///
/// A last line without a newline is left for later. A file that was replaced (another inode), cut back, or overwritten in place
/// (the bytes before the reader's place are others) is read again from its beginning.
/// A file that is not there is an empty one.
struct LineTail: Sendable {
  let path: String
  private var offset = 0
  private var lineCount = 0
  private var identity: Identity?
  /// The size of the file when it was last looked at.
  private(set) var size = 0
  /// Whether nothing more was to be read when last asked for more.
  private(set) var isAtEnd = false
  /// The state of the file at which nothing more was to be read.
  private var exhausted: Stamp?
  /// The last bytes before `offset`.
  private var guardBytes: [UInt8] = []

  private struct Identity: Equatable {
    var device: UInt
    var inode: UInt
  }

  private struct Stamp: Equatable {
    var identity: Identity
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// Whole lines, each with its newline.
  struct Block {
    var bytes: [UInt8]
    /// The number of the first line, from 1.
    var firstLine: Int
    /// The file is not the one read before: what was read from it is void.
    var isRestart: Bool
  }

  /// Small enough that a block of draws is read within a few milliseconds.
  private static let blockSize = 1 << 18
  private static let guardSize = 64

  init(path: String) { self.path = path }

  /// The bytes that were read.
  var readBytes: Int { offset }

  /// Looks how long the file is, if it has not been looked at yet.
  mutating func look() throws(FileError) {
    guard identity == nil else { return }
    size = try FileSystem.status(path).map { Int($0.st_size) } ?? 0
  }

  /// The next block, or nil when there is nothing new; a block without bytes only says that the file began anew.
  mutating func next() throws(FileError) -> Block? {
    isAtEnd = true
    guard let block = try newLines() else { return nil }
    isAtEnd = false
    return block
  }

  private mutating func newLines() throws(FileError) -> Block? {
    guard let status = try FileSystem.status(path) else {
      size = 0
      if identity == nil { return nil }
      self = LineTail(path: path)
      return Block(bytes: [], firstLine: 1, isRestart: true)
    }
    let found = Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    let stamp = Stamp(
      identity: found, size: Int(status.st_size), seconds: status.st_mtim.tv_sec,
      nanoseconds: status.st_mtim.tv_nsec)
    size = stamp.size
    if exhausted == stamp { return nil }

    let file = try FileDescriptor(opening: path, O_RDONLY, action: "read")
    var isRestart = false
    if let identity {
      isRestart = identity != found || stamp.size < offset
      if !isRestart { isRestart = try !isUntouched(file) }
      if isRestart { self = LineTail(path: path) }
    }
    identity = found
    size = stamp.size
    let bytes = try wholeLines(of: file, size: stamp.size)
    if bytes.isEmpty {
      exhausted = stamp
      return isRestart ? Block(bytes: [], firstLine: 1, isRestart: true) : nil
    }
    let block = Block(bytes: bytes, firstLine: lineCount + 1, isRestart: isRestart)
    lineCount += bytes.count { $0 == 0x0A }
    offset += bytes.count
    guardBytes = Array((guardBytes + bytes.suffix(Self.guardSize)).suffix(Self.guardSize))
    return block
  }

  private func isUntouched(_ file: borrowing FileDescriptor) throws(FileError) -> Bool {
    let start = offset - guardBytes.count
    return try file.read(at: start, count: guardBytes.count) == guardBytes
  }

  /// The whole lines that begin at `offset`, about a block of them.
  private func wholeLines(
    of file: borrowing FileDescriptor, size: Int
  ) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while offset + bytes.count < size {
      let start = offset + bytes.count
      let more = try file.read(at: start, count: min(Self.blockSize, size - start))
      if more.isEmpty { return [] }
      let newline = more.lastIndex(of: 0x0A)
      if bytes.isEmpty { bytes = more } else { bytes += more }
      if let newline {
        bytes.removeLast(more.count - newline - 1)
        return bytes
      }
    }
    return []
  }
}

extension Array where Element == UInt8 {
  /// Calls `body` with each line, without its newline or CR LF, and its number.
  func forEachLine<Failure: Error>(
    from firstLine: Int, _ body: (ArraySlice<UInt8>, Int) throws(Failure) -> Void
  ) throws(Failure) {
    var start = startIndex
    var number = firstLine
    while start < endIndex {
      let newline = self[start...].firstIndex(of: 0x0A) ?? endIndex
      var end = newline
      if end > start && self[end - 1] == 0x0D { end -= 1 }
      try body(self[start..<end], number)
      start = newline + 1
      number += 1
    }
  }
}
