// A thread of its own for long work: chains would starve a shared pool.

import Glibc
import Synchronization

/// A POSIX thread that runs one closure.
final class DedicatedThread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private var handle = pthread_t()

  /// Starts a thread with a stack of 8 megabytes.
  ///
  /// - Throws: the system's error number when there can be no more threads.
  init(_ body: @escaping @Sendable () -> Void) throws(FittingError) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, 8 << 20)
    // The box is retained here and released by the thread that takes it.
    let box = Unmanaged.passRetained(Work(body))
    let code = pthread_create(&handle, &attributes, Self.run, box.toOpaque())
    if code != 0 {
      box.release()
      throw FittingError("no thread for a chain: \(String(cString: strerror(code)))", exitCode: 70)
    }
  }

  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    guard let pointer = $0 else { return nil }
    Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
    return nil
  }

  /// Waits until the closure has returned.
  func join() { pthread_join(handle, nil) }
}
