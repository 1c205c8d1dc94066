// The system's words for an error number.

import Glibc

/// Error numbers of the operating system in words.
package enum SystemError {
  /// The text of an error number, such as "No space left on device"; safe on any thread.
  package static func text(of code: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let start = buffer.baseAddress else { return "error \(code)" }
      buffer.initialize(repeating: 0)
      // The POSIX function, which fills the buffer with a terminated text.
      guard strerror_r(code, start, buffer.count - 1) == 0 else { return "error \(code)" }
      return String(cString: start)
    }
  }
}
