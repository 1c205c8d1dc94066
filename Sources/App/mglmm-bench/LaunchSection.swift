// From launch to the first frame of the dashboard, and the start of the fitting core.

/// Programs started from cold caches are slower; these are medians after a first start.
enum LaunchSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Launch: median milliseconds", columns: ["what", "milliseconds"])
    let repetitions = settings.choose(15, quick: 3)
    let fit = ChildProcess.sibling("mglmm-fit")
    if let fit {
      let cost = try Stopwatch.medianCost(repetitions: repetitions) {
        _ = try ChildProcess.output(of: fit, ["--version"])
      }
      table.rows.append([.text("mglmm-fit --version, whole process"), .number(cost.wall * 1e3)])
    } else {
      table.remarks.append("mglmm-fit is not built beside this program; swift build -c release")
    }
    guard let dashboard = ChildProcess.sibling("mglmm-tui"), let fit else {
      table.remarks.append("mglmm-tui is not built beside this program; swift build -c release")
      return [table]
    }
    guard let data = Repository.dataset("edu") else {
      table.remarks.append("the first frame was not measured: the data edu.csv are not here")
      return [table]
    }
    do {
      let frames = try TemporaryFolder.with { folder in
        let run = folder + "/run"
        _ = try ChildProcess.output(
          of: fit,
          [
            data, "-f", "cbind(math_score, passed) ~ gender + SES + (1 | school_id)", "--family",
            "list(gaussian(), bernoulli())", "--method", "mcmc", "--run", run,
          ])
        return try (0...repetitions).map { _ in try Pseudoterminal.firstFrame(dashboard, [run]) }
      }.dropFirst()
      table.rows.append([
        .text("mglmm-tui RUN, first visible character"),
        .number(Stopwatch.median(frames.map(\.firstCharacter)) * 1e3),
      ])
      table.rows.append([
        .text("mglmm-tui RUN, first frame whole"),
        .number(Stopwatch.median(frames.map(\.wholeFrame)) * 1e3),
      ])
      table.remarks = [
        "a finished run of edu (4 chains of 1000 draws) in a pseudoterminal of 120 by 40"
      ]
    } catch {
      table.remarks.append("the first frame was not measured: \(error)")
    }
    return [table]
  }
}
