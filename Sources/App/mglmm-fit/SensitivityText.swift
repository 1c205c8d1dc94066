// Sensitivity and structure as text for people: what was found first, then the numbers behind it.

import Diagnostics
import Fitting
import RunFolder

/// Sensitivity and structure as plain text.
enum SensitivityText {
  /// How many levels, directions and pairs are listed.
  private static let listLimit = 5

  /// The findings, then a section for each part.
  static func text(of analysis: SensitivityAnalysis) -> String {
    let report = analysis.report
    return
      ([findings(analysis.verdicts)]
      + [
        report.powerScaling.map { powerScaling($0, draws: report.draws) },
        report.influence.map(influence), identifiability(report.identifiability),
        report.laplace.map(laplace), unavailable(report.unavailable),
      ].compactMap { $0 }.filter { !$0.isEmpty }).joined(separator: "\n")
  }

  private static func findings(_ verdicts: [Verdict]) -> String {
    var text = ""
    for verdict in Verdict.mostSeriousFirst(verdicts) {
      let word =
        switch verdict.level {
        case .ok: "passed"
        case .unavailable: "not available"
        case .warning: "WARNING"
        case .failed: "FAILED"
        }
      text += "\(word): \(verdict.check)\(verdict.subject.map { ", \($0)" } ?? "")"
      if let number = verdict.number {
        text +=
          " (\(ReportText.number(number)), limit \(limit(verdict.threshold)), \(verdict.source))"
      }
      text += "\n  \(verdict.meaning)\n"
      if !verdict.advice.isEmpty { text += "  \(verdict.advice)\n" }
    }
    return text
  }

  /// A limit as it was set: 1, 0.05, 1e-06.
  private static func limit(_ x: Double) -> String {
    let text = "\(x)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func powerScaling(_ report: PowerScalingReport, draws: Int) -> String {
    var text =
      "Prior and likelihood: how far the posterior moves when one of them is raised to a power\n"
      + "(cumulative Jensen-Shannon distance per log2 of the power, limit \(limit(report.threshold)); Kallioinen et al. 2024; \(draws) draws"
    text +=
      report.paretoK.isFinite
      ? ", Pareto k at most \(ReportText.fixed(report.paretoK, 2)))\n" : ")\n"
    let rows = report.parameters.map {
      [$0.name, ReportText.fixed($0.prior, 3), ReportText.fixed($0.likelihood, 3), $0.diagnosis]
    }
    return text + ReportText.table([["", "prior", "likelihood", "diagnosis"]] + rows)
  }

  private static func influence(_ report: InfluenceReport) -> String {
    var text =
      "Influence: what leaving out one level of \(report.factor) changes (\(report.levelCount) levels; "
      + "the \(min(listLimit, report.levels.count)) most influential)\n"
      + "(Cook's distance, limit 1: Cook & Weisberg 1982; the change is the largest, in standard errors)\n"
    var rows = [["", "Cook", "fixed only", "moves most", "by", "computed by"]]
    for level in report.levels.prefix(listLimit) {
      let known = report.parameters.indices.filter { level.changes[$0].isFinite }
      let most = known.max { abs(level.changes[$0]) < abs(level.changes[$1]) }
      rows.append([
        level.level, ReportText.fixed(level.distance, 3),
        ReportText.fixed(level.fixedDistance, 3), most.map { report.parameters[$0] } ?? "-",
        most.map { ReportText.fixed(level.changes[$0], 2) } ?? "-",
        level.distance.isNaN
          ? "the others do not determine the parameters"
          : level.isRefit ? "a fit without it" : "one Newton step",
      ])
    }
    text += ReportText.table(rows)
    return text
  }

  private static func identifiability(_ report: IdentifiabilityReport) -> String {
    var text =
      "Identifiability: the weakest directions of the information (unit diagonal, predictors centred; 1 is best, limit 0.001)\n"
    text += ReportText.table(
      [["parameters", "eigenvalue"]]
        + report.directions.map {
          [
            $0.parameters.prefix(listLimit).joined(separator: ", "),
            ReportText.number($0.eigenvalue),
          ]
        })
    for design in report.designs {
      let worst = design.terms.indices.max { design.inflation[$0] < design.inflation[$1] }
      guard let worst else { continue }
      text +=
        "  Design of \(design.parameter == "mu" ? design.outcome : "\(design.parameter) of \(design.outcome)"): "
        + "condition index \(ReportText.fixed(design.conditionIndex, 1)) (limit 30), "
        + "largest variance inflation factor \(ReportText.fixed(design.inflation[worst], 1)) of \(design.terms[worst]) (limit 10)\n"
    }
    if !report.contractions.isEmpty {
      text +=
        "  Contraction from prior to posterior (1: the data decide, 0: the prior does; limit 0.1):\n"
      text += ReportText.table(
        report.contractions.map { ["  " + $0.name, ReportText.fixed($0.contraction, 2)] })
    }
    for pair in report.pairs.prefix(listLimit) {
      text +=
        "  \(pair.first) and \(pair.second) have correlation \(ReportText.fixed(pair.correlation, 3))"
        + (pair.isByOrigin ? ", which centring the predictor takes away\n" : "\n")
    }
    return text
  }

  private static func laplace(_ report: LaplaceReport) -> String {
    guard report.method != "exact" else {
      return "Laplace's method: exact for this model.\n"
    }
    var text =
      "Laplace's method beside the exact likelihood ("
      + (report.method == "quadrature"
        ? "adaptive Gauss-Hermite quadrature, \(report.points) nodes a dimension"
        : "importance sampling, \(report.points) draws a level, Pareto k up to \(ReportText.fixed(report.paretoK, 2)) in 95 % of them")
      + ")\n  log-likelihood: exact \(report.difference < 0 ? "lower" : "higher") by \(ReportText.number(abs(report.difference)))"
    if report.differenceError.isFinite {
      text += " ± \(ReportText.number(report.differenceError))"
    }
    if let level = report.largestLevel {
      text += ", of which \(ReportText.number(report.largestCorrection)) in \(level)"
    }
    text +=
      "\n  what the exact likelihood would change, in standard errors (limit 0.1, failed above 0.5):\n"
    let rows = report.shifts.map {
      ["  " + $0.name, ReportText.fixed($0.shift, 3)]
        + ($0.error.isFinite ? ["± \(ReportText.fixed($0.error, 3))"] : [])
    }
    return text + ReportText.table(rows)
  }

  private static func unavailable(_ reasons: [String]) -> String {
    reasons.isEmpty
      ? "" : "Not available\n" + reasons.map { "  \($0)\n" }.joined()
  }
}
