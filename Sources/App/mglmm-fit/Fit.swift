// The command mglmm-fit DATA -f FORMULA fits a model and prints the result.

import ArgumentParser
import Fitting
import RunFolder

/// Fits a model.
struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit a model (the default).")

  @Argument(help: "The data: a CSV or TSV file with a header line.")
  var data: String?

  @OptionGroup var model: ModelOptions
  @OptionGroup var sampling: SamplingOptions

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("Write a run folder, which dashboards can watch.", valueName: "dir"))
  var folder: String?

  @Flag(help: "Print the result as JSON.")
  var json = false

  @Flag(help: "Include conditional modes (ML) or random effects (MCMC) in the result.")
  var ranef = false

  @Flag(help: "Leave-one-out prediction from the draws (--method mcmc), refreshed as they come in.")
  var loo = false

  @Flag(help: "Exit 1 when the fit ends with a warning.")
  var strict = false

  @Option(
    name: .customLong("model"), help: "Read the options from a TOML file, as in a run folder.")
  var modelFile: String?

  func run() throws {
    try Console.ending { () throws(FittingError) in
      var request = try baseRequest()
      if let data { request.dataPath = data }
      try model.apply(to: &request)
      sampling.apply(to: &request)
      do { _ = try request.stoppingRule() } catch { throw FittingError(error) }
      request.includesModes = request.includesModes || ranef
      request.includesLoo = request.includesLoo || loo
      request.isStrict = request.isStrict || strict
      guard !request.dataPath.isEmpty else {
        throw FittingError("no data file is given; write mglmm-fit DATA -f FORMULA", exitCode: 64)
      }
      guard request.hasModel else {
        throw FittingError(
          "no formula is given; write -f 'y ~ x + (1 | group)'", exitCode: 64)
      }
      return try fit(request)
    }
  }

  private func baseRequest() throws(FittingError) -> RunRequest {
    guard let modelFile else { return RunRequest() }
    do { return try RunRequest(readingTOML: modelFile) } catch {
      throw FittingError(error)
    }
  }

  private func fit(_ request: RunRequest) throws(FittingError) -> Int32 {
    let progress = ProgressLine()
    defer { progress.end() }
    if let path = folder {
      guard !RunFolder(path: path).isRun else {
        throw FittingError(
          "--run \(path): there is a run in this folder; name another, or go on with it: "
            + "mglmm-tui resume \(path)", exitCode: 64)
      }
      do {
        let folder = try RunFolder.create(for: request, at: path)
        let (exitCode, outcome) = try Worker(folder: folder).run(watch: progress)
        progress.end()
        if let outcome { Console.printResult(outcome, json: json) }
        return exitCode
      } catch {
        throw FittingError(error)
      }
    }
    StopSignal.install(ignoringHangup: false)
    let control = RunControl()
    let job = FitJob(try request.followingCall(), sink: progress, control: control) {
      if StopSignal.number != nil { control.apply(.stop) }
    }
    let outcome = try job.run()
    progress.end()
    Console.printResult(outcome, json: json)
    if StopSignal.number != nil { return 130 }
    return request.isStrict && !outcome.warnings.isEmpty ? 1 : 0
  }
}
