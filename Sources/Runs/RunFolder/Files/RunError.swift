// What can go wrong with a run's files, each case with what a user needs to mend it.

import Glibc

/// A system call on a file that failed.
package struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was being done, as a verb phrase: "write", "open", "create the folder".
  package var action: String
  /// The file or folder.
  package var path: String
  /// The `errno` of the call.
  package var code: Int32

  package init(_ action: String, _ path: String, code: Int32 = errno) {
    self.action = action
    self.path = path
    self.code = code
  }

  /// True when no byte could be written because the disk, or the user's share of it, is full.
  package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT || code == EFBIG }
  /// True when the file or its folder is not there (any more).
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR || code == ESTALE }

  /// One line: what could not be done, to what, and why.
  package var description: String {
    "cannot \(action) \(path): \(String(cString: strerror(code)))"
  }
}

/// An error of the run folder: one line of text, and a case for programs that act on it.
package enum RunError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A file could not be read or written (exit code 74).
  case file(FileError)
  /// A file's content is not what it should be; line and column count from 1, 0 where there is none (65).
  case malformed(path: String, line: Int, column: Int, message: String)
  /// No run answers to what the user typed; `searched` names the places (64).
  case noSuchRun(argument: String, searched: [String])
  /// Several runs answer to what the user typed (64).
  case ambiguous(argument: String, matches: [String])
  /// The run is being worked on, so it cannot be removed or taken over (64).
  case busy(run: String, worker: WorkerIdentity)
  /// A program of this project is not installed where it is looked for (74).
  case noProgram(name: String, searched: [String])

  /// One line: what is wrong, where, and where possible the mend.
  package var description: String {
    switch self {
    case .file(let error): error.description
    case .malformed(let path, let line, let column, let message):
      if line == 0 {
        "\(path): \(message)"
      } else if column == 0 {
        "\(path):\(line): \(message)"
      } else {
        "\(path):\(line):\(column): \(message)"
      }
    case .noSuchRun(let argument, let searched):
      "no run '\(argument)' in \(searched.joined(separator: ", ")); see mglmm-tui ls"
    case .ambiguous(let argument, let matches):
      "'\(argument)' could be \(matches.joined(separator: ", ")); type more of the name"
    case .busy(let run, let worker):
      "run \(run) is being worked on by process \(worker.processID) on \(worker.host); stop it first"
    case .noProgram(let name, let searched):
      "the program \(name) was not found; looked in \(searched.joined(separator: ", "))"
    }
  }

  /// The exit code that INTERFACE.md promises for this error.
  package var exitCode: Int32 {
    switch self {
    case .file, .noProgram: 74
    case .malformed: 65
    case .noSuchRun, .ambiguous, .busy: 64
    }
  }
}

/// Runs `body`, turning its file errors into errors of the run.
func asRunError<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(RunError) -> Result {
  do throws(FileError) { return try body() } catch { throw .file(error) }
}
