// The JSON form of a maximum likelihood result, in the order that INTERFACE.md documents.

extension FitReport: JSONConvertible {
  /// The report as `fit.json` holds it.
  package var json: JSONValue {
    var members = [
      JSONMember("schema", .string(Schema.fit)),
      JSONMember("method", .string(method.rawValue)),
      JSONMember("approximation", .string(approximation)),
      JSONMember("model", model.json),
      JSONMember("converged", .bool(converged)),
      JSONMember("logLik", .number(logLikelihood)),
      JSONMember("df", .integer(degreesOfFreedom)),
      JSONMember("nobs", .integer(observations)),
      JSONMember("AIC", .number(aic)),
      JSONMember("BIC", .number(bic)),
      JSONMember("fixed", fixed.json),
      JSONMember("dispersion", dispersion.json),
      JSONMember("random", random.json),
    ]
    if let modes { members.append(JSONMember("modes", modes.json)) }
    if let priors { members.append(JSONMember("priors", priors.json)) }
    members.append(JSONMember("optimizer", optimizer.json))
    members.append(JSONMember("warnings", warnings.json))
    return .object(members)
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the result")
    try Schema.check(fields, is: Schema.fit)
    guard let method = FitMethod(rawValue: try fields.string("method")), method != .mcmc else {
      throw JSONError(shape: "\"method\" is not ml, reml or map")
    }
    self.init(
      method: method,
      approximation: try fields.string("approximation"), model: try fields.read("model"),
      converged: try fields.bool("converged"), logLikelihood: try fields.number("logLik"),
      degreesOfFreedom: try fields.integer("df"), observations: try fields.integer("nobs"),
      aic: try fields.number("AIC"), bic: try fields.number("BIC"),
      fixed: try fields.list("fixed"), dispersion: try fields.list("dispersion"),
      random: try fields.list("random"),
      modes: fields.optional("modes") == nil ? nil : try fields.list("modes"),
      priors: fields.optional("priors") == nil ? nil : try fields.list("priors"),
      optimizer: try fields.read("optimizer"), warnings: try fields.list("warnings"))
  }
}

extension FixedEffect: JSONConvertible {
  var json: JSONValue {
    .object(
      name.members + [
        JSONMember("estimate", .number(estimate)), JSONMember("se", .number(standardError)),
        JSONMember("z", .number(z)), JSONMember("p", .number(p)),
      ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a fixed effect")
    self.init(
      name: try PredictorTerm(json: json), estimate: try fields.number("estimate"),
      standardError: try fields.number("se"), z: try fields.number("z"), p: try fields.number("p"))
  }
}

extension DispersionEstimate: JSONConvertible {
  var json: JSONValue {
    .object(
      [
        JSONMember("outcome", .string(outcome)), JSONMember("parameter", .string(parameter)),
        JSONMember("estimate", .number(estimate)), JSONMember("se", .number(standardError)),
      ] + (isFixed ? [JSONMember("fixed", .bool(true))] : []))
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a dispersion parameter")
    self.init(
      outcome: try fields.string("outcome"), parameter: try fields.string("parameter"),
      estimate: try fields.number("estimate"), standardError: try fields.number("se"),
      isFixed: fields.optional("fixed") == nil ? false : try fields.bool("fixed"))
  }
}

extension ConditionalModes: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("group", .string(group)),
      JSONMember("levels", .array(levels.map { .string($0) })),
      JSONMember("terms", terms.json), JSONMember("mode", .rows(modes)),
      JSONMember("se", .rows(standardErrors)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "conditional modes")
    self.init(
      group: try fields.string("group"), levels: try fields.strings("levels"),
      terms: try fields.list("terms"), modes: try fields.rows("mode"),
      standardErrors: try fields.rows("se"))
    for rows in [modes, standardErrors] {
      guard rows.count == levels.count, rows.allSatisfy({ $0.count == terms.count }) else {
        throw JSONError(shape: "the modes of group \"\(group)\" do not fit its levels and terms")
      }
    }
  }
}

extension OptimizerSummary: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("iterations", .integer(iterations)),
      JSONMember("evaluations", .integer(evaluations)),
      JSONMember("gradient_max", .number(gradientMax)), JSONMember("seconds", .number(seconds)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the optimizer")
    self.init(
      name: try fields.string("name"), iterations: try fields.integer("iterations"),
      evaluations: try fields.integer("evaluations"),
      gradientMax: try fields.number("gradient_max"), seconds: try fields.number("seconds"))
  }
}
