// A look at the draws, and the reason for the end, as JSON.

extension StoppingCheck {
  /// The members of a check, in events and results alike.
  var members: [JSONMember] {
    [
      JSONMember("until", .string(rule)), JSONMember("met", .bool(isMet)),
      JSONMember("checks", .integer(number)), JSONMember("draws", .integer(figures.draws)),
      JSONMember("ess_bulk", .number(figures.bulkESS)),
      JSONMember("ess_tail", .number(figures.tailESS)), JSONMember("rhat", .number(figures.rHat)),
      JSONMember("mcse", .number(figures.meanError)),
      JSONMember("seconds", .number(figures.seconds)),
    ] + (nextDraws.map { [JSONMember("next_draws", .integer($0))] } ?? [])
  }

  /// Reads what `members` writes.
  init(_ fields: JSONFields) throws(JSONError) {
    self.init(
      number: try fields.integer("checks"), rule: try fields.string("until"),
      isMet: try fields.bool("met"),
      figures: StoppingMeasures(
        bulkESS: try fields.number("ess_bulk"), tailESS: try fields.number("ess_tail"),
        rHat: try fields.number("rhat"), meanError: try fields.number("mcse"),
        draws: try fields.integer("draws"), seconds: try fields.number("seconds")),
      nextDraws: fields.optional("next_draws") == nil ? nil : try fields.integer("next_draws"))
  }
}

extension StopSummary: JSONConvertible {
  var json: JSONValue {
    .object([JSONMember("reason", .string(reason.rawValue))] + (check?.members ?? []))
  }

  init(json: JSONValue) throws(JSONError) {
    let fields = try JSONFields(json, of: "the end of the chains")
    guard let reason = Reason(rawValue: try fields.string("reason")) else {
      throw JSONError(shape: "\"reason\" is not one of this version's")
    }
    self.init(reason, check: fields.optional("until") == nil ? nil : try StoppingCheck(fields))
  }
}
