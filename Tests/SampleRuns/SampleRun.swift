// Runs in every state for the tests of panes and dashboard, made without any fitting.

import RunFolder

/// Sample runs: a bivariate model of test scores in schools, as a run folder would show it.
package enum SampleRun {
  /// When all of them began, in seconds since 1970.
  package static let begin = 1_800_000_000.0

  /// The states that drawings are made of.
  package static let named: [(name: String, run: RunSnapshot)] = [
    ("waiting", waiting), ("optimizing", optimizing), ("live", live), ("finished", finished),
    ("failed", failed), ("lost", lost), ("likelihood", likelihood), ("foreign", foreign),
    ("checked", checked),
  ]

  /// Created; no worker has said anything yet.
  package static var waiting: RunSnapshot {
    var run = RunSnapshot(name: "edu-2027-01-15-1", path: "/runs/edu-2027-01-15-1", state: .waiting)
    run.request = request(.mcmc)
    return run
  }

  /// The optimizer is at work.
  package static var optimizing: RunSnapshot {
    var run = started(.optimizing, .mcmc)
    run.happenings = happenings(5)
    run.optimizerSteps = Array(steps.prefix(9))
    return run
  }

  /// Two chains of four are sampling.
  package static var live: RunSnapshot {
    var run = started(.sampling, .mcmc)
    run.optimizerSteps = steps
    run.fitReport = fitReport(.ml)
    run.lastEventTime = begin + 9
    run.happenings = happenings(8)
    run.chains = [
      SampleChains.chain(1, warmup: 200, kept: 412), SampleChains.chain(2, warmup: 200, kept: 398),
    ]
    run.progress = [
      1: ChainProgress(chain: 1, phase: .sampling, iteration: 612, stepSize: 0.412),
      2: ChainProgress(chain: 2, phase: .sampling, iteration: 598, stepSize: 0.387),
      3: ChainProgress(chain: 3, phase: .waiting, iteration: 0, stepSize: .nan),
      4: ChainProgress(chain: 4, phase: .waiting, iteration: 0, stepSize: .nan),
    ]
    run.residualReport = SampleResiduals.report
    run.predictiveReport = SamplePredictive.report(.posterior, draws: 800)
    return run
  }

  /// All four chains have ended.
  package static var finished: RunSnapshot {
    var run = started(.finished, .mcmc)
    run.optimizerSteps = steps
    run.fitReport = fitReport(.ml)
    run.endTime = begin + 14.2
    run.happenings = happenings(11)
    run.lastEventTime = run.endTime
    run.chains = (1...4).map {
      SampleChains.chain($0, warmup: 200, kept: 1000, divergences: $0 == 3 ? 2 : 0)
    }
    run.residualReport = SampleResiduals.report
    run.predictiveReport = SamplePredictive.report(.posterior, draws: 4000)
    return run
  }

  /// The model could not be used.
  package static var failed: RunSnapshot {
    var run = started(
      .failed(message: "there is no column 'sess' in edu.csv; did you mean 'SES'?"), .mcmc)
    run.endTime = begin + 0.3
    run.logTail = [
      "mglmm-fit 0.1.0, process 4242 on lab",
      "reading /data/edu.csv",
      "edu.csv: there is no column 'sess'; did you mean 'SES'?",
    ]
    return run
  }

  /// The worker was killed while it sampled.
  package static var lost: RunSnapshot {
    var run = live
    run.state = .lost
    run.endTime = nil
    return run
  }

  /// A finished fit by maximum likelihood with a warning.
  package static var likelihood: RunSnapshot {
    var run = started(.finished, .ml)
    run.optimizerSteps = steps
    run.fitReport = fitReport(.ml)
    run.residualReport = SampleResiduals.report
    run.predictiveReport = SamplePredictive.report(.normalApproximation, draws: 0)
    run.endTime = begin + 0.42
    run.warnings = [
      FitWarning(
        code: "singular-fit",
        message: "The correlation of the school effects is at its limit: the fit is singular.",
        advice: "Drop one of the random effects, or choose a prior with --method map.")
    ]
    return run
  }

  /// Draws of another program, without a run folder.
  package static var foreign: RunSnapshot {
    var run = RunSnapshot(name: "output", path: "/data/output", state: .foreign)
    run.chains = (1...4).map {
      SampleChains.chain($0, warmup: 0, kept: 250, settings: stanSettings)
    }
    return run
  }

  /// What CmdStan writes at the head of its files.
  private static let stanSettings = [
    "stan_version_major": "2", "stan_version_minor": "36", "stan_version_patch": "0",
    "model": "scores_model", "method": "sample", "num_samples": "250", "num_warmup": "1000",
    "save_warmup": "0", "thin": "1", "engaged": "1", "delta": "0.8", "algorithm": "hmc",
    "engine": "nuts", "max_depth": "10", "metric": "diag_e", "seed": "4711", "file": "scores.json",
    "init": "2", "gamma": "0.05",
  ]

  /// A run with this many blocks of random effects and no draws.
  package static func blocks(_ count: Int) -> RunSnapshot {
    var run = likelihood
    run.fitReport?.random = (0..<count).map { index in
      var block = schoolBlock
      block.group = ["school_id", "teacher", "district", "region"][index % 4]
      return block
    }
    return run
  }

  static func started(_ state: RunState, _ method: FitMethod) -> RunSnapshot {
    var run = waiting
    run.state = state
    run.request = request(method)
    run.start = WorkerStart(
      version: "0.1.0", worker: WorkerIdentity(host: "lab", processID: 4242), method: method,
      seed: 1, chains: 4, warmup: 200, draws: 1000)
    run.startTime = begin
    run.lastEventTime = begin + 1
    return run
  }

  private static func request(_ method: FitMethod) -> RunRequest {
    var request = RunRequest()
    request.dataPath = "/data/edu.csv"
    request.dataSHA256 = "1fa1343366b4ca0e2445debbb61c3d9c068bfcceaea9ebe3d68e20104b274c63"
    request.formulas = ["cbind(math_score, passed) ~ gender + SES + (1 | school_id)"]
    request.family = "list(gaussian(), binomial())"
    request.method = method
    return request
  }

  /// A path of an optimizer that converges.
  static let steps: [OptimizerStep] = (0..<18).map { index in
    let left = Double(18 - index)
    let distance = 900.0 / Double(1 << min(index, 20))
    return OptimizerStep(
      iteration: index, logLikelihood: -8021.4375 - distance,
      gradientMax: index == 17 ? 3.1e-7 : distance * left * 1.7,
      stepLength: 1.0 / Double(index + 1), evaluations: 1 + 2 * index)
  }

  private static var schoolBlock: RandomBlock {
    RandomBlock(
      group: "school_id", structure: "us", levels: 60,
      terms: [
        PredictorTerm(outcome: "math_score", term: "(Intercept)"),
        PredictorTerm(outcome: "passed", term: "(Intercept)"),
      ],
      standardDeviations: [4.118, 0.7713], correlations: [[1, 0.583], [0.583, 1]],
      covariances: [[16.958, 1.8518], [1.8518, 0.5949]], deviationErrors: [0.402, 0.0958],
      correlationErrors: [[.nan, 0.1148], [0.1148, .nan]])
  }

  static func fitReport(_ method: FitMethod) -> FitReport {
    func effect(
      _ outcome: String, _ term: String, _ estimate: Double, _ error: Double, _ p: Double
    ) -> FixedEffect {
      FixedEffect(
        name: PredictorTerm(outcome: outcome, term: term), estimate: estimate,
        standardError: error, z: estimate / error, p: p)
    }
    return FitReport(
      method: method, approximation: "laplace",
      model: ModelSummary(
        formula: "cbind(math_score, passed) ~ gender + SES + (1 | school_id)",
        outcomes: [
          OutcomeSummary(
            name: "math_score", family: "gaussian", link: "identity", observations: 1963),
          OutcomeSummary(name: "passed", family: "bernoulli", link: "logit", observations: 1963),
        ], groups: [GroupSummary(name: "school_id", levels: 60)]),
      converged: true, logLikelihood: -8021.4375, degreesOfFreedom: 10, observations: 3926,
      aic: 16062.875, bic: 16125.63,
      fixed: [
        effect("math_score", "(Intercept)", 49.7312, 0.5981, 0),
        effect("math_score", "gendermale", 1.6124, 0.3702, 1.3e-5),
        effect("math_score", "SES", 3.0427, 0.1893, 0),
        effect("passed", "(Intercept)", 0.4211, 0.1284, 0.001),
        effect("passed", "gendermale", -0.1853, 0.1021, 0.0695),
        effect("passed", "SES", 0.6402, 0.0574, 0),
      ],
      dispersion: [
        DispersionEstimate(
          outcome: "math_score", parameter: "sigma", estimate: 8.0413, standardError: 0.1302)
      ],
      random: [schoolBlock], modes: [SampleLevels.modes],
      optimizer: OptimizerSummary(
        name: "trust-region", iterations: 17, evaluations: 35, gradientMax: 3.1e-7, seconds: 0.04),
      warnings: [])
  }
}
