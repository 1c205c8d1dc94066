// Programs whose answer is collected without waiting.

import Glibc
import RunFolder
import Testing

@Suite("A program's answer is collected without waiting for it")
struct PipedProgramTests {
  /// Polls until the program has ended, for some seconds.
  private func ending(_ program: PipedProgram) -> PipedProgram.Ending? {
    for _ in 0..<5000 {
      if let ending = program.poll() { return ending }
      usleep(1000)
    }
    return nil
  }

  private func shell(_ script: String) throws -> PipedProgram {
    try PipedProgram(program: "/bin/sh", arguments: ["-c", script])
  }

  @Test("output and exit code, once")
  func output() throws {
    let program = try shell("echo answer; echo noise >&2; exit 65")
    let ending = try #require(ending(program))
    #expect(String(decoding: ending.output, as: UTF8.self) == "answer\n")
    #expect(ending.status == 65)
    #expect(program.poll() == nil)
  }

  @Test("an answer larger than a pipe holds")
  func large() throws {
    let ending = try #require(ending(try shell("head -c 300000 /dev/zero")))
    #expect(ending.output.count == 300_000 && ending.status == 0)
  }

  @Test("a program that takes long is not waited for, and can be ended")
  func cancelling() throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let program = try shell("sleep 60")
    #expect(program.poll() == nil)
    program.cancel()
    program.cancel()
    #expect(program.poll() == nil)
    #expect(clock.now - begin < .seconds(10))
  }

  @Test("a program that is not there is an error")
  func missing() {
    #expect(throws: RunError.self) {
      try PipedProgram(program: "/no/such/program", arguments: [])
    }
  }
}
