// Reads a distribution such as `normal(0, 1)` or `inv_wishart(2, diag(1, 2))`.

extension PriorDistribution {
  /// The distributions there are, as a user writes them.
  private static let forms =
    "normal(m, s), student_t(df, m, s), cauchy(m, s), logistic(m, s), exponential(rate), "
    + "gamma(shape, rate), inv_gamma(shape, scale), lognormal(m, s), beta(a, b), "
    + "uniform(low, high), constant(v), lkj(eta), inv_wishart(nu, V), px(nu, V, alpha_mu, alpha_V)"

  /// One argument: a number, or a matrix by name.
  private enum Argument {
    case number(Double)
    case matrix(ScaleMatrix)

    var matrix: ScaleMatrix {
      switch self {
      case .number(let value): .multiple(value)
      case .matrix(let matrix): matrix
      }
    }
  }

  /// The distribution that `text` names.
  ///
  /// - Throws: what is wrong, and what would be right.
  static func parse(_ text: String) throws(ModelError) -> PriorDistribution {
    guard let open = text.firstIndex(of: "("), text.last == ")" else {
      throw ModelError("the distribution wants parentheses, as in normal(0, 1)")
    }
    let kind = trimmedText(text[..<open])
    var arguments: [Argument] = []
    for part in parts(text[text.index(after: open)...].dropLast()) {
      arguments.append(try argument(part))
    }
    guard let distribution = make(kind, arguments) else {
      throw ModelError(
        "'\(kind)' with \(arguments.count) number(s) is not a prior with positive scales; there are "
          + forms)
    }
    return distribution
  }

  /// What stands between the commas that are in no parentheses.
  private static func parts(_ text: Substring) -> [String] {
    guard !trimmedText(text).isEmpty else { return [] }
    var parts: [String] = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == "," && depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map(trimmedText)
  }

  private static func number(reading text: String) throws(ModelError) -> Double {
    guard let value = Double(text), value.isFinite else {
      throw ModelError("'\(text)' is not a number")
    }
    return value
  }

  private static func argument(_ text: String) throws(ModelError) -> Argument {
    guard let open = text.firstIndex(of: "("), text.last == ")" else {
      return .number(try number(reading: text))
    }
    let name = trimmedText(text[..<open])
    var values: [Double] = []
    for part in parts(text[text.index(after: open)...].dropLast()) {
      values.append(try number(reading: part))
    }
    let matrix: ScaleMatrix
    switch name {
    case "diag": matrix = .diagonal(values)
    case "matrix": matrix = .full(values)
    default: throw ModelError("'\(text)' is not a number")
    }
    guard matrix.isPositiveDefinite else {
      throw ModelError(
        "\(text) is no positive definite matrix; write diag(a, b) with positive numbers, or "
          + "matrix(a, b, b, c) with the elements of a symmetric matrix row by row")
    }
    return .matrix(matrix)
  }

  private static func make(_ kind: String, _ arguments: [Argument]) -> PriorDistribution? {
    var n: [Double] = []
    for case .number(let value) in arguments { n.append(value) }
    guard n.count == arguments.count || kind == "inv_wishart" || kind == "px" else { return nil }
    switch (kind, arguments.count) {
    case ("normal", 2) where n[1] > 0: return .normal(mean: n[0], sd: n[1])
    case ("student_t", 3) where n[0] > 0 && n[2] > 0:
      return .studentT(df: n[0], location: n[1], scale: n[2])
    case ("cauchy", 2) where n[1] > 0: return .cauchy(location: n[0], scale: n[1])
    case ("logistic", 2) where n[1] > 0: return .logistic(location: n[0], scale: n[1])
    case ("exponential", 1) where n[0] > 0: return .exponential(rate: n[0])
    case ("gamma", 2) where n[0] > 0 && n[1] > 0: return .gamma(shape: n[0], rate: n[1])
    case ("inv_gamma", 2) where n[0] > 0 && n[1] > 0: return .inverseGamma(shape: n[0], scale: n[1])
    case ("lognormal", 2) where n[1] > 0: return .logNormal(meanLog: n[0], sdLog: n[1])
    case ("beta", 2) where n[0] > 0 && n[1] > 0: return .beta(a: n[0], b: n[1])
    case ("uniform", 2) where n[0] < n[1]: return .uniform(low: n[0], high: n[1])
    case ("constant", 1): return .constant(n[0])
    case ("lkj", 1) where n[0] > 0: return .lkj(eta: n[0])
    case ("inv_wishart", 2):
      guard case .number(let df) = arguments[0], df > 0, arguments[1].matrix.isPositiveDefinite
      else { return nil }
      return .inverseWishart(df: df, v: arguments[1].matrix)
    case ("px", 4):
      guard case .number(let df) = arguments[0], df > 0, arguments[1].matrix.isPositiveDefinite,
        case .number(let mean) = arguments[2], arguments[3].matrix.isPositiveDefinite
      else { return nil }
      return .parameterExpanded(
        df: df, v: arguments[1].matrix, alphaMean: mean, alphaV: arguments[3].matrix)
    default: return nil
    }
  }
}

/// The text without white space at its ends.
func trimmedText(_ text: some StringProtocol) -> String {
  var part = Substring(text)
  while part.first?.isWhitespace == true { part.removeFirst() }
  while part.last?.isWhitespace == true { part.removeLast() }
  return String(part)
}
