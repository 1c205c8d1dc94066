// Results as tables for people.

import RunFolder

/// Results as plain text.
enum ReportText {
  /// A maximum likelihood result.
  static func text(of report: FitReport) -> String {
    var text = heading(report.model)
    text +=
      "Log-likelihood \(fixed(report.logLikelihood, 4)) (\(report.approximation)), \(report.degreesOfFreedom) parameters, "
    text +=
      "\(report.observations) values, AIC \(fixed(report.aic, 2)), BIC \(fixed(report.bic, 2))\n\n"
    var rows = [["", "estimate", "se", "z", "p"]]
    for effect in report.fixed {
      rows.append([
        label(effect.name, report.model), number(effect.estimate), number(effect.standardError),
        fixed(effect.z, 2), probability(effect.p),
      ])
    }
    text += "Fixed effects\n" + table(rows) + "\n"
    if !report.dispersion.isEmpty {
      rows = [["", "estimate", "se"]]
      for entry in report.dispersion {
        rows.append([
          "\(entry.parameter) of \(entry.outcome)", number(entry.estimate),
          entry.isFixed ? "fixed" : number(entry.standardError),
        ])
      }
      text += "Dispersion\n" + table(rows) + "\n"
    }
    return text + random(report.random, report.model) + priors(report.priors ?? [])
      + warnings(report.warnings)
  }

  /// Posterior draws.
  static func text(of report: SamplerReport) -> String {
    var text = heading(report.model)
    let sampler = report.sampler
    text +=
      "\(sampler.chains) chains of \(sampler.draws) draws"
    text +=
      sampler.warmup > 0
      ? " after \(sampler.warmup) warm-up iterations, \(sampler.divergences) divergences, "
      : ": \(sampler.algorithm), "
    text += "\(fixed(sampler.seconds, 1)) s\n"
    text += sampler.stop.map(ending) ?? ""
    text += "\n"
    text += parameters(report.parameters) + "\n"
    if let loo = report.loo {
      text +=
        "elpd_loo \(fixed(loo.elpd, 1)) (se \(fixed(loo.standardError, 1))), p_loo \(fixed(loo.effectiveParameters, 1)), "
      text += "looic \(fixed(loo.looic, 1)), \(loo.badParetoK) Pareto k too high\n\n"
    }
    return text + priors(report.priors) + warnings(report.warnings)
  }

  /// Why the chains of a run with a rule ended; nothing where they made the draws that were asked for.
  private static func ending(_ stop: StopSummary) -> String {
    guard let check = stop.check else { return "" }
    let found = "\(check.text) after \(check.figures.draws) draws of a chain"
    return switch stop.reason {
    case .until: "Stopped because \(check.rule): \(found)\n"
    case .cap: "Stopped at the most draws allowed, without \(check.rule): \(found)\n"
    case .interrupted: "Interrupted before \(check.rule): \(found)\n"
    case .draws: ""
    }
  }

  /// Tables of parameters with convergence; the effects of single levels have one of their own, below.
  static func parameters(_ summaries: [ParameterSummary]) -> String {
    let isEffect = { ParameterKind(name: $0) == .randomEffect }
    let effects = summaries.filter { isEffect($0.name) }
    let population = summaries.filter { !isEffect($0.name) }
    guard !effects.isEmpty, !population.isEmpty else { return parameterTable(summaries) }
    return parameterTable(population) + "\nRandom effects\n" + parameterTable(effects)
  }

  private static func parameterTable(_ summaries: [ParameterSummary]) -> String {
    var rows = [["", "mean", "sd", "2.5%", "97.5%", "R-hat", "bulk ESS", "tail ESS"]]
    for parameter in summaries {
      rows.append([
        parameter.name, number(parameter.mean), number(parameter.standardDeviation),
        number(parameter.quantiles[0]), number(parameter.quantiles[4]), fixed(parameter.rHat, 3),
        fixed(parameter.bulkESS, 0), fixed(parameter.tailESS, 0),
      ])
    }
    return table(rows)
  }

  /// What is wrong, and what to try.
  static func warnings(_ warnings: [FitWarning]) -> String {
    warnings.map { "Warning (\($0.code)): \($0.message).\n  \($0.advice)\n" }.joined()
  }

  private static func heading(_ model: ModelSummary) -> String {
    var text = "\(model.formula)\n"
    for outcome in model.outcomes {
      text +=
        "  \(outcome.name): \(outcome.family) (\(outcome.link)), \(outcome.observations) values\n"
    }
    for group in model.groups { text += "  \(group.name): \(group.levels) levels\n" }
    return text
  }

  private static func random(_ blocks: [RandomBlock], _ model: ModelSummary) -> String {
    var text = ""
    for block in blocks {
      text += "Random effects of \(block.group) (\(block.structure), \(block.levels) levels)\n"
      var rows = [["", "sd"] + block.terms.indices.dropLast().map { "cor \($0 + 1)" }]
      for (index, term) in block.terms.enumerated() {
        rows.append(
          [
            label(term, model) + (block.isFixed?[index] == true ? " (sd fixed)" : ""),
            number(block.standardDeviations[index]),
          ]
            + (0..<max(block.terms.count - 1, 0)).map {
              $0 < index ? fixed(block.correlations[index][$0], 3) : ""
            })
      }
      text += table(rows) + "\n"
    }
    return text
  }

  private static func label(_ term: PredictorTerm, _ model: ModelSummary) -> String {
    let parameter = term.parameter == "mu" ? "" : "\(term.parameter) "
    return model.outcomes.count > 1
      ? "\(term.outcome): \(parameter)\(term.term)" : parameter + term.term
  }

  /// Columns side by side: the first flush left, the others right.
  static func table(_ rows: [[String]]) -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let blanks = String(repeating: " ", count: widths[column] - cell.count)
        line += column == 0 ? "  " + cell + blanks : "  " + blanks + cell
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func probability(_ p: Double) -> String {
    p.isNaN ? "-" : p < 1e-4 ? "<0.0001" : fixed(p, 4)
  }

  /// Four significant digits, more before the point.
  static func number(_ x: Double) -> String {
    guard x.isFinite else { return "-" }
    if x == 0 { return "0" }
    var magnitude = 0
    var scale = abs(x)
    while scale >= 10 { scale /= 10; magnitude += 1 }
    while scale < 1 { scale *= 10; magnitude -= 1 }
    if magnitude < -5 || magnitude > 8 {
      return "\(fixed(x < 0 ? -scale : scale, 3))e\(magnitude)"
    }
    return fixed(x, max(0, 3 - magnitude))
  }

  /// `digits` digits after the point.
  static func fixed(_ x: Double, _ digits: Int) -> String {
    guard x.isFinite else { return "-" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (abs(x) * scale).rounded()
    guard scaled < 9e15 else { return "\(x)" }
    let whole = Int(scaled)
    let sign = x < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + "\(whole)" }
    let unit = Int(scale)
    let part = "\(whole % unit)"
    return sign + "\(whole / unit)." + String(repeating: "0", count: digits - part.count) + part
  }
}
