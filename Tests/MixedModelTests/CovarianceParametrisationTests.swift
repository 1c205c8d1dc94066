// Covariance structures: the factor on paper, its derivative by differences, and the way back.

import Formula
import MixedModel
import Probability
import TestSupport
import Testing

@Suite("Covariance parameters mean what the definition says")
struct CovarianceParametrisationTests {
  struct Structure: Sendable, CustomTestStringConvertible {
    let covariance: any CovarianceParametrisation
    let isDiagonal: Bool
    var testDescription: String { "\(isDiagonal ? "diagonal" : "unstructured") \(covariance.size)" }
  }

  static let structures =
    (1...5).map { Structure(covariance: UnstructuredCovariance(size: $0), isDiagonal: false) }
    + (1...5).map { Structure(covariance: DiagonalCovariance(size: $0), isDiagonal: true) }

  static func parameters(_ covariance: any CovarianceParametrisation, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed)
    return (0..<covariance.parameterCount).map { _ in stream.nextNormal() }
  }

  static func factor(_ covariance: any CovarianceParametrisation, _ theta: [Double]) -> [Double] {
    var lambda = [Double](repeating: .nan, count: covariance.size * covariance.size)
    var span = lambda.mutableSpan
    covariance.factor(theta.span, into: &span)
    return lambda
  }

  @Test("of two effects with t = 3/4: sd are exp θ, the correlation is 3/5")
  func onPaper() {
    let theta = [2.0, -1, 0.75]
    let lambda = Self.factor(UnstructuredCovariance(size: 2), theta)
    let summary = CovarianceSummary(lambda: lambda, size: 2)
    // √(1 + 9/16) = 5/4, so row 2 of C is (3/5, 4/5).
    let (first, second) = (7.38905609893065, 0.36787944117144233)
    #expect(distance(lambda, [first, 0.6 * second, 0, 0.8 * second]) < 1e-15)
    #expect(distance(summary.standardDeviations, [first, second]) < 1e-15)
    #expect(distance(summary.correlations, [1, 0.6, 0.6, 1]) < 1e-15)
    let covariance = 0.6 * first * second
    #expect(
      distance(summary.covariances, [first * first, covariance, covariance, second * second])
        < 1e-15)
  }

  @Test(
    "of two effects the correlation is t/√(1 + t²), for t of any size",
    arguments: [-1e160, -30, -1, 0, 1e-9, 0.5, 30, 1e160])
  func correlation(_ t: Double) {
    let lambda = Self.factor(UnstructuredCovariance(size: 2), [0, 0, t])
    let summary = CovarianceSummary(lambda: lambda, size: 2)
    let wanted = abs(t) > 1e100 ? (t < 0 ? -1 : 1) : t / (1 + t * t).squareRoot()
    #expect(abs(summary.correlations[1] - wanted) < 1e-15)
    #expect(distance(summary.standardDeviations, [1, 1]) < 1e-15)
  }

  @Test("the factor is the definition's, with zeros above the diagonal", arguments: structures)
  func definition(_ structure: Structure) {
    let k = structure.covariance.size
    let theta = Self.parameters(structure.covariance, seed: 1)
    let wanted = NaiveModel.factor(theta, size: k, isDiagonal: structure.isDiagonal)
    #expect(structure.covariance.parameterCount == (structure.isDiagonal ? k : k * (k + 1) / 2))
    #expect(distance(Self.factor(structure.covariance, theta), wanted.values) < 1e-14)
    #expect(
      structure.covariance.logStandardDeviations
        == (0..<structure.covariance.parameterCount).map { $0 < k ? $0 : nil })
  }

  @Test("the derivative in θ is that of differences, and is added", arguments: structures)
  func pullBack(_ structure: Structure) {
    let covariance = structure.covariance
    let theta = Self.parameters(covariance, seed: 2)
    // A linear function of the lower triangle: its derivative in Λ is its weights.
    let weights = Self.parameters(UnstructuredCovariance(size: covariance.size * 3), seed: 3)
      .prefix(covariance.size * covariance.size)
    let wanted = Differences.gradient(at: theta) { point in
      zip(weights, Self.factor(covariance, point)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var gradient = [100.0] + Array(repeating: 10, count: theta.count) + [100]
    let lambda = Self.factor(covariance, theta)
    var span = gradient.mutableSpan
    covariance.pullBack(Array(weights).span, theta.span, lambda.span, into: &span, at: 1)
    #expect(gradient.first == 100 && gradient.last == 100)
    #expect(distance(gradient.dropFirst().dropLast().map { $0 - 10 }, wanted) < 1e-10)
  }

  @Test("standard deviations and correlations lead back to θ", arguments: structures)
  func inverse(_ structure: Structure) {
    let covariance = structure.covariance
    let theta = Self.parameters(covariance, seed: 4)
    let summary = CovarianceSummary(
      lambda: Self.factor(covariance, theta), size: covariance.size)
    let back = covariance.parameters(
      standardDeviations: summary.standardDeviations, correlations: summary.correlations)
    #expect(distance(back, theta) < 1e-11)
  }

  @Test("a start has the standard deviations given and no correlation", arguments: structures)
  func start(_ structure: Structure) {
    let k = structure.covariance.size
    let deviations = (0..<k).map { 0.5 + Double($0) }
    let theta = structure.covariance.start(standardDeviations: deviations)
    let summary = CovarianceSummary(lambda: Self.factor(structure.covariance, theta), size: k)
    #expect(distance(summary.standardDeviations, deviations) < 1e-15)
    #expect(
      summary.correlations == (0..<(k * k)).map { $0 % (k + 1) == 0 ? 1 : 0 })
  }

  @Test("correlations of ±1 have finite parameters")
  func singular() {
    let theta = UnstructuredCovariance(size: 2).parameters(
      standardDeviations: [1, 2], correlations: [1, -1, -1, 1])
    let summary = CovarianceSummary(
      lambda: Self.factor(UnstructuredCovariance(size: 2), theta), size: 2)
    #expect(theta.allSatisfy { $0.isFinite })
    #expect(abs(summary.correlations[1] + 1) < 1e-12)
  }

  @Test("one effect has a variance alone, whatever structure is written")
  func single() {
    #expect(CovarianceStructure.unstructured.parametrisation(size: 1) is DiagonalCovariance)
    #expect(CovarianceStructure.unstructured.parametrisation(size: 2) is UnstructuredCovariance)
    #expect(CovarianceStructure.diagonal.parametrisation(size: 2) is DiagonalCovariance)
  }
}
