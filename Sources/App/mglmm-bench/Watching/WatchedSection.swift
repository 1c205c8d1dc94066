// What writing a run folder and being watched by a dashboard costs the sampler.

import Glibc
import RunFolder

/// The same long run without a folder, with one, and with a dashboard that watches it.
enum WatchedSection {
  /// The most that writing and being watched may slow a run.
  private static let bar = 3.0

  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Watched: what writing and a dashboard cost a run of edu, median over blocks",
      columns: ["run", "wall s", "CPU s", "against", "wall more, %", "CPU more, %", "bar, %", "is"])
    guard let fit = ChildProcess.sibling("mglmm-fit"),
      let dashboard = ChildProcess.sibling("mglmm-tui")
    else {
      table.remarks.append(
        "mglmm-fit or mglmm-tui is not built beside this program; swift build -c release")
      return [table]
    }
    guard let item = ChainCase.all.first, let path = Repository.dataset(item.data) else {
      table.remarks.append("the data edu.csv are not here")
      return [table]
    }
    let arguments =
      item.arguments(path) + ["--draws", String(settings.choose(4000, quick: 500))]
    var costs: [Manner: [Cost]] = [:]
    // The manners take turns, so that a change of the machine's load hits them alike; the first block is to warm up.
    for block in 0...settings.choose(5, quick: 1) {
      for manner in Manner.allCases {
        let cost = try run(manner, fit, dashboard, arguments)
        if block > 0 { costs[manner, default: []].append(cost) }
      }
    }
    for manner in Manner.allCases {
      let own = costs[manner] ?? []
      let start: [Cell] = [
        .text(manner.rawValue), .number(Stopwatch.median(own.map(\.wall))),
        .number(Stopwatch.median(own.map(\.processor))),
      ]
      guard let other = manner.isAgainst else {
        table.rows.append(start + (0..<5).map { _ in .text("") })
        continue
      }
      func more(_ value: (Cost) -> Double) -> Double {
        Stopwatch.median(zip(own, costs[other] ?? []).map { 100 * (value($0) / value($1) - 1) })
      }
      table.rows.append(
        start + [
          .text(other.rawValue), .text(NumberText.fixed(more(\.wall), decimals: 1)),
          .text(NumberText.fixed(more(\.processor), decimals: 1)),
        ]
          + (manner == .residuals
            ? [.text(""), .text("")]
            : [.number(bar), settings.verdict(more(\.processor) < bar)]))
    }
    table.remarks = [
      "more: of the run of the same block that it is against; the bar is held against CPU seconds, which other work hardly moves",
      "CPU s: of mglmm-fit, and where it is watched of mglmm-tui too",
      "residuals: 250 simulated responses, made anew at 100 draws a chain and at each doubling; work that was asked for, so without a bar",
      "watched: mglmm-tui attached in a pseudoterminal of 120 by 40 from the start of the run to its end",
    ]
    return [table]
  }

  /// How the run is made.
  private enum Manner: String, CaseIterable {
    case plain = "no run folder"
    case written = "run folder, 10 simulated responses"
    case residuals = "run folder with its residuals"
    case watched = "the same, watched"

    /// The manner that differs by the one thing to be measured.
    var isAgainst: Manner? {
      switch self {
      case .plain: nil
      case .written, .residuals: .plain
      case .watched: .residuals
      }
    }
  }

  private static func run(
    _ manner: Manner, _ fit: String, _ dashboard: String, _ arguments: [String]
  ) throws -> Cost {
    try TemporaryFolder.with { folder in
      let run = folder + "/run"
      var words = arguments
      if manner != .plain { words += ["--run", run] }
      if manner == .written { words += ["--simulations", "10"] }
      let clock = ContinuousClock()
      let begin = clock.now
      let child = try ChildProcess.start(fit, words, environment: [], isSession: false) { actions in
        for file: Int32 in 0...2 {
          posix_spawn_file_actions_addopen(&actions, file, "/dev/null", O_RDWR, 0)
        }
      }
      var terminal: Pseudoterminal?
      var isEnded = false
      defer { if !isEnded { terminal?.end() } }
      var buffer = [UInt8](repeating: 0, count: 65_536)
      var status: Int32 = 0
      var usage = rusage()
      while wait4(child, &status, WNOHANG, &usage) == 0 {
        // The dashboard needs a run to open.
        if manner == .watched, terminal == nil, access(run + "/model.toml", R_OK) == 0 {
          do { terminal = try Pseudoterminal(dashboard, [run]) } catch {
            kill(child, SIGTERM)
            ChildProcess.wait(for: child)
            throw error
          }
        }
        if terminal?.read(into: &buffer, milliseconds: 2) == nil { usleep(2000) }
      }
      let wall = (clock.now - begin).asSeconds
      guard status == 0 else { throw BenchError("mglmm-fit ended with status \(status)") }
      isEnded = true
      let watching = terminal.map { $0.end() } ?? 0
      return Cost(wall: wall, processor: Stopwatch.processorSeconds(usage) + watching)
    }
  }
}
