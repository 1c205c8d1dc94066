// The lines of commands.ndjson: dashboards append them and the worker tails them.

import Glibc

extension FitCommand {
  fileprivate func line(time: Double) -> String {
    var members = [JSONMember("time", .number(time)), JSONMember("command", .string(name))]
    if case .extend(let draws) = self { members.append(JSONMember("draws", .integer(draws))) }
    return JSONValue.object(members).compactText + "\n"
  }

  private var name: String {
    switch self {
    case .pause: "pause"
    case .resume: "resume"
    case .stop: "stop"
    case .extend: "extend"
    }
  }

  /// Reads a command; nil for one of a later version.
  fileprivate init?(_ fields: JSONFields) throws(JSONError) {
    switch try fields.string("command") {
    case "pause": self = .pause
    case "resume": self = .resume
    case "stop": self = .stop
    case "extend": self = .extend(draws: try fields.integer("draws"))
    default: return nil
    }
  }
}

extension RunFolder {
  /// Asks the worker for something; several dashboards may do so at once.
  package func send(_ command: FitCommand, time: Double = wallClock()) throws(FileError) {
    let file = try FileDescriptor(
      opening: commandsPath, O_WRONLY | O_CREAT | O_APPEND, action: "write to")
    let bytes = Array(command.line(time: time).utf8)
    let written = bytes.withUnsafeBytes { buffer in
      retrying { Glibc.write(file.number, buffer.baseAddress, buffer.count) }
    }
    guard written == bytes.count else {
      throw FileError("write to", commandsPath, code: written < 0 ? errno : ENOSPC)
    }
  }
}

/// Tails `commands.ndjson` for a worker.
package struct CommandReader: Sendable {
  private var tail: LineTail

  /// A reader of the commands given from now on: those already in the file were for an earlier worker.
  package init(path: String) throws(FileError) {
    tail = LineTail(path: path)
    while try tail.next() != nil {}
  }

  /// The commands since the last call; lines that are not commands are passed over.
  package mutating func refresh() throws(FileError) -> [FitCommand] {
    var commands: [FitCommand] = []
    while let block = try tail.next() {
      block.bytes.forEachLine(from: block.firstLine) { line, _ in
        // A half-written line of a dashboard that died must not stop the worker.
        guard let json = try? JSONValue(parsing: Array(line)),
          let fields = try? JSONFields(json, of: "the line"),
          let command = try? FitCommand(fields)
        else { return }
        commands.append(command)
      }
    }
    return commands
  }
}
