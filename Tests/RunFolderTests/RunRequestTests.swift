// The request as model.toml, in and out.

import Testing

@testable import RunFolder

@Suite("model.toml reproduces the request and names what it does not understand")
struct RunRequestTests {
  static var full: RunRequest {
    var request = RunRequest()
    request.dataPath = "/data/my \"edu\".csv"
    request.dataSHA256 = String(repeating: "0f", count: 32)
    request.formulas = ["cbind(math_score, passed) ~ gender + SES + (1 | school_id)", "y ~ 1"]
    request.family = "list(gaussian(), binomial(link = \"probit\"))"
    request.mcmcglmm = "fixed = y ~ x, family = \"poisson\""
    request.isPriorOnly = true
    request.factors = ["period", "year"]
    request.levels = ["spp = GP, DM"]
    request.priors = ["b ~ normal(0, 2.5)", "b[passed, SES] ~ normal(0, 1)"]
    request.dispersion = "~ z"
    request.zeroInflation = "~ 1\\2"
    request.method = .mcmc
    request.seed = UInt64.max
    request.chains = 3
    request.warmup = 0
    request.draws = 12345
    request.threads = 8
    request.thin = 2
    request.targetAcceptance = 0.9500000000000001
    request.maxTreeDepth = 12
    request.quadraturePoints = 11
    request.simulations = 1000
    request.includesModes = true
    request.includesLoo = true
    request.isStrict = true
    return request
  }

  @Test("every field survives, whatever characters it has")
  func roundTrip() throws {
    #expect(try RunRequest(toml: Self.full.tomlText, path: "model.toml") == Self.full)
    let plain = RunRequest()
    #expect(try RunRequest(toml: plain.tomlText, path: "model.toml") == plain)
  }

  @Test("a call of MCMCglmm sets the method, and the number of draws unless that is given")
  func call() throws {
    var request = RunRequest()
    request.mcmcglmm = "y ~ x"
    request.method = .mcmc
    request.drawsFollowCall = true
    #expect(try RunRequest(toml: request.tomlText, path: "model.toml") == request)
    #expect(try RunRequest(toml: "mcmcglmm = \"y ~ x\"", path: "model.toml") == request)
    request.drawsFollowCall = false
    #expect(try RunRequest(toml: request.tomlText, path: "model.toml") == request)
    #expect(try RunRequest(toml: "prior-only = true", path: "m.toml").method == .mcmc)
  }

  @Test("a request made by hand needs only what differs from the defaults")
  func partial() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      data = "edu.csv"   # beside this file
      formula = "y ~ x"
      target-acceptance = 1e-1
      """, to: "model.toml")
    let request = try RunRequest(readingTOML: folder.file("model.toml"))
    var expected = RunRequest()
    expected.dataPath = folder.file("edu.csv")
    expected.formulas = ["y ~ x"]
    expected.targetAcceptance = 0.1
    #expect(request.dataPath.hasSuffix("/edu.csv") && request.dataPath.hasPrefix("/"))
    expected.dataPath = request.dataPath
    #expect(request == expected)
  }

  @Test(
    "what is wrong is one line with its place",
    arguments: [
      ("seed = 1\n  chainz = 4\n", "m.toml:2:3: unknown key 'chainz'"),
      ("seed = 1\nchains = \"four\"\n", "m.toml:2:1: chains is not a whole number of at least 1"),
      ("seed = 1\nchains = 0\n", "m.toml:2:1: chains is not a whole number of at least 1"),
      ("chains = 2.0\n", "m.toml:1:1: chains is not a whole number of at least 1"),
      ("prior = [\"a\", 3]\n", "m.toml:1:1: prior is not an array of texts"),
      ("family = 3\n", "m.toml:1:1: family is not text in quotes"),
      ("strict = 1\n", "m.toml:1:1: strict is not true or false"),
      ("method = \"glm\"\n", "m.toml:1:1: method is not one of ml, reml, map, mcmc"),
      ("seed = -1\n", "m.toml:1:1: seed is not a whole number of at least 0"),
      ("target-acceptance = 1.5\n", "m.toml:1:1: target-acceptance is not between 0 and 1"),
      ("seed = 1\n[priors]\nb = \"x\"\n", "m.toml:2:1: unknown key 'priors'"),
      ("a.b = 1\n", "m.toml:1:1: unknown key 'a'"),
      ("seed = 1\nseed = 2\n", "m.toml:2:"),
      ("formula = [\"y ~ x\"\n", "m.toml:"),
    ])
  func errors(text: String, beginning: String) {
    do {
      _ = try RunRequest(toml: text, path: "m.toml")
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.description.hasPrefix(beginning), "\(error)")
      #expect(!error.description.contains("\n"))
      #expect(error.exitCode == 65)
    }
  }

  @Test("a file that is not there is an error of reading")
  func missing() {
    do {
      _ = try RunRequest(readingTOML: "/nonexistent/model.toml")
      Issue.record("read a file that is not there")
    } catch {
      #expect(error.exitCode == 74)
      #expect(
        error.description == "cannot read /nonexistent/model.toml: No such file or directory")
    }
  }
}
