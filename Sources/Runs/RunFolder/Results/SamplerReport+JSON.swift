// The JSON form of an MCMC result, in the order that INTERFACE.md documents.

extension SamplerReport: JSONConvertible {
  /// The report as `mglmm-fit --json` prints it.
  package var json: JSONValue {
    var members = [
      JSONMember("schema", .string(Schema.fit)),
      JSONMember("method", .string(FitMethod.mcmc.rawValue)),
      JSONMember("model", model.json),
      JSONMember("priors", priors.json),
      JSONMember("parameters", parameters.json),
      JSONMember("sampler", sampler.json),
      JSONMember("random", random.json),
    ]
    if let loo { members.append(JSONMember("loo", loo.json)) }
    members.append(JSONMember("warnings", warnings.json))
    return .object(members)
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the result")
    try Schema.check(fields, is: Schema.fit)
    guard try fields.string("method") == FitMethod.mcmc.rawValue else {
      throw JSONError(shape: "\"method\" is not mcmc")
    }
    self.init(
      model: try fields.read("model"), priors: try fields.list("priors"),
      parameters: try fields.list("parameters"), sampler: try fields.read("sampler"),
      random: try fields.list("random"), loo: try fields.readOptional("loo"),
      warnings: try fields.list("warnings"))
  }
}

extension PriorSummary: JSONConvertible {
  var json: JSONValue {
    .object(
      [
        JSONMember("class", .string(parameterClass)), JSONMember("target", .string(target)),
        JSONMember("prior", .string(prior)),
      ] + (isDefault ? [JSONMember("default", .bool(true))] : []))
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a prior")
    self.init(
      parameterClass: try fields.string("class"), target: try fields.string("target"),
      prior: try fields.string("prior"),
      isDefault: fields.optional("default") == nil ? false : try fields.bool("default"))
  }
}

extension ParameterSummary: JSONConvertible {
  package var json: JSONValue {
    .object(
      [
        JSONMember("name", .string(name)), JSONMember("mean", .number(mean)),
        JSONMember("sd", .number(standardDeviation)), JSONMember("mcse_mean", .number(meanError)),
        JSONMember("mcse_sd", .number(standardDeviationError)),
      ]
        + zip(Self.quantileNames, quantiles).map { JSONMember($0, .number($1)) } + [
          JSONMember("rhat", .number(rHat)), JSONMember("ess_bulk", .number(bulkESS)),
          JSONMember("ess_tail", .number(tailESS)),
        ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a parameter")
    var quantiles: [Double] = []
    for name in Self.quantileNames { quantiles.append(try fields.number(name)) }
    self.init(
      name: try fields.string("name"), mean: try fields.number("mean"),
      standardDeviation: try fields.number("sd"), meanError: try fields.number("mcse_mean"),
      standardDeviationError: try fields.number("mcse_sd"), quantiles: quantiles,
      rHat: try fields.number("rhat"), bulkESS: try fields.number("ess_bulk"),
      tailESS: try fields.number("ess_tail"))
  }
}

extension SamplerSummary: JSONConvertible {
  var json: JSONValue {
    let members = [
      JSONMember("algorithm", .string(algorithm)), JSONMember("chains", .integer(chains)),
      JSONMember("warmup", .integer(warmup)), JSONMember("draws", .integer(draws)),
      JSONMember("divergences", .integer(divergences)),
      JSONMember("max_treedepth_hits", .integer(maxTreeDepthHits)),
      JSONMember("ebfmi", .numbers(ebfmi)),
      JSONMember("gradient_evaluations", .integer(gradientEvaluations)),
      JSONMember("cpu_seconds", .number(cpuSeconds)), JSONMember("seconds", .number(seconds)),
      JSONMember("seconds_warmup", .number(warmupSeconds)),
      JSONMember("seconds_sampling", .number(samplingSeconds)),
    ]
    return .object(members + (stop.map { [JSONMember("stop", $0.json)] } ?? []))
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the sampler")
    self.init(
      algorithm: try fields.string("algorithm"), chains: try fields.integer("chains"),
      warmup: try fields.integer("warmup"), draws: try fields.integer("draws"),
      divergences: try fields.integer("divergences"),
      maxTreeDepthHits: try fields.integer("max_treedepth_hits"),
      ebfmi: try fields.numbers("ebfmi"),
      gradientEvaluations: try fields.integer("gradient_evaluations"),
      cpuSeconds: try fields.number("cpu_seconds"), seconds: try fields.number("seconds"),
      warmupSeconds: try fields.number("seconds_warmup"),
      samplingSeconds: try fields.number("seconds_sampling"),
      stop: try fields.readOptional("stop"))
  }
}

extension LooSummary: JSONConvertible {
  package var json: JSONValue {
    .object([
      JSONMember("elpd_loo", .number(elpd)), JSONMember("se", .number(standardError)),
      JSONMember("p_loo", .number(effectiveParameters)), JSONMember("looic", .number(looic)),
      JSONMember("pareto_k_bad", .integer(badParetoK)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "loo")
    self.init(
      elpd: try fields.number("elpd_loo"), standardError: try fields.number("se"),
      effectiveParameters: try fields.number("p_loo"), looic: try fields.number("looic"),
      badParetoK: try fields.integer("pareto_k_bad"))
  }
}
