// What several runs were asked for and how they came out, fact by fact.

import Diagnostics
import Panes
import RunFolder
import TerminalCore

/// One fact of every run.
struct ComparisonFact: Equatable {
  var name: String
  /// A text for each run; "–" where there is none.
  var values: [String]
  var judgements: [Judgement]
  /// Whether a difference between the runs is worth a mark.
  var marksDifference = false

  /// Whether the runs differ.
  var differs: Bool { marksDifference && Set(values).count > 1 }
}

/// Facts under a heading.
struct ComparisonSection: Equatable {
  var title: String
  var facts: [ComparisonFact]
}

/// All facts of several runs.
struct ComparisonFacts {
  private let runs: [DashboardSnapshot]
  private(set) var sections: [ComparisonSection] = []

  init(_ runs: [DashboardSnapshot]) {
    self.runs = runs
    let headlines = runs.map { RunHeadline($0) }
    add("Model", modelFacts)
    add("Data", dataFacts)
    add("Run", runFacts(headlines))
    add("Convergence", convergenceFacts(headlines))
    add("Fit", fitFacts)
    add("Prediction", predictionFacts)
  }

  /// Facts that no run has are left out, and so are headings without facts.
  private mutating func add(_ title: String, _ facts: [ComparisonFact]) {
    let known = facts.filter { $0.values.contains { $0 != Format.notAvailable } }
    if !known.isEmpty { sections.append(ComparisonSection(title: title, facts: known)) }
  }

  private func fact(
    _ name: String, marks: Bool = false, _ value: (DashboardSnapshot) -> String?
  ) -> ComparisonFact {
    let values = runs.map { value($0).flatMap { $0.isEmpty ? nil : $0 } ?? Format.notAvailable }
    return ComparisonFact(
      name: name, values: values, judgements: runs.map { _ in .none }, marksDifference: marks)
  }

  private var modelFacts: [ComparisonFact] {
    [
      fact("formula", marks: true) {
        $0.run.request?.modelText ?? $0.run.fitReport?.model.formula
          ?? $0.run.chains.first?.settings["model"]
      },
      fact("family", marks: true) { run in
        run.run.fitReport.map { fit in
          fit.model.outcomes.map { "\($0.family) (\($0.link))" }.joined(separator: ", ")
        } ?? run.run.request?.family
      },
      fact("dispersion", marks: true) { $0.run.request?.dispersion },
      fact("zero inflation", marks: true) { $0.run.request?.zeroInflation },
      fact("priors", marks: true) { run in
        guard let request = run.run.request, request.method == .mcmc || request.method == .map
        else { return nil }
        return request.priors.isEmpty ? "defaults" : request.priors.joined(separator: "; ")
      },
      fact("method", marks: true) { run in
        run.run.state == .foreign
          ? run.run.chains.first?.settings["algorithm"]
          : (run.run.start?.method ?? run.run.request?.method)?.rawValue
      },
    ]
  }

  private var dataFacts: [ComparisonFact] {
    [
      fact("file", marks: true) {
        $0.run.request?.dataPath.split(separator: "/").last.map(String.init)
          ?? $0.run.chains.first?.settings["file"]
      },
      fact("SHA-256", marks: true) { $0.run.request?.dataSHA256.map { "\($0.prefix(12))…" } },
      fact("observations", marks: true) {
        ($0.run.fitReport?.observations).map { Format.grouped($0) }
      },
    ]
  }

  private func runFacts(_ headlines: [RunHeadline]) -> [ComparisonFact] {
    var state = fact("state") { $0.run.state.word }
    state.judgements = runs.map {
      switch $0.run.state {
      case .failed, .lost: .bad
      case .stopped: .doubtful
      default: .none
      }
    }
    let seconds = ComparisonFact(
      name: "time",
      values: headlines.map { $0.seconds.map(Format.duration) ?? Format.notAvailable },
      judgements: runs.map { _ in .none })
    return [state, fact("draws") { $0.hasDraws ? RunHeadline($0).basis : nil }, seconds]
  }

  private func convergenceFacts(_ headlines: [RunHeadline]) -> [ComparisonFact] {
    func numbers(
      _ name: String, _ value: (RunHeadline) -> (String, Judgement)?
    ) -> ComparisonFact {
      let all = headlines.map { value($0) }
      return ComparisonFact(
        name: name, values: all.map { $0?.0 ?? Format.notAvailable },
        judgements: all.map { $0?.1 ?? .none })
    }
    func draws(_ worst: RunHeadline.Worst?) -> (String, Judgement)? {
      worst.map { ("\(Format.grouped(Int($0.value.rounded()))) (\($0.parameter))", $0.judgement) }
    }
    let limits = runs.first?.diagnostics.thresholds ?? ConvergenceThresholds()
    var facts = [
      numbers("largest R-hat") {
        $0.rHat.map { ("\(Format.fixed($0.value, decimals: 3)) (\($0.parameter))", $0.judgement) }
      },
      numbers("smallest bulk ESS") { draws($0.bulkESS) },
      numbers("smallest tail ESS") { draws($0.tailESS) },
      numbers("divergences") { headline in
        headline.divergences.map { (Format.grouped($0), $0 > limits.divergences ? .bad : .good) }
      },
      numbers("smallest E-BFMI") { headline in
        headline.energyFraction.map {
          (Format.fixed($0, decimals: 2), $0 < limits.energyFraction ? .doubtful : .good)
        }
      },
      numbers("ESS per second") { headline in
        headline.essPerSecond.map { (Format.significant($0, digits: 3), .none) }
      },
    ]
    if headlines.contains(where: { $0.counted > 0 && $0.computed < $0.counted }) {
      facts.insert(
        numbers("computed") {
          $0.counted > 0
            ? ("\(Format.grouped($0.computed)) of \(Format.grouped($0.counted))", .none) : nil
        }, at: 0)
    }
    return facts
  }

  /// Likelihoods of runs without draws; beside draws the optimizer's result is only the mode.
  private var fitFacts: [ComparisonFact] {
    func number(_ name: String, _ value: @escaping (FitReport) -> String) -> ComparisonFact {
      fact(name) { run in run.isSampled ? nil : run.run.fitReport.map(value) }
    }
    var converged = number("converged") { $0.converged ? "yes" : "no" }
    converged.judgements = converged.values.map { $0 == "no" ? .bad : .none }
    return [
      converged,
      number("logLik") { Format.fixed($0.logLikelihood, decimals: 3) },
      number("parameters") { Format.grouped($0.degreesOfFreedom) },
      number("AIC") { Format.fixed($0.aic, decimals: 2) },
      number("BIC") { Format.fixed($0.bic, decimals: 2) },
      differences("AIC less best", \.aic), differences("BIC less best", \.bic),
    ]
  }

  private func differences(_ name: String, _ key: KeyPath<FitReport, Double>) -> ComparisonFact {
    let all = runs.map { $0.isSampled ? nil : $0.run.fitReport?[keyPath: key] }
    guard let best = all.compactMap({ $0 }).min(), all.count(where: { $0 != nil }) > 1 else {
      return fact(name) { _ in nil }
    }
    return ComparisonFact(
      name: name,
      values: all.map { $0.map { Format.fixed($0 - best, decimals: 2) } ?? Format.notAvailable },
      judgements: all.map { _ in .none })
  }

  private var predictionFacts: [ComparisonFact] {
    func number(_ name: String, _ value: @escaping (LooReport) -> String) -> ComparisonFact {
      fact(name) { run in run.run.looReport.map(value) }
    }
    let comparison = LooComparison(runs.map(\.run.looReport))
    var bad = number("bad Pareto k") { Format.grouped($0.badPoints.count) }
    bad.judgements = runs.map { ($0.run.looReport?.badPoints.isEmpty ?? true) ? .none : .doubtful }
    return [
      number("elpd_loo") {
        "\(Format.fixed($0.elpd, decimals: 1)) (se \(Format.fixed($0.standardError, decimals: 1)))"
      },
      ComparisonFact(
        name: "less the best", values: comparison.differences,
        judgements: runs.map { _ in .none }),
      number("p_loo") { Format.fixed($0.effectiveParameters, decimals: 1) }, bad,
    ]
  }
}
