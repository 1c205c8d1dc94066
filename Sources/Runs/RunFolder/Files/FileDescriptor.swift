// An open file: closed once, on every path, and never inherited by a child process.

import Glibc

/// An open file descriptor that closes itself.
struct FileDescriptor: ~Copyable {
  let number: Int32
  let path: String

  /// Opens `path`; O_CLOEXEC is added, and files are created with mode 0600.
  init(opening path: String, _ flags: Int32, action: String) throws(FileError) {
    let flags = flags | O_CLOEXEC
    let number = retrying { open(path, flags, mode_t(0o600)) }
    guard number >= 0 else { throw FileError(action, path) }
    self.number = number
    self.path = path
  }

  deinit { close(number) }

  /// What the system says about the open file.
  func status() throws(FileError) -> stat {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw FileError("look at", path) }
    return status
  }

  /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
  func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var failure: FileError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = 0
      while filled < count {
        let space = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let received = retrying {
          pread(number, space.baseAddress, space.count, off_t(offset + filled))
        }
        if received < 0 { failure = FileError("read", path) }
        if received <= 0 { return }
        filled += received
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Makes what was written survive a crash of the machine.
  func synchronize() throws(FileError) {
    // Pipes and devices have nothing to synchronise and say EINVAL.
    guard fsync(number) == 0 || errno == EINVAL else { throw FileError("write", path) }
  }
}

/// Calls `body` again while a signal interrupts it.
@inline(__always)
func retrying<Result: SignedInteger>(_ body: () -> Result) -> Result {
  while true {
    let result = body()
    if result >= 0 || errno != EINTR { return result }
  }
}
