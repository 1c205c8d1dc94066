// The built-in demonstrations: real data with a model that suits them.

import RunFolder

/// A demonstration.
package struct DemoRun: Sendable, Equatable {
  package let name: String
  /// The data and the model in one line.
  package let about: String
  /// The file among the demo data.
  let file: String
  let formulas: [String]
  let family: String

  /// The demonstrations there are, the usual one first.
  package static let all = [
    DemoRun(
      name: "edu", about: "pupils in 60 schools: a score and a pass, correlated", file: "edu.csv",
      formulas: ["cbind(math_score, passed) ~ gender + SES + (1 | school_id)"],
      family: "list(gaussian(), binomial())"),
    DemoRun(
      name: "pbc2", about: "312 patients over years: bilirubin and spiders, slopes correlated",
      file: "pbc2.csv",
      formulas: [
        "log(serBilir) ~ year + drug + (year |p| id)", "spiders ~ year + drug + (year |p| id)",
      ], family: "gaussian,bernoulli"),
    DemoRun(
      name: "salamanders", about: "counts at 23 sites: negative binomial, mined or not",
      file: "salamanders.csv",
      formulas: ["count ~ spp * mined + (1 | site)"], family: "nbinom2"),
  ]

  /// What to fit: the model of the demonstration on its data.
  package func request() throws(RunError) -> RunRequest {
    guard let folder = SharedFiles.folder("demo-data") else {
      throw .noProgram(name: "demo-data", searched: SharedFiles.candidates("demo-data"))
    }
    var request = RunRequest()
    request.dataPath = "\(folder)/\(file)"
    request.formulas = formulas
    request.family = family
    request.method = .mcmc
    return request
  }
}
