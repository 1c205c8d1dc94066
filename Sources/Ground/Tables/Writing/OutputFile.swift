// Bytes into a file, plainly or so that a reader sees the old file or the new one and nothing between.

import Glibc

/// Writes whole files.
package enum OutputFile {
  /// How the file comes into its place.
  package enum Placement: Sendable {
    /// The file is emptied and written where it is.
    case inPlace
    /// A new file beside it is written, brought to the disk, and renamed: after a crash the old or the new one is there.
    case atomic
  }

  /// Writes the bytes to the file at `path`, which it makes with the permissions `mode`.
  ///
  /// - Throws: `WriteError`; after a failed atomic write the old file is untouched and the new one removed.
  package static func write(
    _ bytes: [UInt8], to path: String, placement: Placement = .atomic, mode: UInt32 = 0o600
  ) throws(WriteError) {
    let target = placement == .atomic ? "\(path).\(getpid()).new" : path
    let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { throw WriteError(file: path, step: .create, code: errno) }
    do throws(WriteError) {
      try fill(descriptor, with: bytes, path: path, isSynchronized: placement == .atomic)
      if placement == .atomic && rename(target, path) != 0 {
        throw WriteError(file: path, step: .replace, code: errno)
      }
    } catch {
      if placement == .atomic { unlink(target) }
      throw error
    }
  }

  /// Writes all bytes and closes the descriptor, also when it throws.
  private static func fill(
    _ descriptor: Int32, with bytes: [UInt8], path: String, isSynchronized: Bool
  ) throws(WriteError) {
    var code = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    var step = WriteError.Step.write
    if code == 0 && isSynchronized && fsync(descriptor) != 0 {
      (code, step) = (errno, .synchronize)
    }
    // A full disk on a network may show only here.
    if close(descriptor) != 0 && code == 0 { code = errno }
    if code != 0 { throw WriteError(file: path, step: step, code: code) }
  }

  /// Writes all bytes; returns 0 or the error number.
  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.write(descriptor, part.baseAddress, part.count)
      if count >= 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
    }
    return 0
  }
}
