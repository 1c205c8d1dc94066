// What is said of models that are not fitted: the parts of a bivariate model, priors, and errors with their place.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("A model is described as a fit would build it, without fitting")
struct DescribeTests {
  private func describe(_ change: (inout RunRequest) -> Void = { _ in }) -> DescribeReport {
    DescribeReport(describing: schoolRequest(change))
  }

  private func model(_ change: (inout RunRequest) -> Void = { _ in }) throws -> ModelDescription {
    guard case .model(let description) = describe(change).answer else {
      throw Unexpected(report: describe(change))
    }
    return description
  }

  private func fault(_ change: (inout RunRequest) -> Void = { _ in }) throws -> ModelFault {
    guard case .fault(let fault) = describe(change).answer else {
      throw Unexpected(report: describe(change))
    }
    return fault
  }

  private struct Unexpected: Error { var report: DescribeReport }

  @Test("a bivariate model: outcomes, coefficients, groups, dispersion, parameters")
  func bivariate() throws {
    let found = try model()
    // 3 coefficients for each outcome, sigma of the Gaussian one, 2 standard deviations, 1 correlation: 10,
    // as the fit has; 60 schools with 2 effects each.
    #expect(found.parameters == 10 && found.effects == 120)
    #expect(found.observations == 3926 && found.rows == 1963)
    #expect(found.model.outcomes.map(\.name) == ["math_score", "passed"])
    #expect(found.model.outcomes.map(\.family) == ["gaussian", "binomial"])
    #expect(found.model.outcomes.map(\.link) == ["identity", "logit"])
    #expect(found.model.groups == [GroupSummary(name: "school_id", levels: 60)])
    #expect(
      found.fixed.map { "\($0.outcome) \($0.parameter) \($0.term)" } == [
        "math_score mu (Intercept)", "math_score mu gendermale", "math_score mu SES",
        "passed mu (Intercept)", "passed mu gendermale", "passed mu SES",
      ])
    #expect(found.dispersion == [DescribedParameter(outcome: "math_score", parameter: "sigma")])
    #expect(
      found.random.count == 1 && found.random[0].terms.map(\.outcome) == ["math_score", "passed"])
    #expect(found.random[0].structure == "us" && found.random[0].levels == 60)
    #expect(found.missing.isEmpty && found.priors.isEmpty, "maximum likelihood knows no priors")
    #expect(found.notes.contains { $0.contains("is read as 2 outcomes") })
    #expect(describe().families.contains("gaussian"))
  }

  @Test("the priors in force under mcmc, each with the address that a statement on it needs")
  func priors() throws {
    let found = try model { $0.method = .mcmc }
    #expect(
      found.priors.map(\.address) == [
        "Intercept[math_score]", "b[math_score, gendermale]", "b[math_score, SES]",
        "sigma[math_score]", "Intercept[passed]", "b[passed, gendermale]", "b[passed, SES]",
        "sd[math_score, school_id, Intercept]", "sd[passed, school_id, Intercept]",
        "cor[school_id]",
      ])
    #expect(found.priors.allSatisfy { $0.summary.isDefault })
    // Every address is understood, and changes the one prior it is about.
    for (place, prior) in found.priors.enumerated() {
      let law = prior.summary.parameterClass == "cor" ? "lkj(3)" : "normal(0, 7)"
      let changed = try model {
        $0.method = .mcmc
        $0.priors = ["\(prior.address) ~ \(law)"]
      }
      let stated = changed.priors.indices.filter { !changed.priors[$0].summary.isDefault }
      #expect(stated == [place], "\(prior.address)")
      #expect(changed.priors[place].summary.prior == law)
    }
  }

  @Test("an error says where in the formula it is")
  func errors() throws {
    let formula = "cbind(math_score, passed) ~ gender + sess + (1 | school_id)"
    let unknown = try fault { $0.formulas = [formula] }
    #expect(unknown.formula == formula && unknown.exitCode == 65)
    #expect(unknown.offset == 37 && unknown.length == 4)
    #expect(unknown.message.contains("sess") && !unknown.message.contains("\n"))
    let open = try fault { $0.formulas = ["math_score ~ (1 | school_id"] }
    #expect(open.offset != nil)
    let family = try fault { $0.family = "gaussian,magic" }
    #expect(family.formula == nil && family.message.contains("magic"))
    #expect(try fault { $0.formulas = [] }.exitCode == 64)
    #expect(try fault { $0.dataPath = "" }.exitCode == 64)
    #expect(try fault { $0.dataPath = "/no/such/file.csv" }.exitCode == 74)
    #expect(try fault { $0.method = .reml }.message.contains("reml"))
    let prior = try fault {
      $0.method = .mcmc
      $0.priors = ["b[nothing] ~ normal(0, 1)"]
    }
    #expect(prior.message.contains("matches no parameter"))
    #expect(describe { $0.formulas = [] }.exitCode == 64)
  }

  @Test(
    "rows left out are counted by outcome and by what is missing; other parameters have coefficients"
  )
  func missing() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/d.csv"
    let text = "y,x,g\n1,2,a\n2,NA,a\nNA,1,b\n3,2,b\n5,1,c\n4,NA,c\n6,3,c\n"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let found = try model {
      $0.dataPath = path
      $0.formulas = ["bf(y ~ x, sigma ~ x)"]
      $0.family = "gaussian"
    }
    #expect(found.rows == 7 && found.observations == 4)
    #expect(
      found.missing == [
        MissingRows(outcome: "y", columns: ["x"], rows: 2),
        MissingRows(outcome: "y", columns: ["y"], rows: 1),
      ]
        || found.missing == [
          MissingRows(outcome: "y", columns: ["y"], rows: 1),
          MissingRows(outcome: "y", columns: ["x"], rows: 2),
        ])
    #expect(found.fixed.map(\.parameter) == ["mu", "mu", "sigma", "sigma"])
    #expect(found.dispersion.isEmpty && found.parameters == 4)
  }

  @Test("the JSON has what it says, and nothing is written beside the data")
  func json() throws {
    let text = describe().json.prettyText
    #expect(text.contains("\"schema\": \"mglmm-describe/1\""))
    #expect(text.contains("\"parameters\": 10") && text.contains("\"random_effects\": 120"))
    #expect(try DescribeReport(json: JSONValue(parsing: text)) == describe())
  }
}
