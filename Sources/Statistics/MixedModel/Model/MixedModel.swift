// A multivariate generalized linear mixed model: everything that is fixed while it is fitted.

import Families
import Formula
import LinearAlgebra
import Tables

/// The model g(E[y | b]) = X β + Z b for every linear predictor of every outcome, b ~ N(0, Λ(θ) Λ(θ)').
///
/// Rows of an outcome are sorted by the leading grouping factor, so that its random effects are summed over runs. The
/// free parameters are ψ = (β of every predictor, θ of every block, residual correlations); `layout` says where each is.
package struct MixedModel: Sendable {
  /// The outcomes in the order of the formula.
  package let outcomes: [ModelOutcome]
  /// The random-effect blocks and where their effects are in b.
  package let effects: RandomEffectLayout
  /// How the residuals of the outcomes in one row of the table are correlated; nil where they are independent.
  package let residualCorrelation: ResidualCorrelation?
  /// The names and places of the parameters ψ.
  package let layout: ParameterLayout
  /// The number of outcome values used, over all outcomes.
  package let observationCount: Int
  /// The rows of the table of which at least one outcome is used.
  package let unitCount: Int
}

extension MixedModel {
  /// Whether the joint density is Gaussian in the random effects, so that Laplace's method is exact: Gaussian outcomes
  /// with identity link whose dispersion has no random effects.
  package var isGaussian: Bool {
    outcomes.allSatisfy { $0.isGaussian && $0.randomPredictors.allSatisfy { $0 == 0 } }
  }
}

extension ModelOutcome {
  /// Whether the log density is quadratic in the linear predictor of the mean.
  package var isGaussian: Bool {
    family.name == "gaussian" && family.parameters[0].link == .identity
  }

  /// Whether the mean is a probability, so that coefficients beyond ±10 are no sensible effects.
  package var hasProbabilityMean: Bool {
    [.logit, .probit, .cloglog].contains(family.parameters[0].link)
  }
}

/// One outcome: its values, its family and its linear predictors.
package struct ModelOutcome: Sendable {
  /// The name that parameters carry.
  package let name: String
  /// The response as the user wrote it.
  package let label: String
  /// The response distribution.
  package let family: any ResponseFamily
  /// The values in sorted order.
  package let response: ResponseData
  /// For each sorted row the row of the table.
  package let tableRows: [Int]
  /// The linear predictors in the order of `family.parameters`.
  package let predictors: [ModelPredictor]
  /// The runs of rows that share a level of the leading grouping factor; empty without random effects of that factor.
  package let runs: [Run]
  /// The predictors that have random effects.
  package let randomPredictors: [Int]

  /// Rows `start ..< end` belong to one level.
  package struct Run: Sendable, Equatable {
    /// The level of the leading grouping factor.
    package let level: Int
    /// The first row.
    package let start: Int
    /// The row after the last.
    package let end: Int
  }
}

/// A linear predictor of one distributional parameter: columns of fixed effects and of random effects.
package struct ModelPredictor: Sendable {
  /// The name of the distributional parameter, as `mu`, `sigma` or `shape`.
  package let parameter: String
  /// R's coefficient names.
  package let columnNames: [String]
  /// The index in ψ of the first coefficient.
  package let coefficientOffset: Int
  /// n × p columns, each padded to whole lanes.
  package let design: [Double]
  /// The padded length of a column.
  package let stride: Int
  /// The known part of the predictor, padded; nil for zero.
  package let offset: [Double]?
  /// Random-effect columns of the leading factor.
  package let leadingColumns: [LeadingColumn]
  /// Random-effect columns of the other factors.
  package let cornerColumns: [CornerColumn]
  /// Whether the predictor is one free number for all rows: an intercept alone.
  package let isConstant: Bool
  /// The value of the predictor in all rows where it is fixed and no parameter of the model; it has no columns then.
  package let fixedValue: Double?

  /// Whether the predictor is one number for all rows, free or fixed.
  package var isOneNumber: Bool { isConstant || fixedValue != nil }

  /// The distributional parameter of a predictor that is one number, on its natural scale.
  package func parameterValue(_ psi: [Double], link: Link) -> Double {
    link.mean(at: fixedValue ?? psi[coefficientOffset])
  }

  /// Whether any random effect acts on this predictor.
  package var isRandom: Bool { !leadingColumns.isEmpty || !cornerColumns.isEmpty }
}

/// A column of Z for the leading factor: element `position` of each level's vector.
package struct LeadingColumn: Sendable {
  /// The element of the level's vector, 0 ..< q.
  package let position: Int
  /// The values of the column, padded; nil means the constant 1.
  package let values: [Double]?
}

/// A column of Z for another factor, whose effects lie in the corner.
package struct CornerColumn: Sendable {
  /// The index of the block in `RandomEffectLayout.blocks`.
  package let block: Int
  /// The member of the block.
  package let member: Int
  /// For each row the place of its effect in the corner.
  package let places: [Int32]
  /// For each row the place of its effect among the border columns of its leading level's block.
  package let borderPlaces: [Int32]
  /// The values of the column, padded; nil means the constant 1.
  package let values: [Double]?
  /// The index of the column among all corner columns of its outcome, by block and then by member.
  package let order: Int
  /// Where the corner is sparse, for each corner column of the outcome up to this one and for each row the place among the
  /// corner's values at which the two meet; empty where the corner is dense.
  package let meetings: [[Int32]]
}
