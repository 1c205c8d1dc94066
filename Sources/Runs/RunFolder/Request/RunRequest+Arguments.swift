// A request as the options of a command line, for programs that are started and for people's scripts.

extension RunRequest {
  /// The data file and the options that differ from the defaults, as both programs take them.
  ///
  /// - Parameter defaultMethod: the method that need not be said: mcmc for `mglmm-tui`, ml for `mglmm-fit`.
  package func arguments(defaultMethod: FitMethod) -> [String] {
    let usual = RunRequest()
    var list: [String] = []
    func add(_ name: String, _ value: String) {
      // A value that begins as an option does would be taken for one.
      if value.hasPrefix("-") { list.append("\(name)=\(value)") } else { list += [name, value] }
    }
    func add<Value: Equatable>(_ name: String, _ value: Value, unless usual: Value) {
      if value != usual { add(name, "\(value)") }
    }
    if !dataPath.isEmpty { list.append(dataPath.hasPrefix("-") ? "./\(dataPath)" : dataPath) }
    for formula in formulas {
      if formula.hasPrefix("-") { add("--formula", formula) } else { add("-f", formula) }
    }
    if let mcmcglmm { add("--mcmcglmm", mcmcglmm) }
    if let family { add("--family", family) }
    if !factors.isEmpty { add("--factor", factors.joined(separator: ",")) }
    for order in levels { add("--levels", order) }
    if let dispersion { add("--dispersion", dispersion) }
    if let zeroInflation { add("--zi", zeroInflation) }
    for prior in priors { add("--prior", prior) }
    if isPriorOnly { list.append("--prior-only") }
    if method != defaultMethod { add("--method", method.rawValue) }
    add("--seed", seed, unless: usual.seed)
    guard method == .mcmc else { return list }
    add("--chains", chains, unless: usual.chains)
    add("--warmup", warmup, unless: usual.warmup)
    if let until {
      add("--until", until)
      add("--draws", draws, unless: Self.defaultCap)
    } else if !drawsFollowCall {
      add("--draws", draws, unless: usual.draws)
    }
    add("--threads", threads, unless: usual.threads)
    add("--thin", thin, unless: usual.thin)
    add("--target-acceptance", targetAcceptance, unless: usual.targetAcceptance)
    add("--max-treedepth", maxTreeDepth, unless: usual.maxTreeDepth)
    add("--simulations", simulations, unless: usual.simulations)
    return list
  }
}

/// Words of a command line as a shell reads them.
package enum ShellText {
  /// The words with quotes where they need them.
  package static func line(_ words: [String]) -> String {
    words.map(quoted).joined(separator: " ")
  }

  /// One word: plain, in single quotes, or as `$'...'` where it has characters that cannot be seen.
  package static func quoted(_ word: String) -> String {
    if word.unicodeScalars.contains(where: isControl) { return escaped(word) }
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "_./,:@%+-=".utf8.contains(byte)
      }
    }
    if isPlain && !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }

  /// ANSI-C quotes, as bash, zsh and ksh know them: every byte that is not plain ASCII as `\xHH`.
  private static func escaped(_ word: String) -> String {
    var text = "$'"
    for byte in word.utf8 {
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\\"):
        text += "\\" + String(UnicodeScalar(byte))
      case 0x20..<0x7F: text.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16)
        text += "\\x" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return text + "'"
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
