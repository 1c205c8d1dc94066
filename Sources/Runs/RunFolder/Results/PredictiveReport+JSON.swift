// The JSON form of predictive checks; arrays that are read side by side must be of one length.

extension PredictiveReport: JSONConvertible {
  /// The report as `predictive.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.predictive)),
      JSONMember("basis", .string(basis.rawValue)), JSONMember("draws", .integer(draws)),
      JSONMember("simulations", .integer(simulations)), JSONMember("seed", .seed(seed)),
      JSONMember("outcomes", outcomes.json),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the predictive checks")
    try Schema.check(fields, is: Schema.predictive)
    guard let basis = PredictiveBasis(rawValue: try fields.string("basis")) else {
      let names = PredictiveBasis.allCases.map(\.rawValue).joined(separator: ", ")
      throw JSONError(shape: "\"basis\" is none of \(names)")
    }
    self.init(
      basis: basis, draws: try fields.integer("draws"),
      simulations: try fields.integer("simulations"), seed: try fields.seed("seed"),
      outcomes: try fields.list("outcomes"))
  }
}

extension OutcomePredictive: JSONConvertible {
  var json: JSONValue {
    var members = [
      JSONMember("name", .string(name)), JSONMember("conditional", .bool(isConditional)),
      JSONMember("n", .integer(observations)), JSONMember("discrete", .bool(isDiscrete)),
    ]
    if let density { members.append(JSONMember("density", density.json)) }
    if let bars { members.append(JSONMember("bars", bars.json)) }
    members.append(JSONMember("statistics", statistics.json))
    members.append(JSONMember("intervals", series.json))
    if let calibration { members.append(JSONMember("calibration", calibration.json)) }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "an outcome's predictive checks")
    self.init(
      name: try fields.string("name"), isConditional: try fields.bool("conditional"),
      observations: try fields.integer("n"), isDiscrete: try fields.bool("discrete"),
      density: try fields.readOptional("density"), bars: try fields.readOptional("bars"),
      statistics: try fields.list("statistics"), series: try fields.list("intervals"),
      calibration: try fields.readOptional("calibration"))
  }
}

/// Throws unless all counts are `count`.
private func checkLengths(
  _ counts: [Int], are count: Int, of what: String
) throws(JSONError) {
  guard counts.allSatisfy({ $0 == count }) else {
    throw JSONError(shape: "\(what) are arrays of unequal length")
  }
}

extension PredictiveDensity: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("grid", .numbers(grid)), JSONMember("observed", .numbers(observed)),
      JSONMember("replicated", .rows(replicated)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "\"density\"")
    self.init(
      grid: try fields.numbers("grid"), observed: try fields.numbers("observed"),
      replicated: try fields.rows("replicated"))
    try checkLengths(
      [observed.count] + replicated.map(\.count), are: grid.count, of: "the densities")
  }
}

extension PredictiveBars: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("first", .integer(first)), JSONMember("width", .integer(width)),
      JSONMember("opens_below", .bool(opensBelow)), JSONMember("opens_above", .bool(opensAbove)),
      JSONMember("observed", .numbers(observed)), JSONMember("mean", .numbers(mean)),
      JSONMember("q5", .numbers(lower)), JSONMember("q95", .numbers(upper)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "\"bars\"")
    self.init(
      first: try fields.integer("first"), width: try fields.integer("width"),
      opensBelow: try fields.bool("opens_below"), opensAbove: try fields.bool("opens_above"),
      observed: try fields.numbers("observed"), mean: try fields.numbers("mean"),
      lower: try fields.numbers("q5"), upper: try fields.numbers("q95"))
    try checkLengths([mean.count, lower.count, upper.count], are: observed.count, of: "the bars")
    // Values of bars are computed from these: they must not overflow.
    guard (1...1_000_000_000).contains(width), first.magnitude <= 1 << 40, observed.count <= 10_000
    else { throw JSONError(shape: "the bars begin or reach where no counts are") }
  }
}

extension PredictiveStatisticResult: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("name", .string(name)), JSONMember("observed", .number(observed)),
      JSONMember("p_at_least", .number(pAtLeast)), JSONMember("p_two_sided", .number(pTwoSided)),
      JSONMember("simulated", .numbers(values)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "a statistic")
    self.init(
      name: try fields.string("name"), observed: try fields.number("observed"),
      pAtLeast: try fields.number("p_at_least"), pTwoSided: try fields.number("p_two_sided"),
      values: try fields.numbers("simulated"))
  }
}

extension PredictiveSeries: JSONConvertible {
  private static let keys = ["q5", "q25", "q50", "q75", "q95"]

  var json: JSONValue {
    var members = [JSONMember("column", .string(column))]
    if let levels { members.append(JSONMember("levels", .array(levels.map { .string($0) }))) }
    members += [
      JSONMember("total", .integer(total)), JSONMember("outside", .integer(outsideCount)),
      JSONMember("position", .numbers(position)),
      JSONMember("n", .array(count.map { .integer($0) })),
      JSONMember("observed", .numbers(observed)),
    ]
    for (key, values) in zip(Self.keys, quantiles) {
      members.append(JSONMember(key, .numbers(values)))
    }
    return .object(members)
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "intervals")
    var quantiles: [[Double]] = []
    for key in Self.keys { quantiles.append(try fields.numbers(key)) }
    var counts: [Int] = []
    for number in try fields.numbers("n") {
      guard let count = Int(exactly: number) else {
        throw JSONError(shape: "\"n\" of intervals is not an array of integers")
      }
      counts.append(count)
    }
    self.init(
      column: try fields.string("column"),
      levels: fields.optional("levels") == nil ? nil : try fields.strings("levels"),
      total: try fields.integer("total"), outsideCount: try fields.integer("outside"),
      position: try fields.numbers("position"), count: counts,
      observed: try fields.numbers("observed"), quantiles: quantiles)
    try checkLengths(
      [count.count, observed.count, levels?.count ?? position.count] + quantiles.map(\.count),
      are: position.count, of: "the intervals of \"\(column)\"")
  }
}

extension PredictiveCalibration: JSONConvertible {
  var json: JSONValue {
    .object([
      JSONMember("leave_one_out", .bool(isLeaveOneOut)), JSONMember("n", .integer(count)),
      JSONMember("pit", .numbers(points)), JSONMember("difference", .numbers(difference)),
      JSONMember("lower", .numbers(lower)), JSONMember("upper", .numbers(upper)),
    ])
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "\"calibration\"")
    self.init(
      isLeaveOneOut: try fields.bool("leave_one_out"), count: try fields.integer("n"),
      points: try fields.numbers("pit"), difference: try fields.numbers("difference"),
      lower: try fields.numbers("lower"), upper: try fields.numbers("upper"))
    try checkLengths(
      [difference.count, lower.count, upper.count], are: points.count, of: "the calibration curves")
  }
}
