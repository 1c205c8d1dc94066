// How the parameters θ of a random-effect block become its covariance Λ Λ'.

import Formula

/// A covariance structure of a random-effect vector of length k: θ ↦ Λ with Σ = Λ Λ', Λ lower triangular.
package protocol CovarianceParametrisation: Sendable {
  /// The length of the random-effect vector, k.
  var size: Int { get }
  /// The number of parameters in θ.
  var parameterCount: Int { get }

  /// Writes Λ, k × k column by column, the upper triangle zero.
  func factor(_ theta: Span<Double>, into lambda: inout MutableSpan<Double>)

  /// Adds to `gradient`, from `offset` on, the derivative in θ of a function whose derivative in Λ is `lambdaGradient` (lower triangle).
  func pullBack(
    _ lambdaGradient: Span<Double>, _ theta: Span<Double>, _ lambda: Span<Double>,
    into gradient: inout MutableSpan<Double>, at offset: Int)

  /// The θ of given standard deviations and, where the structure has them, correlations (k × k, column by column).
  func parameters(standardDeviations: [Double], correlations: [Double]) -> [Double]

  /// For each element of θ whether it is a log standard deviation, and of which member; nil for a correlation parameter.
  var logStandardDeviations: [Int?] { get }

  /// For each member the value at which its standard deviation is fixed; nil where it is free.
  var fixedDeviations: [Double?] { get }
}

extension CovarianceParametrisation {
  /// A structure in which no standard deviation is fixed.
  package var fixedDeviations: [Double?] { Array(repeating: nil, count: size) }

  /// How many elements of θ are log standard deviations; they are its first.
  package var freeDeviationCount: Int { logStandardDeviations.count { $0 != nil } }

  /// The θ of given standard deviations and uncorrelated effects.
  package func start(standardDeviations: [Double]) -> [Double] {
    parameters(
      standardDeviations: standardDeviations,
      correlations: (0..<(size * size)).map { $0 % (size + 1) == 0 ? 1 : 0 })
  }
}

extension CovarianceStructure {
  /// The parametrisation of this structure for k members, some of whose standard deviations may be fixed.
  package func parametrisation(size: Int, fixedDeviations: [Double?] = [])
    -> any CovarianceParametrisation
  {
    switch self {
    case .unstructured where size > 1:
      UnstructuredCovariance(size: size, fixedDeviations: fixedDeviations)
    case .unstructured, .diagonal:
      DiagonalCovariance(size: size, fixedDeviations: fixedDeviations)
    }
  }
}

/// The covariance of a random-effect block on the scale users know.
package struct CovarianceSummary: Sendable, Equatable {
  /// k standard deviations.
  package let standardDeviations: [Double]
  /// k × k correlations, column by column.
  package let correlations: [Double]
  /// k × k covariances, column by column.
  package let covariances: [Double]

  /// The summary of Λ Λ' for the k × k lower triangular `lambda`.
  package init(lambda: [Double], size k: Int) {
    var covariance = [Double](repeating: 0, count: k * k)
    for a in 0..<k {
      for b in 0..<k {
        var sum = 0.0
        for l in 0...min(a, b) { sum += lambda[a + l * k] * lambda[b + l * k] }
        covariance[a + b * k] = sum
      }
    }
    let deviations = (0..<k).map { covariance[$0 * (k + 1)].squareRoot() }
    var correlation = [Double](repeating: 0, count: k * k)
    for a in 0..<k {
      for b in 0..<k {
        let scale = deviations[a] * deviations[b]
        correlation[a + b * k] = a == b ? 1 : covariance[a + b * k] / scale
      }
    }
    standardDeviations = deviations
    correlations = correlation
    covariances = covariance
  }
}
