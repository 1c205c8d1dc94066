// All that the model builder remembers between two events.

import Panes
import RunFolder
import TerminalCore

/// Which part of the builder takes the keys.
package enum BuilderFocus: CaseIterable, Sendable {
  case columns, formula, priors, settings
}

/// What the keys mean now.
package enum BuilderMode: Equatable {
  case browsing
  /// A filter of columns is being typed.
  case filter(LineEditor)
  /// The formula is being edited.
  case formula(LineEditor)
  /// A command is being typed.
  case command(LineEditor)
  case help(scroll: Int)
  /// The user is asked whether to leave what was chosen.
  case confirmLeave
}

/// What is known of the model that is being built.
package enum CheckState: Equatable {
  /// There is no formula to check.
  case none
  case waiting
  case report(DescribeReport)
  case failed(String)
}

/// What can be changed among the settings.
package enum BuilderSetting: String, CaseIterable, Sendable {
  case method, chains, warmup, draws, seed
}

/// The order of the columns.
package enum ColumnOrder: String, CaseIterable, Sendable {
  case file = "as in the file"
  case name = "by name"
  case kind = "by type"
  case missing = "by missing values"
}

/// Everything that changes the state of a builder.
package enum BuilderEvent {
  case key(KeyEvent)
  case resized(Size)
  /// The data have been looked at, or cannot be.
  case profile(Result<DataProfile, DataFault>)
  case answer(CheckAnswer)
  /// What was asked for could not be done.
  case failed(String)
}

/// What a builder asks of the world.
package enum BuilderEffect: Equatable {
  /// Say what the model of a request would be.
  case check(RunRequest)
  /// Start the run.
  case start(RunRequest)
  case leave
  case nextTheme
  case redraw
  case suspend
}

/// All that the model builder remembers.
package struct BuilderState {
  package internal(set) var size: Size
  let charset: Charset
  /// The path of the data as the user gave it.
  let path: String
  /// The data; `nil` while they are being read.
  package internal(set) var data: DataProfile?
  /// Why there are no data.
  package internal(set) var fault: String?
  /// Method, sampling and priors, and what the command line has said beside a formula.
  package internal(set) var base: RunRequest
  package internal(set) var choices = ModelChoices()
  /// The formula and families as edited by hand; `nil` where they follow the choices.
  package internal(set) var handFormula: String?
  package internal(set) var handFamily: String?
  package internal(set) var focus = BuilderFocus.columns
  package internal(set) var mode = BuilderMode.browsing
  package internal(set) var message: DashboardMessage?
  package internal(set) var check = CheckState.none
  /// The latest answer that was a model, for the list of priors while the next is on its way.
  package internal(set) var description: ModelDescription?
  /// The families that the fitting program says it has.
  package internal(set) var families = FamilySuggestion.usualFamilies
  package internal(set) var filter = ParameterFilter()
  package internal(set) var order = ColumnOrder.file
  /// The names of the columns listed, filtered and in order.
  package internal(set) var listed: [Int] = []
  package internal(set) var selected = 0
  package internal(set) var selectedPrior = 0
  package internal(set) var setting = BuilderSetting.method
  /// The request that was last sent to be checked.
  var asked: RunRequest?

  /// A builder for a data file that is yet to be read.
  package init(path: String, base: RunRequest, size: Size, charset: Charset = .braille) {
    self.path = path
    self.base = base
    self.size = size
    self.charset = charset
    self.base.dataPath = path
    handFamily = base.family
  }

  /// The formula as it stands, also while it is being edited.
  package var formulaText: String {
    if case .formula(let line) = mode { return line.text }
    return handFormula ?? choices.formula
  }

  /// The families as `--family` takes them.
  package var familyText: String? { handFamily ?? choices.families }

  /// What would be started now.
  package var request: RunRequest {
    var request = base
    request.formulas = formulaText.isEmpty ? [] : [formulaText]
    request.family = familyText
    return request
  }

  /// The command line that starts the same.
  package var commandLine: String {
    ShellText.line(["mglmm-tui"] + request.arguments(defaultMethod: .mcmc))
  }

  /// The column in front.
  package var column: ColumnProfile? {
    guard let data, listed.indices.contains(selected) else { return nil }
    return data.columns[listed[selected]]
  }

  /// The priors in force as far as they are known.
  package var priors: [DescribedPrior] { description?.priors ?? [] }

  /// Whether there is something that leaving would lose.
  package var hasWork: Bool { !choices.isEmpty || handFormula != nil }

  mutating func say(_ text: String, _ judgement: Judgement = .none) {
    message = DashboardMessage(text: text, judgement: judgement)
  }

  /// Lists the columns anew and keeps the one in front.
  mutating func list() {
    guard let data else { return }
    let front = column?.name
    listed = data.columns.indices.filter { filter.matches(data.columns[$0].name) }
    switch order {
    case .file: break
    case .name: listed.sort { data.columns[$0].name < data.columns[$1].name }
    case .kind:
      listed.sort {
        (data.columns[$0].kind.rawValue, $0) < (data.columns[$1].kind.rawValue, $1)
      }
    case .missing: listed.sort { (-data.columns[$0].missing, $0) < (-data.columns[$1].missing, $1) }
    }
    selected = listed.firstIndex { data.columns[$0].name == front } ?? 0
  }

  /// What suits a column as an outcome.
  func suggestion(for name: String) -> FamilySuggestion? {
    data?.columns.first { $0.name == name }.map { FamilySuggestion(for: $0, families: families) }
  }
}
