// A finished fit by maximum likelihood: estimates, standard errors, covariances, conditional modes and warnings.

import Glibc
import LinearAlgebra
import MixedModel

/// The result of a maximum likelihood (or maximum a posteriori) fit.
package struct MaximumLikelihoodFit: Sendable {
  /// The model.
  package let model: MixedModel
  /// The optimum in ψ.
  package let optimum: Optimum
  /// The log likelihood at the optimum, without a penalty.
  package let logLikelihood: Double
  /// The inverse of the Hessian in ψ, column by column; rows of parameters at a boundary are NaN.
  package let covariance: [Double]
  /// The conditional modes û on the standard scale.
  package let standardModes: [Double]
  /// The conditional modes b̂.
  package let modes: [Double]
  /// The conditional standard deviations of the modes, given the estimates.
  package let modeDeviations: [Double]
  /// For each block beside the leading factor the conditional covariances of its levels' effects given the data and the
  /// estimates, k × k column by column and level after level; empty for blocks of the leading factor.
  let otherCovariances: [[Double]]
  /// Λ of each block.
  package let lambdas: [[Double]]
  /// Whether the Laplace approximation is exact: every outcome Gaussian with identity link.
  package let isExact: Bool
  /// What the user must know.
  package let warnings: [FitDiagnosis]
  /// The indices in ψ of parameters at a boundary, whose curvature means nothing.
  package let boundary: Set<Int>

  /// √ of the diagonal of `covariance`; nil where there is none.
  package func standardError(_ index: Int) -> Double? {
    let variance = covariance[index * (optimum.psi.count + 1)]
    return variance > 0 && variance.isFinite ? variance.squareRoot() : nil
  }
}

extension MaximumLikelihoodFit {
  /// Assembles the result of an optimization.
  ///
  /// - Throws: `LaplaceFailure` when the approximation cannot be recomputed at the optimum.
  package init(
    _ approximation: LaplaceApproximation, _ optimum: Optimum, _ workspace: LaplaceWorkspace
  ) throws(LaplaceFailure) {
    var workspace = workspace
    let value = try approximation.value(at: optimum.psi, &workspace)
    let deviations = workspace.effectVariances().map { $0.squareRoot() }
    let others = workspace.otherCovariances(approximation.model.effects)
    workspace.rows.fillCurvature()
    self.init(
      model: approximation.model, optimum: optimum, logLikelihood: value,
      modes: (workspace.modes, workspace.effects, deviations), lambdas: workspace.factors.lambdas,
      precisions: approximation.model.effects.diagonal(of: workspace.rows.curvature),
      otherCovariances: others)
  }

  /// A result from its parts: û, b̂ and their deviations, Λ of each block, and the diagonal of Z'WZ.
  init(
    model: MixedModel, optimum: Optimum, logLikelihood: Double,
    modes: (standard: [Double], effects: [Double], deviations: [Double]), lambdas: [[Double]],
    precisions: [Double], otherCovariances: [[Double]] = []
  ) {
    self.model = model
    self.optimum = optimum
    self.logLikelihood = logLikelihood
    standardModes = modes.standard
    self.modes = modes.effects
    self.lambdas = lambdas
    modeDeviations = modes.deviations
    self.otherCovariances = otherCovariances
    isExact = model.isGaussian
    let singular = SingularParameters(model, psi: optimum.psi, precisions: precisions)
    boundary = singular.indices
    var warnings = singular.warnings
    covariance = Self.invert(optimum, without: singular.indices, model, &warnings)
    warnings += Self.separation(optimum, covariance, model)
    if !optimum.hasConverged {
      warnings.append(
        FitDiagnosis(
          code: "not-converged",
          message:
            "the optimizer stopped after \(optimum.iterations) iterations before the gradient vanished",
          advice: "rescale predictors to unit spread, simplify the random effects, or use priors"))
    }
    self.warnings = warnings
  }

  /// The inverse Hessian over the parameters that are not at a boundary; directions without curvature are named.
  private static func invert(
    _ optimum: Optimum, without boundary: Set<Int>, _ model: MixedModel,
    _ warnings: inout [FitDiagnosis]
  ) -> [Double] {
    let n = optimum.psi.count
    let free = (0..<n).filter { !boundary.contains($0) }
    let k = free.count
    var result = [Double](repeating: .nan, count: n * n)
    let scale = free.map { max(abs(optimum.hessian[$0 * (n + 1)]), 1e-12).squareRoot() }
    var matrix = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in 0..<k {
        matrix[r + c * k] = optimum.hessian[free[r] + free[c] * n] / (scale[r] * scale[c])
      }
    }
    guard let (values, vectors) = Dense.eigenSystem(matrix, order: k) else { return result }
    let flat = values.indices.filter { values[$0] < 1e-6 }
    var spoilt = Set<Int>()
    for index in flat {
      let culprits = (0..<k).filter { abs(vectors[$0 + index * k]) > 0.1 }
      spoilt.formUnion(culprits)
      let names = model.parameterNames
      warnings.append(
        FitDiagnosis(
          code: "flat-direction",
          message: "the likelihood has no curvature along "
            + culprits.map { names[free[$0]] }.joined(separator: ", "),
          advice: "these parameters are not identified together: leave one out or give them priors")
      )
    }
    for c in 0..<k where !spoilt.contains(c) {
      for r in 0..<k where !spoilt.contains(r) {
        var sum = 0.0
        for index in values.indices where values[index] >= 1e-6 {
          sum += vectors[r + index * k] * vectors[c + index * k] / values[index]
        }
        result[free[r] + free[c] * n] = sum / (scale[r] * scale[c])
      }
    }
    return result
  }

  /// A coefficient beyond ±10 on a logit-like scale with a large error is separation (glmmTMB's `diagnose` asks the same).
  private static func separation(
    _ optimum: Optimum, _ covariance: [Double], _ model: MixedModel
  ) -> [FitDiagnosis] {
    var warnings: [FitDiagnosis] = []
    let n = optimum.psi.count
    for outcome in model.outcomes where outcome.hasProbabilityMean {
      let predictor = outcome.predictors[0]
      for (place, term) in predictor.columnNames.enumerated() {
        let index = predictor.coefficientOffset + place
        let variance = covariance[index * (n + 1)]
        guard abs(optimum.psi[index]) > 10, !(variance < 25) else { continue }
        warnings.append(
          FitDiagnosis(
            code: "separation",
            message:
              "the coefficient of \(term) for \(outcome.label) is \(optimum.psi[index].rounded()) "
              + "with no usable error: some groups of rows have only one response value",
            advice:
              "check that predictor against the response, or use a prior such as b ~ normal(0, 2.5)"
          ))
      }
    }
    return warnings
  }
}

extension MixedModel {
  /// A name for every element of ψ, for messages.
  package var parameterNames: [String] {
    var names = [String](repeating: "", count: layout.count)
    for (index, outcome) in outcomes.enumerated() {
      for predictor in outcome.predictors {
        for (place, term) in predictor.columnNames.enumerated() {
          names[predictor.coefficientOffset + place] =
            predictor.isConstant
            ? ParameterName.dispersion(
              outcome: nameInParameters(index), parameter: predictor.parameter)
            : ParameterName.coefficient(
              outcome: nameInParameters(index), parameter: predictor.parameter, term: term)
        }
      }
    }
    for block in effects.blocks {
      let free = block.covariance.freeDeviationCount
      for (place, member) in block.covariance.logStandardDeviations.enumerated() {
        names[block.thetaOffset + place] =
          member.map {
            ParameterName.standardDeviation(
              group: block.group, member: memberName(block.members[$0]))
          } ?? "cor_\(block.group) (\(place - free + 1))"
      }
    }
    if let correlation = residualCorrelation {
      for place in 0..<correlation.parameterCount {
        names[correlation.offset + place] =
          correlation.outcomeCount == 2
          ? residualCorrelationNames[0] : "rescor (\(place + 1))"
      }
    }
    return names
  }
}

extension LaplaceWorkspace {
  /// The diagonal of Λ H⁻¹ Λ': the conditional variances of the random effects.
  mutating func effectVariances() -> [Double] {
    factor.selectedInverse(into: &curvature, scratch: &scratch)
    curvature.fillUpperTriangles()
    factors.leftProduct(of: curvature, into: &product, lower: &lower)
    factors.effectInverse(of: product, into: &inverse)
    let arrow = inverse.structure
    let (q, m) = (arrow.blockSize, arrow.cornerSize)
    return (0..<(q * arrow.blockCount)).map {
      inverse.blocks[($0 / q) * q * q + ($0 % q) * (q + 1)]
    }
      + (0..<m).map { inverse.corner[arrow.cornerDiagonal($0)] }
  }

  /// The diagonal blocks of Λ H⁻¹ Λ' that belong to levels beside the leading factor, once `effectVariances` has run.
  func otherCovariances(_ layout: RandomEffectLayout) -> [[Double]] {
    layout.blocks.map { block in
      guard !block.isLeading else { return [] }
      return block.levels.indices.flatMap { level in
        let start = block.offset + level * block.size
        return (0..<block.size).flatMap { c in
          (0..<block.size).map { r in
            layout.arrow.cornerPlace(row: start + r, column: start + c).map {
              inverse.corner[$0]
            } ?? 0
          }
        }
      }
    }
  }
}
