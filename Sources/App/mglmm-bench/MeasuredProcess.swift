// Another program run to its end, with its output, what it cost, and a limit of time.

@preconcurrency import Glibc
import RunFolder

/// What a program wrote and cost.
struct MeasuredProcess {
  /// Standard output.
  let output: String
  /// The last line of standard error that is not blank.
  let complaint: String
  /// The exit code, or 128 and the signal that ended it.
  let code: Int32
  /// From its start to its end; the processor seconds are its own and its children's.
  let cost: Cost
  /// Whether it was ended because its time was over.
  let isOverdue: Bool

  /// Runs `program`, and ends it when it takes longer than `limit` seconds.
  ///
  /// - Throws: `BenchError` when it cannot be started. An exit code other than 0 is a result.
  static func run(
    _ program: String, _ arguments: [String], environment: [String] = [], limit: Double = .infinity
  ) throws -> MeasuredProcess {
    try TemporaryFolder.with { folder in
      let errors = folder + "/errors"
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
        throw BenchError("no pipe")
      }
      defer { close(ends[0]) }
      let clock = ContinuousClock()
      let begin = clock.now
      let child: pid_t
      do {
        defer { close(ends[1]) }
        child = try ChildProcess.start(
          program, arguments, environment: environment, isSession: false
        ) { actions in
          posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
          posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
          posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
        }
      }
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var isOverdue = false
      while true {
        let left = limit - (clock.now - begin).asSeconds
        if left <= 0 && !isOverdue {
          isOverdue = true
          kill(child, SIGKILL)
        }
        var wait = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, Int32(max(1, min(left, 1) * 1000))) > 0 else {
          // A grandchild may hold the pipe longer than the child lives.
          if isOverdue { break }
          continue
        }
        let count = read(ends[0], &buffer, buffer.count)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { break }
        bytes += buffer[..<count]
      }
      var status: Int32 = 0
      var usage = rusage()
      while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
      let wall = (clock.now - begin).asSeconds
      let signal = status & 0x7F
      let lines = (TextFile.read(errors) ?? "").split(separator: "\n")
      return MeasuredProcess(
        output: String(decoding: bytes, as: UTF8.self),
        complaint: lines.last { !$0.allSatisfy(\.isWhitespace) }.map { String($0) } ?? "",
        code: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
        cost: Cost(wall: wall, processor: Stopwatch.processorSeconds(usage)), isOverdue: isOverdue)
    }
  }
}
