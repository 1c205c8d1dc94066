// The command start, the default one: starts a run on a data file and watches it, or opens a run.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Starts a run, or opens one.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start",
    abstract: "Start a run on a data file and watch it, or open a run (the default command).")

  @Argument(
    help: "A data file; or a run by its name, number or folder.", completion: Complete.data)
  var data: String?

  @OptionGroup(title: "Model options") var model: ModelOptions
  @OptionGroup(title: "Run options") var place: PlaceOptions
  @OptionGroup(title: "Looks") var look: LookOptions
  @OptionGroup(title: "Looks") var lines: PlainOptions

  @Option(help: ArgumentHelp("The name of the run's folder.", valueName: "name"))
  var name: String?

  @Flag(name: [.customShort("b"), .long], help: "Start the fit and return; no dashboard.")
  var background = false

  func validate() throws {
    if let name, name.isEmpty || name.contains("/") || name.hasPrefix(".") {
      throw ValidationError(
        "--name is '\(name)'; it must be a plain name without / and not begin with a dot.")
    }
  }

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      guard data != nil || model.model != nil else {
        guard lines.canShow, !background else { return try explain() }
        return try setUp(RunRequest(), settings)
      }
      if let data, model.formula.isEmpty, model.mcmcglmm == nil, model.model == nil {
        return try open(data, settings)
      }
      var request = RunRequest()
      request.method = .mcmc
      if let file = model.model { request = try RunRequest(readingTOML: file) }
      if let data { request.dataPath = data }
      model.apply(to: &request)
      guard request.hasModel else {
        throw Failure.usage("there is no formula; give one with -f 'y ~ x + (1 | group)'")
      }
      do throws(StoppingRuleError) { _ = try request.stoppingRule() } catch {
        throw Failure.usage(error.description)
      }
      guard !request.dataPath.isEmpty else { throw Failure.usage("there is no data file") }
      try start(request, settings)
    }
  }

  /// Without arguments and without a terminal: what there is to type, and the runs there are.
  private func explain() throws {
    try printResult(MglmmTui.helpMessage() + "\n")
    let entries = try place.catalog.list()
    if !entries.isEmpty {
      try printResult("\nRUNS:\n" + RunListing.text(entries, now: wallClock()))
    }
  }

  private func open(_ argument: String, _ settings: Session.Settings) throws {
    var status = stat()
    let isFile = stat(argument, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    if isFile, !DataFile.holdsDraws(argument) {
      guard lines.canShow, !background else {
        throw Failure.usage(
          "\(argument) is a data file, so a formula is needed: "
            + "mglmm-tui \(argument) -f 'y ~ x + (1 | group)'")
      }
      var request = RunRequest()
      request.dataPath = argument
      return try setUp(request, settings)
    }
    try Session(
      control: RunOpening.open(argument, in: place.catalog), settings: settings, lines: lines
    ).run()
  }

  /// Shows the start screen, or the model builder for a data file, and what is opened there.
  private func setUp(_ request: RunRequest, _ settings: Session.Settings) throws {
    var request = request
    request.method = .mcmc
    model.apply(to: &request)
    try SetupSession(
      base: request, world: FolderSetupWorld(catalog: place.catalog, name: name),
      settings: settings
    ).run()
  }

  private func start(_ request: RunRequest, _ settings: Session.Settings) throws {
    let (folder, worker) = try RunOpening.start(request, named: name, in: place.catalog)
    let session = Session(
      control: FolderRunControl(folder: folder, worker: worker), settings: settings, lines: lines,
      isNewRun: true)
    if lines.canShow && !background { return try session.run() }
    // Errors in the model are known within the first moments.
    try session.wait { $0.state != .waiting && $0.state != .reading }
    session.sayFarewell()
  }
}
