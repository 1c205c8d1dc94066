// The peers' seconds for the same fits, measured here and now by one R process; nothing is shown where they are not installed.

/// What R's packages needed for the cases of the maximum likelihood section.
struct PeerFits {
  /// The outcome of one engine on one case.
  enum Result {
    case seconds(Double)
    /// Why there are no seconds.
    case absent(String)
  }

  private var seconds: [String: Double] = [:]
  private var failures: Set<String> = []
  private var installed: Set<String> = []
  /// Versions and what is missing, for below the table.
  private(set) var remarks: [String] = []

  /// The result of `engine` on the case called `name`.
  func result(_ engine: String, _ name: String) -> Result {
    guard installed.contains(engine) else { return .absent("not installed") }
    if failures.contains("\(engine) \(name)") { return .absent("failed") }
    return seconds["\(engine) \(name)"].map { .seconds($0) } ?? .absent("not measured")
  }

  /// Runs every case that a peer can fit, in one R process on one thread; times are taken inside R, after a first fit.
  static func measure(_ cases: [LikelihoodCase], repetitions: Int) -> PeerFits {
    var fits = PeerFits()
    guard let program = ChildProcess.locate("Rscript") else {
      fits.remarks = ["peers: R is not installed"]
      return fits
    }
    do {
      try TemporaryFolder.with { folder in
        let file = folder + "/peers.R"
        try TextFile.write(script(cases, repetitions: repetitions), to: file)
        let output = try ChildProcess.output(
          of: program, ["--vanilla", file],
          environment: ["OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1"])
        fits.read(output)
      }
    } catch {
      fits.remarks.append("peers: R could not be run: \(error)")
    }
    return fits
  }

  /// Lines `engine NAME VERSION` and `time ENGINE CASE SECONDS`, seconds being NA for a fit that failed.
  private mutating func read(_ output: String) {
    var versions: [String] = []
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ").map { String($0) }
      switch (words.first, words.count) {
      case ("engine", 3) where words[2] != "NA":
        installed.insert(words[1])
        versions.append("\(words[1]) \(words[2])")
      case ("time", 4):
        if let value = Double(words[3]) {
          seconds["\(words[1]) \(words[2])"] = value
        } else {
          failures.insert("\(words[1]) \(words[2])")
        }
      default: break
      }
    }
    remarks.append(
      versions.isEmpty
        ? "peers: R is here, but neither glmmTMB nor lme4 is installed"
        : "peers: \(versions.joined(separator: ", ")), median seconds inside R after a first fit")
  }

  private static func script(_ cases: [LikelihoodCase], repetitions: Int) -> String {
    var lines = [preamble(repetitions)]
    for item in cases {
      guard let peer = item.peer, let path = Repository.dataset(item.data) else { continue }
      let factors = peer.factors.map { "\"\($0)\"" }.joined(separator: ", ")
      lines.append("d <- rd(\"\(path)\", c(\(factors)))")
      lines.append(
        "go(\"glmmTMB\", \"\(item.name)\", function() glmmTMB::glmmTMB(\(peer.formula), data = d, "
          + "family = glmm(\"\(peer.family)\")))")
      guard peer.isForLme4 else { continue }
      let call =
        peer.family == "gaussian()"
        ? "lme4::lmer(\(peer.formula), data = d, REML = FALSE)"
        : "lme4::glmer(\(peer.formula), data = d, family = \(peer.family))"
      lines.append("go(\"lme4\", \"\(item.name)\", function() \(call))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func preamble(_ repetitions: Int) -> String {
    """
    have <- c(glmmTMB = FALSE, lme4 = FALSE)
    for (p in names(have)) {
      have[p] <- requireNamespace(p, quietly = TRUE)
      cat("engine", p, if (have[p]) as.character(utils::packageVersion(p)) else "NA", "\\n")
    }
    rd <- function(path, factors) {
      d <- read.csv(path, stringsAsFactors = TRUE)
      for (v in factors) d[[v]] <- factor(d[[v]])
      d
    }
    glmm <- function(text) if (text == "nbinom2()") glmmTMB::nbinom2() else eval(parse(text = text))
    go <- function(engine, case, fit) {
      if (!have[engine]) return(invisible())
      quiet <- function() suppressWarnings(suppressMessages(fit()))
      seconds <- tryCatch({
        quiet()
        times <- numeric(0)
        for (i in seq_len(\(repetitions))) {
          times[i] <- system.time(quiet())[["elapsed"]]
          if (sum(times) > 60) break
        }
        median(times)
      }, error = function(e) NA)
      cat("time", engine, case, format(seconds, digits = 6), "\\n")
    }
    """
  }
}
