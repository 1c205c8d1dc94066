// A reference posterior: means, standard deviations and quantiles of every parameter, each with its Monte Carlo error.

import Diagnostics
import Foundation
import TestSupport

/// The numbers of one parameter: mean, sd, and the quantiles 2.5, 25, 50, 75 and 97.5 %, each with its Monte Carlo error.
struct PosteriorNumbers {
  /// What the numbers are, in their order.
  static let statistics = ["mean", "sd", "q2.5", "q25", "q50", "q75", "q97.5"]
  var values: [Double]
  var errors: [Double]

  /// The numbers of draws, an array for each chain; the errors are those of R's package posterior.
  init?(draws: [[Double]], _ calculator: inout ConvergenceCalculator) {
    calculator.load(draws)
    guard let mean = calculator.mean(), let sd = calculator.standardDeviation(),
      let meanError = calculator.mcseMean(), let sdError = calculator.mcseSD()
    else { return nil }
    (values, errors) = ([mean, sd], [meanError, sdError])
    for p in [0.025, 0.25, 0.5, 0.75, 0.975] {
      guard let value = calculator.quantile(p), let error = calculator.mcseQuantile(p) else {
        return nil
      }
      values.append(value)
      errors.append(error)
    }
  }

  /// The numbers of a reference file.
  ///
  /// The files hold errors of mean, sd and the outer quantiles. Those of the quartiles and the median are derived:
  /// √(p(1 - p) / ESS) / f, where the density f at the quantile is that of a normal distribution with the reference's own
  /// interquartile range, and ESS is the smaller of the file's bulk and tail ESS. Half an error too small or too large
  /// matters little beside our own, which is several times as large: the references have 10,000 effective draws and more.
  init(_ entry: [String: Double]) {
    values = Self.statistics.map { entry[$0] ?? .nan }
    let effective = min(entry["ess_bulk"] ?? .nan, entry["ess_tail"] ?? .nan)
    let spread = (values[5] - values[3]) / 1.348_979_500_392_16
    // φ(Φ⁻¹(p)): 0.317776572 at the quartiles, 0.398942280 at the median.
    func error(_ p: Double, _ density: Double) -> Double {
      (p * (1 - p) / effective).squareRoot() * spread / density
    }
    let (quartile, median) = (error(0.25, 0.317_776_572_7), error(0.5, 0.398_942_280_4))
    errors = [
      entry["mcse_mean"] ?? .nan, entry["mcse_sd"] ?? .nan, entry["mcse_q2.5"] ?? .nan, quartile,
      median, quartile, entry["mcse_q97.5"] ?? .nan,
    ]
  }

  /// The differences from a reference, in combined Monte Carlo errors.
  func differences(from reference: PosteriorNumbers) -> [Double] {
    values.indices.map {
      (values[$0] - reference.values[$0])
        / (errors[$0] * errors[$0] + reference.errors[$0] * reference.errors[$0]).squareRoot()
    }
  }
}

/// A reference file under `Tests/Golden/bayes`.
struct ReferencePosterior {
  /// The model's own parameters by name.
  let parameters: [String: PosteriorNumbers]
  /// The effects of the first levels, by name.
  let effects: [String: PosteriorNumbers]

  init(_ name: String) throws {
    let golden = try Golden.json("bayes/\(name).json")
    func numbers(_ key: String) -> [String: PosteriorNumbers] {
      (golden[key] as? [String: [String: Double]] ?? [:]).mapValues { PosteriorNumbers($0) }
    }
    parameters = numbers("parameters")
    effects = numbers("random_effects_first_levels")
  }
}
