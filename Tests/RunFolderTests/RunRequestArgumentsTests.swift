// Requests as command lines, quoted as shells read them.

import Foundation
import RunFolder
import Testing

@Suite("A request is a command line that says the same")
struct RunRequestArgumentsTests {
  @Test("only what differs from the defaults is said")
  func defaults() {
    var request = RunRequest()
    request.dataPath = "edu.csv"
    request.formulas = ["y ~ x"]
    #expect(request.arguments(defaultMethod: .ml) == ["edu.csv", "-f", "y ~ x"])
    #expect(
      request.arguments(defaultMethod: .mcmc) == ["edu.csv", "-f", "y ~ x", "--method", "ml"])
    request.method = .mcmc
    #expect(request.arguments(defaultMethod: .mcmc) == ["edu.csv", "-f", "y ~ x"])
  }

  @Test("everything that is said stands there, what does not matter to the method does not")
  func everything() {
    var request = RunRequest()
    request.dataPath = "-edu.csv"
    request.formulas = ["y ~ x", "-z ~ x"]
    request.family = "gaussian,poisson"
    request.factors = ["a", "b"]
    request.levels = ["g = p, q"]
    request.priors = ["b ~ normal(0, 1)", "cor ~ lkj(2)"]
    request.dispersion = "~ w"
    request.zeroInflation = "~ v"
    request.method = .mcmc
    request.seed = 7
    request.chains = 2
    request.warmup = 300
    request.apply(until: "ess >= 400", draws: 5000)
    #expect(
      request.arguments(defaultMethod: .mcmc) == [
        "./-edu.csv", "-f", "y ~ x", "--formula=-z ~ x", "--family", "gaussian,poisson",
        "--factor", "a,b", "--levels", "g = p, q", "--dispersion", "~ w", "--zi", "~ v", "--prior",
        "b ~ normal(0, 1)", "--prior", "cor ~ lkj(2)", "--seed", "7", "--chains", "2", "--warmup",
        "300", "--until", "ess >= 400", "--draws", "5000",
      ])
    request.method = .ml
    #expect(request.arguments(defaultMethod: .ml).suffix(2) == ["--seed", "7"])
  }

  /// What bash reads where a quoted word stands.
  private func read(_ word: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "printf %s " + ShellText.quoted(word)]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test("plain words stay as they are, others get quotes")
  func quoting() {
    #expect(ShellText.quoted("edu.csv") == "edu.csv")
    #expect(ShellText.quoted("y ~ x") == "'y ~ x'")
    #expect(ShellText.quoted("it's") == "'it'\\''s'")
    #expect(ShellText.quoted("") == "''")
    #expect(ShellText.quoted("~/a") == "'~/a'")
    #expect(ShellText.quoted("身長.csv") == "'身長.csv'")
    #expect(ShellText.quoted("a\u{1B}[2J'\\") == "$'a\\x1b[2J\\'\\\\'")
    #expect(ShellText.line(["mglmm-tui", "a b", "-f", "y~x"]) == "mglmm-tui 'a b' -f 'y~x'")
  }

  @Test(
    "bash reads back what was quoted",
    arguments: [
      "y ~ x", "it's", "$HOME `ls` \"!\" \\n *?[a]", "a\nb\tc\u{1B}[31m'\\", "身長 é", "\u{202E}x",
      "-f", "", "!x", "{a,b}",
    ])
  func readBack(_ word: String) throws {
    #expect(try read(word) == word)
  }
}
