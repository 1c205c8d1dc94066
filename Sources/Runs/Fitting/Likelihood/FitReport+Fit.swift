// A maximum likelihood fit as the report that fit.json holds.

import Families
import Formula
import Glibc
import Laplace
import MixedModel
import Probability
import RunFolder

extension FitReport {
  /// The report of `run`.
  package init(_ run: LikelihoodRun, request: RunRequest, prepared: PreparedModel) {
    let fit = run.fit
    let model = fit.model
    let parameters = model.layout.count
    self.init(
      method: request.method == .mcmc ? .ml : request.method,
      approximation: fit.isExact ? "exact" : "laplace",
      model: ModelSummary(prepared), converged: fit.optimum.hasConverged,
      logLikelihood: fit.logLikelihood, degreesOfFreedom: parameters,
      observations: model.observationCount,
      aic: -2 * fit.logLikelihood + 2 * Double(parameters),
      bic: -2 * fit.logLikelihood + log(Double(model.observationCount)) * Double(parameters),
      fixed: fit.fixedEffects, dispersion: fit.dispersions, random: fit.randomBlocks,
      modes: request.includesModes ? fit.conditionalModes : nil,
      priors: request.method == .map ? prepared.priors.entries.map(PriorSummary.init) : nil,
      optimizer: OptimizerSummary(
        name: "trust-region BFGS", iterations: fit.optimum.iterations,
        evaluations: fit.optimum.evaluations,
        gradientMax: fit.optimum.gradient.map(abs).max() ?? 0, seconds: run.seconds),
      warnings: prepared.warnings + fit.warnings.map(FitWarning.init)
        + Self.edgeWarning(fit, request, prepared))
  }
}

extension FitReport {
  /// What to say when a prior ends at a hard edge where the likelihood has mass.
  private static func edgeWarning(
    _ fit: MaximumLikelihoodFit, _ request: RunRequest, _ prepared: PreparedModel
  ) -> [FitWarning] {
    guard request.method == .map || request.method == .mcmc else { return [] }
    let places = prepared.priors.indicesAtEdges(fit.optimum.psi) { fit.standardError($0) }
    guard !places.isEmpty else { return [] }
    let names = places.map { fit.model.parameterNames[$0] }.joined(separator: ", ")
    return [
      FitWarning(
        code: "prior-edge",
        message: "the prior of \(names) ends at a hard edge where the data have something to say: "
          + "an optimum may lie on it, and trajectories that cross it count as divergent",
        advice: "use a prior that falls off smoothly, such as exponential() or student_t()")
    ]
  }
}

extension FitWarning {
  /// The warning of a fit as reports carry it.
  package init(_ warning: FitDiagnosis) {
    self.init(code: warning.code, message: warning.message, advice: warning.advice)
  }
}

extension ModelSummary {
  /// What a report says about a model.
  package init(_ prepared: PreparedModel) {
    let model = prepared.model
    var groups: [GroupSummary] = []
    for block in model.effects.blocks where !groups.contains(where: { $0.name == block.group }) {
      groups.append(GroupSummary(name: block.group, levels: block.levels.count))
    }
    self.init(
      formula: prepared.formulaText,
      outcomes: model.outcomes.map {
        OutcomeSummary(
          name: $0.name, family: $0.family.name, link: $0.family.parameters[0].link.rawValue,
          observations: $0.response.count)
      }, groups: groups)
  }
}

extension MaximumLikelihoodFit {
  /// The coefficients with Wald tests.
  var fixedEffects: [FixedEffect] {
    model.outcomes.flatMap { outcome in
      outcome.predictors.filter { !$0.isConstant }.flatMap { predictor in
        predictor.columnNames.enumerated().map { place, term in
          let index = predictor.coefficientOffset + place
          let estimate = optimum.psi[index]
          let error = standardError(index) ?? .nan
          let z = estimate / error
          return FixedEffect(
            name: PredictorTerm(
              outcome: outcome.name, parameter: predictor.parameter, term: term),
            estimate: estimate, standardError: error, z: z,
            p: 2 * Normal.cumulative(-abs(z)))
        }
      }
    }
  }

  /// The dispersions without a formula on their natural scale; errors by the delta method.
  var dispersions: [DispersionEstimate] {
    let scales = model.outcomes.flatMap { outcome in
      zip(outcome.predictors, outcome.family.parameters).filter { $0.0.isOneNumber }.map {
        predictor, parameter in
        let estimate = predictor.parameterValue(optimum.psi, link: parameter.link)
        let isFixed = predictor.fixedValue != nil
        let at = predictor.coefficientOffset
        return DispersionEstimate(
          outcome: outcome.name, parameter: predictor.parameter, estimate: estimate,
          standardError: isFixed
            ? .nan : abs(parameter.link.slope(at: optimum.psi[at])) * (standardError(at) ?? .nan),
          isFixed: isFixed)
      }
    }
    return scales + residualCorrelations
  }

  /// The correlations between the residuals of outcomes; errors by the delta method.
  private var residualCorrelations: [DispersionEstimate] {
    guard let correlation = model.residualCorrelation else { return [] }
    let range = correlation.offset..<(correlation.offset + correlation.parameterCount)
    return correlation.pairs.map { a, c in
      let place = c + a * correlation.outcomeCount
      // The derivative of the correlation in its parameters, by central differences.
      let slopes = range.map { index in
        var (low, high) = (optimum.psi, optimum.psi)
        low[index] -= 1e-5
        high[index] += 1e-5
        return (correlation.correlations(high)[place] - correlation.correlations(low)[place]) / 2e-5
      }
      var variance = 0.0
      for (i, first) in range.enumerated() {
        for (j, second) in range.enumerated() where slopes[i] != 0 && slopes[j] != 0 {
          variance += slopes[i] * slopes[j] * covariance[first + second * optimum.psi.count]
        }
      }
      return DispersionEstimate(
        outcome: "\(model.outcomes[a].name), \(model.outcomes[c].name)", parameter: "rescor",
        estimate: correlation.correlations(optimum.psi)[place],
        standardError: variance > 0 ? variance.squareRoot() : .nan)
    }
  }

  /// The covariance of every block.
  var randomBlocks: [RandomBlock] {
    model.effects.blocks.enumerated().map { index, block in
      let k = block.size
      let summary = CovarianceSummary(lambda: lambdas[index], size: k)
      func rows(_ matrix: [Double]) -> [[Double]] {
        (0..<k).map { row in (0..<k).map { matrix[row + $0 * k] } }
      }
      let errors = covarianceErrors(ofBlock: index)
      return RandomBlock(
        group: block.group, structure: block.structure.rawValue, levels: block.levels.count,
        terms: model.terms(of: block), standardDeviations: summary.standardDeviations,
        correlations: rows(summary.correlations), covariances: rows(summary.covariances),
        deviationErrors: errors.deviations, correlationErrors: rows(errors.correlations),
        isFixed: block.isFixed)
    }
  }

  /// The conditional modes of every block.
  var conditionalModes: [ConditionalModes] {
    model.effects.blocks.enumerated().map { index, block in
      func values(_ vector: [Double]) -> [[Double]] {
        block.levels.indices.map { level in
          (0..<block.size).map {
            vector[model.effects.index(block: index, level: level, member: $0)]
          }
        }
      }
      return ConditionalModes(
        group: block.group, levels: block.levels, terms: model.terms(of: block),
        modes: values(modes), standardErrors: values(modeDeviations))
    }
  }
}

extension RandomEffectLayout.Block {
  /// Whether each standard deviation is fixed; nil where none is.
  var isFixed: [Bool]? {
    let fixed = covariance.fixedDeviations.map { $0 != nil }
    return fixed.contains(true) ? fixed : nil
  }
}

extension MixedModel {
  /// The members of a block as reports name them.
  func terms(of block: RandomEffectLayout.Block) -> [PredictorTerm] {
    block.members.map {
      PredictorTerm(outcome: outcomes[$0.outcome].name, parameter: $0.parameter, term: $0.term)
    }
  }
}
