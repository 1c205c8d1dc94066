// What the data cannot tell apart: weak directions, collinear designs, posteriors like priors.

import Diagnostics
import Laplace
import MixedModel
import Probability
import RunFolder

extension IdentifiabilityReport {
  /// How many draws from the prior its spread is taken from: interquartile ranges are known to 4 % then.
  private static let priorDrawCount = 2000

  /// The report on a fit and, where there are any, on draws.
  init(_ fit: MaximumLikelihoodFit, _ run: FinishedRun, draws: PickedDraws?) {
    let names = fit.model.parameterNames
    let spectrum = InformationSpectrum(fit)
    let directions = spectrum?.directions ?? []
    self.init(
      conditionIndex: spectrum?.conditionIndex ?? .nan,
      directions: directions.prefix(3).map { direction in
        Direction(
          eigenvalue: direction.eigenvalue, parameters: direction.parameters.map { names[$0] })
      },
      designs: Self.designs(fit.model),
      contractions: draws.map { Self.contractions(run, $0) } ?? [],
      pairs: draws.map { Self.pairs(run.model, $0) } ?? [])
  }

  private static func designs(_ model: MixedModel) -> [Design] {
    model.outcomes.flatMap { outcome in
      outcome.predictors.filter { !$0.isOneNumber }.compactMap { predictor -> Design? in
        let places = predictor.columnNames.indices.filter {
          predictor.columnNames[$0] != "(Intercept)"
        }
        // Without an intercept the columns of a factor add up to one, and there is nothing to centre on.
        guard places.count < predictor.columnNames.count else { return nil }
        let columns = places.map { place in
          let start = place * predictor.stride
          return Array(predictor.design[start..<(start + outcome.tableRows.count)])
        }
        guard let found = DesignCollinearity(columns) else { return nil }
        let terms = places.map { predictor.columnNames[$0] }
        return Design(
          outcome: outcome.name, parameter: predictor.parameter,
          conditionIndex: found.conditionIndex, terms: terms, inflation: found.inflationFactors,
          weakest: found.weakestColumns.map { terms[$0] })
      }
    }
  }

  /// The contraction of every population parameter with a proper prior.
  private static func contractions(_ run: FinishedRun, _ draws: PickedDraws) -> [Contraction] {
    let model = run.model
    let prior = run.prepared.priors.including(jacobian: true)
    var reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    let effects = [Double](repeating: 0, count: model.effects.count)
    var values = [Double](repeating: 0, count: reported.names.count)
    let count = model.populationNames.count
    var columns = [[Double]](repeating: [], count: count)
    for index in 0..<priorDrawCount {
      var stream = RandomStream(seed: run.request.seed, stream: UInt64(index) | 1 << 51)
      // A prior with next to no mass in its range has no spread to compare with.
      guard let psi = try? prior.drawWhereProper(count: model.layout.count, using: &stream)
      else { return [] }
      reported.write(psi: psi, effects: effects, into: &values)
      for place in 0..<count { columns[place].append(values[place]) }
    }
    return (0..<count).compactMap { place in
      PosteriorIdentifiability.contraction(
        posterior: draws.columns[place], prior: columns[place]
      ).map { Contraction(name: run.names[place], contraction: $0) }
    }
  }

  private static func pairs(_ model: MixedModel, _ draws: PickedDraws) -> [Pair] {
    let names = model.populationNames
    let predictors = model.predictorOfNames
    var pairs: [Pair] = []
    for a in names.indices {
      for b in (a + 1)..<max(names.count, a + 1) {
        guard
          let r = PosteriorIdentifiability.correlation(draws.columns[a], draws.columns[b]),
          abs(r) > PosteriorIdentifiability.correlationThreshold
        else { continue }
        let isOneIntercept =
          a < predictors.count && b < predictors.count
          && predictors[a].predictor == predictors[b].predictor
          && predictors[a].isIntercept != predictors[b].isIntercept
        pairs.append(
          Pair(first: names[a], second: names[b], correlation: r, isByOrigin: isOneIntercept))
      }
    }
    return pairs.sorted { abs($0.correlation) > abs($1.correlation) }
  }
}

extension MixedModel {
  /// For the first of `populationNames`, the coefficients, the predictor they belong to and whether they are intercepts.
  fileprivate var predictorOfNames: [(predictor: Int, isIntercept: Bool)] {
    var result: [(Int, Bool)] = []
    var number = 0
    for outcome in outcomes {
      for predictor in outcome.predictors where !predictor.isConstant {
        result += predictor.columnNames.map { (number, $0 == "(Intercept)") }
        number += 1
      }
    }
    return result
  }
}
