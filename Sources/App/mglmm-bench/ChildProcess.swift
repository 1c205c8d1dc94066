// Other programs: found, started, timed, and seen in a terminal of their own.

@preconcurrency import Glibc  // `environ` is a global variable of C

/// Runs other programs.
enum ChildProcess {
  /// The path of a program on PATH.
  static func locate(_ name: String) -> String? {
    guard let path = getenv("PATH") else { return nil }
    return String(cString: path).split(separator: ":").map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }

  /// A program of this project, beside this one.
  static func sibling(_ name: String) -> String? {
    let path = Repository.programFolder + "/" + name
    return access(path, X_OK) == 0 ? path : nil
  }

  /// What a program writes to standard output; its standard error is dropped.
  ///
  /// - Throws: `BenchError` when it cannot be started or ends with a code other than 0.
  static func output(of program: String, _ arguments: [String], environment: [String] = []) throws
    -> String
  {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0, ends.allSatisfy({ fcntl($0, F_SETFD, FD_CLOEXEC) == 0 }) else {
      throw BenchError("no pipe")
    }
    let child: pid_t
    do {
      child = try start(program, arguments, environment: environment, isSession: false) { actions in
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
      }
    } catch {
      for end in ends { close(end) }
      throw error
    }
    close(ends[1])
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    close(ends[0])
    let code = wait(for: child)
    guard code == 0 else { throw BenchError("\(program) ended with \(code)") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Starts a program; `prepare` says what its standard files are.
  static func start(
    _ program: String, _ arguments: [String], environment: [String], isSession: Bool,
    _ prepare: (inout posix_spawn_file_actions_t) -> Void
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // POSIX_SPAWN_SETSID, which glibc's header does not export to Swift.
    let newSession: Int16 = 0x80
    posix_spawnattr_setflags(&attributes, isSession ? newSession : 0)
    var argv = ([program] + arguments).map { strdup($0) }
    argv.append(nil)
    defer { for pointer in argv { free(pointer) } }
    var envp = (environment + inherited(without: environment)).map { strdup($0) }
    envp.append(nil)
    defer { for pointer in envp { free(pointer) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, program, &actions, &attributes, argv, envp)
    guard code == 0 else {
      throw BenchError("cannot start \(program): \(String(cString: strerror(code)))")
    }
    return child
  }

  /// Waits for a child's end; its exit code, or 128 and the signal that ended it.
  @discardableResult static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  private static func inherited(without changed: [String]) -> [String] {
    let names = Set(changed.map { $0.prefix { $0 != "=" } })
    var list: [String] = []
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let current = next, let entry = current.pointee {
      let text = String(cString: entry)
      if !names.contains(text.prefix { $0 != "=" }) { list.append(text) }
      next = current.advanced(by: 1)
    }
    return list
  }
}
