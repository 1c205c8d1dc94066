// The request as the text of model.toml, in a fixed order.

/// The keys of `model.toml`: the long options of the command line.
enum RequestKey: String, CaseIterable {
  case data, sha256, formula, mcmcglmm, family, factor, levels, dispersion, zi, prior, method, seed,
    chains
  case warmup, draws, until
  case leastDraws = "least-draws"
  case threads, thin
  case priorOnly = "prior-only"
  case targetAcceptance = "target-acceptance"
  case maxDepth = "max-treedepth"
  case quadrature, simulations, ranef, loo, strict
}

extension RunRequest {
  /// The request as the text of a TOML file; reading it gives the same request.
  package var tomlText: String {
    var out = TextBuilder()
    out.append("# The request of this run; mglmm-fit --model model.toml runs it again.\n")
    func write(_ key: RequestKey, _ value: String) { out.append("\(key.rawValue) = \(value)\n") }
    func write(_ key: RequestKey, text: String?) {
      if let text { write(key, Self.quoted(text)) }
    }
    func write(_ key: RequestKey, list: [String]) {
      if list.isEmpty { return }
      write(key, "[" + list.map { Self.quoted($0) }.joined(separator: ", ") + "]")
    }
    if !dataPath.isEmpty { write(.data, text: dataPath) }
    write(.sha256, text: dataSHA256)
    write(.formula, list: formulas)
    write(.mcmcglmm, text: mcmcglmm)
    write(.family, text: family)
    write(.factor, list: factors)
    write(.levels, list: levels)
    write(.dispersion, text: dispersion)
    write(.zi, text: zeroInflation)
    write(.prior, list: priors)
    if isPriorOnly { write(.priorOnly, "true") }
    write(.method, text: method.rawValue)
    // A TOML integer is a signed 64-bit one; larger seeds are written as text.
    write(.seed, Int64(exactly: seed).map { String($0) } ?? Self.quoted(String(seed)))
    write(.chains, String(chains))
    write(.warmup, String(warmup))
    if !drawsFollowCall { write(.draws, String(draws)) }
    write(.until, text: until)
    if leastDraws > 0 { write(.leastDraws, String(leastDraws)) }
    write(.threads, String(threads))
    write(.thin, String(thin))
    write(.targetAcceptance, "\(targetAcceptance)")
    write(.maxDepth, String(maxTreeDepth))
    write(.quadrature, String(quadraturePoints))
    write(.simulations, String(simulations))
    write(.ranef, String(includesModes))
    write(.loo, String(includesLoo))
    write(.strict, String(isStrict))
    return out.text
  }

  /// A TOML basic string.
  private static func quoted(_ text: String) -> String {
    var out = TextBuilder()
    out.appendQuoted(text)
    return out.text
  }
}
