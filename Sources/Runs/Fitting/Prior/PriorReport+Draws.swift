// What the priors of a model say of each parameter that draws report, from draws of the prior.

import MixedModel
import Probability
import RunFolder

extension PriorReport {
  /// The priors of a model's parameters, random effects left out.
  ///
  /// Quantiles are R's type 7 of `draws` independent draws, so their Monte Carlo error is about 1 / √draws of the prior's
  /// standard deviation in the middle and a few times that at the ends. A parameter whose value depends on one with an
  /// improper prior is flat; one whose value depends on a prior without a variance has none.
  ///
  /// - Throws: when a prior has next to no mass in its parameter's range.
  package init(
    _ model: MixedModel, _ prior: PriorDensity, draws: Int = 4000, seed: UInt64
  ) throws(FittingError) {
    var reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    let names = model.populationNames
    var values = Array(repeating: 0.0, count: names.count)
    var columns = Array(repeating: Array(repeating: 0.0, count: draws), count: names.count)
    func value(
      _ draw: Int, moving moved: PriorDensity.Spread? = nil, by step: Double = 0
    ) throws(FittingError) {
      // The second highest bit keeps these streams apart from those of chains and residuals.
      var stream = RandomStream(seed: seed, stream: 1 << 62 | UInt64(draw))
      do {
        reported.writePopulation(
          psi: try prior.draw(
            count: model.layout.count, moving: moved, by: step, using: &stream),
          into: &values)
      } catch { throw FittingError(error) }
    }
    for draw in 0..<draws {
      try value(draw)
      for index in names.indices { columns[index][draw] = values[index] }
    }
    func moves(_ spread: PriorDensity.Spread) throws(FittingError) -> [Bool] {
      try value(0, moving: spread, by: 0.5)
      return names.indices.map { index in
        let still = columns[index][0]
        // Rounding moves a correlation too, by a few units in the last place.
        return !(abs(values[index] - still) <= 1e-9 * (1 + abs(still)))
      }
    }
    let isFlat = try moves(.improper)
    let hasNoVariance = try moves(.infinite)
    let texts = PriorTexts(prior.entries)
    self.init(
      draws: draws,
      parameters: names.indices.map { index in
        let sorted = columns[index].sorted()
        let isKnown = !isFlat[index]
        return ParameterPrior(
          name: names[index], prior: texts[names[index]],
          quantiles: isKnown
            ? [0.025, 0.25, 0.5, 0.75, 0.975].map { Self.quantile(sorted, $0) } : nil,
          standardDeviation: isKnown && !hasNoVariance[index] ? Self.deviation(sorted) : .nan)
      })
  }

  /// R's type-7 quantile of sorted values.
  private static func quantile(_ sorted: [Double], _ p: Double) -> Double {
    let place = p * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }

  private static func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }
}

/// The priors as written, by the names of the parameters they are on.
private struct PriorTexts {
  private var exact: [String: String] = [:]
  /// By the beginnings of names, of priors on whole matrices.
  private var stems: [(stem: String, text: String)] = []

  init(_ entries: [PriorDensity.Entry]) {
    for entry in entries {
      switch entry.parameterClass {
      case "cor": stems.append((entry.target + "__", entry.prior))
      case "rescor": stems.append(("rescor__", entry.prior))
      case "cov":
        let group = entry.target.dropFirst("cov_".count)
        stems += ["sd_\(group)__", "cor_\(group)__"].map { ($0, entry.prior) }
      default:
        // `b_Intercept at the predictors' means`: what follows the name belongs to the prior.
        let words = entry.target.split(separator: " ", maxSplits: 1).map(String.init)
        exact[words[0]] = ([entry.prior] + words.dropFirst()).joined(separator: " ")
      }
    }
  }

  subscript(name: String) -> String {
    exact[name] ?? stems.first { name.hasPrefix($0.stem) }?.text ?? ""
  }
}
