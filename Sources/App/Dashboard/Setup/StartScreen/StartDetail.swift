// More about the row in front of the start screen: the model of a run or demo, the way of a file.

import Panes
import RunFolder
import TerminalCore

/// The run, file or demonstration in front.
struct StartDetail: Drawable {
  var state: StartState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    var rest = area
    for (label, text) in lines where !rest.isEmpty && !text.isEmpty {
      buffer.write(label, at: rest.origin, Style(.muted), limit: min(9, rest.columns))
      rest = rest.inset(
        top: max(1, buffer.writeWrapped(text, in: rest.inset(left: 9))))
    }
    if lines.isEmpty { buffer.write("nothing", in: area, Style(.muted)) }
  }

  private var lines: [(label: String, text: String)] {
    guard state.count(state.section) > 0 else { return [] }
    switch state.section {
    case .runs: return describe(state.shownRuns[state.place(.runs)])
    case .files: return describe(state.shownFiles[state.place(.files)])
    case .demos: return describe(state.shownDemos[state.place(.demos)])
    }
  }

  private func describe(_ run: RunEntry) -> [(String, String)] {
    var lines = [("run", run.name)]
    var words = run.state.word
    if case .failed(let message) = run.state { words += ": \(message)" }
    if run.state.isLive, let worker = run.worker {
      words += ", process \(worker.processID) on \(worker.host)"
    }
    lines.append(("state", words))
    lines.append(("model", run.model))
    if let request = run.request {
      if let family = request.family { lines.append(("family", family)) }
      var method = request.method.rawValue
      if request.method == .mcmc {
        method +=
          ", \(request.chains) chains, \(Format.grouped(request.warmup)) warm-up, "
          + "\(Format.grouped(request.draws)) draws"
      }
      lines.append(("method", method))
      lines.append(("data", request.dataPath))
    }
    lines.append(("folder", run.folder.path))
    return lines
  }

  private func describe(_ file: DataFile) -> [(String, String)] {
    let size = "\(Format.compact(Double(file.bytes), digits: 3))B"
    guard file.holdsDraws else {
      return [
        ("file", "\(file.name), \(size)"),
        ("Enter", "shows its columns, where outcomes, predictors and groups are chosen"),
      ]
    }
    let chains = state.files?.chains(with: file) ?? [file.path]
    return [
      ("file", "\(file.name), \(size)"),
      (
        "Enter",
        "watches these draws"
          + (chains.count > 1 ? " with those of \(chains.count - 1) more files" : "")
      ),
    ]
  }

  private func describe(_ demo: DemoRun) -> [(String, String)] {
    [
      ("demo", demo.about), ("model", demo.formulas.joined(separator: " + ")),
      ("family", demo.family), ("data", demo.file),
      ("Enter", "starts a run of it, which is listed under Runs from then on"),
    ]
  }
}
