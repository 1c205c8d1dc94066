// The JSON form of residuals: the documented members, then the fitted values and curves for the panes.

extension ResidualReport: JSONConvertible {
  /// The report as `residuals.json` holds it.
  package var json: JSONValue {
    var members = [
      JSONMember("schema", .string(Schema.residuals)),
      JSONMember("simulations", .integer(simulations)),
      JSONMember("conditional", .bool(isConditional)),
      JSONMember("seed", .seed(seed)),
      JSONMember("outcomes", outcomes.json),
    ]
    if let points { members.append(JSONMember("points", .integer(points))) }
    if let unconditional {
      members.append(
        JSONMember("unconditional", .object([JSONMember("outcomes", unconditional.json)])))
    }
    if !correlations.isEmpty { members.append(JSONMember("correlations", correlations.json)) }
    if !further.isEmpty { members.append(JSONMember("further", further.json)) }
    return .object(members)
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the residuals")
    try Schema.check(fields, is: Schema.residuals)
    self.init(
      simulations: try fields.integer("simulations"),
      isConditional: try fields.bool("conditional"), seed: try fields.seed("seed"),
      points: fields.optional("points") == nil ? nil : try fields.integer("points"),
      outcomes: try fields.list("outcomes"),
      unconditional: try fields.optional("unconditional").map { other throws(JSONError) in
        try JSONFields(other, of: "the unconditional residuals").list("outcomes")
      },
      correlations: fields.optional("correlations") == nil ? [] : try fields.list("correlations"),
      further: fields.optional("further") == nil ? [] : try fields.list("further"))
  }
}

extension OutcomeResiduals: JSONConvertible {
  var json: JSONValue {
    let head = [JSONMember("name", .string(name)), JSONMember("n", .integer(observations))]
    // Thinned residuals are for plots alone.
    var members =
      lower.isEmpty
      ? head + [
        JSONMember("scaled", .rounded(scaled)), JSONMember("tests", tests.json),
        JSONMember("fitted", .numbers(fitted)),
      ]
      : head + [
        JSONMember("scaled", .numbers(scaled)), JSONMember("lower", .numbers(lower)),
        JSONMember("upper", .numbers(upper)), JSONMember("tests", tests.json),
        JSONMember("fitted", .numbers(fitted)),
      ]
    if let calibrated {
      members.append(JSONMember("calibrated", .array(calibrated.map { .string($0) })))
    }
    if let curves { members.append(JSONMember("curves", curves.json)) }
    if !predictors.isEmpty { members.append(JSONMember("predictors", predictors.json)) }
    if !groups.isEmpty { members.append(JSONMember("groups", groups.json)) }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "an outcome's residuals")
    func numbers(_ key: String) throws(JSONError) -> [Double] {
      fields.optional(key) == nil ? [] : try fields.numbers(key)
    }
    self.init(
      name: try fields.string("name"), observations: try fields.integer("n"),
      scaled: try fields.numbers("scaled"), lower: try numbers("lower"),
      upper: try numbers("upper"), fitted: try numbers("fitted"), tests: try fields.read("tests"),
      calibrated: fields.optional("calibrated") == nil ? nil : try fields.strings("calibrated"),
      curves: try fields.readOptional("curves"),
      predictors: fields.optional("predictors") == nil ? [] : try fields.list("predictors"),
      groups: fields.optional("groups") == nil ? [] : try fields.list("groups"))
    // The panes walk these arrays side by side: a file of other shapes must end here.
    let lengths = [lower, upper, fitted].filter { !$0.isEmpty }.map(\.count)
    guard lengths.allSatisfy({ $0 == scaled.count }), lower.count == upper.count,
      observations >= scaled.count
    else {
      throw JSONError(shape: "the residuals of \"\(name)\" are arrays of unequal length")
    }
  }
}

extension ResidualTests: JSONConvertible {
  var json: JSONValue {
    var members: [JSONMember] = []
    for (key, test) in [
      ("uniformity", uniformity), ("dispersion", dispersion), ("outliers", outliers),
      ("zero_inflation", zeroInflation),
    ] {
      if let test { members.append(JSONMember(key, test.json)) }
    }
    if let quantiles { members.append(JSONMember("quantiles", quantiles.json)) }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "tests")
    self.init(
      uniformity: try fields.readOptional("uniformity"),
      dispersion: try fields.readOptional("dispersion"),
      outliers: try fields.readOptional("outliers"),
      zeroInflation: try fields.readOptional("zero_inflation"),
      quantiles: try fields.readOptional("quantiles"))
  }
}

extension TestResult: JSONConvertible {
  var json: JSONValue {
    .object([JSONMember("statistic", .number(statistic)), JSONMember("p", .number(p))])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a test")
    self.init(statistic: try fields.number("statistic"), p: try fields.number("p"))
  }
}

extension QuantileTestResult: JSONConvertible {
  var json: JSONValue {
    .object([JSONMember("p", .number(p)), JSONMember("by_quantile", .numbers(byQuantile))])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the quantile test")
    self.init(p: try fields.number("p"), byQuantile: try fields.numbers("by_quantile"))
  }
}

extension QuantileCurves: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("x", .numbers(x)), JSONMember("q25", .numbers(q25)),
      JSONMember("q50", .numbers(q50)), JSONMember("q75", .numbers(q75)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "curves")
    self.init(
      x: try fields.numbers("x"), q25: try fields.numbers("q25"), q50: try fields.numbers("q50"),
      q75: try fields.numbers("q75"))
    guard [q25.count, q50.count, q75.count].allSatisfy({ $0 == x.count }) else {
      throw JSONError(shape: "the quantile curves are arrays of unequal length")
    }
  }
}
