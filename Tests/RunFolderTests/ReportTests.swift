// Results: fit.json, the sampler's result and residuals.json: exact text, round trips, and files of others.

import Testing

@testable import RunFolder

enum Reports {
  static let terms = [
    PredictorTerm(outcome: "math_score", term: "(Intercept)"),
    PredictorTerm(outcome: "passed", term: "(Intercept)"),
  ]

  static let model = ModelSummary(
    formula: "cbind(math_score, passed) ~ 1 + (1 | school_id)",
    outcomes: [
      OutcomeSummary(name: "math_score", family: "gaussian", link: "identity", observations: 1963),
      OutcomeSummary(name: "passed", family: "bernoulli", link: "logit", observations: 1963),
    ], groups: [GroupSummary(name: "school_id", levels: 60)])

  static let block = RandomBlock(
    group: "school_id", structure: "us", levels: 60, terms: terms,
    standardDeviations: [4.5, 0.75], correlations: [[1, 0.5], [0.5, 1]],
    covariances: [[20.25, 1.6875], [1.6875, 0.5625]])

  static let fit = FitReport(
    method: .ml, approximation: "laplace", model: model, converged: true, logLikelihood: -6789.125,
    degreesOfFreedom: 6, observations: 3926, aic: 13590.25, bic: 13627.9,
    fixed: [
      FixedEffect(name: terms[0], estimate: 50.1, standardError: 0.25, z: 200.4, p: 0),
      FixedEffect(name: terms[1], estimate: 1, standardError: .infinity, z: 0, p: 1),
    ],
    dispersion: [
      DispersionEstimate(
        outcome: "math_score", parameter: "sigma", estimate: 8, standardError: 0.1)
    ],
    random: [block],
    optimizer: OptimizerSummary(
      name: "trust-region", iterations: 12, evaluations: 15, gradientMax: 1.5e-9, seconds: 0.02),
    warnings: [
      FitWarning(code: "singular-fit", message: "An sd is zero.", advice: "Drop the term.")
    ])

  static let residuals = ResidualReport(
    simulations: 250, isConditional: true, seed: .max, points: 200,
    outcomes: [
      OutcomeResiduals(
        name: "passed", scaled: [0.1, 0.9], lower: [0, 0.5], upper: [0.5, 1], fitted: [0.2, 0.8],
        tests: ResidualTests(
          uniformity: TestResult(statistic: 0.05, p: 0.5),
          dispersion: TestResult(statistic: 1.01, p: 0.9),
          outliers: TestResult(statistic: 3, p: 0.2),
          zeroInflation: TestResult(statistic: 1, p: 1),
          quantiles: QuantileTestResult(p: 0.3, byQuantile: [0.1, 0.2, 0.9])),
        curves: QuantileCurves(x: [0, 1], q25: [0.2, 0.3], q50: [0.5, 0.5], q75: [0.7, 0.8]),
        predictors: [
          PredictorResiduals(
            name: "gender", p: 0.2,
            levels: [LevelResiduals(name: "male", count: 2, quartiles: [0, 0, 0.5, 1, 1], p: 0.2)],
            spread: TestResult(statistic: 2, p: 0.1)),
          PredictorResiduals(
            name: "SES", p: 0.3, x: [0.5, 1], y: [0.1, 0.9], curves: nil, byQuantile: [0.3, 1, 1]),
        ])
    ],
    unconditional: [
      OutcomeResiduals(
        name: "passed", observations: 900, scaled: [0.1, 0.9], lower: [], upper: [],
        fitted: [0.2, 0.8], tests: ResidualTests(), calibrated: ["dispersion"],
        groups: [
          GroupedResiduals(name: "school_id", scaled: [0.5], tests: ResidualTests())
        ])
    ],
    correlations: [
      OutcomeCorrelations(
        first: "score", second: "passed", rows: 2, correlation: 0.5, lower: -0.5, upper: 1, p: 0.4)
    ],
    further: [
      FurtherTest(
        test: "temporal", outcome: "passed", along: "time", statistic: nil, p: 0.5, meaning: "none")
    ])
}

@Suite("Results are the documented JSON, member by member")
struct ReportTests {
  @Test("the exact text of a small fit.json")
  func fitText() {
    let expected = """
      {
        "schema": "mglmm-fit/1",
        "method": "ml",
        "approximation": "laplace",
        "model": {
          "formula": "cbind(math_score, passed) ~ 1 + (1 | school_id)",
          "outcomes": [
            { "name": "math_score", "family": "gaussian", "link": "identity", "nobs": 1963 },
            { "name": "passed", "family": "bernoulli", "link": "logit", "nobs": 1963 }
          ],
          "groups": { "school_id": 60 }
        },
        "converged": true,
        "logLik": -6789.125,
        "df": 6,
        "nobs": 3926,
        "AIC": 13590.25,
        "BIC": 13627.9,
        "fixed": [
          { "outcome": "math_score", "dpar": "mu", "term": "(Intercept)", "estimate": 50.1, "se": 0.25, "z": 200.4, "p": 0 },
          { "outcome": "passed", "dpar": "mu", "term": "(Intercept)", "estimate": 1, "se": null, "z": 0, "p": 1 }
        ],
        "dispersion": [
          { "outcome": "math_score", "parameter": "sigma", "estimate": 8, "se": 0.1 }
        ],
        "random": [
          {
            "group": "school_id",
            "structure": "us",
            "levels": 60,
            "terms": [
              { "outcome": "math_score", "dpar": "mu", "term": "(Intercept)" },
              { "outcome": "passed", "dpar": "mu", "term": "(Intercept)" }
            ],
            "sd": [4.5, 0.75],
            "cor": [
              [1, 0.5],
              [0.5, 1]
            ],
            "cov": [
              [20.25, 1.6875],
              [1.6875, 0.5625]
            ]
          }
        ],
        "optimizer": { "name": "trust-region", "iterations": 12, "evaluations": 15, "gradient_max": 1.5e-09, "seconds": 0.02 },
        "warnings": [
          { "code": "singular-fit", "message": "An sd is zero.", "advice": "Drop the term." }
        ]
      }

      """
    #expect(Reports.fit.json.prettyText == expected)
  }

  @Test("fit.json survives its file; what was not finite comes back as no number")
  func fitFile() throws {
    let folder = try TemporaryFolder()
    var request = RunRequest()
    request.dataPath = "/d.csv"
    let run = try RunFolder.create(for: request, at: folder.file("run"))
    #expect(try run.fitReport() == nil)
    var report = Reports.fit
    report.modes = [
      ConditionalModes(
        group: "school_id", levels: ["S01", "S02"], terms: Reports.terms,
        modes: [[1, 2], [3, 4]], standardErrors: [[0.1, 0.2], [0.3, 0.4]])
    ]
    try run.write(report)
    var back = try #require(try run.fitReport())
    #expect(back.fixed[1].standardError.isNaN)
    back.fixed[1].standardError = .infinity
    #expect(back == report)
    #expect(try folder.permissions("run/fit.json") == 0o600)
  }

  @Test("the sampler's result survives, with the documented members in their order")
  func sampler() throws {
    var block = Reports.block
    block.correlationLower = [[1, 0.1], [0.1, 1]]
    block.correlationUpper = [[1, 0.8], [0.8, 1]]
    let report = SamplerReport(
      model: Reports.model,
      priors: [PriorSummary(parameterClass: "b", target: "passed", prior: "normal(0, 1)")],
      parameters: [
        ParameterSummary(
          name: "b_passed_Intercept", mean: 1, standardDeviation: 0.5, meanError: 0.01,
          standardDeviationError: 0.02, quantiles: [0, 0.5, 1, 1.5, 2], rHat: 1.001,
          bulkESS: 1500, tailESS: 1400)
      ],
      sampler: SamplerSummary(
        algorithm: "nuts", chains: 4, warmup: 200, draws: 1000, divergences: 1,
        maxTreeDepthHits: 0, ebfmi: [1, 0.9, 1.1, 1], gradientEvaluations: 70000, cpuSeconds: 3,
        seconds: 1.5, warmupSeconds: 0.5, samplingSeconds: 1),
      random: [block],
      loo: LooSummary(
        elpd: -100, standardError: 5, effectiveParameters: 3.5, looic: 200, badParetoK: 0),
      warnings: [])
    let json = report.json
    #expect(try SamplerReport(json: JSONValue(parsing: json.prettyText)) == report)
    func keys(_ value: JSONValue?) -> [String] {
      guard case .object(let members) = value else { return [] }
      return members.map(\.key)
    }
    func first(_ key: String) throws -> JSONValue? {
      let value = try JSONFields(json, of: "").value(key)
      if case .array(let values) = value { return values.first }
      return value
    }
    #expect(
      keys(json) == [
        "schema", "method", "model", "priors", "parameters", "sampler", "random", "loo", "warnings",
      ])
    #expect(
      keys(try first("parameters")) == [
        "name", "mean", "sd", "mcse_mean", "mcse_sd", "q2.5", "q25", "q50", "q75", "q97.5", "rhat",
        "ess_bulk", "ess_tail",
      ])
    #expect(
      keys(try first("sampler")) == [
        "algorithm", "chains", "warmup", "draws", "divergences", "max_treedepth_hits", "ebfmi",
        "gradient_evaluations", "cpu_seconds", "seconds", "seconds_warmup", "seconds_sampling",
      ])
    #expect(keys(try first("random")).suffix(2) == ["q2.5", "q97.5"])
    #expect(keys(try first("loo")) == ["elpd_loo", "se", "p_loo", "looic", "pareto_k_bad"])
  }

  @Test("residuals.json survives")
  func residuals() throws {
    let text = Reports.residuals.json.prettyText
    #expect(try ResidualReport(json: JSONValue(parsing: text)) == Reports.residuals)
    #expect(text.contains("\"schema\": \"mglmm-residuals/1\""))
    #expect(text.contains("\"zero_inflation\": { \"statistic\": 1, \"p\": 1 }"))
  }

  @Test("members of later versions are passed over")
  func unknownMembers() throws {
    guard case .object(var members) = Reports.fit.json else { return }
    members.insert(JSONMember("hologram", .array([.null])), at: 3)
    let back = try FitReport(json: .object(members))
    #expect(back.logLikelihood == Reports.fit.logLikelihood)
  }

  @Test("a matrix of another shape than its terms is an error, for panes index it")
  func shapes() throws {
    var broken = Reports.fit
    broken.random[0].correlations = [[1]]
    do {
      _ = try FitReport(json: broken.json)
      Issue.record("accepted a matrix of the wrong shape")
    } catch { #expect(error.message.contains("not 2 by 2")) }
    var residuals = Reports.residuals
    residuals.outcomes[0].upper = [1]
    #expect(throws: JSONError.self) { try ResidualReport(json: residuals.json) }
    residuals = Reports.residuals
    residuals.outcomes[0].predictors[0].levels[0].quartiles = [0, 1, 0.5, 1, 1]
    #expect(throws: JSONError.self) { try ResidualReport(json: residuals.json) }
    residuals = Reports.residuals
    residuals.outcomes[0].predictors[1].y = [0.5]
    #expect(throws: JSONError.self) { try ResidualReport(json: residuals.json) }
  }

  @Test("each test is taken from the kind of simulation that calibrates it")
  func calibratedOutcomes() {
    var report = Reports.residuals
    #expect(report.calibratedOutcomes == report.outcomes)
    report.outcomes[0].calibrated = ["uniformity"]
    report.unconditional?[0].tests.dispersion = TestResult(statistic: 1.2, p: 0.01)
    report.unconditional?[0].tests.outliers = TestResult(statistic: 5, p: 0.01)
    let tests = report.calibratedOutcomes[0].tests
    #expect(tests.uniformity == report.outcomes[0].tests.uniformity)
    #expect(tests.dispersion == TestResult(statistic: 1.2, p: 0.01))
    #expect(tests.outliers == nil && tests.quantiles == nil)
  }

  @Test("residuals of an older version lack the other kind and say nothing of draws")
  func olderResiduals() throws {
    let text = """
      {"schema":"mglmm-residuals/1","simulations":250,"conditional":true,"seed":1,"outcomes":[
      {"name":"y","n":1,"scaled":[0.5],"lower":[0.5],"upper":[0.5],"tests":{}}]}
      """
    let report = try ResidualReport(json: JSONValue(parsing: text))
    #expect(report.points == nil && report.unconditional == nil)
    #expect(report.outcomes[0].calibrated == nil)
    #expect(report.outcomes[0].observations == 1 && report.outcomes[0].predictors.isEmpty)
  }

  @Test(
    "what is missing or of the wrong kind is named with the file",
    arguments: [
      ("{}", "fit.json: \"schema\" is missing"),
      ("[]", "fit.json: the result is not an object"),
      (#"{"schema":"other/2"}"#, #"fit.json: the schema is "other/2", not "mglmm-fit/1""#),
      (#"{"schema":"mglmm-fit/1","method":"mcmc"}"#, "fit.json: \"method\" is not ml, reml or map"),
      ("{", "fit.json:1:2: a member's name in quotes is expected"),
    ])
  func errors(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "fit.json")
    do {
      _ = try RunFolder(path: folder.path).fitReport()
      Issue.record("accepted \(text)")
    } catch { #expect(error.description.hasSuffix(message), "\(error)") }
  }

  @Test("priors.json: what it holds, flat priors, a round trip, and a file of another shape")
  func priors() throws {
    let report = PriorReport(
      draws: 4000,
      parameters: [
        ParameterPrior(
          name: "b_SES", prior: "normal(0, 2.5)", quantiles: [-4.9, -1.7, 0, 1.7, 4.9],
          standardDeviation: 2.5),
        ParameterPrior(
          name: "b_Intercept", prior: "flat", quantiles: nil, standardDeviation: .nan),
      ])
    let text = report.json.compactText
    #expect(
      text.hasPrefix(#"{"schema":"mglmm-priors/1","draws":4000,"parameters":[{"name":"b_SES","#))
    #expect(text.contains(#""flat":false,"sd":2.5,"q2.5":-4.9"#), "\(text)")
    #expect(text.contains(#""flat":true,"sd":null}"#), "\(text)")
    let again = try PriorReport(json: JSONValue(parsing: Array(text.utf8)))
    #expect(again.draws == 4000 && again.parameters[0] == report.parameters[0])
    #expect(again.parameters[1].isFlat && again.parameters[1].standardDeviation.isNaN)
    let other = #"{"schema":"mglmm-loo/1","draws":1,"parameters":[]}"#
    #expect(throws: JSONError.self) {
      try PriorReport(json: JSONValue(parsing: Array(other.utf8)))
    }
  }

  @Test("standard errors of deviations and correlations come back, in their shapes alone")
  func blockErrors() throws {
    var block = Reports.block
    #expect(!block.json.compactText.contains("sd_se"))
    block.deviationErrors = [0.5, .nan]
    block.correlationErrors = [[.nan, 0.1], [0.1, .nan]]
    let again = try RandomBlock(json: block.json)
    #expect(again.deviationErrors?[0] == 0.5 && again.deviationErrors?[1].isNaN == true)
    #expect(again.correlationErrors?[0][1] == 0.1)
    block.deviationErrors = [0.5]
    #expect(throws: JSONError.self) { try RandomBlock(json: block.json) }
  }

  @Test("lists have fixed effects, deviations and correlations first, single levels last")
  func parameterOrder() {
    #expect(
      ParameterKind.ordered([
        "r_g[a,Intercept]", "sigma", "theta", "cor_g__a__b", "b_x", "sd_g__a", "lp__", "b_y",
      ]) == [
        "b_x", "b_y", "sd_g__a", "cor_g__a__b", "sigma", "theta", "r_g[a,Intercept]", "lp__",
      ])
  }
}
