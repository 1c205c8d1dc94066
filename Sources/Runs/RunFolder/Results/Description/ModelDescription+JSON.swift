// The JSON form of a description, as mglmm-fit describe --json prints it.

/// The schema of a description.
private let schema = "mglmm-describe/1"

extension DescribeReport: JSONConvertible {
  /// The answer under the name of its schema.
  package var json: JSONValue {
    var members = [JSONMember("schema", .string(schema))]
    switch answer {
    case .model(let description): members += description.members
    case .fault(let fault): members.append(JSONMember("error", fault.json))
    }
    return .object(members + [JSONMember("families", .array(families.map { .string($0) }))])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the description")
    try Schema.check(fields, is: schema)
    let families = try fields.strings("families")
    if let fault: ModelFault = try fields.readOptional("error") {
      self.init(.fault(fault), families: families)
    } else {
      self.init(.model(try ModelDescription(fields)), families: families)
    }
  }
}

extension ModelDescription {
  fileprivate var members: [JSONMember] {
    [
      JSONMember("method", .string(method.rawValue)), JSONMember("model", model.json),
      JSONMember("rows", .integer(rows)), JSONMember("nobs", .integer(observations)),
      JSONMember("parameters", .integer(parameters)),
      JSONMember("random_effects", .integer(effects)), JSONMember("fixed", fixed.json),
      JSONMember("dispersion", dispersion.json), JSONMember("random", random.json),
      JSONMember("missing", missing.json), JSONMember("priors", priors.json),
      JSONMember("notes", .array(notes.map { .string($0) })),
      JSONMember("warnings", warnings.json),
    ]
  }

  fileprivate init(_ fields: JSONFields) throws(JSONError) {
    let name = try fields.string("method")
    guard let method = FitMethod(rawValue: name) else {
      throw JSONError(shape: "there is no method \"\(name)\"")
    }
    self.init(
      model: try fields.read("model"), method: method, rows: try fields.integer("rows"),
      observations: try fields.integer("nobs"), parameters: try fields.integer("parameters"),
      effects: try fields.integer("random_effects"), fixed: try fields.list("fixed"),
      dispersion: try fields.list("dispersion"), random: try fields.list("random"),
      missing: try fields.list("missing"), priors: try fields.list("priors"),
      notes: try fields.strings("notes"), warnings: try fields.list("warnings"))
  }
}

extension ModelFault: JSONConvertible {
  var json: JSONValue {
    var members = [
      JSONMember("message", .string(message)), JSONMember("code", .integer(Int(exitCode))),
    ]
    if let formula, let offset, let length {
      members += [
        JSONMember("formula", .string(formula)), JSONMember("offset", .integer(offset)),
        JSONMember("length", .integer(length)),
      ]
    }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "an error")
    self.init(
      message: try fields.lines("message"),
      exitCode: Int32(clamping: try fields.integer("code")))
    guard fields.optional("formula") != nil else { return }
    formula = try fields.string("formula")
    offset = max(0, try fields.integer("offset"))
    length = max(1, try fields.integer("length"))
  }
}

extension DescribedParameter: JSONConvertible {
  var json: JSONValue {
    .object(
      [JSONMember("outcome", .string(outcome)), JSONMember("parameter", .string(parameter))]
        + (isFixed ? [JSONMember("fixed", .bool(true))] : []))
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a dispersion")
    self.init(
      outcome: try fields.string("outcome"), parameter: try fields.string("parameter"),
      isFixed: fields.optional("fixed") == nil ? false : try fields.bool("fixed"))
  }
}

extension DescribedBlock: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("group", .string(group)), JSONMember("structure", .string(structure)),
      JSONMember("levels", .integer(levels)), JSONMember("terms", terms.json),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a block of random effects")
    self.init(
      group: try fields.string("group"), structure: try fields.string("structure"),
      levels: try fields.integer("levels"), terms: try fields.list("terms"))
  }
}

extension MissingRows: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("outcome", .string(outcome)),
      JSONMember("columns", .array(columns.map { .string($0) })),
      JSONMember("rows", .integer(rows)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a count of missing rows")
    self.init(
      outcome: try fields.string("outcome"), columns: try fields.strings("columns"),
      rows: try fields.integer("rows"))
  }
}

extension DescribedPrior: JSONConvertible {
  var json: JSONValue {
    guard case .object(let members) = summary.json else { return .null }
    return .object(members + [JSONMember("address", .string(address))])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a prior")
    self.init(try PriorSummary(json: json), address: try fields.string("address"))
  }
}
