// The state of a run in a word or two, with its colour and mark.

import Panes
import RunFolder
import TerminalCore

extension RunState {
  /// The state in a word or two, as headers and lists have it.
  package var word: String {
    switch self {
    case .waiting: "starting"
    case .reading: "reading"
    case .optimizing: "optimizing"
    case .warmup: "warm-up"
    case .sampling: "sampling"
    case .summarizing: "summarizing"
    case .paused: "paused"
    case .finished: "finished"
    case .stopped: "stopped"
    case .failed: "failed"
    case .lost: "worker lost"
    case .foreign: "watching"
    }
  }

  /// The colour of the state.
  var role: ThemeRole {
    switch self {
    case .finished: .ok
    case .failed, .lost: .bad
    case .paused, .stopped: .warning
    default: .accent
    }
  }

  /// The sign of the state, for those who do not see its colour.
  func sign(in charset: Charset) -> String {
    switch self {
    case .finished: String(charset.check)
    case .failed, .lost: String(charset.cross)
    case .paused, .stopped: charset == .ascii ? "=" : "■"
    default: String(charset.point)
    }
  }
}
