// Events as JSON objects: "time", "event", then the event's own members.

extension StampedEvent {
  /// The event as one line without its newline.
  var line: String {
    var members = [
      JSONMember("time", .number((time * 1e6).rounded() / 1e6)),
      JSONMember("event", .string(event.name)),
    ]
    members += event.members
    return JSONValue.object(members).compactText
  }

  /// Reads a line; nil for an event that this version does not know.
  init?(line: ArraySlice<UInt8>) throws(JSONError) {
    let json = try JSONValue(parsing: Array(line))
    let fields = try JSONFields(json, of: "the line")
    guard let event = try FitEvent(name: try fields.string("event"), fields) else { return nil }
    self.init(time: try fields.number("time"), event: event)
  }
}

extension FitEvent {
  /// The word for the event in the file.
  var name: String {
    switch self {
    case .started: "started"
    case .phase: "phase"
    case .optimizer: "optimizer"
    case .fitted: "fitted"
    case .chain: "chain"
    case .warning: "warning"
    case .note: "note"
    case .checkpoint: "checkpoint"
    case .check: "check"
    case .paused: "paused"
    case .resumed: "resumed"
    case .extended: "extended"
    case .finished: "finished"
    case .stopped: "stopped"
    case .failed: "failed"
    }
  }

  /// The event's own members.
  var members: [JSONMember] {
    switch self {
    case .started(let start):
      [
        JSONMember("version", .string(start.version)),
        JSONMember("host", .string(start.worker.host)),
        JSONMember("pid", .integer(Int(start.worker.processID))),
        JSONMember("method", .string(start.method.rawValue)),
        JSONMember("seed", .seed(start.seed)), JSONMember("chains", .integer(start.chains)),
        JSONMember("warmup", .integer(start.warmup)), JSONMember("draws", .integer(start.draws)),
      ]
    case .phase(let phase): [JSONMember("name", .string(phase.rawValue))]
    case .optimizer(let step):
      [
        JSONMember("iteration", .integer(step.iteration)),
        JSONMember("logLik", .number(step.logLikelihood)),
        JSONMember("gradient_max", .number(step.gradientMax)),
        JSONMember("step_length", .number(step.stepLength)),
        JSONMember("evaluations", .integer(step.evaluations)),
      ]
    case .fitted(let logLikelihood, let seconds):
      [JSONMember("logLik", .number(logLikelihood)), JSONMember("seconds", .number(seconds))]
    case .chain(let progress):
      [
        JSONMember("chain", .integer(progress.chain)),
        JSONMember("phase", .string(progress.phase.rawValue)),
        JSONMember("iteration", .integer(progress.iteration)),
        JSONMember("step_size", .number(progress.stepSize)),
      ]
    case .warning(let warning):
      [
        JSONMember("code", .string(warning.code)), JSONMember("message", .string(warning.message)),
        JSONMember("advice", .string(warning.advice)),
      ]
    case .note(let text): [JSONMember("text", .string(text))]
    case .checkpoint(let chain, let draws):
      [JSONMember("chain", .integer(chain)), JSONMember("draws", .integer(draws))]
    case .check(let check): check.members
    case .extended(let draws): [JSONMember("draws", .integer(draws))]
    case .finished(let seconds, let cpuSeconds):
      [JSONMember("seconds", .number(seconds)), JSONMember("cpu_seconds", .number(cpuSeconds))]
    case .failed(let message, let exitCode):
      [
        JSONMember("message", .string(message)), JSONMember("exit_code", .integer(Int(exitCode))),
      ]
    case .paused, .resumed, .stopped: []
    }
  }

  /// Reads the members of the event called `name`; nil for an event, phase or method of a later version.
  init?(name: String, _ fields: JSONFields) throws(JSONError) {
    switch name {
    case "started":
      guard let start = try WorkerStart(fields) else { return nil }
      self = .started(start)
    case "phase":
      guard let phase = FitPhase(rawValue: try fields.string("name")) else { return nil }
      self = .phase(phase)
    case "optimizer":
      self = .optimizer(
        OptimizerStep(
          iteration: try fields.integer("iteration"), logLikelihood: try fields.number("logLik"),
          gradientMax: try fields.number("gradient_max"),
          stepLength: try fields.number("step_length"),
          evaluations: try fields.integer("evaluations")))
    case "fitted":
      self = .fitted(
        logLikelihood: try fields.number("logLik"), seconds: try fields.number("seconds"))
    case "chain":
      guard let phase = ChainPhase(rawValue: try fields.string("phase")) else { return nil }
      self = .chain(
        ChainProgress(
          chain: try fields.integer("chain"), phase: phase,
          iteration: try fields.integer("iteration"), stepSize: try fields.number("step_size")))
    case "warning":
      self = .warning(
        FitWarning(
          code: try fields.string("code"), message: try fields.lines("message"),
          advice: try fields.lines("advice")))
    case "note": self = .note(try fields.lines("text"))
    case "checkpoint":
      self = .checkpoint(chain: try fields.integer("chain"), draws: try fields.integer("draws"))
    case "check": self = .check(try StoppingCheck(fields))
    case "paused": self = .paused
    case "resumed": self = .resumed
    case "extended": self = .extended(draws: try fields.integer("draws"))
    case "finished":
      self = .finished(
        seconds: try fields.number("seconds"), cpuSeconds: try fields.number("cpu_seconds"))
    case "stopped": self = .stopped
    case "failed":
      self = .failed(
        message: try fields.lines("message"),
        exitCode: Int32(clamping: try fields.integer("exit_code")))
    default: return nil
    }
  }
}

extension WorkerStart {
  /// Reads the members of a `started` event; nil when its method is of a later version.
  fileprivate init?(_ fields: JSONFields) throws(JSONError) {
    guard let method = FitMethod(rawValue: try fields.string("method")) else { return nil }
    self.init(
      version: try fields.string("version"),
      worker: WorkerIdentity(
        host: try fields.string("host"),
        processID: Int32(clamping: try fields.integer("pid"))),
      method: method, seed: try fields.seed("seed"), chains: try fields.integer("chains"),
      warmup: try fields.integer("warmup"), draws: try fields.integer("draws"))
  }
}
