// The JSON form of the priors by parameter.

extension PriorReport: JSONConvertible {
  /// The report as `priors.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.priors)), JSONMember("draws", .integer(draws)),
      JSONMember("parameters", parameters.json),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the priors")
    try Schema.check(fields, is: Schema.priors)
    self.init(draws: try fields.integer("draws"), parameters: try fields.list("parameters"))
  }
}

extension ParameterPrior: JSONConvertible {
  var json: JSONValue {
    .object(
      [
        JSONMember("name", .string(name)), JSONMember("prior", .string(prior)),
        JSONMember("flat", .bool(isFlat)), JSONMember("sd", .number(standardDeviation)),
      ]
        + zip(ParameterSummary.quantileNames, quantiles ?? []).map {
          JSONMember($0, .number($1))
        })
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a prior")
    var quantiles: [Double]?
    if try !fields.bool("flat") {
      var values: [Double] = []
      for name in ParameterSummary.quantileNames { values.append(try fields.number(name)) }
      quantiles = values
    }
    self.init(
      name: try fields.string("name"), prior: try fields.string("prior"), quantiles: quantiles,
      standardDeviation: try fields.number("sd"))
  }
}
