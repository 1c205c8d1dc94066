// SIGTERM and SIGINT as a flag that a fit looks at; SIGHUP of a closing terminal is ignored.

import Glibc
import Synchronization

private let received = Atomic<Int32>(0)

/// The request to stop that the system passes on.
package enum StopSignal {
  /// Installs the handlers: they only set a flag.
  package static func install(ignoringHangup: Bool) {
    let handler: @convention(c) (Int32) -> Void = { received.store($0, ordering: .relaxed) }
    signal(SIGTERM, handler)
    signal(SIGINT, handler)
    signal(SIGPIPE, SIG_IGN)
    if ignoringHangup { signal(SIGHUP, SIG_IGN) }
    // Whoever started this process may have had them blocked, and a child inherits that.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTERM)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// The signal that came, if one did.
  package static var number: Int32? {
    let value = received.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }
}
