// The JSON form of residuals by predictor, by group and between outcomes.

extension PredictorResiduals: JSONConvertible {
  var json: JSONValue {
    var members = [JSONMember("name", .string(name)), JSONMember("p", .number(p))]
    if levels.isEmpty {
      members += [
        JSONMember("x", .rounded(x)), JSONMember("y", .rounded(y)),
        JSONMember("by_quantile", .numbers(byQuantile)),
      ]
      if let curves { members.append(JSONMember("curves", curves.json)) }
    } else {
      members.append(JSONMember("levels", levels.json))
      if let spread { members.append(JSONMember("spread", spread.json)) }
    }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a predictor's residuals")
    let (name, p) = (try fields.string("name"), try fields.number("p"))
    guard fields.optional("levels") == nil else {
      self.init(
        name: name, p: p, levels: try fields.list("levels"),
        spread: try fields.readOptional("spread"))
      return
    }
    self.init(
      name: name, p: p, x: try fields.numbers("x"), y: try fields.numbers("y"),
      curves: try fields.readOptional("curves"), byQuantile: try fields.numbers("by_quantile"))
    guard x.count == y.count else {
      throw JSONError(shape: "the residuals along \"\(name)\" are arrays of unequal length")
    }
  }
}

extension LevelResiduals: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("n", .integer(count)),
      JSONMember("quartiles", .rounded(quartiles)), JSONMember("p", .number(p)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a level's residuals")
    self.init(
      name: try fields.string("name"), count: try fields.integer("n"),
      quartiles: try fields.numbers("quartiles"), p: try fields.number("p"))
    guard quartiles.count == 5, zip(quartiles, quartiles.dropFirst()).allSatisfy({ $0 <= $1 })
    else {
      throw JSONError(shape: "the quartiles of level \"\(name)\" are not five ascending numbers")
    }
  }
}

extension GroupedResiduals: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("n", .integer(scaled.count)),
      JSONMember("scaled", .rounded(scaled)), JSONMember("tests", tests.json),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a group's residuals")
    self.init(
      name: try fields.string("name"), scaled: try fields.numbers("scaled"),
      tests: try fields.read("tests"))
  }
}

extension OutcomeCorrelations: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("outcomes", .array([.string(first), .string(second)])),
      JSONMember("n", .integer(rows)), JSONMember("correlation", .number(correlation)),
      JSONMember("q2.5", .number(lower)), JSONMember("q97.5", .number(upper)),
      JSONMember("p", .number(p)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a correlation of residuals")
    let names = try fields.strings("outcomes")
    guard names.count == 2 else {
      throw JSONError(shape: "a correlation of residuals is not between two outcomes")
    }
    self.init(
      first: names[0], second: names[1], rows: try fields.integer("n"),
      correlation: try fields.number("correlation"), lower: try fields.number("q2.5"),
      upper: try fields.number("q97.5"), p: try fields.number("p"))
  }
}

extension FurtherTest: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("test", .string(test)), JSONMember("outcome", .string(outcome)),
      JSONMember("along", .string(along)),
      JSONMember("statistic", statistic.map { .number($0) } ?? .null),
      JSONMember("p", .number(p)), JSONMember("meaning", .string(meaning)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a further test")
    self.init(
      test: try fields.string("test"), outcome: try fields.string("outcome"),
      along: try fields.string("along"), statistic: fields.optional("statistic")?.asNumber,
      p: try fields.number("p"), meaning: try fields.string("meaning"))
  }
}

extension JSONValue {
  /// Numbers that only plots need, to five decimals.
  static func rounded(_ values: [Double]) -> JSONValue {
    .array(values.map { .number(($0 * 1e5).rounded() / 1e5) })
  }
}
