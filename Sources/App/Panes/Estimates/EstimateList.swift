// All parameters but the effects of single levels, by outcome and grouping factor.

import RunFolder

/// Makes the sections of the pane of estimates from what a run has.
enum EstimateList {
  /// The sections of a run: from draws where there are any, else from the optimizer; empty if neither.
  static func sections(of snapshot: DashboardSnapshot) -> [EstimateSection] {
    if snapshot.hasKeptDraws { return DrawnEstimates(snapshot).sections }
    return snapshot.run.fitReport.map { FittedEstimates($0).sections } ?? []
  }

  /// A coefficient as people read it.
  static func label(_ term: PredictorTerm) -> String {
    term.parameter == "mu" ? term.term : "\(term.parameter): \(term.term)"
  }

  static let unit = -1.0...1.0
}

/// Sections in the order in which they were first named; those without rows are left out.
struct SectionBuilder {
  private(set) var sections: [EstimateSection] = []

  mutating func add(_ title: String, range: ClosedRange<Double>? = nil, _ estimate: Estimate) {
    if let place = sections.firstIndex(where: { $0.title == title }) {
      sections[place].estimates.append(estimate)
    } else {
      sections.append(EstimateSection(title: title, estimates: [estimate], range: range))
    }
  }
}

/// The sections of a fit by maximum likelihood, with Wald intervals.
struct FittedEstimates {
  private(set) var sections: [EstimateSection] = []

  init(_ fit: FitReport) {
    var builder = SectionBuilder()
    let isSingle = fit.model.outcomes.count == 1
    for outcome in fit.model.outcomes {
      for effect in fit.fixed where effect.name.outcome == outcome.name {
        let label = EstimateList.label(effect.name)
        var row = Estimate(
          name: "\(outcome.name) \(label)", label: label, estimate: effect.estimate,
          error: effect.standardError, scale: .identity)
        (row.z, row.p) = (effect.z, effect.p)
        row.isOnScale = effect.name.term != "(Intercept)"
        builder.add(outcome.name, row)
      }
      for entry in fit.dispersion where entry.outcome == outcome.name {
        var row = Estimate(
          name: "\(entry.parameter) \(outcome.name)", label: entry.parameter,
          estimate: entry.estimate, error: entry.standardError,
          scale: Self.scale(of: entry.parameter))
        row.isFixed = entry.isFixed
        row.isOnScale = false
        builder.add(outcome.name, row)
      }
    }
    for block in fit.random { Self.add(block, isSingle: isSingle, to: &builder) }
    for entry in fit.dispersion where entry.parameter == "rescor" {
      builder.add(
        "Residual correlations", range: EstimateList.unit,
        Estimate(
          name: "rescor \(entry.outcome)", label: entry.outcome, estimate: entry.estimate,
          error: entry.standardError, scale: .atanh))
    }
    sections = builder.sections
  }

  private static func add(_ block: RandomBlock, isSingle: Bool, to builder: inout SectionBuilder) {
    let labels = block.terms.map { NamedBlock.label($0, isSingle: isSingle) }
    for (place, label) in labels.enumerated() {
      var row = Estimate(
        name: "sd \(block.group) \(label)", label: "sd \(label)",
        estimate: block.standardDeviations[place],
        error: block.deviationErrors?[place] ?? .nan, scale: .log)
      row.isFixed = block.isFixed?[place] ?? false
      builder.add("Standard deviations by \(block.group)", row)
    }
    let short = shortLabels(labels)
    for first in labels.indices {
      for second in labels.indices.dropFirst(first + 1)
      where block.correlations[first][second].isFinite && block.structure != "diag" {
        let label = "cor(\(short[first]), \(short[second]))"
        builder.add(
          "Correlations by \(block.group)", range: EstimateList.unit,
          Estimate(
            name: "\(block.group) \(label)", label: label,
            estimate: block.correlations[first][second],
            error: block.correlationErrors?[first][second] ?? .nan, scale: .atanh))
      }
    }
  }

  /// The scale on which a dispersion's estimate is nearly normal.
  private static func scale(of parameter: String) -> WaldInterval.Scale {
    ["zi", "hu", "zoi", "coi"].contains(parameter) ? .logit : .log
  }
}

/// The sections of a run with draws; labels come from the optimizer's report where there is one.
struct DrawnEstimates {
  private(set) var sections: [EstimateSection] = []

  init(_ snapshot: DashboardSnapshot) {
    let run = snapshot.run
    let report = snapshot.diagnostics
    let priors = Dictionary(
      (run.priorReport?.parameters ?? []).map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    let names = run.parameterNames.filter { ParameterKind(name: $0) != .randomEffect }
    let places = Self.places(of: run, names)
    var builder = SectionBuilder()
    // Sections stand in the order of the model, whatever the order of the draws.
    let ranked = names.enumerated().map {
      (rank: places[$1]?.rank ?? .max, index: $0, name: $1)
    }
    for (_, _, name) in ranked.sorted(by: { ($0.rank, $0.index) < ($1.rank, $1.index) }) {
      let place = places[name]
      var row = Estimate(
        name: name, label: place?.label ?? name, report.parameters[name], prior: priors[name])
      row.isOnScale = place?.isOnScale ?? true
      builder.add(
        place?.section ?? (places.isEmpty ? "Parameters" : "Other parameters"),
        range: place?.range, row)
    }
    sections = builder.sections
  }

  private struct Place {
    var section: String
    var label: String
    var rank: Int
    var isOnScale = true
    var range: ClosedRange<Double>?
  }

  private static func places(of run: RunSnapshot, _ names: [String]) -> [String: Place] {
    var places: [String: Place] = [:]
    let coefficients = names.filter { ParameterKind(name: $0) == .fixedEffect }
    let outcomes = run.fitReport?.model.outcomes.map(\.name) ?? []
    // Names hold terms without brackets and signs, so they are matched by their order, not made anew.
    if let fit = run.fitReport, fit.fixed.count == coefficients.count {
      for (name, effect) in zip(coefficients, fit.fixed) {
        places[name] = Place(
          section: effect.name.outcome, label: EstimateList.label(effect.name),
          rank: outcomes.firstIndex(of: effect.name.outcome) ?? 0,
          isOnScale: effect.name.term != "(Intercept)")
      }
    } else {
      for name in coefficients {
        places[name] = Place(
          section: "Fixed effects", label: name, rank: 0, isOnScale: !name.hasSuffix("Intercept"))
      }
    }
    for entry in run.fitReport?.dispersion ?? [] where entry.parameter != "rescor" {
      let name = outcomes.count == 1 ? entry.parameter : "\(entry.parameter)_\(entry.outcome)"
      places[name] = Place(
        section: entry.outcome, label: entry.parameter,
        rank: outcomes.firstIndex(of: entry.outcome) ?? 0, isOnScale: false)
    }
    for (index, block) in NamedBlock.all(of: run).enumerated() {
      let rank = outcomes.count + 2 * index
      for (name, label) in zip(block.deviationNames, block.labels) {
        places[name] = Place(
          section: "Standard deviations by \(block.group)", label: "sd \(label)", rank: rank)
      }
      let short = shortLabels(block.labels)
      for first in block.labels.indices {
        for second in block.labels.indices.dropFirst(first + 1) {
          guard let name = block.correlationName(first, second) else { continue }
          places[name] = Place(
            section: "Correlations by \(block.group)",
            label: "cor(\(short[first]), \(short[second]))", rank: rank + 1,
            range: EstimateList.unit)
        }
      }
    }
    for name in names where name.hasPrefix("rescor__") {
      places[name] = Place(
        section: "Residual correlations", label: rescorLabel(name), rank: 10_000,
        range: EstimateList.unit)
    }
    return places
  }
}

/// `rescor__tarsus__back` as people read it: `tarsus, back`.
private func rescorLabel(_ name: String) -> String {
  let rest = name.dropFirst("rescor__".count)
  guard let middle = rest.firstRange(of: "__") else { return name }
  return "\(rest[..<middle.lowerBound]), \(rest[middle.upperBound...])"
}

/// Labels without what is the same in all of them: outcomes alone where all are intercepts.
func shortLabels(_ labels: [String]) -> [String] {
  let endings = [" (Intercept)", "_Intercept"]
  guard labels.count > 1,
    let ending = endings.first(where: { end in labels.allSatisfy { $0.hasSuffix(end) } })
  else { return labels }
  return labels.map { String($0.dropLast(ending.count)) }
}
