// Independent draws of a model's parameters and random effects from the prior alone.

import MixedModel
import Probability
import RunFolder

/// Draws from the prior; each depends on seed, chain and iteration alone, so any of them can be made at any time.
package struct PriorDraws: Sendable {
  /// The parameters that a draw reports.
  package private(set) var reported: ReportedParameters

  private let model: MixedModel
  private let prior: PriorDensity
  private let seed: UInt64
  private var factors: CovarianceFactors
  private var u: [Double]
  private var b: [Double]

  /// The draws of a model.
  ///
  /// - Throws: which priors are improper, and the mend.
  package init(_ model: MixedModel, prior: PriorDensity, seed: UInt64) throws(FittingError) {
    let improper = prior.improperEntries
    if let first = improper.first {
      let names = improper.map(\.target)
      let shown = names.prefix(6).joined(separator: ", ")
      let mend =
        first.parameterClass == "cov"
        ? "raise nu to the number of effects or more"
        : "give \(improper.count == 1 ? "it one" : "them one each"), such as "
          + "--prior '\(first.parameterClass) ~ normal(0, 2.5)'"
      throw FittingError(
        "--prior-only: the prior of \(shown)\(names.count > 6 ? " and \(names.count - 6) more" : "") "
          + "is improper (\(first.prior)), so nothing can be drawn from it; \(mend)",
        exitCode: 65)
    }
    self.model = model
    self.prior = prior.including(jacobian: true)
    self.seed = seed
    reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    factors = CovarianceFactors(layout: model.effects)
    u = Array(repeating: 0, count: model.effects.count)
    b = u
  }

  /// Writes the values of one draw and returns its log prior density, in the coordinates (u, ψ), up to a constant.
  package mutating func draw(chain: Int, iteration: Int, into values: inout [Double])
    throws(FittingError) -> Double
  {
    var stream = RandomStream(
      seed: seed, stream: UInt64(chain) << 40 | UInt64(truncatingIfNeeded: iteration))
    let psi: [Double]
    do {
      psi = try prior.draw(count: model.layout.count, using: &stream)
    } catch { throw FittingError(error) }
    var logDensity = prior.logDensity(at: psi)
    for i in u.indices {
      u[i] = stream.nextNormal()
      logDensity -= 0.5 * u[i] * u[i]
    }
    factors.update(psi)
    factors.effects(of: u, into: &b)
    reported.write(psi: psi, effects: b, into: &values)
    return logDensity
  }
}
