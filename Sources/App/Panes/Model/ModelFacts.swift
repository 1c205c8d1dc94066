// What was asked of a run and what came of it, as facts.

import RunFolder
import TerminalCore

/// The model, how it is fitted, and what reproduces the run.
struct ModelFacts {
  private let snapshot: DashboardSnapshot
  private let run: RunSnapshot
  private let data: DataSummary?
  private(set) var list = FactList()

  init(_ snapshot: DashboardSnapshot) {
    self.snapshot = snapshot
    run = snapshot.run
    data = snapshot.diagnostics.data?.summary
    if case .failed(let message) = run.state {
      list.add("failed", firstLine(message), .bad)
    }
    if run.state == .foreign {
      addSettings()
    } else {
      addModel()
      addMethod()
      addOrigin()
    }
  }

  // MARK: - The model

  private mutating func addModel() {
    let model = run.fitReport?.model
    list.heading("Model")
    guard let request = run.request else {
      list.add("formula", model?.formula)
      if model == nil { list.add("request", "model.toml has not been read yet.", .muted) }
      return addParts()
    }
    for formula in request.formulas { list.add("formula", formula) }
    list.add("MCMCglmm", request.mcmcglmm)
    list.add("family", request.family ?? "not stated: gaussian")
    list.add("dispersion", request.dispersion)
    list.add("zero inflation", request.zeroInflation)
    if !request.factors.isEmpty {
      list.add("factors", request.factors.joined(separator: ", "))
    }
    for order in request.levels { list.add("levels", order) }
    if let model, model.formula != request.modelText { list.add("read as", model.formula) }
    addParts()
    for note in run.notes { list.add("note", note, .muted) }
  }

  /// Outcomes, terms and groups, once the model has been built.
  private mutating func addParts() {
    guard let fit = run.fitReport else {
      if case .failed = run.state { return }
      let words =
        run.state == .optimizing
        ? "Outcomes, terms and groups are listed once the optimizer has ended."
        : missingWords(.estimates, snapshot)
      return list.add("parts", words, run.state.isLive ? .muted : .bad)
    }
    for outcome in fit.model.outcomes {
      var words = "\(outcome.family) (\(outcome.link)), \(counted(outcome.observations, "row"))"
      if let data, data.isComplete, data.rows >= outcome.observations {
        let missing = data.rows - outcome.observations
        words += missing > 0 ? ", \(Format.grouped(missing)) missing" : ", none missing"
      }
      list.add(outcome.name, words)
      for parameter in Self.parameters(fit, outcome.name) {
        let terms = fit.fixed.filter {
          $0.name.outcome == outcome.name && $0.name.parameter == parameter
        }.map(\.name.term)
        list.add(parameter == "mu" ? "  terms" : "  \(parameter)", terms.joined(separator: ", "))
      }
      let own = fit.dispersion.filter { $0.outcome == outcome.name }
      list.add(
        "  dispersion",
        own.map { $0.isFixed ? "\($0.parameter) (fixed)" : $0.parameter }.joined(separator: ", "))
    }
    let isSingle = fit.model.outcomes.count == 1
    for block in fit.random {
      let terms = block.terms.map { NamedBlock.label($0, isSingle: isSingle) }
      list.add(
        "by \(block.group)",
        "\(counted(block.levels, "level")), \(structureWords(block.structure)): "
          + terms.joined(separator: ", "))
    }
    let rescor = fit.dispersion.filter { $0.parameter == "rescor" }.map(\.outcome)
    list.add("residuals", rescor.isEmpty ? nil : "correlated: \(rescor.joined(separator: "; "))")
  }

  private static func parameters(_ fit: FitReport, _ outcome: String) -> [String] {
    var found: [String] = []
    for effect in fit.fixed where effect.name.outcome == outcome {
      if !found.contains(effect.name.parameter) { found.append(effect.name.parameter) }
    }
    return found
  }

  // MARK: - How it is fitted

  private mutating func addMethod() {
    list.heading("Fit")
    let isSampled = (run.start?.method ?? run.request?.method) == .mcmc
    let approximation = isSampled ? nil : run.fitReport?.approximation
    list.add("method", methodWords(run) + (approximation.map { " (\($0))" } ?? ""))
    if run.request?.isPriorOnly == true { list.add("data", "not looked at: draws from the prior") }
    guard let request = run.request else { return }
    list.add("seed", String(run.start?.seed ?? request.seed))
    if isSampled {
      let warmup = run.plannedWarmup ?? request.warmup
      let draws = run.plannedDraws ?? request.draws
      list.add(
        "chains",
        "\(run.start?.chains ?? request.chains) × (\(Format.grouped(warmup)) warm-up + "
          + "\(Format.grouped(draws)) draws)"
          + (request.thin > 1 ? ", every \(request.thin). kept" : "")
          + ", \(counted(request.threads, "thread"))")
      list.add("until", request.until)
      list.add(
        "sampler",
        "acceptance \(Format.significant(request.targetAcceptance, digits: 2)), trees to depth "
          + "\(request.maxTreeDepth)")
    } else if request.quadraturePoints > 1 {
      list.add("quadrature", counted(request.quadraturePoints, "point"))
    }
    list.add("simulations", Format.grouped(request.simulations))
  }

  // MARK: - What reproduces it

  private mutating func addOrigin() {
    list.heading("Reproduce")
    if let request = run.request {
      list.add("data", request.dataPath, isVerbatim: true)
      var words = request.dataSHA256.map { "SHA-256 \($0.prefix(12))…" } ?? "not read yet"
      if let bytes = data?.sourceBytes {
        words += ", \(Self.size(bytes))"
      } else if data != nil {
        words += "; the file is no longer there"
      }
      list.add("file", words, data != nil && data?.sourceBytes == nil ? .warning : .text)
    }
    list.add("run", run.path, isVerbatim: true)
    if let start = run.start {
      list.add(
        "program",
        "mglmm-fit \(start.version), process \(start.worker.processID) on \(start.worker.host)")
    }
    list.add(
      "command", "mglmm-fit --model \(Self.quoted(run.path + "/model.toml"))", isVerbatim: true)
  }

  /// A size in bytes: `47.7 kB`.
  static func size(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return "\(bytes) bytes" }
    let text = Format.compact(Double(bytes), digits: 3)
    return "\(text.dropLast()) \(text.suffix(1))B"
  }

  /// A path as a shell takes it.
  private static func quoted(_ path: String) -> String {
    let isPlain = path.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "/._-+:@".contains($0))
    }
    return isPlain
      ? path
      : "'"
        + path.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "'\\''") + "'"
  }

  // MARK: - Draws of another program

  /// What the comments of the CSV files say.
  private mutating func addSettings() {
    list.heading("Draws of another program")
    list.add("path", run.path, isVerbatim: true)
    guard let chain = run.chains.first else {
      return list.add("draws", "There are none yet.", .muted)
    }
    let settings = chain.settings
    list.add(
      "chains",
      counted(run.chains.count, "chain") + ", "
        + counted(run.chains.reduce(0) { $0 + $1.keptCount }, "draw") + " after warm-up, "
        + counted(run.chains.reduce(0) { $0 + $1.warmupCount }, "draw") + " of warm-up")
    list.add("parameters", Format.grouped(run.parameterNames.count))
    if settings.isEmpty {
      return list.add("settings", "The files say nothing of model and sampler.", .muted)
    }
    list.heading("What the files say")
    let version = ["major", "minor", "patch"].compactMap { settings["stan_version_\($0)"] }
    list.add("Stan", version.isEmpty ? nil : version.joined(separator: "."))
    for (key, name) in Self.known {
      let values = run.chains.compactMap { $0.settings[key] }
      guard let first = values.first else { continue }
      let isSame = values.allSatisfy { $0 == first }
      list.add(name, isSame ? first : values.joined(separator: ", "))
    }
    let steps = run.chains.compactMap(\.stepSize)
    if !steps.isEmpty {
      list.add(
        "step size",
        steps.map { Format.significant($0, digits: 3) }.joined(separator: ", "))
    }
    let named = Set(Self.known.map(\.key)).union(
      ["major", "minor", "patch"].map { "stan_version_\($0)" })
    for key in settings.keys.sorted() where !named.contains(key) {
      list.add(key, settings[key], .muted)
    }
  }

  private static let known: [(key: String, name: String)] = [
    ("model", "model"), ("method", "method"), ("algorithm", "algorithm"), ("engine", "engine"),
    ("metric", "metric"), ("num_warmup", "warm-up"), ("num_samples", "draws"), ("thin", "thin"),
    ("save_warmup", "saves warm-up"), ("engaged", "adaptation"), ("delta", "acceptance"),
    ("max_depth", "deepest tree"), ("seed", "seed"), ("init", "initial values"), ("file", "data"),
    ("start_datetime", "begun"),
  ]
}
