// What was fitted to which data, how, and with which program.

import Glibc
import RunFolder
import TerminalCore

/// The section on the model.
struct ReportModel {
  private let run: RunSnapshot

  init(_ run: RunSnapshot) { self.run = run }

  func section() -> ReportSection {
    var body = [list(facts)]
    let summary = run.fitReport?.model
    if let summary {
      body.append(outcomes(summary))
      if !summary.groups.isEmpty {
        body.append(
          list(
            summary.groups.map {
              ("Grouping factor \($0.name)", "\(Format.grouped($0.levels)) levels")
            }))
      }
    }
    body.append(priors)
    if let request = run.request {
      body.append(
        "<details><summary>model.toml, which reproduces the run</summary>"
          + "<pre>\(Markup.escaped(request.tomlText))</pre></details>")
    }
    return ReportSection(id: "model", title: "Model", body: body.filter { !$0.isEmpty })
  }

  private var facts: [(String, String)] {
    var facts: [(String, String)] = []
    func add(_ name: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append((name, value)) }
    }
    let (request, start, fit) = (run.request, run.start, run.fitReport)
    add("State", run.state.word)
    if case .failed(let message) = run.state { add("Error", message) }
    add("Model", request?.modelText ?? fit?.model.formula)
    add("Families as given", request?.family)
    add("Dispersion", request?.dispersion)
    add("Zero inflation", request?.zeroInflation)
    add("Data", request?.dataPath)
    add("SHA-256 of the data", request?.dataSHA256)
    add("Method", (start?.method ?? fit?.method ?? request?.method).map(words))
    add("Approximation", fit?.approximation)
    if let fit {
      add(
        "Optimizer",
        "\(fit.optimizer.name), \(fit.optimizer.iterations) iterations, "
          + (fit.converged ? "converged" : "not converged"))
      add("Log-likelihood", Format.fixed(fit.logLikelihood, decimals: 4))
      add("Parameters", String(fit.degreesOfFreedom))
      add("Observed responses", Format.grouped(fit.observations))
      if (start?.method ?? fit.method) != .mcmc {
        add("AIC", Format.fixed(fit.aic, decimals: 2))
        add("BIC", Format.fixed(fit.bic, decimals: 2))
      }
    }
    if !run.chains.isEmpty {
      let kept = run.chains.map { Format.grouped($0.keptCount) }
      let warmup = run.chains.map { Format.grouped($0.warmupCount) }
      func each(_ counts: [String]) -> String {
        Set(counts).count == 1
          ? "\(run.chains.count) × \(counts[0])" : counts.joined(separator: ", ")
      }
      add("Draws after warm-up", each(kept))
      add("Warm-up draws", each(warmup))
    }
    add("Seed", (start?.seed ?? request?.seed).map { String($0) })
    add("Program", start.map { "mglmm-fit \($0.version)" })
    add("Begun", run.startTime.map(Self.time))
    add("Ended", run.endTime.map(Self.time))
    if let begun = run.startTime, let ended = run.endTime {
      add("Time", Format.duration(ended - begun))
    }
    return facts
  }

  private func outcomes(_ model: ModelSummary) -> String {
    let rows = model.outcomes.map { outcome in
      "<tr>"
        + [outcome.name, outcome.family, outcome.link].map { "<td>\(Markup.escaped($0))</td>" }
        .joined() + "<td class=\"n\">\(Format.grouped(outcome.observations))</td></tr>"
    }
    return "<div class=\"wide\"><table><caption>Outcomes</caption><thead><tr>"
      + "<th scope=\"col\">outcome</th><th scope=\"col\">family</th><th scope=\"col\">link</th>"
      + "<th scope=\"col\" class=\"n\">rows</th></tr></thead>\n<tbody>"
      + rows.joined(separator: "\n") + "</tbody></table></div>"
  }

  /// The priors: as they hold for each parameter, else as they were stated.
  private var priors: String {
    var rows: [(String, String)] = []
    if let report = run.priorReport {
      rows = report.parameters.filter { !$0.prior.isEmpty }.map { ($0.name, $0.prior) }
    } else if let stated = run.fitReport?.priors {
      rows = stated.map {
        ($0.target.isEmpty ? $0.parameterClass : "\($0.parameterClass)[\($0.target)]", $0.prior)
      }
    } else if let typed = run.request?.priors, !typed.isEmpty {
      return ReportMarkup.heading("Priors as stated") + list(typed.map { ("prior", $0) })
    }
    guard !rows.isEmpty else { return "" }
    let most = 100
    let rest =
      rows.count > most
      ? ReportMarkup.paragraph(
        "\(rows.count - most) more priors are left out.", role: "note") : ""
    return ReportMarkup.heading("Priors") + "\n" + list(Array(rows.prefix(most))) + rest
  }

  private func list(_ facts: [(String, String)]) -> String {
    guard !facts.isEmpty else { return "" }
    let rows = facts.map {
      "<tr><th scope=\"row\">\(Markup.escaped($0.0))</th><td>\(Markup.escaped($0.1))</td></tr>"
    }
    return
      "<div class=\"wide\"><table><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>"
  }

  private func words(_ method: FitMethod) -> String {
    switch method {
    case .ml: "maximum likelihood"
    case .reml: "restricted maximum likelihood"
    case .map: "penalised maximum likelihood"
    case .mcmc: "Markov chain Monte Carlo"
    }
  }

  /// A moment, to the second: `2027-01-15 08:00:00 UTC`.
  private static func time(_ seconds: Double) -> String {
    var whole = time_t(seconds)
    var parts = tm()
    guard gmtime_r(&whole, &parts) != nil else { return "" }
    func two(_ number: Int32) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday)) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) UTC"
  }
}
