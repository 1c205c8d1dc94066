// A dashboard on a memory screen with a run and a clock that the test turns.

import Dashboard
import Panes
import RunFolder
import SampleRuns
import TerminalCore

/// A run that does what the test says, and remembers what it was told.
final class ScriptedRun: RunControl {
  var snapshot: RunSnapshot
  /// What the next readings find, one after the other.
  var news: [RunSnapshot] = []
  var problem: RunError?
  private(set) var commands: [FitCommand] = []
  private(set) var resumptions = 0
  private(set) var extensions: [Int] = []

  init(_ snapshot: RunSnapshot) { self.snapshot = snapshot }

  func refresh() throws(RunError) -> Bool {
    if let problem { throw problem }
    guard !news.isEmpty else { return false }
    snapshot = news.removeFirst()
    return true
  }

  func send(_ command: FitCommand) throws(RunError) {
    if let problem { throw problem }
    commands.append(command)
  }

  func resume() throws(RunError) { resumptions += 1 }

  func extend(to draws: Int) throws(RunError) { extensions.append(draws) }
}

/// Keeps files instead of writing them.
final class KeptTexts: TextExporter {
  private(set) var files: [ExportFile] = []

  func write(_ file: ExportFile) throws(RunError) -> String {
    files.append(file)
    return file.path ?? "\(file.name).\(file.format.fileExtension)"
  }
}

/// A session that was played to its end.
struct Session {
  let screen: MemoryScreen
  let run: ScriptedRun
  let texts = KeptTexts()
  let end: DashboardEnd
  let state: DashboardState

  /// Plays keys and other events on a run; the session ends when there are no more.
  init(
    _ snapshot: RunSnapshot, columns: Int = 80, rows: Int = 24, news: [RunSnapshot] = [],
    isNewRun: Bool = false, problem: RunError? = nil, _ events: [ScreenEvent]
  ) {
    screen = MemoryScreen(size: Size(columns: columns, rows: rows), events: events)
    run = ScriptedRun(snapshot)
    run.news = news
    run.problem = problem
    var time = SampleRun.begin + 10
    let loop = DashboardLoop(
      screen: screen, control: run, isNewRun: isNewRun, exporter: texts,
      clock: {
        time += 0.01
        return time
      })
    end = loop.run()
    state = loop.state
  }

  /// The last frame.
  var text: String { screen.text }

  /// The last line of the last frame.
  var lastLine: String { text.split(separator: "\n").last.map(String.init) ?? "" }
}

/// Keys by their names, as help and configuration write them: `keys("2 j j / ^ b enter")`.
func keys(_ names: String) -> [ScreenEvent] {
  names.split(separator: " ").compactMap { KeyEvent(named: String($0)).map { .key($0) } }
}

/// The characters of a text, as keys.
func typed(_ text: String) -> [ScreenEvent] { text.map { .key(.character($0)) } }
