// The tests of residuals by both kinds of simulation, each only where it keeps its level.

import Diagnostics
import Families
import Glibc
import Laplace
import MixedModel
import Predictive

extension CheckContext {
  /// The simulations of each kind.
  private static let simulations = 250

  /// The tests of all outcomes, and whether counts vary less than their family says.
  var residualEntries: [PageEntry] {
    do throws(FittingError) {
      var points = run.drawnPoints(limit: Self.simulations)
      if points.isEmpty {
        points = [
          PredictivePoint(psi: likelihood.fit.optimum.psi, effects: likelihood.fit.modes)
        ]
      }
      let study = try ResidualStudy(
        model: run.model, table: run.prepared.table, points: points,
        simulations: Self.simulations, seed: seed)
      var entries: [PageEntry] = []
      for index in run.model.outcomes.indices {
        entries += try self.entries(study, outcome: index, .conditional)
        if study.hasRandomEffects {
          entries += try self.entries(study, outcome: index, .unconditional)
        }
      }
      return entries
    } catch {
      return [.unavailable("residuals", "Not available: \(error.message).")]
    }
  }

  private func entries(
    _ study: ResidualStudy, outcome index: Int, _ kind: SimulationKind
  ) throws(FittingError) -> [PageEntry] {
    let outcome = run.model.outcomes[index]
    let input = try study.input(outcome: index, kind)
    let residuals = study.residuals(input, outcome: index, kind)
    let tests = Diagnostics.ResidualTests(residuals, input: input)
    var names = study.calibrated(kind, input).compactMap(ResidualTestName.init)
    names.removeAll { $0 == .zeroInflation && !input.isDiscrete }
    // Outliers are tested once, with the random effects found.
    if kind == .unconditional { names.removeAll { $0 == .outliers } }
    let verdicts = tests.verdicts(outcome: outcome.label)
    var entries: [PageEntry] = []
    for name in names {
      guard let verdict = verdicts.first(where: { $0.check == Self.checks[name] }) else { continue }
      guard let p = verdict.number else {
        entries.append(PageEntry(verdict))
        continue
      }
      switch name {
      case .dispersion:
        let tail = SimulatedTail(input) { values in
          Self.variance(values, around: input.fitted)
        }
        entries.append(PageEntry(verdict, p: tail.p(orAt: p)))
        if outcome.family.name == "poisson" || outcome.family.name == "binomial" {
          entries.append(underdispersion(tail, outcome: outcome))
        }
      case .zeroInflation:
        let tail = SimulatedTail(input) { values in Double(values.count { $0 == 0 }) }
        // A number of zeros that is nearly always 0 has no normal tail: two zeros are no wonder there.
        let isNearlyNormal = min(tail.mean, Double(input.count) - tail.mean) >= 5
        entries.append(
          PageEntry(verdict, p: isNearlyNormal ? tail.p(orAt: p) : max(p, tail.resolution)))
      case .outliers where input.isDiscrete:
        // A bootstrap of 100 that never reached the data says no more than 2 in 101.
        entries.append(PageEntry(verdict, p: p == 0 ? 2.0 / 101 : p))
      default: entries.append(PageEntry(verdict, p: p))
      }
    }
    guard kind == .unconditional else { return entries }
    return entries.map { entry in
      var named = entry
      named.finding.subject = entry.finding.subject.map { "\($0), new groups" }
      return named
    }
  }

  private func underdispersion(_ tail: SimulatedTail, outcome: ModelOutcome) -> PageEntry {
    PageEntry(
      Finding(
        check: "underdispersion", subject: outcome.label,
        basis: .probability(tail.distance < 0 ? tail.p(orAt: tail.lower) : 1),
        number: nil, source: "variance beside that of simulations (DHARMa)", namesCause: true,
        meaning: (
          "The data do not vary less than the family says.",
          "The data vary less than a \(outcome.family.name) family says; standard errors are too large."
        ),
        advice:
          "Look for rows that depend on each other, or for an upper bound; try a binomial or gaussian family."
      ))
  }

  private static let checks: [ResidualTestName: String] = [
    .uniformity: "residual uniformity", .dispersion: "residual dispersion",
    .outliers: "residual outliers", .zeroInflation: "zeros", .quantiles: "residual quantiles",
  ]

  private static func variance(_ values: ArraySlice<Double>, around fitted: [Double]) -> Double {
    ColumnMath.variance(zip(values, fitted).map { $0 - $1 })
  }
}

extension ColumnMath {
  static func variance(_ values: [Double]) -> Double {
    let deviation = deviation(values)
    return deviation * deviation
  }
}

/// A statistic among its simulated values, with a p value beyond what their number resolves.
struct SimulatedTail {
  /// The least p value that is read off a normal tail: further out simulations say nothing of its shape.
  static let least = 1e-6

  /// The mean of the simulations.
  let mean: Double
  /// How many standard deviations the data lie from the mean of the simulations.
  let distance: Double
  /// The share of simulations at or below the data, doubled; at least one of them.
  let lower: Double
  private let count: Int

  init(_ input: ResidualInput, _ statistic: (ArraySlice<Double>) -> Double) {
    let observed = statistic(input.observed[...])
    let simulated = (0..<input.simulationCount).map {
      statistic(input.simulations[$0 * input.count..<($0 + 1) * input.count])
    }
    let deviation = ColumnMath.deviation(simulated)
    count = simulated.count
    mean = ColumnMath.mean(simulated)
    distance = deviation > 0 ? (observed - mean) / deviation : 0
    lower = min(1, 2 * Double(simulated.count { $0 <= observed } + 1) / Double(count + 1))
  }

  /// The least two-sided p value that so many simulations can show; DHARMa's is 0 where none of them reached the data.
  var resolution: Double { 2 / Double(count + 1) }

  /// The p value, beyond the simulations that of a normal distribution with their mean and deviation.
  ///
  /// A statistic that no simulation reached has a p value of two in their number at most, too coarse to be adjusted for a
  /// whole page.
  func p(orAt empirical: Double) -> Double {
    guard empirical <= 2 * resolution else { return empirical }
    return min(max(empirical, resolution), max(erfc(abs(distance) / 2.0.squareRoot()), Self.least))
  }
}
