// A data file that is read beside the screen, so that keys are answered meanwhile.

import Synchronization

/// Something that is being worked out on another thread.
package protocol Pending<Value>: AnyObject {
  associatedtype Value
  /// The value, once and only once, as soon as it is there.
  func take() -> Value?
}

/// A value that a task of its own works out.
package final class Background<Value: Sendable>: Pending {
  private let box = Box()

  private final class Box: Sendable {
    let value = Mutex<Value?>(nil)
  }

  /// Begins to work.
  package init(_ work: @escaping @Sendable () -> Value) {
    let box = box
    Task.detached(priority: .userInitiated) {
      let result = work()
      box.value.withLock { $0 = result }
    }
  }

  package func take() -> Value? {
    box.value.withLock { value in
      defer { value = nil }
      return value
    }
  }
}

/// A value that is there already.
package final class Immediate<Value>: Pending {
  private var value: Value?

  package init(_ value: Value) { self.value = value }

  package func take() -> Value? {
    defer { value = nil }
    return value
  }
}
