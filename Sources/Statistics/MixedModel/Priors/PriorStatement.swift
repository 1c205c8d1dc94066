// Priors as users write them: `b[passed, SES] ~ normal(0, 1)`.

/// One `--prior`: a class of parameters, a narrower target in brackets, and a distribution.
package struct PriorStatement: Sendable, Equatable {
  /// The class: `Intercept`, `b`, `sd`, `cor`, `cov`, or a distributional parameter such as `sigma`.
  package let parameterClass: String
  /// What stands in the brackets, outcome first; `*` (or nothing) means any.
  package let target: [String]
  /// The distribution.
  package let distribution: PriorDistribution
  /// The text it was read from.
  package let text: String

  /// The classes of coefficients and covariances.
  static let structuralClasses = ["Intercept", "b", "sd", "cor", "cov"]
  /// The classes of distributional parameters, as brms names them, and the residual correlation.
  static let dispersionClasses = [
    "sigma", "shape", "phi", "nu", "zi", "hu", "zoi", "coi", "kappa", "alpha", "rescor",
  ]
  /// The classes there are.
  package static let classes = structuralClasses + dispersionClasses

  /// Reads a statement; errors say what is wrong and what would be right.
  package static func parse(_ text: String) throws(ModelError) -> PriorStatement {
    func failure(_ message: String) -> ModelError { ModelError("prior '\(text)': \(message)") }
    let sides = text.split(separator: "~", omittingEmptySubsequences: false).map(trimmedText)
    guard sides.count == 2 else { throw failure("write it as 'b ~ normal(0, 2.5)'") }
    var name = sides[0]
    var target: [String] = []
    if let open = name.firstIndex(of: "[") {
      guard name.last == "]" else { throw failure("the bracket '[' is not closed") }
      target = name[name.index(after: open)...].dropLast()
        .split(separator: ",", omittingEmptySubsequences: false).map(trimmedText)
      name = trimmedText(name[..<open])
    }
    guard classes.contains(name) else {
      throw failure("there is no class '\(name)'; there are \(classes.joined(separator: ", "))")
    }
    do throws(ModelError) {
      let distribution = try PriorDistribution.parse(sides[1]).ofDeviation(in: name)
      if let complaint = complaint(about: distribution, of: name) {
        throw ModelError(complaint)
      }
      return PriorStatement(
        parameterClass: name, target: target, distribution: distribution, text: text)
    } catch {
      throw failure(error.message)
    }
  }

  /// Why a distribution does not suit a class, if it does not.
  private static func complaint(about distribution: PriorDistribution, of name: String) -> String? {
    let isCorrelation = name == "cor" || name == "rescor"
    switch distribution {
    case .lkj: return isCorrelation ? nil : "lkj() is for class 'cor' or 'rescor'"
    case .inverseWishart, .parameterExpanded:
      return name == "cov"
        ? nil
        : "px(), and inv_wishart() with a matrix, are for class 'cov', the covariance of a group"
    case .inverseWishartDeviation:
      return ["Intercept", "b"].contains(name) || isCorrelation
        ? "inv_wishart(nu, v) is a prior of variances: of cov, sd and sigma" : nil
    case .constant(let value):
      if ["Intercept", "b"].contains(name) {
        return "a coefficient is fixed with offset(value * x) in the formula, not with constant()"
      }
      if isCorrelation || name == "cov" {
        return "constant() is for sd and for dispersions such as sigma"
      }
      return name == "sd" && value <= 0
        ? "an sd is fixed at a positive number; leave the term out for an sd of zero" : nil
    default:
      if isCorrelation { return "correlations take lkj(eta)" }
      return name == "cov" ? "a covariance matrix takes inv_wishart(nu, V) or px()" : nil
    }
  }

  /// How many of the places in brackets match, or nil when one does not; a statement with more matches is narrower.
  func specificity(_ places: [String]) -> Int? {
    guard target.count <= places.count else { return nil }
    var matches = 0
    for (wanted, place) in zip(target, places) where wanted != "*" && !wanted.isEmpty {
      guard wanted == place else { return nil }
      matches += 1
    }
    return matches
  }
}

extension PriorDistribution {
  /// An inverse Wishart of one variance as a prior of its root, for any class but that of matrices.
  fileprivate func ofDeviation(in parameterClass: String) -> PriorDistribution {
    guard parameterClass != "cov", case .inverseWishart(let df, .multiple(let v)) = self else {
      return self
    }
    return .inverseWishartDeviation(df: df, v: v)
  }
}

extension [PriorStatement] {
  /// The index of the narrowest statement on a parameter of this class at these places; the later of equals.
  func narrowest(_ parameterClass: String, _ places: [String]) -> Int? {
    var best: (index: Int, specificity: Int)?
    for (index, statement) in enumerated() where statement.parameterClass == parameterClass {
      guard let specificity = statement.specificity(places) else { continue }
      if specificity >= best?.specificity ?? 0 { best = (index, specificity) }
    }
    return best?.index
  }

  /// The value at which the narrowest statement fixes a parameter, if it does.
  func constant(_ parameterClass: String, _ places: [String]) -> Double? {
    guard let index = narrowest(parameterClass, places),
      case .constant(let value) = self[index].distribution
    else { return nil }
    return value
  }
}
