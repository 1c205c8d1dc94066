// A file that one process appends to, so that nothing is lost and nothing doubled when writing fails.

import Glibc

/// A file that one process appends to.
///
/// Bytes wait in memory until they are committed. A commit is one `pwrite` at the end of what was committed before: when it
/// fails, or writes a part, the file is cut back, the bytes go on waiting, and the next commit
/// writes the same bytes to the same place. When the file was deleted while it was open (its folder moved away), commits fail,
/// though the system would accept the bytes; once the folder is back, the file is made anew from
/// the old one, which the open descriptor keeps alive.
struct AppendFile: ~Copyable {
  let path: String
  private(set) var pending = TextBuilder()
  /// The length of the file up to which everything is known to be written.
  private(set) var committedLength: Int
  private var file: FileDescriptor
  private let write: Write

  /// `pwrite`, or what a test puts in its place.
  typealias Write = @Sendable (Int32, UnsafeRawBufferPointer, Int) -> Int

  static let systemWrite: Write = { number, bytes, offset in
    retrying { pwrite(number, bytes.baseAddress, bytes.count, off_t(offset)) }
  }

  /// Creates the file, which must not be there yet; `replacing` empties one that is.
  init(
    creating path: String, replacing: Bool = false, write: @escaping Write = systemWrite
  ) throws(FileError) {
    let flags = O_RDWR | O_CREAT | (replacing ? O_TRUNC : O_EXCL)
    file = try FileDescriptor(opening: path, flags, action: "create")
    self.path = path
    self.write = write
    committedLength = 0
  }

  /// Opens the file, creating it if need be, and goes on after its last whole line.
  init(continuing path: String, write: @escaping Write = systemWrite) throws(FileError) {
    let file = try FileDescriptor(opening: path, O_RDWR | O_CREAT, action: "open")
    let size = Int(try file.status().st_size)
    let length = try Self.endOfLastLine(in: file, size: size)
    if length < size { try Self.cut(file, to: length) }
    self.file = file
    self.path = path
    self.write = write
    committedLength = length
  }

  /// Lets `body` add bytes to what waits; no system call.
  mutating func append(_ body: (inout TextBuilder) -> Void) { body(&pending) }

  /// Writes all that waits in one call; when it throws, everything still waits and nothing is doubled.
  mutating func commit() throws(FileError) {
    if pending.bytes.isEmpty { return }
    if try file.status().st_nlink == 0 { try recreate() }
    try put(pending.bytes)
    pending.removeAll()
  }

  /// Makes what was committed survive a crash of the machine.
  func synchronize() throws(FileError) { try file.synchronize() }

  /// Overwrites committed bytes in place; the length does not change.
  func overwrite(at offset: Int, with bytes: [UInt8]) throws(FileError) {
    precondition(offset + bytes.count <= committedLength, "past what was committed")
    let written = bytes.withUnsafeBytes { write(file.number, $0, offset) }
    guard written == bytes.count else { throw FileError("write", path) }
  }

  /// Cuts the file, and what waits, back to `length` bytes.
  mutating func truncate(to length: Int) throws(FileError) {
    precondition(length <= committedLength, "a file is only cut back")
    try Self.cut(file, to: length)
    pending.removeAll()
    committedLength = length
  }

  /// The committed bytes from `offset`, at most `count`.
  func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    try file.read(at: offset, count: min(count, committedLength - offset))
  }

  private mutating func put(_ bytes: [UInt8]) throws(FileError) {
    let written = bytes.withUnsafeBytes { write(file.number, $0, committedLength) }
    guard written == bytes.count else {
      // A short write without an error means that the space ran out in the middle.
      let error = FileError("write", path, code: written < 0 ? errno : ENOSPC)
      // Readers drop a torn line, so this is only tidiness: its own failure changes nothing.
      _ = ftruncate(file.number, off_t(committedLength))
      throw error
    }
    committedLength += written
  }

  /// Makes the deleted file anew at its path, with everything that was committed.
  private mutating func recreate() throws(FileError) {
    let length = committedLength
    let fresh = try FileDescriptor(
      opening: path, O_RDWR | O_CREAT | O_EXCL, action: "write to")
    var offset = 0
    do throws(FileError) {
      while offset < length {
        let bytes = try file.read(at: offset, count: min(length - offset, 1 << 20))
        guard !bytes.isEmpty else { throw FileError("read", path, code: EIO) }
        let written = bytes.withUnsafeBytes { write(fresh.number, $0, offset) }
        guard written == bytes.count else {
          throw FileError("write", path, code: written < 0 ? errno : ENOSPC)
        }
        offset += bytes.count
      }
    } catch {
      unlink(path)
      throw error
    }
    file = fresh
  }

  private static func cut(
    _ file: borrowing FileDescriptor, to length: Int
  ) throws(FileError) {
    let result = ftruncate(file.number, off_t(length))
    guard result == 0 else { throw FileError("cut back", file.path) }
  }

  private static func endOfLastLine(
    in file: borrowing FileDescriptor, size: Int
  ) throws(FileError) -> Int {
    var end = size
    while end > 0 {
      let start = max(0, end - 65_536)
      let bytes = try file.read(at: start, count: end - start)
      if let newline = bytes.lastIndex(of: 0x0A) { return start + newline + 1 }
      end = start
    }
    return 0
  }
}
