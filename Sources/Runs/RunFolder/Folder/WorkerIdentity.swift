// Which process, on which host, works on a run.

import Glibc

/// A process that works on a run.
package struct WorkerIdentity: Sendable, Equatable {
  /// The host's name, as `uname` gives it.
  package var host: String
  /// The process id on that host.
  package var processID: Int32

  package init(host: String, processID: Int32) {
    self.host = host
    self.processID = processID
  }

  /// The process that asks.
  package static var current: WorkerIdentity {
    WorkerIdentity(host: hostName(), processID: getpid())
  }
}

/// The name of this host, or "localhost" where the system has none.
package func hostName() -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard gethostname(&buffer, buffer.count - 1) == 0 else { return "localhost" }
  let name = String(
    decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  return name.isEmpty ? "localhost" : name
}
