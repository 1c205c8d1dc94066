// What to know before the numbers of several runs are held against each other.

import Panes
import RunFolder
import TerminalCore

/// A caution about a comparison.
struct ComparisonNote: Equatable {
  var words: String
  var judgement: Judgement
}

/// The cautions about a comparison, the gravest first.
struct ComparisonNotes {
  private(set) var all: [ComparisonNote] = []
  private let runs: [RunSnapshot]

  init(_ snapshots: [DashboardSnapshot]) {
    runs = snapshots.map(\.run)
    addData()
    addMethods(snapshots)
    addPrediction()
    for (place, run) in runs.enumerated() where run.state.isLive {
      add("\(RunMark(place).letter) is still running: its numbers will change.", .none)
    }
    all = all.enumerated().sorted {
      ($1.element.judgement, $0.offset) < ($0.element.judgement, $1.offset)
    }.map(\.element)
  }

  private mutating func add(_ words: String, _ judgement: Judgement) {
    all.append(ComparisonNote(words: words, judgement: judgement))
  }

  private func letters(_ places: some Sequence<Int>) -> String {
    places.map { String(RunMark($0).letter) }.joined(separator: ", ")
  }

  private mutating func addData() {
    let sums = runs.map { $0.request?.dataSHA256 }
    let known = Set(sums.compactMap { $0 })
    let observations = Set(runs.compactMap { $0.fitReport?.observations })
    if known.count > 1 {
      add(
        "The data files differ (SHA-256): likelihoods, AIC, BIC and elpd cannot be compared unless the "
          + "responses are the same.", .bad)
    } else if sums.contains(where: { $0 == nil }) {
      let unknown = sums.indices.filter { sums[$0] == nil }
      add(
        "Whether the data of \(letters(unknown)) are those of the others is not known.", .doubtful)
    }
    if known.count <= 1, observations.count > 1 {
      add(
        "The numbers of observations differ: missing values drop rows, and likelihoods on different "
          + "rows cannot be compared.", .bad)
    }
  }

  private mutating func addMethods(_ snapshots: [DashboardSnapshot]) {
    let methods = Set(runs.compactMap { $0.start?.method ?? $0.request?.method })
    if methods.contains(.reml) {
      add(
        "Restricted likelihoods compare random effects only: fixed effects must be alike.",
        .doubtful)
    }
    if methods.contains(.map) {
      add(
        "Penalised fits have their likelihood at the mode; AIC and BIC are approximate.", .doubtful)
    }
    if methods.contains(.mcmc), methods.count > 1 {
      add(
        "Posterior means and intervals stand beside estimates with Wald intervals.", .none)
    }
    let likelihoods = methods.subtracting([.mcmc])
    if likelihoods.count > 1 {
      add("The runs are by different methods, whose likelihoods are different things.", .bad)
    }
    if let prior = runs.firstIndex(where: { $0.request?.isPriorOnly == true }) {
      add("\(RunMark(prior).letter) has draws from the priors alone.", .doubtful)
    }
  }

  private mutating func addPrediction() {
    let reports = runs.map(\.looReport)
    let comparison = LooComparison(reports)
    if let problem = comparison.problem { add(problem, .bad) }
    for place in comparison.close {
      add(
        "\(RunMark(place).letter) predicts about as well as the best: a difference below 4 is small, and "
          + "its standard error is not reliable.", .none)
    }
    if comparison.hasFewObservations {
      add(
        "With fewer than 100 observations the standard errors of differences are too small.",
        .doubtful)
    }
    let bad = reports.indices.filter { reports[$0]?.badPoints.isEmpty == false }
    if !bad.isEmpty, reports.count(where: { $0 != nil }) > 1 {
      add("Some Pareto k of \(letters(bad)) are high: these elpd are not reliable.", .doubtful)
    }
    let without = reports.indices.filter { reports[$0] == nil && runs[$0].chains.count > 0 }
    if !without.isEmpty {
      add(
        "elpd of \(letters(without)) is not available: there is no loo.json (--loo makes it).",
        .none)
    }
  }
}
