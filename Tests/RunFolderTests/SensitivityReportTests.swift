// Sensitivity reports to JSON and back.

import Testing

@testable import RunFolder

@Suite("Sensitivity as JSON")
struct SensitivityReportTests {
  static let full = SensitivityReport(
    draws: 4000, seed: 7,
    powerScaling: PowerScalingReport(
      threshold: 0.05, paretoK: 0.25,
      parameters: [
        .init(name: "b_x", prior: 0.01, likelihood: 0.2, diagnosis: "-"),
        .init(name: "sd_g", prior: 0.11, likelihood: 0.09, diagnosis: "prior-data conflict"),
      ]),
    influence: InfluenceReport(
      factor: "g", levelCount: 9, parameters: ["b_x", "sd_g"],
      levels: [
        .init(
          level: "A", distance: 1.5, fixedDistance: 0.75, changes: [-1.25, 0.5], isRefit: true),
        .init(level: "B", distance: 0.5, fixedDistance: 0.25, changes: [1, 2], isRefit: false),
      ]),
    identifiability: IdentifiabilityReport(
      conditionIndex: 12, directions: [.init(eigenvalue: 0.007, parameters: ["b_x", "b_z"])],
      designs: [
        .init(
          outcome: "y", parameter: "mu", conditionIndex: .infinity, terms: ["x", "z"],
          inflation: [.infinity, 3], weakest: ["x"])
      ],
      contractions: [.init(name: "sd_g", contraction: 0.75)],
      pairs: [.init(first: "b_x", second: "b_z", correlation: -0.96, isByOrigin: true)]),
    laplace: LaplaceReport(
      method: "importance sampling", points: 400, difference: 0.125, differenceError: 0.0625,
      paretoK: 0.5, shifts: [.init(name: "sd_g", shift: 0.25, error: 0.125)], largestLevel: "A",
      largestCorrection: 0.0625),
    unavailable: ["Something: a reason."])

  @Test("comes back as it was")
  func roundTrip() throws {
    let text = Self.full.json.prettyText
    #expect(text.hasPrefix("{\n  \"schema\": \"mglmm-sensitivity/1\""))
    #expect(try SensitivityReport(json: JSONValue(parsing: Array(text.utf8))) == Self.full)
  }

  @Test("parts that are not available are null")
  func missing() throws {
    var report = Self.full
    (report.powerScaling, report.influence, report.laplace) = (nil, nil, nil)
    let read = try SensitivityReport(json: report.json)
    #expect(read == report && read.powerScaling == nil)
  }

  @Test("what is not finite is null, and read as infinite or unknown")
  func notFinite() throws {
    var report = Self.full
    report.powerScaling?.paretoK = .infinity
    report.influence?.levels[0].distance = .nan
    let read = try SensitivityReport(json: JSONValue(parsing: Array(report.json.compactText.utf8)))
    #expect(read.powerScaling?.paretoK == .infinity)
    #expect(read.influence?.levels[0].distance.isNaN == true)
  }

  @Test("a level whose changes are not as many as the parameters is refused")
  func shapes() {
    var report = Self.full
    report.influence?.levels[1].changes = [1]
    #expect(throws: JSONError.self) { try SensitivityReport(json: report.json) }
  }
}
