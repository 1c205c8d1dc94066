// The prior list of MCMCglmm: R and G with V, nu, fix, alpha.mu and alpha.V, and B of the fixed effects.

/// What `prior = list(...)` says.
struct MCMCglmmPrior: Sendable {
  /// The prior of one covariance matrix.
  struct Covariance: Sendable {
    /// V, column by column.
    let v: [Double]
    let size: Int
    /// 0 where it is not given, which is improper.
    let nu: Double
    /// The first row, from 1, of the part that is fixed at V.
    let fix: Int?
    /// The variances of α, where the prior is parameter-expanded.
    let alphaV: [Double]?
    let place: Place

    /// Whether an element of the diagonal is fixed.
    func isFixed(_ index: Int) -> Bool { fix.map { index + 1 >= $0 } ?? false }

    /// An element of the diagonal of V.
    func variance(_ index: Int) -> Double { v[index * (size + 1)] }

    /// Whether V is diagonal.
    var isDiagonal: Bool { v.indices.allSatisfy { $0 % (size + 1) == 0 || v[$0] == 0 } }
  }

  /// The residual covariance.
  private(set) var residual: Covariance?
  /// The covariances of the random terms, in their order.
  private(set) var random: [Covariance] = []
  /// Mean and standard deviation of every fixed effect.
  private(set) var fixed = (mean: 0.0, deviation: 1e5)
  /// Whether B is given.
  private(set) var statesFixed = false

  /// Reads the list; nothing stated when it is nil.
  init(_ expression: Expression?) throws(FormulaError) {
    guard let expression else { return }
    for (name, value, place) in try Self.list(expression) {
      switch name {
      case "R":
        // One residual term may stand in a list of its own.
        var inner = value
        if let only = try? Self.list(value), only.count == 1, only[0].name.hasPrefix("R") {
          inner = only[0].value
        }
        residual = try Self.covariance(inner)
      case "G":
        for (_, value, _) in try Self.list(value) { random.append(try Self.covariance(value)) }
      case "B": try readFixed(value)
      case "S": throw place.error("the prior S, of theta_scale, is not available yet")
      default: throw place.error("a prior of MCMCglmm has R, G and B, not '\(name)'")
      }
    }
  }

  /// The named elements of `list(...)`.
  private static func list(_ expression: Expression) throws(FormulaError) -> [(
    name: String, value: Expression, place: Place
  )] {
    guard case .call("list", _, let arguments) = expression.unwrapped.form else {
      throw expression.place.error("list(...) is expected here")
    }
    return arguments.enumerated().map { index, argument in
      (
        argument.name ?? "\(index + 1)", argument.value,
        argument.namePlace ?? argument.value.place
      )
    }
  }

  private static func covariance(_ expression: Expression) throws(FormulaError) -> Covariance {
    var matrix: (size: Int, elements: [Double])?
    var nu = 0.0
    var fix: Int?
    var alphaV: (size: Int, elements: [Double])?
    for (name, value, place) in try list(expression) {
      switch name {
      case "V":
        matrix = try square(value)
      case "nu", "n":
        guard case .number(let number) = try RValue(value), number >= 0, number.isFinite else {
          throw value.place.error("nu is a number from 0 up")
        }
        nu = number
      case "fix":
        guard case .number(let number) = try RValue(value), let row = Int(exactly: number), row >= 1
        else { throw value.place.error("fix is the number of the first row that is fixed") }
        fix = row
      case "alpha.mu":
        guard try RValue(value).elements.allSatisfy({ $0 == 0 }) else {
          throw value.place.error(
            "alpha.mu other than 0 is not available; for standard deviations away from zero write the "
              + "model with -f and --prior 'sd ~ normal(m, s)'")
        }
      case "alpha.V": alphaV = try square(value)
      default:
        throw place.error(
          "a covariance prior has V, nu, fix, alpha.mu and alpha.V, not '\(name)'")
      }
    }
    guard let matrix else { throw expression.place.error("V is missing from this prior") }
    if let fix, fix > matrix.size {
      throw expression.place.error("fix = \(fix) is beyond the \(matrix.size) rows of V")
    }
    if let alphaV {
      guard alphaV.size == matrix.size else {
        throw expression.place.error("alpha.V has not as many rows as V")
      }
      guard nu > 0 else { throw expression.place.error("alpha.V needs nu above 0") }
    }
    for index in 0..<matrix.size where !(matrix.elements[index * (matrix.size + 1)] > 0) {
      throw expression.place.error("the diagonal of V is to be positive")
    }
    return Covariance(
      v: matrix.elements, size: matrix.size, nu: nu, fix: fix, alphaV: alphaV?.elements,
      place: expression.place)
  }

  private static func square(_ expression: Expression) throws(FormulaError) -> (
    size: Int, elements: [Double]
  ) {
    guard let square = try RValue(expression).square, square.elements.allSatisfy(\.isFinite) else {
      throw expression.place.error("a square matrix is expected here, such as diag(2)")
    }
    for row in 0..<square.size {
      for column in 0..<row
      where square.elements[row + column * square.size]
        != square.elements[column + row * square.size]
      {
        throw expression.place.error("this matrix is not symmetric")
      }
    }
    return square
  }

  /// B, where all fixed effects have one prior: the coefficients of a factor are not known before the data are read.
  private mutating func readFixed(_ expression: Expression) throws(FormulaError) {
    for (name, value, place) in try Self.list(expression) {
      switch name {
      case "mu":
        let values = Set(try RValue(value).elements)
        guard values.count == 1, let mean = values.first else {
          throw value.place.error(Self.advice)
        }
        fixed.mean = mean
      case "V":
        let matrix = try Self.square(value)
        let diagonal = (0..<matrix.size).map { matrix.elements[$0 * (matrix.size + 1)] }
        guard matrix.elements.count(where: { $0 != 0 }) == matrix.size, Set(diagonal).count == 1,
          diagonal[0] > 0
        else { throw value.place.error(Self.advice) }
        fixed.deviation = diagonal[0].squareRoot()
      default: throw place.error("B has mu and V, not '\(name)'")
      }
    }
    statesFixed = true
  }

  private static let advice =
    "different priors of fixed effects are not available in B: leave B out and write them as "
    + "--prior 'b[outcome, term] ~ normal(m, s)'"
}
