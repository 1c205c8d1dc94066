// The JSON form of the verdicts of all checks.

extension CheckReport: JSONConvertible {
  /// The report as `checks.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.checks)), JSONMember("draws", .integer(draws)),
      JSONMember("seed", .seed(seed)), JSONMember("checks", lines.json),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the checks")
    try Schema.check(fields, is: Schema.checks)
    self.init(
      draws: try fields.integer("draws"), seed: try fields.seed("seed"),
      lines: try fields.list("checks"))
  }
}

extension CheckLine: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("check", .string(check)),
      JSONMember("subject", subject.map { .string($0) } ?? .null),
      JSONMember("level", .string(level.rawValue)), JSONMember("number", .number(number)),
      JSONMember("threshold", .number(threshold)), JSONMember("source", .string(source)),
      JSONMember("meaning", .string(meaning)), JSONMember("advice", .string(advice)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a check")
    let word = try fields.string("level")
    guard let level = CheckLevel(rawValue: word) else {
      throw JSONError(shape: "\"level\" of a check is not passed, unavailable, warned or failed")
    }
    self.init(
      check: try fields.string("check"),
      subject: fields.optional("subject") == nil ? nil : try fields.string("subject"),
      level: level, number: try fields.number("number"),
      threshold: try fields.number("threshold"), source: try fields.string("source"),
      meaning: try fields.string("meaning"), advice: try fields.string("advice"))
  }
}
