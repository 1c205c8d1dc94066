// The lock that says that a worker is alive: released by the system however the worker ends.

import Glibc

/// Whether somebody works on a run.
package enum LockState: Sendable, Equatable {
  /// No worker has ever begun.
  case absent
  /// Nobody holds the lock; `last` is who held it before.
  case free(last: WorkerIdentity?)
  /// A living process holds the lock.
  case held(by: WorkerIdentity?)

  /// True while a living process holds the lock.
  package var isHeld: Bool {
    if case .held = self { true } else { false }
  }
}

/// The lock of a worker, held until the value is let go or the process ends.
///
/// It is taken by flock(2), which Linux also carries over NFS: the system releases it when the process ends,
/// whatever the reason, so that a lock that is free beside an unfinished run means a lost worker.
package final class WorkerLock: Sendable {
  private let file: FileDescriptor

  /// Takes the lock and writes who holds it; throws `busy` when another process does.
  package init(path: String) throws(RunError) {
    let opened = try asRunError { () throws(FileError) in
      try FileDescriptor(opening: path, O_RDWR | O_CREAT, action: "lock")
    }
    var attempts = 0
    // One that asks who works holds the lock for a moment, so a refusal is believed only when it lasts.
    while flock(opened.number, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw .file(FileError("lock", path))
      }
      attempts += 1
      if attempts > 20 {
        let holder = Self.identity(in: opened) ?? WorkerIdentity(host: "?", processID: 0)
        throw .busy(run: FileSystem.name(of: FileSystem.parent(of: path)), worker: holder)
      }
      usleep(10_000)
    }
    let holder = WorkerIdentity.current
    let line = JSONValue.object([
      JSONMember("host", .string(holder.host)),
      JSONMember("pid", .integer(Int(holder.processID))),
    ]).compactText
    let bytes = Array((line + "\n").utf8)
    let isWritten =
      ftruncate(opened.number, 0) == 0
      && bytes.withUnsafeBytes { pwrite(opened.number, $0.baseAddress, $0.count, 0) } == bytes.count
    guard isWritten else { throw .file(FileError("lock", path)) }
    file = opened
  }

  /// Whether somebody holds the lock at `path`.
  package static func state(_ path: String) throws(FileError) -> LockState {
    guard try FileSystem.status(path) != nil else { return .absent }
    let file = try FileDescriptor(opening: path, O_RDONLY, action: "look at")
    let holder = identity(in: file)
    if flock(file.number, LOCK_SH | LOCK_NB) == 0 {
      flock(file.number, LOCK_UN)
      return .free(last: holder)
    }
    guard errno == EWOULDBLOCK || errno == EINTR else { throw FileError("look at", path) }
    return .held(by: holder)
  }

  /// Who wrote the lock file; nil while it is empty or not to be read.
  private static func identity(in file: borrowing FileDescriptor) -> WorkerIdentity? {
    guard let bytes = try? file.read(at: 0, count: 1024),
      let json = try? JSONValue(parsing: bytes),
      let fields = try? JSONFields(json, of: "the lock"),
      let host = try? fields.string("host"), let number = try? fields.integer("pid"),
      let processID = Int32(exactly: number)
    else { return nil }
    return WorkerIdentity(host: host, processID: processID)
  }
}
