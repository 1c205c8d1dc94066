// Workers live on their own: session, descriptors, signals, environment.

import Foundation
import Testing

@testable import RunFolder

@Suite("A launched worker has its own session and inherits nothing but the environment")
struct LauncherTests {
  /// Runs a shell script as a worker and returns what it wrote to its log.
  static func run(_ script: String) async throws -> (status: Int32?, log: String) {
    let folder = try TemporaryFolder()
    let worker = try WorkerLauncher.launch(
      program: "/bin/sh", arguments: ["-c", script], log: folder.file("log.txt"))
    var status: Int32?
    _ = try await Waiting.until {
      status = worker.exitStatus()
      return status != nil
    }
    return (status, try folder.text("log.txt"))
  }

  @Test("its session is its own, its input empty, its output and errors in the log")
  func session() async throws {
    let (status, log) = try await Self.run(
      "echo $$; cut -d' ' -f6 /proc/$$/stat; readlink /proc/$$/fd/0; echo err >&2; exit 3")
    let lines = log.split(separator: "\n")
    try #require(lines.count == 4)
    #expect(lines[0] == lines[1], "session and process id")
    #expect(lines[2] == "/dev/null" && lines[3] == "err")
    #expect(status == 3)
  }

  @Test("no other open file, no blocked or ignored signal, and no crash helper")
  func inheritance() async throws {
    // A descriptor as a careless parent would leave it: not closed on exec.
    let leaked = dup(2)
    defer { close(leaked) }
    // Only what the shell does itself: a pipeline or a substitution would open files and block signals of its own.
    let (_, log) = try await Self.run(
      "n=0; while [ $n -lt 256 ]; do [ -e /proc/$$/fd/$n ] && echo $n; n=$((n+1)); done; "
        + "echo $SWIFT_BACKTRACE; echo ${HOME:+home}; "
        + "exec grep -E 'SigBlk|SigIgn' /proc/self/status")
    let lines = log.split(separator: "\n")
    try #require(lines.count == 7)
    #expect(lines[..<3] == ["0", "1", "2"], "descriptors")
    #expect(lines[3] == "enable=no" && lines[4] == "home")
    #expect(lines[5] == "SigBlk:\t0000000000000000")
    // glibc keeps signals 32 and 33 for its threads and leaves them ignored after a spawn.
    let ignored = try #require(UInt64(lines[6].suffix(16), radix: 16))
    #expect(lines[6].hasPrefix("SigIgn:") && ignored & ~(3 << 31) == 0)
  }

  @Test("it leads another session than the process that started it, so a hang-up does not reach it")
  func ownSession() async throws {
    let folder = try TemporaryFolder()
    // The kernel sends SIGHUP to the session of the terminal that closed, and to no other.
    let worker = try WorkerLauncher.launch(
      program: "/bin/sh", arguments: ["-c", "sleep 0.3; echo alive"], log: folder.file("log.txt"))
    #expect(getsid(worker.processID) == worker.processID)
    #expect(getsid(worker.processID) != getsid(0))
    #expect(try await Waiting.until { try folder.text("log.txt") == "alive\n" })
    #expect(try folder.permissions("log.txt") == 0o600)
  }

  @Test("a program that is not there is an error that says where it was looked for")
  func missing() throws {
    do {
      _ = try WorkerLauncher.launch(program: "/nonexistent/x", arguments: [], log: "/dev/null")
      Issue.record("started what is not there")
    } catch { #expect(error.exitCode == 74 && error.description.contains("/nonexistent/x")) }
    do {
      _ = try WorkerLauncher.locate("no-such-program-here")
      Issue.record("found what is not there")
    } catch {
      guard case .noProgram(_, let searched) = error else { throw error }
      #expect(searched.count > 1 && error.description.contains(searched[0]))
    }
    #expect(try WorkerLauncher.locate("sh").hasSuffix("/sh"))
  }
}
