// The JSON form of residuals: the documented members, then the fitted values and curves for the panes.

extension ResidualReport: JSONConvertible {
  /// The report as `residuals.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.residuals)),
      JSONMember("simulations", .integer(simulations)),
      JSONMember("conditional", .bool(isConditional)),
      JSONMember("seed", .seed(seed)),
      JSONMember("outcomes", outcomes.json),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the residuals")
    try Schema.check(fields, is: Schema.residuals)
    self.init(
      simulations: try fields.integer("simulations"),
      isConditional: try fields.bool("conditional"), seed: try fields.seed("seed"),
      outcomes: try fields.list("outcomes"))
  }
}

extension OutcomeResiduals: JSONConvertible {
  var json: JSONValue {
    var members = [
      JSONMember("name", .string(name)), JSONMember("n", .integer(scaled.count)),
      JSONMember("scaled", .numbers(scaled)), JSONMember("lower", .numbers(lower)),
      JSONMember("upper", .numbers(upper)), JSONMember("tests", tests.json),
      JSONMember("fitted", .numbers(fitted)),
    ]
    if let curves { members.append(JSONMember("curves", curves.json)) }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "an outcome's residuals")
    self.init(
      name: try fields.string("name"), scaled: try fields.numbers("scaled"),
      lower: try fields.numbers("lower"), upper: try fields.numbers("upper"),
      fitted: fields.optional("fitted") == nil ? [] : try fields.numbers("fitted"),
      tests: try fields.read("tests"), curves: try fields.readOptional("curves"))
    // The panes walk these arrays side by side: a file of other shapes must end here.
    let lengths = [lower.count, upper.count] + (fitted.isEmpty ? [] : [fitted.count])
    guard lengths.allSatisfy({ $0 == scaled.count }) else {
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
