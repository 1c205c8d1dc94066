// A run told in lines on standard output, until it ends or the user leaves.

import Dashboard
import Glibc
import RunFolder
import Synchronization

private let interruption = Atomic<Int32>(0)

extension Session {
  /// Tells the run line by line until it ends; Ctrl-C leaves, and the fit goes on.
  func runPlain(_ options: PlainOptions) throws {
    if !options.plain {
      say(
        "This terminal (TERM=dumb) cannot show a dashboard, so the run is told in lines (--plain).")
    }
    // The handlers only set a flag; a wait is cut short by them.
    let handler: @convention(c) (Int32) -> Void = { interruption.store($0, ordering: .relaxed) }
    signal(SIGINT, handler)
    signal(SIGTERM, handler)
    var follower = PlainFollower(
      control: control, configuration: settings.configuration, interval: options.every ?? 60,
      wait: { usleep(UInt32($0 * 1e6)) },
      isInterrupted: { interruption.load(ordering: .relaxed) != 0 })
    let end = try follower.run { (line) throws(FileError) in try printResult(line + "\n") }
    if end == .interrupted {
      sayFarewell()
      // 130 for Ctrl-C, as shells have it.
      throw Failure(
        message: "left before the end", code: 128 + interruption.load(ordering: .relaxed))
    }
    if case .failed(let message) = control.snapshot.state { throw failure(message) }
  }
}
