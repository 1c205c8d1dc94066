// The influence of single groups on a fit: one Newton step for each, fits anew where it matters.

import Diagnostics
import Laplace
import MixedModel
import RunFolder

extension InfluenceReport {
  /// The most levels for which the model is fitted anew.
  static let refitLimit = 5
  /// Levels are fitted anew as long as that many rows are not passed, so that large models get fewer.
  static let refitRows = 100_000

  /// The influence of the levels of `group` (of the leading factor when nil).
  ///
  /// With one grouping factor every level gets a Newton step, and those that pass a limit a fit without them. With several
  /// the likelihood is no product over levels: the levels with the most extreme random effects are fitted anew.
  ///
  /// - Returns: nil when nothing can be said, with the reason in `unavailable`.
  /// - Throws: when the model has no such factor.
  static func make(
    _ run: LikelihoodRun, penalty: (any ParameterPenalty)?, group: String?,
    unavailable: inout [String]
  ) throws(FittingError) -> InfluenceReport? {
    let fit = run.fit
    let model = fit.model
    guard let wanted = group ?? model.effects.leadingGroup else {
      unavailable.append("Influence of groups: the model has no random effects, so no groups.")
      return nil
    }
    guard let block = model.effects.blocks.firstIndex(where: { $0.group == wanted }) else {
      let known = Set(model.effects.blocks.map(\.group)).sorted().joined(separator: ", ")
      throw FittingError(
        "--group \(wanted): the model has no such grouping factor; it has \(known.isEmpty ? "none" : known)",
        exitCode: 64)
    }
    guard let free = FreeParameters(fit), free.count > 0 else {
      unavailable.append(
        "Influence of groups: the information matrix is not positive definite, so that changes have no scale."
      )
      return nil
    }
    let measure = InfluenceMeasure(fit, free)
    var levels: [Level] = []
    if let likelihoods = LevelLikelihoods(model) {
      do {
        let found = try LevelInfluence.all(fit, likelihoods) ?? []
        levels = found.map {
          measure.level(likelihoods.levels[$0.level], change: $0.change, isRefit: false)
        }
      } catch {
        unavailable.append(
          "Influence of groups: a group's marginal likelihood does not exist at the estimate.")
        return nil
      }
      sort(&levels)
      let candidates = levels.indices.filter {
        InfluenceLimits.isLarge(levels[$0], measure.isFixed)
      }
      let count = min(
        min(Self.refitLimit, max(1, Self.refitRows / max(model.observationCount, 1))),
        candidates.count)
      for place in candidates.prefix(count) {
        guard let index = likelihoods.levels.firstIndex(of: levels[place].level) else { continue }
        let refit = measure.refit(
          without: index, block: block, name: levels[place].level, penalty: penalty)
        if let refit { levels[place] = refit }
      }
    } else {
      let extremes = model.extremeLevels(block, modes: fit.standardModes)
      let count = min(Self.refitLimit, max(1, Self.refitRows / max(model.observationCount, 1)))
      for index in extremes.prefix(count) {
        let name = model.effects.blocks[block].levels[index]
        levels.append(
          measure.refit(without: index, block: block, name: name, penalty: penalty)
            ?? measure.level(name, change: nil, isRefit: true))
      }
      unavailable.append(
        "Influence of all levels of \(wanted): the factors are crossed or nested, so the likelihood is no product over "
          + "levels; the model was fitted anew without each of the \(levels.count) levels with the most extreme random effects."
      )
    }
    sort(&levels)
    return InfluenceReport(
      factor: wanted, levelCount: model.effects.blocks[block].levels.count,
      parameters: measure.quantities.names, levels: levels)
  }

  private static func sort(_ levels: inout [Level]) {
    func rank(_ level: Level) -> Double { level.distance.isNaN ? .infinity : level.distance }
    levels = levels.enumerated().sorted {
      (rank($0.element), $1.offset) > (rank($1.element), $0.offset)
    }.map(\.element)
  }
}

extension MixedModel {
  /// The levels of a block's factor by descending u'u, the squared size of their standardised effects.
  fileprivate func extremeLevels(_ index: Int, modes: [Double]) -> [Int] {
    let group = effects.blocks[index].group
    let blocks = effects.blocks.indices.filter { effects.blocks[$0].group == group }
    let sizes = effects.blocks[index].levels.indices.map { level in
      var sum = 0.0
      for block in blocks where level < effects.blocks[block].levels.count {
        for member in 0..<effects.blocks[block].size {
          let u = modes[effects.index(block: block, level: level, member: member)]
          sum += u * u
        }
      }
      return sum
    }
    return sizes.indices.sorted { (sizes[$0], $1) > (sizes[$1], $0) }
  }
}

/// What turns a change of ψ into the numbers of a report.
struct InfluenceMeasure {
  let fit: MaximumLikelihoodFit
  let quantities: PopulationQuantities
  /// For each reported quantity whether it is a coefficient.
  let isFixed: [Bool]

  init(_ fit: MaximumLikelihoodFit, _ free: FreeParameters) {
    self.fit = fit
    quantities = PopulationQuantities(fit, free)
    isFixed = quantities.names.map { $0.hasPrefix("b_") }
  }

  func level(_ name: String, change: [Double]?, isRefit: Bool) -> InfluenceReport.Level {
    guard let change else {
      return InfluenceReport.Level(
        level: name, distance: .nan, fixedDistance: .nan,
        changes: quantities.names.map { _ in .nan }, isRefit: isRefit)
    }
    let changes = quantities.changes(change)
    return InfluenceReport.Level(
      level: name, distance: quantities.distance(changes, over: changes.map { _ in true }),
      fixedDistance: quantities.distance(changes, over: isFixed), changes: changes,
      isRefit: isRefit)
  }

  /// The level by a fit without its rows that starts from the whole fit; nil when there is no such fit.
  func refit(
    without level: Int, block: Int, name: String, penalty: (any ParameterPenalty)?
  ) -> InfluenceReport.Level? {
    let kept = fit.model.levels(ofBlock: block).map { owners in
      owners.indices.filter { owners[$0] != level }
    }
    guard
      let run = try? LikelihoodRun(
        fit.model.keeping(rows: kept), penalty: penalty, start: fit.optimum.psi, sink: NullSink()),
      run.fit.optimum.hasConverged
    else { return nil }
    let change = zip(run.fit.optimum.psi, fit.optimum.psi).map { $0 - $1 }
    return self.level(name, change: change, isRefit: true)
  }
}
