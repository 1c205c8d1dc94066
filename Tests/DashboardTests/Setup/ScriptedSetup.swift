// The screens before a dashboard on a memory screen, with a world that the test makes up.

import Dashboard
import RunFolder
import Tables
import TerminalCore

/// Answers as the test says, at the next poll.
final class ScriptedChecker: ModelChecker {
  private let answer: (RunRequest) -> CheckAnswer?
  private(set) var questions: [RunRequest] = []
  private var open: RunRequest?

  init(_ answer: @escaping (RunRequest) -> CheckAnswer?) { self.answer = answer }

  func check(_ request: RunRequest, at now: Double) {
    questions.append(request)
    open = request
  }

  func poll(at now: Double) -> CheckAnswer? {
    guard let request = open, let answer = answer(request) else { return nil }
    open = nil
    return answer
  }

  var isBusy: Bool { open != nil }
  var descriptors: [Int32] { [] }
  func delay(at now: Double) -> Double? { isBusy ? 0.1 : nil }
  func cancel() { open = nil }
}

/// A world of which everything is known.
final class ScriptedWorld: SetupWorld {
  let checker: any ModelChecker
  var runs: [RunEntry] = []
  var files: [DataFile] = []
  var profile: Result<DataProfile, DataFault>
  /// What opening ends with, if it fails.
  var problem: RunError?
  private(set) var opened: [SetupChoice] = []
  private(set) var removed: [String] = []
  private(set) var stopped: [String] = []

  init(profile: Result<DataProfile, DataFault>, checker: any ModelChecker) {
    self.profile = profile
    self.checker = checker
  }

  func listRuns() -> any Pending<ListedRuns> { Immediate(ListedRuns(runs)) }
  func listFiles() -> any Pending<ListedFiles> { Immediate(ListedFiles(files)) }

  func read(_ path: String, factors: [String]) -> any Pending<Result<DataProfile, DataFault>> {
    Immediate(profile)
  }

  func remove(_ folder: RunFolder) throws(RunError) {
    if let problem { throw problem }
    removed.append(folder.name)
    runs.removeAll { $0.folder == folder }
  }

  func stop(_ folder: RunFolder) throws(RunError) { stopped.append(folder.name) }

  func open(_ choice: SetupChoice) throws(RunError) {
    if let problem { throw problem }
    opened.append(choice)
  }
}

/// A setup that was played to its end.
struct Setup {
  let screen: MemoryScreen
  let world: ScriptedWorld
  let loop: SetupLoop
  let end: SetupEnd

  /// Plays keys and other events; the setup ends when there are no more.
  ///
  /// - Parameter path: the data file of a builder; the start screen if `nil`.
  init(
    _ path: String? = nil, columns: Int = 120, rows: Int = 40, charset: Charset = .braille,
    base: RunRequest = Setup.base, world: ScriptedWorld = Setup.world(),
    _ events: [ScreenEvent]
  ) {
    screen = MemoryScreen(
      size: Size(columns: columns, rows: rows), charset: charset, events: events)
    self.world = world
    var request = base
    request.dataPath = path ?? ""
    var time = Setup.now
    loop = SetupLoop(screen: screen, world: world, base: request) {
      time += 0.01
      return time
    }
    end = loop.run()
  }

  /// The last frame.
  var text: String { screen.text }
  /// The last line of the last frame.
  var lastLine: String { text.split(separator: "\n").last.map(String.init) ?? "" }
  /// The builder in front.
  var builder: BuilderState? { loop.builder }
  /// The formula of the builder.
  var formula: String { loop.builder?.formulaText ?? "" }
  /// The requests that were to be checked.
  var questions: [RunRequest] { (world.checker as? ScriptedChecker)?.questions ?? [] }

  static let now = 1_800_000_000.0

  /// The method as the command line of mglmm-tui has it.
  static var base: RunRequest {
    var request = RunRequest()
    request.method = .mcmc
    return request
  }

  /// A world with the school data, whose models are all in order unless an answer is given.
  static func world(
    _ profile: DataProfile = school, answer: @escaping (RunRequest) -> CheckAnswer? = inOrder
  ) -> ScriptedWorld {
    ScriptedWorld(profile: .success(profile), checker: ScriptedChecker(answer))
  }

  static let families = ["gaussian", "bernoulli", "binomial", "poisson", "negbinomial"]

  /// The answer for a model that can be fitted: what the school data give.
  static func inOrder(_ request: RunRequest) -> CheckAnswer? {
    guard let formula = request.formulas.first else {
      return .report(
        DescribeReport(
          .fault(ModelFault(message: "no formula is given", exitCode: 64)), families: families))
    }
    let isSampled = request.method == .mcmc || request.method == .map
    func prior(_ name: String, _ address: String, _ law: String) -> DescribedPrior {
      let stated = request.priors.last { $0.hasPrefix(address + " ~ ") }
      let text = stated.map { String($0.dropFirst(address.count + 3)) } ?? law
      return DescribedPrior(
        PriorSummary(
          parameterClass: String(address.prefix { $0 != "[" }), target: name, prior: text,
          isDefault: stated == nil), address: address)
    }
    return .report(
      DescribeReport(
        .model(
          ModelDescription(
            model: ModelSummary(
              formula: formula,
              outcomes: [
                OutcomeSummary(
                  name: "math_score", family: "gaussian", link: "identity", observations: 1963)
              ], groups: [GroupSummary(name: "school_id", levels: 60)]),
            method: request.method, rows: 1963, observations: 3926, parameters: 10, effects: 120,
            fixed: [PredictorTerm(outcome: "math_score", term: "(Intercept)")],
            dispersion: [DescribedParameter(outcome: "math_score", parameter: "sigma")],
            random: [],
            missing: [MissingRows(outcome: "passed", columns: ["SES"], rows: 12)],
            priors: isSampled
              ? [
                prior(
                  "b_Intercept at the predictors' means", "Intercept[math_score]",
                  "student_t(3, 60.2, 10.1)"),
                prior("b_SES", "b[math_score, SES]", "flat"),
                prior(
                  "sd_school_id__Intercept", "sd[math_score, school_id, Intercept]",
                  "student_t(3, 0, 10.1)"),
                prior("sigma", "sigma[math_score]", "student_t(3, 0, 10.1)"),
              ] : [])), families: families))
  }

  /// An answer for a model that is wrong at a place of its formula.
  static func wrong(_ message: String, at word: String) -> (RunRequest) -> CheckAnswer? {
    { request in
      guard let formula = request.formulas.first, let place = formula.range(of: word) else {
        return inOrder(request)
      }
      let offset = formula.distance(from: formula.startIndex, to: place.lowerBound)
      return .report(
        DescribeReport(
          .fault(
            ModelFault(
              message: message, exitCode: 65, formula: formula, offset: offset,
              length: word.count)), families: families))
    }
  }

  /// Data like those of the schools, from a formula, so that every figure can be worked out.
  static let school: DataProfile = {
    let n = 600
    func numbers(_ value: (Int) -> Double) -> Column { .numeric((0..<n).map(value)) }
    let schools = (1...60).map { "S\($0 < 10 ? "0" : "")\($0)" }
    return DataProfile(
      path: "/data/edu.csv",
      table: Table(
        rowCount: n,
        columns: [
          ("student_id", numbers { Double($0 + 1) }),
          (
            "school_id",
            .factor(Factor(levels: schools, codes: (0..<n).map { Int32($0 / 10) }))
          ),
          (
            "gender",
            .factor(Factor(levels: ["female", "male"], codes: (0..<n).map { Int32($0 % 2) }))
          ),
          ("SES", numbers { $0 % 50 == 0 ? .nan : Double($0 % 41) / 10 - 2 }),
          ("period", numbers { Double($0 % 4) }),
          ("math_score", numbers { 50 + Double($0 % 21) - 10 + Double($0 % 7) / 10 }),
          ("passed", numbers { $0 % 3 == 0 ? 0 : 1 }),
          ("absences", numbers { $0 % 5 == 0 ? 20 : $0 % 5 == 1 ? 3 : 0 }),
        ]))
  }()

  /// Runs of all kinds.
  static let runs: [RunEntry] = {
    func entry(_ name: String, _ state: RunState, _ age: Double, _ formula: String) -> RunEntry {
      var request = RunRequest()
      request.dataPath = "/data/\(name).csv"
      request.formulas = [formula]
      request.method = .mcmc
      return RunEntry(
        folder: RunFolder(path: "/runs/\(name)"), state: state, request: request,
        worker: state.isLive ? WorkerIdentity(host: "lab", processID: 77) : nil,
        created: now - age)
    }
    return [
      entry("pbc2-3", .finished, 40, "spiders ~ year + drug + (year | id)"),
      entry("edu-2", .sampling, 3700, "cbind(math_score, passed) ~ gender + SES + (1 | school_id)"),
      entry("edu-1", .stopped, 90_000, "math_score ~ SES + (1 | school_id)"),
      entry("owls-1", .failed(message: "no column"), 400_000, "calls ~ food + (1 | nest)"),
    ]
  }()

  static let files = [
    DataFile(path: "edu.csv", bytes: 86_412),
    DataFile(path: "fit-1.csv", bytes: 9_812_000, holdsDraws: true),
    DataFile(path: "fit-2.csv", bytes: 9_812_411, holdsDraws: true),
    DataFile(path: "owls.tsv", bytes: 21_008),
  ]

  /// A world with runs and files.
  static func furnished() -> ScriptedWorld {
    let world = world()
    world.runs = runs
    world.files = files
    return world
  }
}
