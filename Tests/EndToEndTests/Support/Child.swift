// A child process as a shell starts one. Foundation's Process will not do: its children inherit blocked signals and a
// socket on which it waits, so a server that a child leaves behind would be waited for too.

import Foundation
@preconcurrency import Glibc

/// A child process with its streams in files.
final class Child {
  /// The number of the process.
  let identifier: pid_t
  private var status: Int32?

  /// Starts a program in a folder, with an environment and nothing else inherited.
  init(
    _ program: String, _ arguments: [String], folder: String, environment: [String: String],
    output: String, errors: String
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // Numbers without a file are passed over.
    for number in 3..<Int32(256) { posix_spawn_file_actions_addclose(&actions, number) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    let command = ["env", "--chdir=\(folder)", program] + arguments
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
    words.append(nil)
    var settings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") }
    settings.append(nil)
    defer { for pointer in words + settings { free(pointer) } }
    var identifier: pid_t = 0
    let code = posix_spawnp(&identifier, "env", &actions, &attributes, words, settings)
    guard code == 0 else { throw TestFailure("cannot start \(program): \(code)") }
    self.identifier = identifier
  }

  /// The exit code, or 128 and the signal that ended the process; nil while it runs.
  var exitCode: Int32? {
    if status == nil {
      var word: Int32 = 0
      guard waitpid(identifier, &word, WNOHANG) == identifier else { return nil }
      status = word & 0x7F == 0 ? word >> 8 & 0xFF : 128 + word & 0x7F
    }
    return status
  }

  /// Waits for the end; a process that hangs is killed.
  func wait(within seconds: Double) throws -> Int32 {
    var code: Int32?
    do {
      try eventually("process \(identifier) ends", within: seconds, every: 0.005) {
        code = exitCode
        return code != nil
      }
    } catch {
      kill(identifier, SIGKILL)
      throw error
    }
    return code ?? -1
  }
}
