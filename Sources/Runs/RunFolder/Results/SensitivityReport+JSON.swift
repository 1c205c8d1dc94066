// The JSON form of sensitivity and structure.

extension SensitivityReport: JSONConvertible {
  /// The report as `sensitivity.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.sensitivity)), JSONMember("draws", .integer(draws)),
      JSONMember("seed", .seed(seed)), JSONMember("power_scaling", powerScaling?.json ?? .null),
      JSONMember("influence", influence?.json ?? .null),
      JSONMember("identifiability", identifiability.json),
      JSONMember("laplace", laplace?.json ?? .null),
      JSONMember("unavailable", .array(unavailable.map { .string($0) })),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the sensitivity")
    try Schema.check(fields, is: Schema.sensitivity)
    self.init(
      draws: try fields.integer("draws"), seed: try fields.seed("seed"),
      powerScaling: try fields.readOptional("power_scaling"),
      influence: try fields.readOptional("influence"),
      identifiability: try fields.read("identifiability"),
      laplace: try fields.readOptional("laplace"),
      unavailable: try fields.strings("unavailable"))
  }
}

extension PowerScalingReport: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("threshold", .number(threshold)), JSONMember("pareto_k", .number(paretoK)),
      JSONMember("parameters", parameters.json),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the power scaling")
    self.init(
      threshold: try fields.number("threshold"), paretoK: try fields.number("pareto_k").orInfinity,
      parameters: try fields.list("parameters"))
  }
}

extension PowerScalingReport.Parameter: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("prior", .number(prior)),
      JSONMember("likelihood", .number(likelihood)), JSONMember("diagnosis", .string(diagnosis)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a parameter's power scaling")
    self.init(
      name: try fields.string("name"), prior: try fields.number("prior"),
      likelihood: try fields.number("likelihood"), diagnosis: try fields.string("diagnosis"))
  }
}

extension InfluenceReport: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("factor", .string(factor)), JSONMember("level_count", .integer(levelCount)),
      JSONMember("parameters", .array(parameters.map { .string($0) })),
      JSONMember("levels", levels.json),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the influence")
    self.init(
      factor: try fields.string("factor"), levelCount: try fields.integer("level_count"),
      parameters: try fields.strings("parameters"), levels: try fields.list("levels"))
    guard levels.allSatisfy({ $0.changes.count == parameters.count }) else {
      throw JSONError(shape: "the changes of a level are not as many as the parameters")
    }
  }
}

extension InfluenceReport.Level: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("level", .string(level)), JSONMember("cook", .number(distance)),
      JSONMember("cook_fixed", .number(fixedDistance)), JSONMember("refit", .bool(isRefit)),
      JSONMember("changes", .numbers(changes)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a level's influence")
    self.init(
      level: try fields.string("level"), distance: try fields.number("cook"),
      fixedDistance: try fields.number("cook_fixed"), changes: try fields.numbers("changes"),
      isRefit: try fields.bool("refit"))
  }
}

extension IdentifiabilityReport: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("condition_index", .number(conditionIndex)),
      JSONMember("directions", directions.json), JSONMember("designs", designs.json),
      JSONMember("contraction", contractions.json), JSONMember("correlated", pairs.json),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the identifiability")
    self.init(
      conditionIndex: try fields.number("condition_index"),
      directions: try fields.list("directions"), designs: try fields.list("designs"),
      contractions: try fields.list("contraction"), pairs: try fields.list("correlated"))
  }
}

extension IdentifiabilityReport.Direction: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("eigenvalue", .number(eigenvalue)),
      JSONMember("parameters", .array(parameters.map { .string($0) })),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a direction")
    self.init(
      eigenvalue: try fields.number("eigenvalue"), parameters: try fields.strings("parameters"))
  }
}

extension IdentifiabilityReport.Design: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("outcome", .string(outcome)), JSONMember("parameter", .string(parameter)),
      JSONMember("condition_index", .number(conditionIndex)),
      JSONMember("terms", .array(terms.map { .string($0) })),
      JSONMember("vif", .numbers(inflation)),
      JSONMember("weakest", .array(weakest.map { .string($0) })),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a design")
    self.init(
      outcome: try fields.string("outcome"), parameter: try fields.string("parameter"),
      conditionIndex: try fields.number("condition_index").orInfinity,
      terms: try fields.strings("terms"),
      inflation: try fields.numbers("vif").map(\.orInfinity),
      weakest: try fields.strings("weakest"))
    guard inflation.count == terms.count else {
      throw JSONError(shape: "the inflation factors are not as many as the terms")
    }
  }
}

extension IdentifiabilityReport.Contraction: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("contraction", .number(contraction)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a contraction")
    self.init(name: try fields.string("name"), contraction: try fields.number("contraction"))
  }
}

extension IdentifiabilityReport.Pair: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("first", .string(first)), JSONMember("second", .string(second)),
      JSONMember("correlation", .number(correlation)), JSONMember("by_origin", .bool(isByOrigin)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a pair of parameters")
    self.init(
      first: try fields.string("first"), second: try fields.string("second"),
      correlation: try fields.number("correlation"), isByOrigin: try fields.bool("by_origin"))
  }
}

extension LaplaceReport: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("method", .string(method)), JSONMember("points", .integer(points)),
      JSONMember("difference", .number(difference)),
      JSONMember("difference_error", .number(differenceError)),
      JSONMember("pareto_k", .number(paretoK)), JSONMember("shifts", shifts.json),
      JSONMember("largest_level", largestLevel.map { .string($0) } ?? .null),
      JSONMember("largest_correction", .number(largestCorrection)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the check of Laplace's method")
    self.init(
      method: try fields.string("method"), points: try fields.integer("points"),
      difference: try fields.number("difference"),
      differenceError: try fields.number("difference_error"),
      paretoK: try fields.number("pareto_k"), shifts: try fields.list("shifts"),
      largestLevel: fields.optional("largest_level") == nil
        ? nil : try fields.string("largest_level"),
      largestCorrection: try fields.number("largest_correction"))
  }
}

extension LaplaceReport.Shift: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("shift", .number(shift)),
      JSONMember("error", .number(error)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a shift")
    self.init(
      name: try fields.string("name"), shift: try fields.number("shift"),
      error: try fields.number("error"))
  }
}

extension Double {
  /// The number, or infinity where null stood for it.
  fileprivate var orInfinity: Double { isNaN ? .infinity : self }
}
