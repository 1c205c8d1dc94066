// Starts a worker that outlives the terminal: its own session, nothing inherited but the environment.

@preconcurrency import Glibc  // `environ` is a global variable of C

/// A process that was started and goes on by itself.
package struct LaunchedWorker: Sendable, Equatable {
  /// Its process id, which is also the id of its session.
  package let processID: Int32

  /// How the process ended, or nil while it runs: its exit code, or 128 and the signal that ended it.
  ///
  /// Asking also frees what the system keeps of an ended child; ask until it has ended, and not again after.
  package func exitStatus() -> Int32? {
    var status: Int32 = 0
    guard retrying({ waitpid(processID, &status, WNOHANG) }) == processID else { return nil }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }
}

/// Starts workers.
package enum WorkerLauncher {
  /// Not exported to Swift by glibc's header.
  private static let newSession: Int16 = 0x80

  /// Starts `program` with `arguments` in a session of its own, so that the end of the terminal is not the end of the worker.
  ///
  /// Standard input is /dev/null, standard output and error are appended to the file `log`; no other open file is inherited;
  /// signals have their default actions and none is blocked.
  package static func launch(
    program: String, arguments: [String], log: String
  ) throws(RunError) -> LaunchedWorker {
    try spawn(program: program, arguments: arguments) { actions in
      posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
      posix_spawn_file_actions_adddup2(&actions, 1, 2)
    }
  }

  /// Starts a program in a session of its own with standard input from /dev/null; `outputs` says where 1 and 2 go.
  static func spawn(
    program: String, arguments: [String], outputs: (inout posix_spawn_file_actions_t) -> Void
  ) throws(RunError) -> LaunchedWorker {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    outputs(&actions)
    for number in descriptorRange() {
      posix_spawn_file_actions_addclose(&actions, number)
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    sigfillset(&all)
    posix_spawnattr_setsigdefault(&attributes, &all)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = newSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK)
    posix_spawnattr_setflags(&attributes, flags)

    var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
    argv.append(nil)
    defer { for pointer in argv { free(pointer) } }
    var envp: [UnsafeMutablePointer<CChar>?] = workerEnvironment().map { strdup($0) }
    envp.append(nil)
    defer { for pointer in envp { free(pointer) } }

    var processID: pid_t = 0
    let code = posix_spawn(&processID, program, &actions, &attributes, argv, envp)
    guard code == 0 else { throw .file(FileError("start", program, code: code)) }
    return LaunchedWorker(processID: processID)
  }

  /// The environment, with Swift's crash helper switched off: it would linger beside a worker that nobody watches.
  private static func workerEnvironment() -> [String] {
    var list: [String] = []
    var next: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let current = next, let entry = current.pointee {
      let text = String(cString: entry)
      if !text.hasPrefix("SWIFT_BACKTRACE=") { list.append(text) }
      next = current.advanced(by: 1)
    }
    return list + ["SWIFT_BACKTRACE=enable=no"]
  }

  /// The numbers that open files may have when the child begins.
  ///
  /// Ours are closed on exec; what started us, or a library on another thread this very moment, may leave others. A number
  /// without a file is passed over by the system, so the range reaches beyond the highest one in use.
  private static func descriptorRange() -> Range<Int32> {
    let used = (try? FileSystem.list("/proc/self/fd")) ?? []
    let highest = used.compactMap { Int32($0) }.max() ?? 0
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return 3..<max(3, min(Int32(clamping: limit.rlim_cur), max(256, highest + 64)))
  }

  /// The path of a program of this project: beside the running one, else on PATH.
  package static func locate(_ name: String) throws(RunError) -> String {
    var searched: [String] = []
    if let own = runningProgram() { searched.append(FileSystem.parent(of: own)) }
    if let path = getenv("PATH") {
      searched += String(cString: path).split(separator: ":").map { String($0) }
    }
    for folder in searched {
      let candidate = "\(folder)/\(name)"
      if access(candidate, X_OK) == 0 && !FileSystem.isFolder(candidate) { return candidate }
    }
    throw .noProgram(name: name, searched: searched)
  }

  static func runningProgram() -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = readlink("/proc/self/exe", &buffer, buffer.count)
    guard length > 0 else { return nil }
    return String(decoding: buffer.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
