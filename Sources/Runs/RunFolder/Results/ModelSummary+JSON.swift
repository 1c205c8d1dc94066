// The JSON form of the parts that all results share.

extension ModelSummary: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("formula", .string(formula)),
      JSONMember("outcomes", outcomes.json),
      JSONMember("groups", .object(groups.map { JSONMember($0.name, .integer($0.levels)) })),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "model")
    var groups: [GroupSummary] = []
    for member in try fields.members("groups") {
      guard let levels = member.value.asInteger else {
        throw JSONError(shape: "the size of group \"\(cleanText(member.key))\" is not an integer")
      }
      groups.append(GroupSummary(name: cleanText(member.key), levels: levels))
    }
    self.init(
      formula: try fields.lines("formula"), outcomes: try fields.list("outcomes"), groups: groups)
  }
}

extension OutcomeSummary: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("family", .string(family)),
      JSONMember("link", .string(link)), JSONMember("nobs", .integer(observations)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "an outcome")
    self.init(
      name: try fields.string("name"), family: try fields.string("family"),
      link: try fields.string("link"), observations: try fields.integer("nobs"))
  }
}

extension PredictorTerm: JSONConvertible {
  /// The members, which some objects have beside their own.
  var members: [JSONMember] {
    [
      JSONMember("outcome", .string(outcome)), JSONMember("dpar", .string(parameter)),
      JSONMember("term", .string(term)),
    ]
  }

  var json: JSONValue { .object(members) }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a term")
    self.init(
      outcome: try fields.string("outcome"), parameter: try fields.string("dpar"),
      term: try fields.string("term"))
  }
}

extension RandomBlock: JSONConvertible {
  var json: JSONValue {
    var members = [
      JSONMember("group", .string(group)), JSONMember("structure", .string(structure)),
      JSONMember("levels", .integer(levels)), JSONMember("terms", terms.json),
      JSONMember("sd", .numbers(standardDeviations)), JSONMember("cor", .rows(correlations)),
      JSONMember("cov", .rows(covariances)),
    ]
    if let correlationLower { members.append(JSONMember("q2.5", .rows(correlationLower))) }
    if let correlationUpper { members.append(JSONMember("q97.5", .rows(correlationUpper))) }
    if let deviationErrors { members.append(JSONMember("sd_se", .numbers(deviationErrors))) }
    if let correlationErrors { members.append(JSONMember("cor_se", .rows(correlationErrors))) }
    if let isFixed { members.append(JSONMember("fixed", .array(isFixed.map { .bool($0) }))) }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a block of random effects")
    self.init(
      group: try fields.string("group"), structure: try fields.string("structure"),
      levels: try fields.integer("levels"), terms: try fields.list("terms"),
      standardDeviations: try fields.numbers("sd"), correlations: try fields.rows("cor"),
      covariances: try fields.rows("cov"),
      correlationLower: fields.optional("q2.5") == nil ? nil : try fields.rows("q2.5"),
      correlationUpper: fields.optional("q97.5") == nil ? nil : try fields.rows("q97.5"),
      deviationErrors: fields.optional("sd_se") == nil ? nil : try fields.numbers("sd_se"),
      correlationErrors: fields.optional("cor_se") == nil ? nil : try fields.rows("cor_se"),
      isFixed: fields.optional("fixed") == nil ? nil : try fields.bools("fixed"))
    // The heat map indexes these matrices: a file of other shapes must end here.
    let size = terms.count
    for matrix in [
      correlations, covariances, correlationLower, correlationUpper, correlationErrors,
    ] {
      guard let matrix else { continue }
      guard matrix.count == size, matrix.allSatisfy({ $0.count == size }) else {
        throw JSONError(shape: "a covariance of group \"\(group)\" is not \(size) by \(size)")
      }
    }
    guard standardDeviations.count == size, isFixed.map({ $0.count == size }) ?? true,
      deviationErrors.map({ $0.count == size }) ?? true
    else {
      throw JSONError(shape: "group \"\(group)\" has not \(size) standard deviations")
    }
  }
}

extension FitWarning: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("code", .string(code)), JSONMember("message", .string(message)),
      JSONMember("advice", .string(advice)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a warning")
    self.init(
      code: try fields.string("code"), message: try fields.lines("message"),
      advice: try fields.lines("advice"))
  }
}

/// The schemas of the results, as INTERFACE.md names them.
enum Schema {
  static let fit = "mglmm-fit/1"
  static let residuals = "mglmm-residuals/1"
  static let loo = "mglmm-loo/1"
  static let predictive = "mglmm-predictive/1"
  static let checks = "mglmm-checks/1"
  static let priors = "mglmm-priors/1"
  static let view = "mglmm-view/1"
  static let sensitivity = "mglmm-sensitivity/1"

  /// Throws unless the object says it follows `schema`.
  static func check(_ fields: JSONFields, is schema: String) throws(JSONError) {
    let found = try fields.string("schema")
    guard found == schema else {
      throw JSONError(shape: "the schema is \"\(found)\", not \"\(schema)\"")
    }
  }
}
