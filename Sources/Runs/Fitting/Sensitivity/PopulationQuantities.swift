// The parameters as users see them, as functions of ψ around the estimate, with their errors.

import Laplace
import LinearAlgebra
import MixedModel

/// Coefficients, dispersions, standard deviations and correlations, and how a change of ψ changes them.
struct PopulationQuantities {
  /// The names, as in draws.
  let names: [String]
  /// The values at the estimate.
  let values: [Double]
  /// Standard errors by the delta method; nil for what is fixed, and at or near a boundary.
  let errors: [Double?]

  /// The correlations of their estimates, column by column; 0 where there is no error.
  private let correlations: [Double]
  private let psi: [Double]
  private let effects: [Double]
  /// For each free parameter the derivatives of the quantities.
  private let slopes: [[Double]]
  private let places: [Int]
  private let reported: ReportedParameters

  init(_ fit: MaximumLikelihoodFit, _ free: FreeParameters) {
    let model = fit.model
    names = model.populationNames
    psi = fit.optimum.psi
    effects = fit.modes
    var reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    let count = names.count
    var buffer = [Double](repeating: 0, count: reported.names.count)
    func quantities(_ point: [Double]) -> [Double] {
      reported.write(psi: point, effects: fit.modes, into: &buffer)
      return Array(buffer[..<count])
    }
    values = quantities(psi)
    // Central differences over a thousandth of a standard error.
    var all: [[Double]] = []
    for index in free.indices {
      let step = 1e-3 * min(fit.standardError(index) ?? 1, 1)
      var (low, high) = (psi, psi)
      low[index] -= step
      high[index] += step
      all.append(
        zip(quantities(high), quantities(low)).map { ($0 - $1) / (high[index] - low[index]) })
    }
    let (k, slopes) = (free.count, all)
    places = free.indices
    self.slopes = slopes
    func covariance(_ one: Int, _ two: Int) -> Double {
      var sum = 0.0
      for a in 0..<k {
        for b in 0..<k { sum += slopes[a][one] * slopes[b][two] * free.covariance[a + b * k] }
      }
      return sum
    }
    let (names, values) = (names, values)
    let errors = (0..<count).map { index -> Double? in
      let variance = covariance(index, index)
      guard variance > 0 else { return nil }
      return Self.isNearEdge(names[index], values[index], variance.squareRoot())
        ? nil : variance.squareRoot()
    }
    self.errors = errors
    correlations = (0..<count).flatMap { c in
      (0..<count).map { r in
        guard let one = errors[r], let two = errors[c] else { return 0 }
        return covariance(r, c) / (one * two)
      }
    }
    self.reported = reported
  }

  /// Whether a standard deviation or a correlation is so near the edge of its space that a standard error has no meaning:
  /// an sd below its own error, a correlation beyond ±0.99.
  private static func isNearEdge(_ name: String, _ value: Double, _ error: Double) -> Bool {
    if name.hasPrefix("sd_") { return value < error }
    return (name.hasPrefix("cor_") || name.hasPrefix("rescor")) && abs(value) > 0.99
  }

  /// Cook's distance of changes given in standard errors over the quantities that `isWanted` names: z' R⁻¹ z / rank with
  /// R their correlations; NaN where a change is not known.
  ///
  /// It is that of ψ for small changes, and stays finite where a standard deviation falls to zero.
  func distance(_ changes: [Double], over isWanted: [Bool]) -> Double {
    let places = names.indices.filter { isWanted[$0] && errors[$0] != nil }
    let k = places.count
    let z = places.map { changes[$0] }
    guard k > 0, z.allSatisfy(\.isFinite),
      let (values, vectors) = Dense.eigenSystem(
        places.flatMap { c in places.map { correlations[$0 + c * names.count] } }, order: k)
    else { return .nan }
    var (sum, rank) = (0.0, 0)
    for index in 0..<k where values[index] > 1e-8 {
      let along = (0..<k).reduce(0) { $0 + vectors[$1 + index * k] * z[$1] }
      sum += along * along / values[index]
      rank += 1
    }
    return sum / Double(rank)
  }

  /// A bound on every quantity's error, in its standard errors, from an error of every element of ψ.
  func errorBound(_ error: [Double]) -> [Double] {
    names.indices.map { index in
      var sum = 0.0
      for (slope, place) in zip(slopes, places) { sum += abs(slope[index] * error[place]) }
      return errors[index].map { sum / $0 } ?? .nan
    }
  }

  /// The change of every quantity in its standard errors when ψ changes by `change`; NaN where it has none.
  func changes(_ change: [Double]) -> [Double] {
    var own = reported
    var buffer = [Double](repeating: 0, count: reported.names.count)
    own.write(psi: zip(psi, change).map { $0 + $1 }, effects: effects, into: &buffer)
    return names.indices.map { index in
      errors[index].map { (buffer[index] - values[index]) / $0 } ?? .nan
    }
  }
}
