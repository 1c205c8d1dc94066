// The left-hand side of a formula: outcomes with their trials and weights.

/// The left-hand side of a formula.
struct ResponseFormula: Sendable {
  /// How several columns are bound together, if they are.
  enum Binding: Sendable { case none, cbind, mvbind }

  let binding: Binding
  /// The outcomes, or the successes and failures of one.
  let columns: [Expression]
  /// The `n` of `y | trials(n)`.
  let trials: Expression?
  /// The `w` of `y | weights(w)`.
  let weights: Expression?
  /// The left-hand side without trials and weights.
  let place: Place

  /// Reads a left-hand side.
  init(_ expression: Expression) throws(FormulaError) {
    var outcome = expression.unwrapped
    var trials: Expression?
    var weights: Expression?
    if case .binary("|", let left, let right) = outcome.form {
      outcome = left.unwrapped
      for part in ResponseFormula.addends(right) {
        guard case .call(let function, let place, let arguments) = part.unwrapped.form else {
          throw part.place.error(
            "after the bar stands trials(n) or weights(w), not '\(part.text)'")
        }
        guard function == "trials" || function == "weights" else {
          if [
            "cens", "trunc", "se", "mi", "dec", "cat", "rate", "subset", "thres", "index", "vint",
            "vreal",
          ].contains(function) {
            throw place.error("the response term \(function)() is not available yet")
          }
          throw place.error(
            "\(function)() is not a response term"
              + suggestion(for: function, among: ["trials", "weights"]))
        }
        guard arguments.count == 1, arguments[0].name == nil else {
          throw part.place.error("\(function)() takes one argument")
        }
        guard (function == "trials" ? trials : weights) == nil else {
          throw part.place.error("\(function)() is given twice")
        }
        if function == "trials" {
          trials = arguments[0].value
        } else {
          weights = arguments[0].value
        }
      }
    }
    self.trials = trials
    self.weights = weights
    place = outcome.place
    guard case .call(let function, _, let arguments) = outcome.form,
      function == "cbind" || function == "mvbind"
    else {
      binding = .none
      columns = [outcome]
      return
    }
    guard arguments.count >= 2, arguments.allSatisfy({ $0.name == nil }) else {
      throw outcome.place.error("\(function)() binds two or more outcomes")
    }
    binding = function == "cbind" ? .cbind : .mvbind
    columns = arguments.map(\.value)
  }

  private static func addends(_ expression: Expression) -> [Expression] {
    guard case .binary("+", let left, let right) = expression.form else { return [expression] }
    return addends(left) + addends(right)
  }
}
