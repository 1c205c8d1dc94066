// Random terms and residual terms of MCMCglmm: us(trait):ID, idh(trait):units, us(1 + x):ID, ID.

/// A variance term of MCMCglmm.
struct MCMCglmmVariance: Sendable {
  /// How the effects vary together.
  enum Structure: Sendable, Equatable { case unstructured, diagonal }

  /// One element of the vector, in MCMCglmm's order.
  struct Member: Sendable, Equatable {
    /// The outcome's index.
    let outcome: Int
    /// The column, nil for an intercept.
    let term: String?
  }

  let structure: Structure
  /// The grouping factor, `ID` or `a:b`.
  let group: String
  /// MCMCglmm goes through the columns, and for each through the outcomes.
  let members: [Member]
  let place: Place

  /// The terms of a one-sided formula.
  static func terms(
    _ formula: Expression?, outcomes: [MCMCglmmOutcome]
  ) throws(FormulaError) -> [MCMCglmmVariance] {
    guard let formula else { return [] }
    guard case .prefix("~", let right) = formula.unwrapped.form else {
      throw formula.place.error(
        "a formula with nothing before '~' is expected here: ~ us(trait):ID")
    }
    var terms: [MCMCglmmVariance] = []
    for (addend, isTaken) in MCMCglmmTerm.addends(right) {
      guard !isTaken else { throw addend.place.error("a variance term can only be added") }
      terms.append(try MCMCglmmVariance(addend, outcomes: outcomes.map(\.name)))
    }
    return terms
  }

  private init(_ addend: Expression, outcomes: [String]) throws(FormulaError) {
    place = addend.place
    let factors = MCMCglmmTerm.factors(addend)
    if case .call(let function, let place, let arguments) = factors[0].unwrapped.form {
      guard function == "us" || function == "idh" else {
        let others = [
          "idv", "cor", "corg", "corgh", "cors", "ante1", "ante2", "antec1", "mm", "str", "idvm",
          "spl",
        ]
        throw place.error(
          others.contains(function)
            ? "the variance structure \(function)() is not available yet; us() and idh() are"
            : "\(function)() is not a variance structure"
              + suggestion(for: function, among: ["us", "idh"] + others))
      }
      guard arguments.count == 1, factors.count > 1 else {
        throw addend.place.error("a variance term is written \(function)(trait):ID")
      }
      structure = function == "us" ? .unstructured : .diagonal
      group = try Self.group(factors.dropFirst())
      members = try Self.members(arguments[0].value, outcomes)
      return
    }
    if factors.contains(where: { $0.unwrapped.name == "trait" }) {
      throw addend.place.error(
        "trait:ID gives all outcomes one variance, which is not available; "
          + "write idh(trait):ID for a variance of each")
    }
    structure = .diagonal
    group = try Self.group(factors[...])
    guard outcomes.count == 1 else {
      throw addend.place.error(
        "'\(group)' alone gives all outcomes the same effect, which is not available; write "
          + "us(trait):\(group), or idh(trait):\(group) for independent effects")
    }
    members = [Member(outcome: 0, term: nil)]
  }

  private static func group(_ factors: ArraySlice<Expression>) throws(FormulaError) -> String {
    var names: [String] = []
    for factor in factors {
      guard let name = factor.unwrapped.name else {
        throw factor.place.error("a grouping factor is a column, or columns joined by ':'")
      }
      names.append(name)
    }
    return names.joined(separator: ":")
  }

  /// The elements of `us(trait + trait:x)`, `us(1 + x)`, `us(at.level(trait, 1))`.
  private static func members(_ inside: Expression, _ outcomes: [String]) throws(FormulaError)
    -> [Member]
  {
    var members: [Member] = []
    for (addend, isTaken) in MCMCglmmTerm.addends(inside) {
      if case .number(let value, _) = addend.unwrapped.form {
        if isTaken && value == 1 || !isTaken && value == 0 { continue }
        guard value == 1, outcomes.count == 1 else {
          throw addend.place.error(
            "a 1 here gives all outcomes the same effect, which is not available; write trait")
        }
        members.append(Member(outcome: 0, term: nil))
        continue
      }
      guard !isTaken else { throw addend.place.error("only - 1 can be taken away here") }
      switch try MCMCglmmTerm(addend, outcomes: outcomes) {
      case .each(let term):
        for index in outcomes.indices { members.append(Member(outcome: index, term: term)) }
      case .one(let outcome, let term): members.append(Member(outcome: outcome, term: term))
      case .shared(let text):
        guard outcomes.count == 1 else {
          throw addend.place.error(
            "'\(text)' gives all outcomes the same effect here, which is not available; "
              + "write trait:\(text)")
        }
        members.append(Member(outcome: 0, term: text))
      }
    }
    guard !members.isEmpty else { throw inside.place.error("nothing varies here") }
    return members
  }

  /// The outcomes that have effects, in order.
  var outcomes: [Int] { Array(Set(members.map(\.outcome))).sorted() }

  /// The columns of one outcome before the bar: `1 + x`, `0 + x`.
  func columns(of outcome: Int) -> String {
    let own = members.filter { $0.outcome == outcome }
    let terms = own.compactMap(\.term)
    return ([own.contains { $0.term == nil } ? "1" : "0"] + terms).joined(separator: " + ")
  }

  /// For each element in the order of the model language (outcome by outcome, intercept first) its place in MCMCglmm's.
  var order: [Int] {
    members.indices.sorted { a, b in
      let (one, other) = (members[a], members[b])
      if one.outcome != other.outcome { return one.outcome < other.outcome }
      if (one.term == nil) != (other.term == nil) { return one.term == nil }
      return a < b
    }
  }
}
