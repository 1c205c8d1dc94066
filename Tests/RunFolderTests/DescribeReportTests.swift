// Descriptions of models survive their JSON form; places of many runs are looked at in part.

import Foundation
import RunFolder
import Testing

@Suite("Descriptions are read as they were written")
struct DescribeReportTests {
  private let description = ModelDescription(
    model: ModelSummary(
      formula: "cbind(a, b) ~ x + (1 | g)",
      outcomes: [
        OutcomeSummary(name: "a", family: "gaussian", link: "identity", observations: 10),
        OutcomeSummary(name: "b", family: "bernoulli", link: "logit", observations: 9),
      ], groups: [GroupSummary(name: "g", levels: 3)]),
    method: .mcmc, rows: 11, observations: 19, parameters: 8, effects: 6,
    fixed: [PredictorTerm(outcome: "a", term: "(Intercept)")],
    dispersion: [
      DescribedParameter(outcome: "a", parameter: "sigma"),
      DescribedParameter(outcome: "c", parameter: "shape", isFixed: true),
    ],
    random: [
      DescribedBlock(
        group: "g", structure: "us", levels: 3,
        terms: [PredictorTerm(outcome: "a", term: "(Intercept)")])
    ], missing: [MissingRows(outcome: "b", columns: ["x", "z"], rows: 2)],
    priors: [
      DescribedPrior(
        PriorSummary(parameterClass: "b", target: "b_a_x", prior: "flat", isDefault: true),
        address: "b[a, x]")
    ], notes: ["a note"],
    warnings: [FitWarning(code: "formula", message: "odd", advice: "look")])

  @Test("a model and a fault go through JSON unchanged")
  func roundTrip() throws {
    let reports = [
      DescribeReport(.model(description), families: ["gaussian"]),
      DescribeReport(
        .fault(
          ModelFault(
            message: "no column", exitCode: 65, formula: "y ~ q", offset: 4, length: 1)),
        families: []),
      DescribeReport(.fault(ModelFault(message: "no file", exitCode: 74)), families: ["poisson"]),
    ]
    for report in reports {
      let text = report.json.prettyText
      #expect(try DescribeReport(json: JSONValue(parsing: text)) == report)
    }
    #expect(reports.map(\.exitCode) == [0, 65, 74])
  }

  @Test("anything else is refused")
  func refused() throws {
    for text in ["{}", "[]", "{\"schema\":\"mglmm-fit/1\"}", "{\"schema\":\"mglmm-describe/1\"}"] {
      #expect(throws: JSONError.self) { try DescribeReport(json: JSONValue(parsing: text)) }
    }
  }

  @Test("of a place of many runs the newest come first, and the count is bounded")
  func newest() throws {
    let root = NSTemporaryDirectory() + "mglmm-newest-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    for number in 1...30 {
      let folder = "\(root)/run-\(number)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: "\(folder)/model.toml"))
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_000_000 + Double(number))],
        ofItemAtPath: "\(folder)/model.toml")
    }
    try FileManager.default.createDirectory(
      atPath: "\(root)/no-run", withIntermediateDirectories: true)
    let all = try RunCatalog(root: root).newest(limit: 100)
    #expect(all.folders.count == 30 && !all.isCut)
    #expect(all.folders.first?.name == "run-30" && all.folders.last?.name == "run-1")
    let some = try RunCatalog(root: root).newest(limit: 10)
    #expect(some.folders.count <= 10 && some.isCut)
    #expect(try RunCatalog(root: root + "/none").newest(limit: 10).folders.isEmpty)
  }
}
