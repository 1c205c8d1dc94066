// The JSON form of PSIS-LOO, with a column of values for each kind of number.

extension LooReport: JSONConvertible {
  /// The report as `loo.json` holds it.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string(Schema.loo)), JSONMember("draws", .integer(draws)),
      JSONMember("left_out", leftOut.map { .string($0) } ?? .null),
      JSONMember("elpd_loo", .number(elpd)), JSONMember("se", .number(standardError)),
      JSONMember("mcse_elpd_loo", .number(monteCarloError)),
      JSONMember("p_loo", .number(effectiveParameters)),
      JSONMember("se_p_loo", .number(effectiveParametersError)),
      JSONMember("looic", .number(-2 * elpd)), JSONMember("elpd_waic", .number(elpdWAIC)),
      JSONMember("se_waic", .number(standardErrorWAIC)),
      JSONMember("p_waic", .number(effectiveParametersWAIC)),
      JSONMember("pareto_k_threshold", .number(paretoKThreshold)),
      JSONMember("pareto_k_bad", .integer(badPoints.count)),
      JSONMember(
        "pointwise",
        .object([
          JSONMember("outcome", .array(points.map { .string($0.outcome) })),
          JSONMember("label", .array(points.map { .string($0.label) })),
          JSONMember("elpd", .numbers(points.map(\.elpd))),
          // A k that is infinite or unknown is null.
          JSONMember("pareto_k", .numbers(points.map(\.paretoK))),
          JSONMember("level", .array(points.map { .string($0.level) })),
          JSONMember("y", .numbers(points.map(\.y))),
          JSONMember("p_loo", .numbers(points.map(\.effectiveParameters))),
          JSONMember("mcse", .numbers(points.map(\.monteCarloError))),
          JSONMember("n_eff", .numbers(points.map(\.effectiveDraws))),
        ])),
    ])
  }

  /// Reads what `json` writes; members that are not known are passed over.
  package init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the leave-one-out results")
    try Schema.check(fields, is: Schema.loo)
    let columns = try JSONFields(try fields.value("pointwise"), of: "\"pointwise\"")
    let outcomes = try columns.strings("outcome")
    let labels = try columns.strings("label")
    func none<Value>(_ value: Value) -> [Value] { outcomes.map { _ in value } }
    let elpd = try columns.numbers("elpd")
    let k = try columns.numbers("pareto_k")
    let level = try columns.optional("level") == nil ? none("") : columns.strings("level")
    let y = try columns.optional("y") == nil ? none(.nan) : columns.numbers("y")
    let p = try columns.optional("p_loo") == nil ? none(.nan) : columns.numbers("p_loo")
    let errors = try columns.optional("mcse") == nil ? none(.nan) : columns.numbers("mcse")
    let draws = try columns.optional("n_eff") == nil ? none(.nan) : columns.numbers("n_eff")
    let counts = [
      labels.count, elpd.count, k.count, level.count, y.count, p.count, errors.count, draws.count,
    ]
    guard counts.allSatisfy({ $0 == outcomes.count }) else {
      throw JSONError(shape: "the columns of \"pointwise\" are of unequal length")
    }
    self.init(
      draws: try fields.integer("draws"),
      leftOut: fields.optional("left_out") == nil ? nil : try fields.string("left_out"),
      elpd: try fields.number("elpd_loo"), standardError: try fields.number("se"),
      effectiveParameters: try fields.number("p_loo"),
      effectiveParametersError: try fields.number("se_p_loo"),
      elpdWAIC: try fields.number("elpd_waic"), standardErrorWAIC: try fields.number("se_waic"),
      effectiveParametersWAIC: try fields.number("p_waic"),
      paretoKThreshold: try fields.number("pareto_k_threshold"),
      points: outcomes.indices.map {
        LooPoint(
          outcome: outcomes[$0], label: labels[$0], elpd: elpd[$0],
          paretoK: k[$0].isNaN ? .infinity : k[$0], level: level[$0], y: y[$0],
          effectiveParameters: p[$0], monteCarloError: errors[$0], effectiveDraws: draws[$0])
      },
      monteCarloError: fields.optional("mcse_elpd_loo") == nil
        ? .nan : try fields.number("mcse_elpd_loo"))
  }
}
