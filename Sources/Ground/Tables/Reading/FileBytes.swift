// The whole content of a file, from a path, with the errors of the system in words.

import Glibc

enum FileBytes {
  /// All bytes of the file at `path`; pipes are read to their end.
  ///
  /// The file is read, not mapped: a mapped file that another program shortens ends the process.
  static func read(path: String) throws(TableError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, code: errno) }
    defer { close(descriptor) }

    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path, code: errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      throw TableError(
        kind: .unreadable, file: path,
        message: "this is a folder; give the CSV or TSV file inside it")
    }

    var bytes: [UInt8] = []
    // One byte more than the size, so that the end of the file shows without growing the array.
    var capacity = max(Int(status.st_size) + 1, 1 << 16)
    while true {
      let wanted = capacity
      var failure: Int32 = 0
      let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
        failure = fill(buffer, from: descriptor, count: &count)
      }
      guard failure == 0 else { throw unreadable(path, code: failure) }
      let isWhole = chunk.count < wanted
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if isWhole { return bytes }
      capacity = bytes.count
    }
  }

  /// Reads until the buffer is full or the file ends; returns 0 or the error number.
  private static func fill(
    _ buffer: UnsafeMutableBufferPointer<UInt8>, from descriptor: Int32, count: inout Int
  ) -> Int32 {
    while count < buffer.count {
      let room = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...])
      let got = Glibc.read(descriptor, room.baseAddress, room.count)
      if got == 0 { return 0 }
      if got > 0 { count += got } else if errno != EINTR { return errno }
    }
    return 0
  }

  private static func unreadable(_ path: String, code: Int32) -> TableError {
    let mend =
      switch code {
      case ENOENT, ENOTDIR: "check the path"
      case EACCES: "ask for permission to read it"
      default: "try again, or copy the file elsewhere"
      }
    return TableError(
      kind: .unreadable, file: path,
      message: "cannot be read (\(SystemError.text(of: code))); \(mend)")
  }
}
