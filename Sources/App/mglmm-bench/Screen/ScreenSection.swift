// The dashboard in a terminal: how soon it shows, how fast it answers, what it writes and what it costs.

/// The tables of the screen.
enum ScreenSection {
  /// A finished run to look at.
  struct Load {
    var name: String
    var parameters: Int
    /// Draws of all four chains.
    var draws: Int
    /// The most milliseconds that a key may take.
    var keyBar: Double
  }

  static let loads = [
    Load(name: "40 x 16,000", parameters: 40, draws: 16_000, keyBar: 30),
    Load(name: "100 x 40,000", parameters: 100, draws: 40_000, keyBar: 30),
    Load(name: "5,000 x 10,000", parameters: 5000, draws: 10_000, keyBar: 100),
  ]
  static let chains = 4
  /// The most milliseconds to the first frame.
  static let frameBar = 50.0

  /// Measures, and shows the tables as they are finished.
  static func measure(_ settings: BenchSettings, _ show: (BenchTable) -> Void) throws {
    let loads = Self.loads.filter {
      settings.includes($0.name) && (!settings.isQuick || $0.parameters < 1000)
    }
    var opening = BenchTable(
      "Screen: opening a finished run of parameters x draws, in a pseudoterminal of 120 by 40",
      columns: [
        "run", "MB", "first sign, ms", "bar", "is", "frame whole, ms", "all read, s",
        "memory, MB", "numbers alone, MB", "idle, % of a core", "bar", "is", "idle, B/s",
      ])
    var keys = BenchTable(
      "Screen: milliseconds from a key to the first byte of the answer",
      columns: ["run", "while", "keys", "median", "worst", "bar", "is"])
    guard let dashboard = ChildProcess.sibling("mglmm-tui") else {
      opening.remarks.append("mglmm-tui is not built beside this program; swift build -c release")
      return show(opening)
    }
    for load in loads {
      try TemporaryFolder.with { folder in
        let bytes = try DrawFiles.write(
          parameters: load.parameters, draws: load.draws / chains, chains: chains, in: folder)
        try measure(load, folder, Double(bytes) / 1e6, dashboard, settings, &opening, &keys)
      }
    }
    opening.remarks = [
      "draws as CmdStan writes them, 4 chains; median of several starts, files in the page cache",
      "memory: the largest resident size; numbers alone: 8 bytes a draw of each column",
      "idle: over 10 s after all statistics were computed and 12 s had passed",
    ]
    keys.remarks = [
      "keys that go through all panes, move, sort, zoom and filter; the worst of them counts"
    ]
    show(opening)
    show(keys)
    try FrameTables.measure(loads, settings, show)
    try LiveScreen.measure(dashboard, settings, show)
  }

  private static func measure(
    _ load: Load, _ folder: String, _ megabytes: Double, _ dashboard: String,
    _ settings: BenchSettings, _ opening: inout BenchTable, _ keys: inout BenchTable
  ) throws {
    let arguments = ["watch", folder]
    let frames = try (0...settings.choose(9, quick: 2)).map { _ in
      try Pseudoterminal.firstFrame(dashboard, arguments)
    }.dropFirst()
    let first = Stopwatch.median(frames.map(\.firstCharacter)) * 1e3
    let watched = try WatchedScreen(dashboard, arguments)
    defer { watched.end() }
    // The program has drawn its first frame and reads.
    _ = watched.listen(seconds: 0.1)
    let isReading = (watched.readBytes ?? .infinity) < 5e5 * megabytes
    let early = isReading ? watched.answers(KeyWalk.short, pause: 0.05) : []
    let read = try watched.waitUntilRead(limit: 600)
    try watched.waitUntilQuiet(limit: 600)
    let late = watched.answers(
      settings.choose(KeyWalk.all, quick: KeyWalk.short), pause: 0.15)
    try watched.waitUntilQuiet(limit: 600)
    _ = watched.listen(seconds: 12)
    let idle = watched.costs(seconds: settings.choose(10, quick: 2))
    let numbers = Double((load.parameters + 7) * load.draws * 8) / 1e6
    opening.rows.append([
      .text(load.name), .number(megabytes), .number(first), .number(frameBar),
      settings.verdict(first < frameBar),
      .number(Stopwatch.median(frames.map(\.wholeFrame)) * 1e3), .number(read),
      .number(watched.peakMegabytes ?? .nan), .number(numbers), .number(100 * idle.processor),
      .number(1), settings.verdict(idle.processor < 0.01), .number(idle.bytes),
    ])
    for (time, answers) in [("it reads", early), ("all is read", late)] where !answers.isEmpty {
      let worst = (answers.max() ?? .nan) * 1e3
      keys.rows.append([
        .text(load.name), .text(time), .count(answers.count),
        .number(Stopwatch.median(answers) * 1e3), .number(worst), .number(load.keyBar),
        settings.verdict(worst < load.keyBar),
      ])
    }
  }
}

/// The keys that are pressed.
enum KeyWalk {
  /// Through all panes.
  static let short = ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

  /// Through all panes, with what each has to move, sort, zoom and filter.
  static let all =
    short + ["3"] + Array(repeating: "j", count: 8) + ["+", "+", "h", "l", "-", "w", "w", "c"]
    + ["4"] + Array(repeating: "j", count: 6) + ["s", "s", "S", "G", "g"] + ["/", "t", "h", "\r"]
    + ["\u{1B}"] + ["8", "j", "j", "s", "9", "5", "1"]
}
