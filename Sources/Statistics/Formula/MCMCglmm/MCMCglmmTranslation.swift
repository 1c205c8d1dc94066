// A call of MCMCglmm in the model language: formulas, priors, and notes that say what became what.

/// The model of a call of MCMCglmm, as formulas and priors of the model language.
package struct MCMCglmmTranslation: Sendable, Equatable {
  /// One `bf()` for each outcome.
  package private(set) var formulas: [String] = []
  /// Priors as `--prior` takes them.
  package private(set) var priors: [String] = []
  /// What was translated into what.
  package private(set) var notes: [String] = []
  /// What the user should think about.
  package private(set) var warnings: [String] = []
  /// Whether the model uses `units`, a factor with one level for each row.
  package private(set) var usesUnits = false
  /// The draws that MCMCglmm's one chain would keep.
  package private(set) var keptDraws = 0
  /// The iterations of that chain after its burn-in.
  package private(set) var iterations = 0
  /// How many iterations that would take, in the call's words.
  package private(set) var length = ""

  /// Translates `fixed = cbind(a, b) ~ trait - 1 + trait:x, random = ~ us(trait):ID, rcov = ~ us(trait):units, ...`.
  ///
  /// - Throws: what is wrong or not available, and where.
  package init(_ text: String) throws(FormulaError) {
    do throws(FormulaError) {
      try translate(try MCMCglmmCall(text))
    } catch {
      throw MCMCglmmCall.asTyped(error, text)
    }
  }

  private mutating func translate(_ call: MCMCglmmCall) throws(FormulaError) {
    let outcomes = try MCMCglmmOutcomes(call)
    let prior = try MCMCglmmPrior(call.prior)
    notes += outcomes.notes
    var sides = outcomes.all.map { outcome in
      [outcome.hasIntercept ? "1" : "0"] + outcome.terms
    }
    addFixed(prior)
    try addRandom(call, outcomes.all, prior, &sides)
    try addResidual(call, outcomes.all, prior, &sides)
    for (outcome, side) in zip(outcomes.all, sides) {
      formulas.append(
        "bf(\(outcome.response) ~ \(side.joined(separator: " + ")), family = \(outcome.kind.family))"
      )
    }
    if isResidualCorrelated { formulas.append("set_rescor(TRUE)") }
    keptDraws = call.keptDraws
    iterations = call.iterations - call.burnIn
    length = "nitt = \(call.iterations), burnin = \(call.burnIn), thin = \(call.thinning)"
    notes.insert(
      "the call of MCMCglmm is run as \(formulas.map { "-f '\($0)'" }.joined(separator: " "))",
      at: 0)
    if !priors.isEmpty {
      notes.append("its priors are \(priors.map { "--prior '\($0)'" }.joined(separator: " "))")
    }
    if !call.ignored.isEmpty {
      notes.append(
        "\(call.ignored.joined(separator: ", ")) of the call \(call.ignored.count == 1 ? "has" : "have") no meaning here"
      )
    }
  }

  /// Whether all outcomes are Gaussian with correlated residuals.
  private var isResidualCorrelated = false

  private mutating func addFixed(_ prior: MCMCglmmPrior) {
    let text = "normal(\(numberText(prior.fixed.mean)), \(numberText(prior.fixed.deviation)))"
    priors += ["b ~ \(text)", "Intercept ~ \(text)"]
    if !prior.statesFixed {
      notes.append("MCMCglmm's default prior of fixed effects, N(0, 1e10), is nearly flat")
    }
  }

  // MARK: - Random effects

  private mutating func addRandom(
    _ call: MCMCglmmCall, _ outcomes: [MCMCglmmOutcome], _ prior: MCMCglmmPrior,
    _ sides: inout [[String]]
  ) throws(FormulaError) {
    let terms = try MCMCglmmVariance.terms(call.random, outcomes: outcomes)
    if !prior.random.isEmpty, prior.random.count != terms.count {
      throw (call.prior ?? call.fixed).place.error(
        "G of the prior has \(counted(prior.random.count, "element")) and there "
          + "\(terms.count == 1 ? "is" : "are") \(counted(terms.count, "random term"))")
    }
    for (index, term) in terms.enumerated() {
      let own = prior.random.isEmpty ? nil : prior.random[index]
      if let own { try check(own, term) }
      if own == nil || own?.nu == 0 && own?.fix == nil {
        warnOfDefault("G", of: term.place.written)
      }
      add(term, identifier: "G\(index + 1)", outcomes, own, fixed: [:], &sides)
    }
  }

  private mutating func warnOfDefault(_ part: String, of what: String) {
    warnings.append(
      "MCMCglmm's default prior of \(what) (\(part): V = I, nu = 0) is improper; "
        + "half-t priors of the sds and lkj(1) are used instead")
  }

  private func check(_ prior: MCMCglmmPrior.Covariance, _ term: MCMCglmmVariance)
    throws(FormulaError)
  {
    let isKnown = term.members.allSatisfy { $0.term == nil }
    guard prior.size == term.members.count || !isKnown else {
      throw prior.place.error(
        "V has \(counted(prior.size, "row")) and \(term.place.written) has "
          + counted(term.members.count, "effect"))
    }
    if prior.size != term.members.count && term.order != Array(term.members.indices) {
      throw prior.place.error(
        "V has \(counted(prior.size, "row")) and the columns of \(term.place.written) are not known "
          + "before the data are read; write its priors with --prior 'sd[...] ~ ...'")
    }
    guard let fix = prior.fix, term.structure == .unstructured, term.members.count > 1 else {
      return
    }
    guard fix == prior.size || fix == 1 && prior.isDiagonal else {
      throw prior.place.error(
        "fix = \(fix) fixes correlations too, which is not available; fix the last row alone, or all "
          + "of a diagonal V with fix = 1")
    }
  }

  /// Adds a variance term to the right-hand sides, with its priors; `fixed` has sds that are fixed by member.
  private mutating func add(
    _ term: MCMCglmmVariance, identifier: String, _ outcomes: [MCMCglmmOutcome],
    _ prior: MCMCglmmPrior.Covariance?, fixed: [Int: Double], _ sides: inout [[String]]
  ) {
    let isWholeFixed = prior?.fix == 1
    let isTogether = term.structure == .unstructured && term.members.count > 1 && !isWholeFixed
    for outcome in term.outcomes {
      let columns = term.columns(of: outcome)
      let isAlone = term.members.count { $0.outcome == outcome } == 1
      sides[outcome].append(
        isTogether
          ? "(\(columns) |\(identifier)| \(term.group))"
          : isAlone ? "(\(columns) | \(term.group))" : "diag(\(columns) | \(term.group))")
    }
    for (index, member) in term.members.enumerated() {
      let place = [
        outcomes[member.outcome].name, term.group, member.term ?? "Intercept",
      ].joined(separator: ", ")
      if let value = fixed[index] {
        priors.append("sd[\(place)] ~ constant(\(numberText(value)))")
      } else if let prior, index < prior.size {
        if prior.isFixed(index) {
          priors.append(
            "sd[\(place)] ~ constant(\(numberText(prior.variance(index).squareRoot())))")
        } else if !isTogether, let text = prior.deviationText(index) {
          priors.append("sd[\(place)] ~ \(text)")
        }
      }
    }
    if isTogether, let prior, let text = prior.covarianceText(order: term.order) {
      priors.append("cov[\(term.group), \(identifier)] ~ \(text)")
    }
  }

  // MARK: - Residuals

  private mutating func addResidual(
    _ call: MCMCglmmCall, _ outcomes: [MCMCglmmOutcome], _ prior: MCMCglmmPrior,
    _ sides: inout [[String]]
  ) throws(FormulaError) {
    guard call.residual != nil || outcomes.count == 1 else {
      throw call.place.error(
        "rcov is missing: write rcov = ~ idh(trait):units, or us(trait):units for correlated residuals"
      )
    }
    var terms = try MCMCglmmVariance.terms(call.residual, outcomes: outcomes)
    if terms.isEmpty {
      terms = [MCMCglmmVariance(residualOf: outcomes.count, at: call.place)]
    }
    let term = terms[0]
    guard terms.count == 1, term.group == "units", term.members.allSatisfy({ $0.term == nil }),
      term.members.count == outcomes.count
    else {
      throw (call.residual ?? call.fixed).place.error(
        "a residual term is ~ units, ~ idh(trait):units or ~ us(trait):units")
    }
    if let own = prior.residual {
      guard own.alphaV == nil else {
        throw own.place.error("the prior R has no alpha.V, in MCMCglmm neither")
      }
      try check(own, term)
    }
    let isCorrelated = term.structure == .unstructured && outcomes.count > 1
    let gaussian = outcomes.indices.filter { outcomes[$0].kind == .gaussian }
    if isCorrelated && !gaussian.isEmpty {
      guard gaussian.count == outcomes.count else {
        throw term.place.error(
          "residuals of a gaussian outcome cannot be correlated with latent residuals of another family "
            + "yet; write rcov = ~ idh(trait):units")
      }
      isResidualCorrelated = true
      warnings.append(
        "the inverse Wishart prior R of correlated gaussian residuals is not available: sigma has a half-t "
          + "prior and the residual correlation lkj(1)")
      return
    }
    let isDefault = prior.residual == nil || prior.residual?.nu == 0 && prior.residual?.fix == nil
    var latent: [MCMCglmmVariance.Member] = []
    var fixed: [Int: Double] = [:]
    for (index, outcome) in outcomes.enumerated() {
      if outcome.kind == .gaussian {
        addSigma(outcome, prior.residual, index)
        continue
      }
      latent.append(term.members[index])
      guard outcome.kind == .categorical, prior.residual?.isFixed(index) != true else { continue }
      fixed[index] = 1
      notes.append(
        "the residual variance of '\(outcome.name)' (categorical) is not identified: MCMCglmm lets it "
          + "drift; here it is fixed at 1")
    }
    // Nothing is left to a default where every residual variance is fixed.
    if isDefault && fixed.count < outcomes.count {
      warnOfDefault("R", of: call.residual == nil ? "the residuals" : term.place.written)
    }
    guard !latent.isEmpty else { return }
    usesUnits = true
    notes.append(
      "residuals of outcomes that are not gaussian are effects of 'units', a factor with one level for each row"
    )
    add(
      term.restricted(to: latent), identifier: "R", outcomes,
      isDefault ? nil : prior.residual?.restricted(to: latent.map(\.outcome)),
      fixed: Dictionary(
        uniqueKeysWithValues: latent.enumerated().compactMap { place, member in
          fixed[member.outcome].map { (place, $0) }
        }), &sides)
  }

  private mutating func addSigma(
    _ outcome: MCMCglmmOutcome, _ prior: MCMCglmmPrior.Covariance?, _ index: Int
  ) {
    guard let prior else { return }
    let text =
      prior.isFixed(index)
      ? "constant(\(numberText(prior.variance(index).squareRoot())))" : prior.deviationText(index)
    if let text { priors.append("sigma[\(outcome.name)] ~ \(text)") }
  }
}

extension MCMCglmmVariance {
  /// Independent residuals of every outcome.
  fileprivate init(residualOf count: Int, at place: Place) {
    structure = .diagonal
    group = "units"
    members = (0..<count).map { Member(outcome: $0, term: nil) }
    self.place = place
  }

  /// The term with some of its members only.
  fileprivate func restricted(to members: [Member]) -> MCMCglmmVariance {
    MCMCglmmVariance(structure: structure, group: group, members: members, place: place)
  }

  private init(structure: Structure, group: String, members: [Member], place: Place) {
    self.structure = structure
    self.group = group
    self.members = members
    self.place = place
  }
}

extension MCMCglmmPrior.Covariance {
  /// The prior of some rows of a residual covariance; all of them, or those of independent residuals.
  fileprivate func restricted(to rows: [Int]) -> MCMCglmmPrior.Covariance {
    guard rows.count < size else { return self }
    let k = rows.count
    return MCMCglmmPrior.Covariance(
      v: (0..<(k * k)).map { $0 % (k + 1) == 0 ? variance(rows[$0 / k]) : 0 }, size: k, nu: nu,
      fix: rows.firstIndex { isFixed($0) }.map { $0 + 1 }, alphaV: nil, place: place)
  }

  /// The prior of one standard deviation of independent effects; nil for the improper default.
  fileprivate func deviationText(_ index: Int) -> String? {
    guard nu > 0 else { return nil }
    if let alphaV {
      let scale = (variance(index) * alphaV[index * (size + 1)]).squareRoot()
      return "student_t(\(numberText(nu)), 0, \(numberText(scale)))"
    }
    return "inv_wishart(\(numberText(nu)), \(numberText(variance(index))))"
  }

  /// The prior of the matrix, its rows in the order of the model language; nil for the improper default.
  fileprivate func covarianceText(order: [Int]) -> String? {
    guard nu > 0 else { return nil }
    let rows = order.count == size ? order : Array(0..<size)
    func text(_ matrix: [Double]) -> String {
      let sorted = rows.flatMap { row in rows.map { matrix[row + $0 * size] } }
      let diagonal = (0..<size).map { sorted[$0 * (size + 1)] }
      guard sorted.indices.allSatisfy({ $0 % (size + 1) == 0 || sorted[$0] == 0 }) else {
        return "matrix(\(sorted.map(numberText).joined(separator: ", ")))"
      }
      return Set(diagonal).count == 1
        ? numberText(diagonal[0]) : "diag(\(diagonal.map(numberText).joined(separator: ", ")))"
    }
    if let alphaV { return "px(\(numberText(nu)), \(text(v)), 0, \(text(alphaV)))" }
    return "inv_wishart(\(numberText(nu)), \(text(v)))"
  }
}
